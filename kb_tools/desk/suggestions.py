"""A ticket to suggestions: an answer for each question of its new part, ready to paste in the
customer's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb_tools.desk import wording
from kb_tools.errors import BadQuestion
from kb_tools.search import analysis, mail
from kb_tools.search.answer import LONGEST_QUESTION, MOST, Answerer
from kb_tools.search.reply import Reply, answer_record, record

SURE = 0.8
"""The confidence from which a sentence that ends as no question is taken for one."""
MOST_QUESTIONS = 20
"""Sentences of a ticket that are asked each for itself."""


@dataclass(frozen=True)
class Ticket:
    """What a customer wrote; without a language, it is answered in its own."""

    subject: str
    body: str
    language: str | None = None

    @property
    def asked(self) -> str:
        """The new part: without quoted history, signature and small print; the subject is read as
        a paragraph of its own.
        """
        subject = "" if self.subject.strip() in self.body else self.subject
        new = mail.asked_in(self.body) if self.body.strip() else ""
        return "\n\n".join(part for part in (subject, new) if part.strip())[:LONGEST_QUESTION]


def suggest(
    answerer: Answerer, ticket: Ticket, *, limit: int = 3, as_of: dt.date | None = None
) -> dict[str, Any]:
    """The suggestions for a ticket as plain data: none where no fact answers any of it for certain.

    `language` is that of the texts, `asked_in` that of the ticket. A suggestion is a `question` of
    the ticket, the `kind` of the reply, `text` to paste, `answers`, and what is `unsure`. Raise
    `UnknownLanguage` where the index lacks the language.
    """
    answerer.check_language(ticket.language)
    text = ticket.asked
    try:
        whole = answerer.ask(text, language=ticket.language, limit=MOST, as_of=as_of)
    except BadQuestion:
        return {
            "language": ticket.language or answerer.index.manifest["languages"][0],
            "asked_in": "",
            "suggestions": [],
            "nearest": [],
        }
    made = [
        _suggestion(answerer, reply, limit)
        for reply in _replies(answerer, text, whole, as_of)
        if reply.answers
    ]
    return {
        "language": whole.language,
        "asked_in": whole.asked_in,
        "suggestions": made,
        "nearest": [] if made else [answer.entry.reference() for answer in whole.answers[:limit]],
    }


def _replies(answerer: Answerer, text: str, whole: Reply, as_of: dt.date | None) -> Iterator[Reply]:
    """The replies to the questions of a text that is answered as a whole, each fact leading once;
    the whole itself where no sentence says it alone.
    """
    if not whole.answered:
        return
    known = {answer.entry.id for answer in whole.answers}
    told: set[str] = set()
    for sentence in analysis.sentences(text)[:MOST_QUESTIONS]:
        try:
            reply = answerer.ask(sentence, language=whole.language, limit=MOST, as_of=as_of)
        except BadQuestion:
            continue
        if not reply.answered or not reply.answers:
            continue
        best = reply.answers[0].entry.id
        asks = sentence.rstrip().endswith(("?", "？")) or reply.confidence >= SURE
        if best not in told and (asks or best in known):
            told.add(best)
            yield reply
    if not told:
        yield whole


def _suggestion(answerer: Answerer, reply: Reply, limit: int) -> dict[str, Any]:
    labels = answerer.index.labels(reply.language)
    whole = record(reply)
    shown = max(limit, len(wording.leading(reply)))
    return {
        "question": reply.question.strip(),
        "kind": reply.kind,
        "confidence": whole["confidence"],
        "text": wording.ready(reply, labels),
        "unsure": list(wording.unsure(reply, labels)),
        "answers": [answer_record(answer) for answer in reply.answers[:shown]],
        **({"table": whole["table"]} if "table" in whole else {}),
    }
