"""What tests say of the small base: its languages, and how a copy of it is spoilt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb_tools.content import settings
from kb_tools.errors import Problem
from kb_tools.starter import create

LOCALES = {locale.code: locale for locale in settings.load(create.BASE).locales}
LANGUAGES = tuple(LOCALES)
"""The languages that the small base is written in."""


def spoil(path: Path, old: str, new: str) -> int:
    """Replace a text that stands once in a file; return the line on which it stood."""
    before, found, after = path.read_text("utf-8").partition(old)
    assert found, f"{path.name} has no {old!r}"
    assert old not in after, f"{path.name} has {old!r} more than once"
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def said(problems: Iterable[Problem]) -> list[str]:
    """Problems as place and what is wrong."""
    return [f"{problem.where}: {problem.what}" for problem in problems]
