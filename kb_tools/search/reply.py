"""A Reply for people and for programs: lines for the terminal, one record for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from kb_tools.entry import Citation, Entry
from kb_tools.search.answer import Answer, Reply

Labels = Mapping[str, str]
Bold = Callable[[str], str]
_INDENT = "   "
_MOST_TERMS = 14


def record(reply: Reply) -> dict[str, Any]:
    """The reply as plain data; the shape is the same in every interface."""
    return {
        "question": reply.question,
        "language": reply.language,
        "asked_in": reply.asked_in,
        "answered": reply.answered,
        "confidence": round(reply.confidence, 3),
        "corrected": reply.corrected,
        "semantic": reply.semantic,
        "as_of": reply.as_of,
        "answers": [answer_record(answer) for answer in reply.answers] if reply.answered else [],
        "nearest": [] if reply.answered else [_reference(answer.entry) for answer in reply.answers],
        "not_in_force": [answer_record(answer) for answer in reply.not_in_force],
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """One answer as plain data."""
    return {
        **entry_record(answer.entry),
        "score": answer.score,
        "matched": {"language": answer.language, "text": " ".join(answer.matched)},
        "status": answer.status,
        "reasons": asdict(answer.reasons),
        "conflicts": [{**_reference(other), "text": other.text} for other in answer.conflicts],
        "not_to_be_confused_with": [_reference(other) for other in answer.twins],
    }


def entry_record(entry: Entry) -> dict[str, Any]:
    """A fact in one language as plain data."""
    return {
        "fact": entry.id,
        "language": entry.text_language,
        "title": entry.title,
        "text": entry.text,
        "conditions": list(entry.conditions),
        "values": [asdict(said) for said in entry.values],
        "sources": [asdict(citation) for citation in entry.sources],
        "reported": entry.reported,
        "valid": {"from": entry.start, "until": entry.end, "text": entry.validity},
        "conflicts": list(entry.conflicts),
        "not_to_be_confused_with": list(entry.twins),
        "see_also": list(entry.see_also),
        "url": entry.url,
    }


def lines(reply: Reply, labels: Labels, bold: Bold) -> Iterator[str]:
    """The reply as people read it in a terminal; `bold` marks titles and values."""
    if reply.as_of:
        yield bold(labels["in-force-on"] % {"date": reply.as_of})
        yield ""
    if not reply.answered:
        yield bold(labels["no-answer"])
        if reply.answers:
            yield f"{labels['nearest']}{labels['colon']}"
            yield from (
                f"{_INDENT}{answer.entry.title}  {answer.entry.url}" for answer in reply.answers
            )
        yield labels["where-to-ask"]
    else:
        for number, answer in enumerate(reply.answers, 1):
            yield from _answer_lines(number, answer, labels, bold)
            yield ""
    if reply.not_in_force:
        yield labels["not-in-force"] % {"date": reply.as_of or ""}
        yield from (
            f"{_INDENT}{answer.entry.title}. {answer.status}  {answer.entry.url}"
            for answer in reply.not_in_force
        )


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
        yield (
            f"{_INDENT}{labels['twins']}{colon}{' · '.join(_named(twin, labels) for twin in answer.twins)}"
        )
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
    yield _marked(entry, bold)
    if entry.values:
        yield " · ".join(f"{said.label}{colon}{bold(said.text)}" for said in entry.values)
    yield from (f"{labels['conditions']}{colon}{condition}" for condition in entry.conditions)
    if entry.validity:
        yield f"{labels['valid']}{colon}{entry.validity}"
    if entry.reported:
        yield entry.reported


def _source_lines(entry: Entry, labels: Labels) -> Iterator[str]:
    cited = [
        _cited(list(group), labels)
        for _, group in groupby(entry.sources, key=lambda citation: citation.document)
    ]
    yield f"{labels['sources']}{labels['colon']}{' · '.join(cited)}"
    yield f"{labels['address']}{labels['colon']}{entry.url}"


def _cited(citations: Sequence[Citation], labels: Labels) -> str:
    first = citations[0]
    return labels["cited"] % {
        "title": first.title,
        "sections": labels["comma"].join(citation.section_title for citation in citations),
        "kind": first.kind_text,
        "received": first.received_text,
    }


def _marked(entry: Entry, bold: Bold) -> str:
    made, at = "", 0
    for mark in entry.marks:
        made += entry.text[at : mark.start] + bold(entry.text[mark.start : mark.end])
        at = mark.end
    return made + entry.text[at:]


def _named(entry: Entry, labels: Labels) -> str:
    """A title with the entry's periods and dates, which is what twins are told apart by."""
    told = [said.text for said in entry.values if said.kind in ("duration", "date")]
    return (
        labels["named"] % {"title": entry.title, "values": labels["comma"].join(told)}
        if told
        else entry.title
    )


def _reference(entry: Entry) -> dict[str, Any]:
    return {"fact": entry.id, "title": entry.title, "url": entry.url}
