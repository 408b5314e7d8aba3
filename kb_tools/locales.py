"""What a language of a knowledge base is called wherever it is named: one row of `kb.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb_tools.errors import UnknownLanguage


@dataclass(frozen=True)
class Locale:
    """A language that pages and answers are written in.

    `code` is used in addresses, files and options; `catalog` names its gettext catalog and its
    CLDR data; `html` is the value of the `lang` attribute; `name` is what it calls itself.
    Where `partial`, what is not translated yet is told, and is no problem.
    """

    code: str
    catalog: str
    html: str
    name: str
    partial: bool = False


SOURCE = Locale("en", catalog="en", html="en", name="English")
"""The language of the msgids, which every knowledge base has."""


def get(locales: Sequence[Locale], code: str) -> Locale:
    """Return the language with a code; raise `UnknownLanguage` with the known ones."""
    for locale in locales:
        if locale.code == code:
            return locale
    known = ", ".join(locale.code for locale in locales)
    raise UnknownLanguage(f"unknown language {code!r}\n    Use one of {known}.")
