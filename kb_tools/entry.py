"""One fact in one language, finished: what pages, answers and exports are made of. Nothing here
knows about locales.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A part of the text that is a value: half-open character range and kind of value."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Said:
    """A value as said in the entry's language; `raw` is the value as stored."""

    name: str
    kind: str
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
    `start` and `end` are ISO days, both included, None where open; `validity` says them in words.
    """

    id: str
    language: str
    text_language: str
    title: str
    text: str
    marks: tuple[Mark, ...]
    conditions: tuple[str, ...]
    values: tuple[Said, ...]
    about: tuple[Subject, ...]
    sources: tuple[Citation, ...]
    start: str | None
    end: str | None
    validity: str
    status_past: str
    status_future: str
    reported: str
    conflicts: tuple[str, ...]
    twins: tuple[str, ...]
    see_also: tuple[str, ...]
    questions: tuple[str, ...]
    url: str

    @property
    def page(self) -> str:
        """The page that holds the fact."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The anchor of the fact on its page."""
        return self.id.partition("/")[2]

    def value(self, name: str) -> Said | None:
        """The value of this name, if the fact has one."""
        return next((said for said in self.values if said.name == name), None)

    def status(self, day: str) -> str:
        """Tell that the fact was past or not yet in force on an ISO day; empty where it was in
        force.
        """
        if self.end and day > self.end:
            return self.status_past
        if self.start and day < self.start:
            return self.status_future
        return ""

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Entry:
        """The entry that `to_json` wrote."""
        return cls(
            **{
                **data,
                "marks": tuple(Mark(**mark) for mark in data["marks"]),
                "values": tuple(Said(**said) for said in data["values"]),
                "sources": tuple(Citation(**citation) for citation in data["sources"]),
                "about": tuple(Subject(**subject) for subject in data["about"]),
                **{
                    key: tuple(data[key])
                    for key in ("conditions", "conflicts", "twins", "see_also", "questions")
                },
            }
        )
