"""One row a language: the only place in the code that spells a language code."""

from __future__ import annotations

from dataclasses import dataclass

from kb_tools.errors import UnknownLanguage


@dataclass(frozen=True)
class Locale:
    """A language that pages and answers are written in.

    `code` is used in addresses, files and options; `babel` names its catalog and its CLDR data;
    `html` is the value of the `lang` attribute; `theme` is the interface language of the site's
    theme.
    """

    code: str
    babel: str
    html: str
    theme: str
    name: str


LOCALES = {
    row.code: row
    for row in (
        Locale("en", babel="en", html="en", theme="en", name="English"),
        Locale("fr", babel="fr", html="fr", theme="fr", name="Français"),
        Locale("ja", babel="ja", html="ja", theme="ja", name="日本語"),
        Locale("zh", babel="zh_Hans", html="zh-Hans", theme="zh-Hans", name="简体中文"),
    )
}
SOURCE = LOCALES["en"]
"""The language of the msgids."""
TRANSLATED = tuple(row for row in LOCALES.values() if row is not SOURCE)


def get(code: str) -> Locale:
    """Return the row of a language code; raise `UnknownLanguage` with the known ones."""
    try:
        return LOCALES[code]
    except KeyError:
        raise UnknownLanguage(
            f"unknown language {code!r}\n    Use one of {', '.join(LOCALES)}."
        ) from None
