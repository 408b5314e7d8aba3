"""Which language a program that asks over HTTP wants: named in its question, or preferred by its
browser (RFC 9110, section 12.5.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def suited(tag: str, languages: Sequence[str]) -> str | None:
    """The language that a tag means: itself, or the one it is a form of.

    >>> suited("fr-CA", ["en", "fr"]), suited("de", ["en"])
    ('fr', None)
    """
    wanted = tag.strip().lower().replace("_", "-")
    while wanted:
        if wanted in languages:
            return wanted
        wanted = wanted.rpartition("-")[0]
    return None


def preferred(header: str, languages: Sequence[str]) -> str | None:
    """The first language of an `Accept-Language` header that there is.

    >>> preferred("de, fr;q=0.8, en;q=0.9", ["en", "fr"])
    'en'
    """
    ranked = sorted(_ranges(header), key=lambda item: -item[0])
    found = (suited(tag, languages) for quality, tag in ranked if quality > 0)
    return next((language for language in found if language), None)


def _ranges(header: str) -> Iterator[tuple[float, str]]:
    for item in header.split(","):
        tag, *parameters = (part.strip() for part in item.split(";"))
        given = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            yield float(given), tag
        except ValueError:
            continue
