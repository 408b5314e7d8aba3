"""How a language says values, and how they are read back out of a text.

A reader shares nothing with `language.voice`, which says them on pages: it is a file that knows how
numbers, dates and words look in its language. The package has some; a base may add others.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from kb_tools import layout
from kb_tools.content.source import Document
from kb_tools.content.values import Frozen
from kb_tools.errors import InvalidSource
from kb_tools.locales import Locale

Found = tuple[str, ...]
"""A value in the form that all languages share, such as ("duration", "at-most", "2", "year") or
("date", "2025-09-19").
"""
PACKAGE = Path(__file__).parent / "readers"

_CODE = re.compile(r"`(?P<span>[^`]+)`|<code>(?P<tag>.*?)</code>")
_LINK = re.compile(r"\[((?:\\.|[^\]\\])+)\]\((https://[^)\s]+|mailto:[^)\s]+)\)")
_TLS = re.compile(r"(?<![A-Za-z])TLS(?![A-Za-z])")
_DIGIT = re.compile(r"\d+")
_LIST = r"(?<!\d)\d+(?:(?:{between})\d+)+(?!\d)"


def _is_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression ({error}): mend the pattern") from None
    return text


def _is_part(text: str) -> str:
    _is_pattern(_LIST.format(between=text))
    return text


def _with(*groups: str) -> AfterValidator:
    """Demand that a pattern has groups of these names."""

    def check(text: str) -> str:
        for group in groups:
            if group not in re.compile(text).groupindex:
                raise ValueError(f"a pattern without group {group!r}: write (?P<{group}>...) in it")
        return text

    return AfterValidator(check)


Pattern = Annotated[str, AfterValidator(_is_pattern)]
Unit = Literal["minute", "hour", "day", "week", "month", "year"]
Sense = Literal[
    "negation",
    "exclusion",
    "unless",
    "only",
    "at-most",
    "at-least",
    "more-than",
    "less-than",
    "from",
    "until",
    "before",
    "after",
    "on",
    "off",
    "number",
    "working-days",
    "primary",
    "secondary",
    "transit",
    "rest",
]
Word = Literal["yes", "no", "partly", "on", "off", "none", "unspecified", "until-deleted"]


class ReaderFile(Frozen):
    """What a file of a reader says; patterns are Python's, with named groups."""

    model_config = ConfigDict(str_strip_whitespace=False)  # spaces are part of patterns

    duration: Annotated[Pattern, _with("n", "unit")] = Field(
        description="Groups n and unit; before and after hold the bound."
    )
    units: dict[str, Unit]
    bounds: dict[str, Literal["at-most", "at-least"]]
    date: Annotated[Pattern, _with("y", "m", "d")] = Field(description="Groups y, m and d.")
    date_bounds: dict[str, Literal["inclusive", "exclusive"]]
    months: tuple[str, ...] = Field((), description="Their names; none where they are numbers.")
    words: dict[str, Word]
    cipher: Annotated[Pattern, _with("name", "bits")] = Field(description="Groups name and bits.")
    between: Annotated[Pattern, AfterValidator(_is_part)] = Field(
        description="What stands between the items of a list."
    )
    negation: Pattern = Field(description="What a statement has that denies.")
    senses: dict[Sense, tuple[Pattern, ...]] = Field(
        default_factory=dict,
        description="What a text says besides values, by patterns of its words, case ignored; "
        "without them kb check does not compare what translations deny, bound or date.",
    )


@dataclass(frozen=True)
class Scan:
    """What was found in a text, and the text without it."""

    found: set[Found]
    rest: str

    @property
    def numbers(self) -> list[str]:
        """The numbers that are no part of a value that was found."""
        return _DIGIT.findall(self.rest)


class Reader:
    """Reads the values that texts of one language say."""

    def __init__(self, file: ReaderFile) -> None:
        self.words = file.words
        self.date_bounds = file.date_bounds
        self.negation = re.compile(file.negation)
        self.senses = {
            sense: re.compile("|".join(patterns), re.IGNORECASE)
            for sense, patterns in file.senses.items()
        }
        self._file = file
        self._date = re.compile(file.date)
        self._duration = re.compile(file.duration)
        self._cipher = re.compile(file.cipher)
        self._between = re.compile(file.between)
        self._list = re.compile(_LIST.format(between=file.between))

    def scan(self, markdown: str) -> Scan:
        """All values that a text in Markdown says.

        What is found is taken out, so that no part of it is read as another value, and so that a
        number that is left over is no value.
        """
        found: set[Found] = {
            ("code", code["span"] or unescaped(code["tag"])) for code in _CODE.finditer(markdown)
        }
        found |= {("link", unescaped(label)) for label, _ in _LINK.findall(markdown)}
        rest = bare(markdown)
        for pattern, said in (
            (self._date, self._said_date),
            (self._duration, self._said_duration),
            (self._cipher, lambda match: ("cipher", match["name"], match["bits"])),
            (_TLS, lambda match: ("cipher", match[0])),
            (self._list, self._said_list),
        ):
            found |= {said(match) for match in pattern.finditer(rest)}
            rest = pattern.sub(" ", rest)
        for word, meaning in self.words.items():
            if meaning == "until-deleted" and word in rest:
                found.add(("duration", meaning))
        return Scan(found, rest)

    def word(self, markdown: str) -> str:
        """What the bold words of a line mean, such as yes; empty where there are none."""
        bold = re.search(r"\*\*(.+?)\*\*", markdown)
        return self.words.get(unescaped(bold[1]).strip(), "") if bold else ""

    def senses_of(self, text: str) -> Counter[str]:
        """How often a text says each sense."""
        found = {sense: len(pattern.findall(text)) for sense, pattern in self.senses.items()}
        return Counter({sense: number for sense, number in found.items() if number})

    def _said_date(self, match: re.Match[str]) -> Found:
        months, month, day = self._file.months, match["m"] or "", match["d"] or ""
        if month in months:
            month = str(months.index(month) + 1)
        if not (month.isdecimal() and day.isdecimal()):
            return ("date", match[0])
        return ("date", f"{match['y']}-{int(month):02d}-{int(day):02d}")

    def _said_duration(self, match: re.Match[str]) -> Found:
        groups = match.groupdict()
        bound = (groups.get("before") or groups.get("after") or "").strip()
        unit = self._file.units.get(match["unit"], match["unit"] or "")
        return ("duration", self._file.bounds.get(bound, "exact"), match["n"] or "", unit)

    def _said_list(self, match: re.Match[str]) -> Found:
        return ("choices", *self._between.sub(" ", match[0]).split())


def load(root: Path, locale: Locale) -> Reader | None:
    """The reader of a language, the base's own before the package's; None where there is none.

    Raise `InvalidSource` where its file is wrong.
    """
    own = root / layout.READERS / f"{locale.catalog}.yml"
    return _read(own, root) if own.exists() else packaged(locale)


def packaged(locale: Locale) -> Reader | None:
    """The package's reader of a language, else None."""
    place = PACKAGE / f"{locale.catalog}.yml"
    return _read(place, PACKAGE) if place.exists() else None


def _read(place: Path, above: Path) -> Reader:
    document = Document(place, above)
    file = document.parse(ReaderFile)
    if file is None:
        raise InvalidSource(document.problems)
    return Reader(file)


def bare(text: str) -> str:
    """The text without code, links and the marks of Markdown."""
    return unescaped(_CODE.sub(" ", _LINK.sub(" ", text))).replace("**", "")


def unescaped(text: str) -> str:
    """The text as Markdown shows it, without its backslashes and entities."""
    return html.unescape(re.sub(r"\\(.)", r"\1", text))
