"""What a fact is: frozen, typed values; no input or output.

A new kind of value is one class here, one name in `Value`, one `case` in `localize.say` and one row
in the tests' table.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from kb_tools.content import days
from kb_tools.content.days import CalendarDay

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_LENGTH = re.compile(
    r"P(?:(?P<date>[0-9]+)(?P<date_unit>[YMWD])|T(?P<time>[0-9]+)(?P<time_unit>[HM]))"
)
_UNITS = {"Y": "year", "W": "week", "D": "day", "H": "hour", "M": "minute"}
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43_830, "year": 525_960}

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class _Value(_Frozen):
    label: Text | None = Field(
        None, description="What readers see before the value; a default exists for each kind."
    )


class Duration(_Value):
    """A length of time with its bound; `length` is absent where the end is an event or is not
    stated.
    """

    kind: Literal["duration"]
    length: str | None = Field(
        None, description="ISO 8601 with one unit: P29D, PT24H, PT5M, P5Y.", examples=["P29D"]
    )
    bound: Literal["exact", "at-most", "at-least", "until-deleted", "unspecified"] = "exact"

    @field_validator("length")
    @classmethod
    def _is_iso(cls, length: str | None) -> str | None:
        if length is not None and not _LENGTH.fullmatch(length):
            raise ValueError(
                f"invalid duration {length!r}: write ISO 8601 with one unit, such as P29D, PT24H"
                " or P5Y"
            )
        return length

    @model_validator(mode="after")
    def _length_fits_bound(self) -> Duration:
        if (self.length is None) != (self.bound in ("until-deleted", "unspecified")):
            raise ValueError(
                f"invalid duration: bound {self.bound!r}"
                f" {'needs a' if self.length is None else 'takes no'} length"
            )
        return self

    @property
    def amount(self) -> int:
        """The number of units; 0 without a length."""
        match = _LENGTH.fullmatch(self.length or "")
        return int(match["date"] or match["time"]) if match else 0

    @property
    def unit(self) -> str:
        """One of minute, hour, day, week, month, year; empty without a length."""
        match = _LENGTH.fullmatch(self.length or "")
        if not match:
            return ""
        return (
            "month"
            if match["date_unit"] == "M"
            else _UNITS[match["date_unit"] or match["time_unit"]]
        )

    @property
    def minutes(self) -> int:
        """The length in minutes, for comparing and drawing (a year is 365.25 days)."""
        return self.amount * _MINUTES[self.unit] if self.length else 0


class Day(_Value):
    """A calendar day; `bound` says whether a period that ends with it includes it."""

    kind: Literal["date"]
    date: CalendarDay
    bound: Literal["exact", "inclusive", "exclusive"] = "exact"


class YesNo(_Value):
    """An answer of yes, no or partly; `label` is what is asked."""

    kind: Literal["yes-no"]
    is_: Literal["yes", "no", "partly"] = Field(alias="is")
    label: Text = Field(description="What is answered, for example: Eligible for ZDR")


class Endpoint(_Value):
    """A path of the API, with its method where only one is meant."""

    kind: Literal["endpoint"]
    path: Annotated[str, StringConstraints(pattern=r"^/\S+$")]
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None


class Variable(_Value):
    """An environment variable, with what it is set to where that is said."""

    kind: Literal["variable"]
    name: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]+$")]
    set_to: str | None = None


class Command(_Value):
    """A command that users type."""

    kind: Literal["command"]
    command: Text


class Parameter(_Value):
    """A parameter of a request."""

    kind: Literal["parameter"]
    name: Text


class File(_Value):
    """A file name."""

    kind: Literal["file"]
    name: Text


class Email(_Value):
    """An e-mail address."""

    kind: Literal["email"]
    address: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]


class Url(_Value):
    """An address on the web, as it is written for people; without a scheme it is read as https."""

    kind: Literal["url"]
    address: Annotated[
        str, StringConstraints(pattern=r"^(https://)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?$")
    ]


class Encryption(_Value):
    """How data is encrypted in one of two states; `unspecified` is encrypted by a method not
    named.
    """

    kind: Literal["encryption"]
    where: Literal["in-transit", "at-rest"]
    method: Literal["TLS", "AES-256", "unspecified", "none"]


class Switch(_Value):
    """Whether something is on or off by default with one provider; `variable` names the fact's
    value that goes with it.
    """

    kind: Literal["switch"]
    provider: Slug
    default: Literal["on", "off"]
    variable: Name | None = None


class Choices(_Value):
    """A closed set of answers that a user can give."""

    kind: Literal["choices"]
    options: tuple[Text, ...] = Field(min_length=2)


Value = Annotated[
    Duration
    | Day
    | YesNo
    | Endpoint
    | Variable
    | Command
    | Parameter
    | File
    | Email
    | Url
    | Encryption
    | Switch
    | Choices,
    Field(discriminator="kind"),
]
"""A typed value of a fact; its `kind` tells which."""


def needs_placeholder(value: Value) -> bool:
    """Tell whether the statement or title must say the value by a placeholder.

    Yes and no, on and off, and encryption without a named method are part of a sentence's grammar;
    they are checked by `parity`.
    """
    match value:
        case YesNo() | Switch():
            return False
        case Duration(bound="unspecified") | Encryption(method="unspecified" | "none"):
            return False
    return True


class Fact(_Frozen):
    """One claim: what it says, its values, where it comes from and when it holds."""

    id: FactId
    title: Text = Field(description="msgid; may use placeholders; spells no value.")
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
    from_: str | None = Field(
        None,
        alias="from",
        description="First day of validity: a date, or the name of a date value.",
    )
    until: str | None = Field(
        None,
        description="Last day: a date, the name of a date value, or 'before' and one of these.",
    )
    conflicts: tuple[FactId, ...] = ()
    not_to_be_confused_with: tuple[FactId, ...] = ()
    see_also: tuple[FactId, ...] = ()

    @property
    def page(self) -> str:
        """The page that holds the fact."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The anchor of the fact on its page."""
        return self.id.partition("/")[2]

    def messages(self) -> tuple[str, ...]:
        """All msgids of the fact, title first."""
        return (self.title, self.statement, *self.conditions)


class MatrixRow(_Frozen):
    """One feature in the matrix: the facts that say whether it is eligible, for how long it keeps
    data, and why.
    """

    subject: Slug
    eligible: FactId
    period: FactId | None = None
    reason: FactId | None = None


class Page(_Frozen):
    """One topic page: its facts in the order in which they are read."""

    page: Slug
    title: Text
    intro: Text
    matrix: tuple[MatrixRow, ...] = ()
    facts: tuple[Fact, ...]


class Source(_Frozen):
    """A document that facts come from."""

    id: Slug
    title: Text
    publisher: Text
    kind: Literal["primary", "secondary"]
    language: Slug
    received: CalendarDay
    note: Text
    sections: dict[Slug, Text]


class Subject(_Frozen):
    """A named product, plan, service or programme that facts are about."""

    id: Slug
    kind: Literal[
        "topic", "feature", "product", "plan", "service", "programme", "regulation", "region"
    ]
    name: Text


class SourceList(_Frozen):
    """The file of source documents."""

    sources: tuple[Source, ...]


class SubjectList(_Frozen):
    """The file of subjects."""

    subjects: tuple[Subject, ...]


class Validity(_Frozen):
    """The days on which a fact holds, both included; None is open."""

    start: dt.date | None = None
    end: dt.date | None = None


class KnowledgeBase(_Frozen):
    """All pages, sources and subjects, checked against each other."""

    pages: tuple[Page, ...]
    sources: dict[str, Source]
    subjects: dict[str, Subject]

    @property
    def facts(self) -> Iterator[Fact]:
        """All facts, page by page."""
        return (fact for page in self.pages for fact in page.facts)

    def validity(self, fact: Fact) -> Validity:
        """Resolve the fact's `from` and `until`; raise `ValueError` where one of them names
        nothing.
        """
        return Validity(start=self.day(fact, fact.from_), end=self.day(fact, fact.until))

    def day(self, fact: Fact, said: str | None) -> dt.date | None:
        """Resolve one end of a validity."""
        if said is None:
            return None
        before, name = said.startswith("before "), said.removeprefix("before ")
        day = days.read(name) or self._named_day(fact, name)
        return day - dt.timedelta(days=1) if before else day

    def _named_day(self, fact: Fact, name: str) -> dt.date:
        fact_id, _, value_name = name.rpartition(".")
        holder = next((f for f in self.facts if f.id == fact_id), None) if fact_id else fact
        value = holder.values.get(value_name) if holder else None
        if not isinstance(value, Day):
            raise ValueError(f"{name!r} is neither a date nor a date value")
        return value.date
