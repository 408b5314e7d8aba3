"""What a value is: one frozen class a kind, no input or output.

A new kind of value is one class here, one name in `Value`, one `case` in `Voice.say` and in
`proof.canonical`, and one row in the tests' table.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from kb_tools import days

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_LENGTH = re.compile(
    r"P(?:(?P<date>[0-9]{1,5})(?P<date_unit>[YMWD])"
    r"|T(?P<time>[0-9]{1,5})(?P<time_unit>[HM]))"
)
_UNITS = {"Y": "year", "W": "week", "D": "day", "H": "hour", "M": "minute"}
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43_830, "year": 525_960}

_SIGNS = r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]"
"""What an address may be written with (RFC 3986)."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""Words that are matched as they stand in a text."""


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError(f"a line break in {text[:60]!r}: write it in one line")
    return text


Line = Annotated[Text, AfterValidator(_one_line)]
"""A text that stands in one line wherever it is shown, such as a title."""


def _as_day(said: object) -> dt.date:
    """The day; Pydantic alone also reads times of day, and numbers as seconds since 1970."""
    day = said if isinstance(said, dt.date) else days.read(str(said))
    if day is None:
        raise days.no_day(said)
    return day


CalendarDay = Annotated[dt.date, BeforeValidator(_as_day, json_schema_input_type=dt.date)]
"""The type of a field that holds a day."""


class Frozen(BaseModel):
    """A part of a source file: immutable, and without keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class _Value(Frozen):
    form: ClassVar[Literal["strong", "code", "email", "url"]] = "strong"
    """How the value is set in a text."""

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

    @property
    def last(self) -> dt.date:
        """The last day of a period that the day ends."""
        before = self.bound == "exclusive" and self.date > dt.date.min
        return self.date - dt.timedelta(days=1) if before else self.date


class YesNo(_Value):
    """An answer of yes, no or partly; `label` is what is asked."""

    kind: Literal["yes-no"]
    is_: Literal["yes", "no", "partly"] = Field(alias="is")
    label: Text = Field(description="What is answered, for example: End-to-end encrypted")
    negates: bool = Field(
        False,
        description="That the statement itself says this answer: it denies where the answer is no, "
        "and affirms where it is yes; kb check proves it in every language.",
    )


class Endpoint(_Value):
    """A path of the API, with its method where only one is meant."""

    form = "code"
    kind: Literal["endpoint"]
    path: Annotated[str, StringConstraints(pattern=rf"^/({_SIGNS}|[{{}}])+$")]
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None


class Variable(_Value):
    """An environment variable, with what it is set to where that is said."""

    form = "code"
    kind: Literal["variable"]
    name: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]+$")]
    set_to: str | None = None


class Command(_Value):
    """A command that users type."""

    form = "code"
    kind: Literal["command"]
    command: Text


class Parameter(_Value):
    """A parameter of a request."""

    form = "code"
    kind: Literal["parameter"]
    name: Text


class File(_Value):
    """A file name."""

    form = "code"
    kind: Literal["file"]
    name: Text


class Email(_Value):
    """An e-mail address."""

    form = "email"
    kind: Literal["email"]
    address: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[a-z]+$"),
    ]


class Url(_Value):
    """An address on the web, as it is written for people; without a scheme it is read as https."""

    form = "url"
    kind: Literal["url"]
    address: Annotated[
        str, StringConstraints(pattern=rf"^(https://)?[a-z0-9-]+(\.[a-z0-9-]+)+(/{_SIGNS}*)?$")
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

KINDS: dict[str, type[_Value]] = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in get_args(get_args(Value)[0])
}
"""The class of each kind of value."""


def needs_placeholder(value: Value) -> bool:
    """Tell whether a text of the fact must say the value by a placeholder.

    Yes and no, on and off, and encryption without a named method are part of a sentence's grammar;
    they are checked by `parity`.
    """
    match value:
        case YesNo() | Switch():
            return False
        case Duration(bound="unspecified") | Encryption(method="unspecified" | "none"):
            return False
    return True
