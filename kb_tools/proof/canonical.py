"""Stored values in the form that all languages share, as readers find them in texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never

from kb_tools.content.values import (
    Choices,
    Command,
    Day,
    Duration,
    Email,
    Encryption,
    Endpoint,
    File,
    Parameter,
    Switch,
    Url,
    Value,
    Variable,
    YesNo,
)
from kb_tools.proof.reader import Found


def canonical(value: Value) -> Found:  # noqa: C901 - one case a kind of value
    """A value in the form that all languages share; empty where only translators can tell."""
    match value:
        case Duration(length=None):
            return ("duration", value.bound)
        case Duration():
            return ("duration", value.bound, str(value.amount), value.unit)
        case Day():
            return ("date", value.date.isoformat())
        case Encryption(method="none" | "unspecified"):
            return ("word", value.method)
        case Encryption():
            return ("cipher", *value.method.split("-"))
        case YesNo():
            return ("word", value.is_)
        case Switch():
            return ("word", value.default)
        case Endpoint():
            return ("code", f"{value.method} {value.path}" if value.method else value.path)
        case Variable():
            return ("code", f"{value.name}={value.set_to}" if value.set_to else value.name)
        case Command():
            return ("code", value.command)
        case Parameter() | File():
            return ("code", value.name)
        case Email() | Url():
            return ("link", value.address)
        case Choices():
            figures = _figures(value)
            return ("choices", *figures) if len(figures) > 1 else ()
        case _:
            assert_never(value)


def _figures(value: Choices) -> Sequence[str]:
    """The possible answers that are figures, where they stand side by side."""
    places = [place for place, option in enumerate(value.options) if option.isdigit()]
    together = bool(places) and places[-1] - places[0] < len(places)
    return value.options[places[0] : places[-1] + 1] if together else ()


def numbers(value: Value) -> list[str]:
    """Numbers in possible answers that are no figures side by side, such as 3 or all."""
    if not isinstance(value, Choices):
        return []
    proved = canonical(value)
    return re.findall(r"\d+", " ".join(each for each in value.options if each not in proved))
