"""What there is to say to a question, for people and for programs: lines for the terminal, one
record for JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kb_tools.entry import Entry, Passage
from kb_tools.search.table import Table

Kind = Literal["answer", "choice", "list", "compare", "topic", "closest", "none"]
"""What a reply is: facts that answer, a choice by a condition, a list, a comparison, the facts of a
topic, facts that come closest, or nothing.
"""
ANSWERED: tuple[Kind, ...] = ("answer", "choice", "list", "compare")
Labels = Mapping[str, str]
Bold = Callable[[str], str]
HEADED: tuple[Kind, ...] = ("choice", "list", "compare", "topic", "closest")
"""Kinds that are told by a line of their own before the facts."""
_INDENT = "   "
_BETWEEN = " · "
_MOST_TERMS = 14


@dataclass(frozen=True)
class Reasons:
    """Why a fact has its score: what each term of the question adds, and how like the question its
    texts are.
    """

    terms: dict[str, float]
    words: float
    likeness: float | None


@dataclass(frozen=True)
class Answer:
    """One fact as an answer: its score, the language that the question matched in, and the
    question's words that it rests on.

    `status` tells that the fact is past or not yet in force, or that its sources differ on that; it
    is empty where it holds. `topic` is the title of its page.
    """

    entry: Entry
    topic: str
    score: float
    language: str
    matched: tuple[str, ...]
    status: str
    conflicts: tuple[Entry, ...]
    twins: tuple[Entry, ...]
    reasons: Reasons


@dataclass(frozen=True)
class Target:
    """A page or a part of one to read on, with what it says where that is short."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Reply:
    """What there is to say to a question.

    `language` is that of the answers, `asked_in` that of the question. `answers` are what its
    `kind` says; where that is none, they are the nearest topics. `table` holds the facts of a
    choice, a list or a comparison; `targets` are where to read on; `count` is how many facts the
    table or the topic has. `corrected` maps words of the question to what was searched for instead;
    `semantic` tells whether likeness of meaning was used.
    """

    question: str
    asked_in: str
    language: str
    kind: Kind
    confidence: float
    threshold: float
    answers: tuple[Answer, ...]
    corrected: dict[str, str]
    uncovered: tuple[str, ...]
    as_of: str | None
    not_in_force: tuple[Answer, ...]
    cut: bool
    semantic: bool
    table: Table | None = None
    count: int = 0
    targets: tuple[Target, ...] = ()

    @property
    def answered(self) -> bool:
        """Tell whether facts answer it for certain."""
        return self.kind in ANSWERED

    @property
    def shown(self) -> tuple[Answer, ...]:
        """The facts that are shown in full."""
        return () if self.kind == "none" else self.answers


def record(reply: Reply) -> dict[str, Any]:
    """The reply as plain data; the shape is the same in every interface."""
    return {
        "question": reply.question,
        "language": reply.language,
        "asked_in": reply.asked_in,
        "kind": reply.kind,
        "answered": reply.answered,
        "confidence": round(reply.confidence, 3),
        "corrected": reply.corrected,
        "semantic": reply.semantic,
        "count": reply.count,
        **({"table": asdict(reply.table)} if reply.table else {}),
        "targets": [asdict(target) for target in reply.targets],
        "as_of": reply.as_of,
        "answers": [answer_record(answer) for answer in reply.shown],
        "nearest": [
            answer.entry.reference() for answer in reply.answers if answer not in reply.shown
        ],
        "not_in_force": [answer_record(answer) for answer in reply.not_in_force],
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """One answer as plain data."""
    return {
        **answer.entry.record(),
        "topic": answer.topic,
        "score": answer.score,
        "matched": {"language": answer.language, "text": " ".join(answer.matched)},
        "status": answer.status,
        "reasons": asdict(answer.reasons),
        "conflicts": [{**other.reference(), "text": other.text} for other in answer.conflicts],
        "not_to_be_confused_with": [
            {**other.reference(), "told_apart": list(other.told_apart)} for other in answer.twins
        ],
    }


def lines(reply: Reply, labels: Labels, bold: Bold) -> Iterator[str]:
    """The reply as people read it in a terminal; `bold` marks titles and values."""
    if reply.as_of:
        yield bold(labels["in-force-on"] % {"date": said_day(reply.as_of, labels)})
        yield ""
    if reply.kind == "none":
        yield bold(labels["no-answer"])
        if reply.answers:
            yield f"{labels['nearest']}{labels['colon']}"
            yield from (
                f"{_INDENT}{answer.entry.title}  {answer.entry.url}" for answer in reply.answers
            )
        yield labels["where-to-ask"]
    if reply.kind in HEADED and reply.answers:
        yield bold(labels[reply.kind] % {"n": reply.count})
        yield ""
    if reply.table:
        yield from _table_lines(reply.table)
        yield ""
    yield from _target_lines(reply.targets, labels, bold)
    for number, answer in enumerate(reply.shown, 1):
        yield from _answer_lines(number, answer, labels, bold)
        yield ""
    if reply.kind == "closest" and reply.answers:
        yield labels["where-to-ask"]
    if reply.not_in_force:
        yield labels["not-in-force"] % {"date": said_day(reply.as_of or "", labels)}
        yield from (
            f"{_INDENT}{answer.entry.title}{labels['dash']}{answer.status}  {answer.entry.url}"
            for answer in reply.not_in_force
        )


def _target_lines(targets: Sequence[Target], labels: Labels, bold: Bold) -> Iterator[str]:
    """Where to read on, with what is said there."""
    for target in targets:
        yield f"{labels['see-also']}{labels['colon']}{bold(target.title)}  {target.url}"
        if target.text:
            yield f"{_INDENT}{target.text}"
        yield ""


def _table_lines(table: Table) -> Iterator[str]:
    """A table as lines: the columns, then a row each, with the id of its fact."""
    if table.columns:
        yield f"{_INDENT}{_BETWEEN.join(table.columns)}"
    for row in table.rows:
        yield f"{_INDENT}{_BETWEEN.join([row.subject, *filter(None, row.cells)])}  [{row.fact}]"


def said_day(day: str, labels: Labels) -> str:
    """An ISO day in the words of a language."""
    year, month, number = (int(part) for part in day.split("-"))
    name = labels["months"].split("|")[month - 1]
    return labels["day"] % {"year": year, "month": name, "number": month, "day": number}


def explanation(reply: Reply) -> Iterator[str]:
    """Why the answers rank as they do, for those who tend the glossary and the questions."""
    used = "words and meaning" if reply.semantic else "words alone"
    yield f"confidence {reply.confidence:.2f}, answered from {reply.threshold:.2f} on; {used}"
    if reply.uncovered:
        yield f"names what no fact covers: {', '.join(reply.uncovered)}"
    for answer in reply.answers:
        likeness = (
            "" if answer.reasons.likeness is None else f", likeness {answer.reasons.likeness:.2f}"
        )
        yield (
            f"{answer.entry.id}: score {answer.score:.2f}, words"
            f" {answer.reasons.words:.2f}{likeness}"
        )
        terms = [f"{term} {weight:.1f}" for term, weight in answer.reasons.terms.items()]
        yield f"{_INDENT}{'  '.join(terms[:_MOST_TERMS])}"


def _answer_lines(number: int, answer: Answer, labels: Labels, bold: Bold) -> Iterator[str]:
    yield f"{number}. {bold(answer.entry.title)}"
    if answer.status:
        yield f"{_INDENT}{bold(answer.status)}"
    yield from (f"{_INDENT}{line}" for line in entry_lines(answer.entry, labels, bold))
    colon = labels["colon"]
    yield from (
        f"{_INDENT}{labels['conflict']}{colon}{other.text}  {other.url}"
        for other in answer.conflicts
    )
    if answer.twins:
        twins = " · ".join(_named(twin, labels) for twin in answer.twins)
        yield f"{_INDENT}{labels['twins']}{colon}{twins}"
    yield from (f"{_INDENT}{line}" for line in _source_lines(answer.entry, labels))


def show_lines(entry: Entry, status: str, labels: Labels, bold: Bold) -> Iterator[str]:
    """One fact as people read it in a terminal."""
    yield bold(entry.title)
    if status:
        yield bold(status)
    yield from entry_lines(entry, labels, bold)
    for key, others in (
        ("conflict", entry.conflicts),
        ("twins", entry.twins),
        ("see-also", entry.see_also),
    ):
        if others:
            yield f"{labels[key]}{labels['colon']}{' · '.join(others)}"
    yield from _source_lines(entry, labels)


def entry_lines(entry: Entry, labels: Labels, bold: Bold) -> Iterator[str]:
    """The statement of a fact with its values, conditions and validity."""
    colon = labels["colon"]
    if entry.text_language != entry.language:
        yield labels["untranslated"]
    yield _marked(entry.statement, bold)
    if entry.values:
        yield " · ".join(f"{said.label}{colon}{bold(said.text)}" for said in entry.values)
    for condition in entry.conditions:
        yield f"{labels['conditions']}{colon}{_marked(condition, bold)}"
    if entry.validity:
        yield f"{labels['valid']}{colon}{entry.validity}"
    if entry.reported:
        yield entry.reported


def _source_lines(entry: Entry, labels: Labels) -> Iterator[str]:
    yield f"{labels['sources']}{labels['colon']}{' · '.join(entry.cited)}"
    yield f"{labels['address']}{labels['colon']}{entry.url}"


def _marked(passage: Passage, bold: Bold) -> str:
    return "".join(bold(text) if form else text for text, form in passage.segments())


def _named(entry: Entry, labels: Labels) -> str:
    """A title with what twins are told apart by."""
    if not entry.told_apart:
        return entry.title
    told = labels["semicolon"].join(entry.told_apart)
    return labels["named"] % {"title": entry.title, "values": told}
