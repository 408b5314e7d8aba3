"""The shapes of what the HTTP API takes and gives, as its OpenAPI document tells them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from kb_tools.search.reply import Kind

LONGEST_SUBJECT, LONGEST_BODY = 1_000, 100_000


class Shape(BaseModel):
    """What all shapes share."""

    model_config = ConfigDict(extra="forbid")


class Failure(Shape):
    """What went wrong: a code for programs, a sentence for people."""

    code: str
    message: str


class Failed(Shape):
    """The one shape of errors."""

    error: Failure


class Reference(Shape):
    """A fact by name."""

    fact: str
    title: str
    url: str


class Valid(Shape):
    """When a fact held: ISO days, both included; where sources differ, all of them agree on those
    in the middle.
    """

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)
    start: str | None = Field(alias="from")
    agreed_from: str | None
    agreed_until: str | None
    until: str | None
    text: str


class FactCommon(Shape):
    """What a fact and an answer share; texts are in `language`."""

    fact: str
    language: str
    title: str
    text: str
    conditions: list[str]
    values: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    cited: list[str]
    reported: str
    valid: Valid
    see_also: list[str]
    formerly: list[str]
    url: str


class FactShape(FactCommon):
    """One fact in one language."""

    conflicts: list[str]
    not_to_be_confused_with: list[str]


class FactList(Shape):
    """Facts that fit; `total` is how many there are without `limit` and `offset`."""

    total: int
    language: str
    facts: list[FactShape]


class Conflict(Reference):
    """A claim that contradicts an answer."""

    text: str


class Twin(Reference):
    """A fact that is easily taken for an answer, with what tells it apart."""

    told_apart: list[str]


class Matched(Shape):
    """The language in which the question matched, and by which of its words."""

    language: str
    text: str


class AnswerShape(FactCommon):
    """One fact as an answer; `status` tells where it does not hold on the day."""

    topic: str
    score: float
    matched: Matched
    status: str
    reasons: dict[str, Any]
    conflicts: list[Conflict]
    not_to_be_confused_with: list[Twin]


class ReplyShape(Shape):
    """What there is to say to a question; `nearest` are topics where nothing answers."""

    question: str
    language: str
    asked_in: str
    kind: Kind
    answered: bool
    confidence: float
    corrected: dict[str, str]
    semantic: bool
    count: int
    table: dict[str, Any] | None = None
    targets: list[dict[str, str]]
    as_of: str | None
    answers: list[AnswerShape]
    nearest: list[Reference]
    not_in_force: list[AnswerShape]
    labels: dict[str, str] | None = None


class TicketShape(Shape):
    """A ticket; without `language` it is answered in its own."""

    subject: str = Field("", max_length=LONGEST_SUBJECT)
    body: str = Field("", max_length=LONGEST_BODY)
    language: str | None = Field(None, max_length=35)
    limit: int = Field(3, ge=1, le=10)
    as_of: str | None = Field(
        None,
        max_length=10,
        description="An ISO day; default: today.",
        json_schema_extra={"format": "date"},
    )


class Remark(Shape):
    """What is unsure about a suggestion."""

    code: str
    text: str


class SuggestionShape(Shape):
    """An answer to one question of a ticket; `text` is ready to paste."""

    question: str
    kind: Kind
    confidence: float
    text: str
    unsure: list[Remark]
    answers: list[AnswerShape]
    table: dict[str, Any] | None = None


class SuggestionsShape(Shape):
    """Suggestions for a ticket; none where no fact answers any of it for certain."""

    language: str
    asked_in: str
    suggestions: list[SuggestionShape]
    nearest: list[Reference]


class Health(Shape):
    """That the service lives."""

    status: str


class Ready(Health):
    """The generation of the index that answers, and how many facts it has."""

    generation: str
    facts: int
