"""What a page shows besides its facts: overviews that are declared in its file, and made of facts.

A new view is one class here, one name in `View`, one function in `site.overviews` and one template.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from kb_tools.content.values import KINDS, FactId, Frozen, Name, Slug, Text


def _listed(said: object) -> object:
    return said if isinstance(said, list | tuple) else (said,)


Subjects = Annotated[
    tuple[Slug, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A subject, or several that are named together."""


class _View(Frozen):
    id: Slug = Field(description="The anchor of the overview on its page.")
    title: Text | None = Field(None, description="Its heading (msgid); a default exists for most.")

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        return (self.title,) if self.title else ()


class Column(Frozen):
    """One column of a matrix: values of a fact by name or by kind, or the title of a fact."""

    heading: Text
    values: tuple[Name, ...] = Field((), description="Names of values that a cell shows.")
    kind: str | None = Field(None, description="Show all values of this kind instead.")
    otherwise: Text | None = Field(None, description="What a cell says that has no such value.")
    link: bool = Field(False, description="That a cell leads to the fact that it comes from.")

    @field_validator("kind")
    @classmethod
    def _is_a_kind(cls, kind: str | None) -> str | None:
        if kind is not None and kind not in KINDS:
            raise ValueError(f"unknown kind of value {kind!r}: use one of {', '.join(KINDS)}")
        return kind

    @property
    def shows_values(self) -> bool:
        """Tell whether cells show values and not the title of a fact."""
        return bool(self.values or self.kind)


class Named(Frozen):
    """What an overview tells a fact about: one subject or several, and under which condition."""

    subject: Subjects
    when: Text | None = Field(None, description="Said after the names: under which condition.")
    fact: FactId


class Row(Named):
    """One row of a matrix: subjects, their main fact, and other facts for some of the columns."""

    cells: dict[Name, FactId] = Field(
        default_factory=dict, description="Column to fact, where it is not the main one."
    )
    notes: dict[Name, Text] = Field(
        default_factory=dict,
        description="Column to what its cell says before its values, or where it has none.",
    )


class Matrix(_View):
    """A table of subject by value."""

    view: Literal["matrix"]
    title: Text
    subject: Text = Field(description="The heading of the first column.")
    columns: dict[Name, Column] = Field(min_length=1)
    rows: tuple[Row, ...] = Field(min_length=1)

    def named(self) -> Iterator[FactId]:
        """The facts that the view names."""
        for row in self.rows:
            yield from (row.fact, *row.cells.values())

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        texts = [self.title, self.subject]
        for column in self.columns.values():
            texts += [column.heading, *([column.otherwise] if column.otherwise else [])]
        for row in self.rows:
            texts += [row.when] if row.when else []
            texts += row.notes.values()
        return tuple(dict.fromkeys(texts))


class Verdicts(_View):
    """Who and what a yes or no goes for: subjects below the answer that their fact gives."""

    view: Literal["verdicts"]
    title: Text
    value: Name = Field(description="The yes-no value that facts of the rows have.")
    otherwise: Text | None = Field(
        None, description="What stands above the rows whose fact has no such value."
    )
    rows: tuple[Named, ...] = Field(min_length=1)

    def named(self) -> Iterator[FactId]:
        """The facts that the view names."""
        return (row.fact for row in self.rows)

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        texts = [self.title, *([self.otherwise] if self.otherwise else [])]
        return tuple(dict.fromkeys([*texts, *(row.when for row in self.rows if row.when)]))


class PeriodGroup(Frozen):
    """Periods that are read together: those of facts about any of these subjects."""

    title: Text
    about: tuple[Slug, ...] = Field(min_length=1)


class Periods(_View):
    """Every period of the knowledge base, drawn to scale in a table."""

    view: Literal["periods"]
    groups: tuple[PeriodGroup, ...] = Field(
        (), description="A fact stands in the first one that has a subject of it, or in none."
    )

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        titles = [group.title for group in self.groups]
        return tuple(dict.fromkeys([*super().messages(), *titles]))


class Timeline(_View):
    """The dates that the page's facts say, in their order."""

    view: Literal["timeline"]


class Transmission(Frozen):
    """One arrow of a data flow: where data goes, what it is, and facts that tell more of it."""

    to: Text = Field(description="Where the data goes (msgid).")
    what: Text = Field(description="What is sent, in a few words (msgid).")
    fact: FactId = Field(description="The fact that tells what is sent.")
    encryption: FactId | None = Field(None, description="The fact with the encryption.")
    off: FactId | None = Field(None, description="The fact with the variable that turns it off.")


class Flow(_View):
    """A drawing of what leaves a place, and to whom."""

    view: Literal["flow"]
    title: Text
    start: Text = Field(description="Where data comes from (msgid).")
    arrows: tuple[Transmission, ...] = Field(min_length=1)

    def named(self) -> Iterator[FactId]:
        """The facts that the view names."""
        for arrow in self.arrows:
            yield from filter(None, (arrow.fact, arrow.encryption, arrow.off))

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        texts = [self.title, self.start]
        for arrow in self.arrows:
            texts += [arrow.to, arrow.what]
        return tuple(dict.fromkeys(texts))


class Switches(_View):
    """A grid of what is on or off by default: the page's facts by provider."""

    view: Literal["switches"]
    subject: Text = Field(description="The heading of the first column.")
    title: Text

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        return (self.title, self.subject)


class Dispute(Frozen):
    """A question that claims of the page answer differently."""

    ask: Text
    claims: tuple[FactId, ...] = Field(min_length=2)


class Conflicts(_View):
    """The claims of the page that contradict each other, side by side."""

    view: Literal["conflicts"]
    questions: tuple[Dispute, ...] = Field(
        (), description="By the question that they answer; default: all that are connected."
    )

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        return (*super().messages(), *(dispute.ask for dispute in self.questions))


class Documents(_View):
    """The source documents that the page rests on."""

    view: Literal["sources"]


View = Annotated[
    Matrix | Verdicts | Periods | Timeline | Flow | Switches | Conflicts | Documents,
    Field(discriminator="view"),
]
"""A declared overview; its `view` tells which."""
