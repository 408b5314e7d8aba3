"""What a fact is, and what it stands among: pages, sources, subjects; no input or output."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from kb_tools import days
from kb_tools.content.values import (
    PLACEHOLDER,
    CalendarDay,
    Day,
    FactId,
    Frozen,
    Line,
    Name,
    SectionId,
    Slug,
    Text,
    Value,
    YesNo,
)
from kb_tools.content.views import View


def _listed(said: object) -> object:
    return said if isinstance(said, list | tuple) else (said,)


WebAddress = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
"""An address that a page links to."""


def _at_most_two(days: tuple[str, ...]) -> tuple[str, ...]:
    if len(days) > 2:
        raise ValueError(f"{len(days)} days: write one, or two where the sources differ")
    return days


Limit = Annotated[
    tuple[Text, ...],
    BeforeValidator(_listed),
    AfterValidator(_at_most_two),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A day that begins or ends a validity, or two where the sources differ, each a date or the name of
a date value; none where it is open.
"""


class Fact(Frozen):
    """One claim: what it says, its values, where it comes from and when it holds."""

    id: FactId
    title: Line = Field(description="msgid; may use placeholders; spells no value.")
    statement: Text = Field(
        description="msgid in our own words; every value is a %(name)s placeholder."
    )
    conditions: tuple[Text, ...] = Field(
        (), description="msgids: remarks the reader needs to use the statement rightly."
    )
    values: dict[Name, Value] = Field(default_factory=dict)
    about: tuple[Slug, ...] = Field(min_length=1)
    sources: tuple[SectionId, ...] = Field(
        min_length=1, description="DOCUMENT/SECTION keys of sources.yml."
    )
    from_: Limit = Field(
        (),
        alias="from",
        description="First day of validity: a date, or the name of a date value; a list of two "
        "where the sources differ.",
    )
    until: Limit = Field(
        (),
        description="Last day: a date, the name of a date value, or 'before' and one of these; a "
        "list of two where the sources differ.",
    )
    conflicts: tuple[FactId, ...] = ()
    not_to_be_confused_with: tuple[FactId, ...] = ()
    see_also: tuple[FactId, ...] = ()
    formerly: tuple[FactId, ...] = Field(
        (), description="Ids that the fact had before; their addresses lead to it."
    )

    @property
    def page(self) -> str:
        """The page that holds the fact."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The anchor of the fact on its page."""
        return self.id.partition("/")[2]

    @property
    def listed(self) -> tuple[str, ...]:
        """The names of the values that the statement does not say in full: what it says needs no
        list. That a day is included is not said where it stands in a sentence.
        """
        said = set(PLACEHOLDER.findall(self.statement))
        return tuple(name for name, value in self.values.items() if not _told(name, value, said))

    def messages(self) -> tuple[str, ...]:
        """All msgids of the fact, title first."""
        return (self.title, self.statement, *self.conditions)


def _told(name: str, value: Value, said: set[str]) -> bool:
    """Tell whether a statement that has these placeholders says a value in full."""
    match value:
        case YesNo(negates=True):
            return True
        case Day(bound="inclusive"):
            return False
        case _:
            return name in said


class Group(Frozen):
    """Facts of a page that are read together, below a heading."""

    id: Slug = Field(description="The anchor of the heading on its page.")
    title: Text
    intro: Text | None = Field(None, description="A sentence below the heading (msgid).")
    facts: tuple[Slug, ...] = Field(min_length=1, description="Their slugs, in reading order.")

    def messages(self) -> tuple[str, ...]:
        """All msgids of the group, title first."""
        return (self.title, self.intro) if self.intro else (self.title,)


class Page(Frozen):
    """One topic page: its facts, in the order in which they are read where it has no groups."""

    page: Slug
    title: Text
    intro: Text
    views: tuple[View, ...] = Field((), description="Overviews that stand above the facts.")
    groups: tuple[Group, ...] = Field(
        (), description="Headings that the facts stand below; each fact below one of them."
    )
    facts: tuple[Fact, ...]


class Source(Frozen):
    """A document that facts come from."""

    id: Slug
    title: Text
    publisher: Text
    kind: Literal["primary", "secondary"]
    language: Slug
    received: CalendarDay
    address: WebAddress | None = Field(
        None, description="Where the document can be read, if that is known."
    )
    note: Text
    sections: dict[Slug, Text]


class Subject(Frozen):
    """A named product, plan, service or programme that facts are about."""

    id: Slug
    kind: Slug = Field(description="One of the kinds in the settings of the knowledge base.")
    name: Text


class SourceList(Frozen):
    """The file of source documents."""

    sources: tuple[Source, ...]


class SubjectList(Frozen):
    """The file of subjects."""

    subjects: tuple[Subject, ...]


class Validity(Frozen):
    """The days on which a fact holds, both included; None is open.

    Where the sources differ, `start` and `end` are the outermost days that one of them gives;
    from `agreed_start` to `agreed_end` it holds by all of them.
    """

    start: dt.date | None = None
    agreed_start: dt.date | None = None
    agreed_end: dt.date | None = None
    end: dt.date | None = None

    @property
    def disputed(self) -> bool:
        """Tell whether the sources differ on when it holds."""
        return (self.start, self.end) != (self.agreed_start, self.agreed_end)


class KnowledgeBase(Frozen):
    """All pages, sources and subjects, checked against each other."""

    pages: tuple[Page, ...]
    sources: dict[str, Source]
    subjects: dict[str, Subject]
    places: dict[str, str] = Field(default_factory=dict)
    """The file and line of each fact, for messages."""

    @property
    def facts(self) -> Iterator[Fact]:
        """All facts, page by page."""
        return (fact for page in self.pages for fact in page.facts)

    @property
    def former(self) -> dict[str, str]:
        """The id that a fact has now, by each that it had before."""
        return {old: fact.id for fact in self.facts for old in fact.formerly}

    def validity(self, fact: Fact) -> Validity:
        """Resolve the fact's `from` and `until`; raise `ValueError` where one of them names
        nothing.
        """
        starts, ends = self.limit(fact, fact.from_), self.limit(fact, fact.until)
        return Validity(
            start=min(starts, default=None),
            agreed_start=max(starts, default=None),
            agreed_end=min(ends, default=None),
            end=max(ends, default=None),
        )

    def lists_validity(self, fact: Fact) -> bool:
        """Tell whether a fact's validity has a day that its own values do not say."""
        validity = self.validity(fact)
        own = {value.last for value in fact.values.values() if isinstance(value, Day)}
        own |= {value.date for value in fact.values.values() if isinstance(value, Day)}
        limits = (validity.start, validity.agreed_start, validity.agreed_end, validity.end)
        return any(day not in own for day in limits if day)

    def limit(self, fact: Fact, said: Limit) -> list[dt.date]:
        """The days that one end of a validity may be: none, one, or two that differ."""
        days = [self._day(fact, day) for day in said]
        if len(days) != len(set(days)):
            raise ValueError("the two days are the same: name one")
        return days

    def _day(self, fact: Fact, said: str) -> dt.date:
        before, name = said.startswith("before "), said.removeprefix("before ")
        day = days.read(name) or self._named_day(fact, name)
        try:
            return day - dt.timedelta(days=1) if before else day
        except OverflowError:
            raise ValueError(f"there is no day before {day}") from None

    def _named_day(self, fact: Fact, name: str) -> dt.date:
        fact_id, _, value_name = name.rpartition(".")
        holder = next((f for f in self.facts if f.id == fact_id), None) if fact_id else fact
        value = holder.values.get(value_name) if holder else None
        if not isinstance(value, Day):
            raise ValueError(f"{name!r} is neither a date nor a date value")
        return value.date
