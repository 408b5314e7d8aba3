"""One fact in one language, finished: what pages, answers and exports are made of. Nothing here
knows about locales.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A part of the text that is a value: half-open character range, kind of value, and how it is
    set: strong, code, email or url.
    """

    start: int
    end: int
    kind: str
    form: str


@dataclass(frozen=True)
class Passage:
    """A text with the values in it marked."""

    text: str
    marks: tuple[Mark, ...]

    def segments(self) -> Iterator[tuple[str, str]]:
        """The text in pieces, each with how it is set; empty where it is no value."""
        at = 0
        for mark in self.marks:
            yield self.text[at : mark.start], ""
            yield self.text[mark.start : mark.end], mark.form
            at = mark.end
        yield self.text[at:], ""


@dataclass(frozen=True)
class Said:
    """A value as said in the entry's language; `raw` is the value as stored."""

    name: str
    kind: str
    form: str
    label: str
    text: str
    raw: dict[str, Any]
    provider: str = ""
    """For a switch, whose default it is, by name."""


@dataclass(frozen=True)
class Citation:
    """A section of a source document; `kind` is primary or secondary; dates are ISO,
    `received_text` as said.
    """

    document: str
    section: str
    title: str
    section_title: str
    publisher: str
    kind: str
    kind_text: str
    language: str
    received: str
    received_text: str


@dataclass(frozen=True)
class Cited:
    """A source document as an answer cites it: its title, and all sections of it, by name."""

    document: str
    title: str
    sections: tuple[str, ...]
    kind: str
    received: str


@dataclass(frozen=True)
class Subject:
    """What a fact is about, with its name in the entry's language."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True)
class Entry:
    """One fact in one language.

    `language` is the reader's, `text_language` that of title, text and conditions: they differ
    where a translation is missing.
    `start` and `end` are ISO days, both included, None where open; where the sources differ, all of
    them agree from `agreed_start` to `agreed_end`. `validity` says them in words.
    """

    id: str
    language: str
    text_language: str
    title: str
    text: str
    marks: tuple[Mark, ...]
    conditions: tuple[Passage, ...]
    values: tuple[Said, ...]
    about: tuple[Subject, ...]
    sources: tuple[Citation, ...]
    cited: tuple[str, ...]
    """Each source document in one phrase, with its sections, kind and day of receipt."""
    start: str | None
    agreed_start: str | None
    agreed_end: str | None
    end: str | None
    validity: str
    status_past: str
    status_future: str
    status_disputed: str
    reported: str
    conflicts: tuple[str, ...]
    twins: tuple[str, ...]
    see_also: tuple[str, ...]
    formerly: tuple[str, ...]
    questions: tuple[str, ...]
    url: str

    @property
    def statement(self) -> Passage:
        """The text with its values marked."""
        return Passage(self.text, self.marks)

    @property
    def searched(self) -> tuple[str, ...]:
        """The texts that the fact is found by in this language: none that stand in for a
        translation.
        """
        own = (self.title, self.text) if self.text_language == self.language else ()
        return (*own, *self.questions)

    @property
    def page(self) -> str:
        """The page that holds the fact."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The anchor of the fact on its page."""
        return self.id.partition("/")[2]

    @property
    def first_question(self) -> str:
        """The first of its questions that ends as one, else its title."""
        asked = (question for question in self.questions if question.endswith(("?", "？")))
        return next(asked, self.title)

    @property
    def documents(self) -> tuple[Cited, ...]:
        """The documents that the fact rests on, each once."""
        return documents(self.sources)

    @property
    def told_apart(self) -> tuple[str, ...]:
        """What tells the fact from one that is easily taken for it: its periods and dates."""
        return tuple(said.text for said in self.values if said.kind in ("duration", "date"))

    def value(self, name: str) -> Said | None:
        """The value of this name, if the fact has one."""
        return next((said for said in self.values if said.name == name), None)

    def status(self, day: str) -> str:
        """Tell that the fact was past or not yet in force on an ISO day, or that the sources
        differ; empty where it was in force by all of them.
        """
        if self.end and day > self.end:
            return self.status_past
        if self.start and day < self.start:
            return self.status_future
        if _outside(day, self.agreed_start, self.agreed_end):
            return self.status_disputed
        return ""

    def in_force(self, day: str) -> bool:
        """Tell whether the fact was in force on an ISO day by any of its sources."""
        return not _outside(day, self.start, self.end)

    def record(self) -> dict[str, Any]:
        """The fact as every interface tells it; the one table of its keys."""
        return {
            "fact": self.id,
            "language": self.text_language,
            "title": self.title,
            "text": self.text,
            "conditions": [passage.text for passage in self.conditions],
            "values": [asdict(said) for said in self.values],
            "sources": [asdict(citation) for citation in self.sources],
            "cited": list(self.cited),
            "reported": self.reported,
            "valid": {
                "from": self.start,
                "agreed_from": self.agreed_start,
                "agreed_until": self.agreed_end,
                "until": self.end,
                "text": self.validity,
            },
            "conflicts": list(self.conflicts),
            "not_to_be_confused_with": list(self.twins),
            "see_also": list(self.see_also),
            "formerly": list(self.formerly),
            "url": self.url,
        }

    def reference(self) -> dict[str, Any]:
        """The fact as others name it."""
        return {"fact": self.id, "title": self.title, "url": self.url}

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Entry:
        """The entry that `to_json` wrote."""
        plain = ("cited", "conflicts", "twins", "see_also", "formerly", "questions")
        return cls(
            **{
                **data,
                "marks": _marks(data["marks"]),
                "conditions": tuple(
                    Passage(passage["text"], _marks(passage["marks"]))
                    for passage in data["conditions"]
                ),
                "values": tuple(Said(**said) for said in data["values"]),
                "sources": tuple(Citation(**citation) for citation in data["sources"]),
                "about": tuple(Subject(**subject) for subject in data["about"]),
                **{key: tuple(data[key]) for key in plain},
            }
        )


def documents(citations: Sequence[Citation]) -> tuple[Cited, ...]:
    """The documents that citations name, each once with all its sections."""
    grouped: dict[str, list[Citation]] = {}
    for citation in citations:
        grouped.setdefault(citation.document, []).append(citation)
    return tuple(
        Cited(
            document,
            group[0].title,
            tuple(citation.section_title for citation in group),
            group[0].kind_text,
            group[0].received_text,
        )
        for document, group in grouped.items()
    )


def _outside(day: str, first: str | None, last: str | None) -> bool:
    return bool((first and day < first) or (last and day > last))


def _marks(rows: Sequence[dict[str, Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(**mark) for mark in rows)
