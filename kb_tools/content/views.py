"""What a page shows besides its facts: overviews that are declared in its file, and made of facts.

A new view is one class here, one name in `View`, one function in `site.overviews` and one template.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from kb_tools.content.values import KINDS, Duration, FactId, Frozen, Name, Slug, Text


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


class Row(Frozen):
    """One row of a matrix: a subject, its main fact, and other facts for some of the columns."""

    subject: Slug
    fact: FactId
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

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        texts = [self.title, self.subject]
        for column in self.columns.values():
            texts += [column.heading, *([column.otherwise] if column.otherwise else [])]
        for row in self.rows:
            texts += row.notes.values()
        return tuple(dict.fromkeys(texts))


class Periods(_View):
    """Every period of the knowledge base that has a length, drawn to scale and as a table."""

    view: Literal["periods"]
    ticks: tuple[str, ...] = Field(
        ("PT1H", "P1D", "P30D", "P1Y"), description="Lengths that the scale marks, in ISO 8601."
    )

    @field_validator("ticks")
    @classmethod
    def _are_lengths(cls, ticks: tuple[str, ...]) -> tuple[str, ...]:
        for tick in ticks:
            Duration.model_validate({"kind": "duration", "length": tick})
        return ticks


class Switches(_View):
    """A grid of what is on or off by default: the page's facts by provider."""

    view: Literal["switches"]
    subject: Text = Field(description="The heading of the first column.")
    title: Text

    def messages(self) -> tuple[str, ...]:
        """All msgids of the view, title first."""
        return (self.title, self.subject)


class Conflicts(_View):
    """The claims of the page that contradict each other, side by side."""

    view: Literal["conflicts"]


class Documents(_View):
    """The source documents that the page rests on."""

    view: Literal["sources"]


View = Annotated[Matrix | Periods | Switches | Conflicts | Documents, Field(discriminator="view")]
"""A declared overview; its `view` tells which."""
