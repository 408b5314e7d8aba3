"""A question to Answers: ranked by words and, where the index has vectors, by likeness of meaning;
answered where the evidence suffices.

A long text is taken sentence by sentence for the decision, and each sentence that is answered adds
its answer.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kb_tools.entry import Entry
from kb_tools.errors import BadQuestion, UnknownFact
from kb_tools.search import analysis, store, table, targets
from kb_tools.search.judging import Judge, Judgment
from kb_tools.search.meaning import Meaning
from kb_tools.search.ranking import Ranker
from kb_tools.search.reply import ANSWERED, Answer, Kind, Reasons, Reply
from kb_tools.search.store import AnswerIndex
from kb_tools.search.table import Table

LONGEST_QUESTION = 8000
"""Characters of a question that are read; a longer one is a document."""
MOST = 10
_NO_WORDS = """the question has no words
    Ask in words, for example: kb ask 'How long are deleted files kept?'"""


@dataclass(frozen=True)
class Guesses:
    """How there is to react to a text, the best facts with score and language, and the table of the
    reaction where it has one.
    """

    kind: Kind
    hits: list[dict[str, Any]]
    table: Table | None

    def record(self) -> dict[str, Any]:
        """The guesses as plain data."""
        found = {"kind": self.kind, "answered": self.kind in ANSWERED, "hits": self.hits}
        return {**found, "table": asdict(self.table)} if self.table else found


@dataclass
class Answerer:
    """Answers questions from an open answer index; made once, asked often."""

    index: AnswerIndex
    meaning: Meaning | None = None
    ranker: Ranker = field(init=False)

    def __post_init__(self) -> None:
        parameters = self.index.manifest["parameters"]
        self._judge = Judge(self.index, self.meaning)
        self.ranker = self._judge.ranker
        self._near: float = parameters["near"]
        self._numbers: dict[str, int] = {
            fact: number for number, fact in enumerate(self.index.manifest["facts"])
        }

    def judge(self, text: str) -> Judgment:
        """A text, ranked and judged."""
        return self._judge.judge(text)

    @classmethod
    def open(cls, folder: Path, *, semantic: bool = False) -> Answerer:
        """Open the answer index in a folder; with its vectors where they are wanted and there are
        some.
        """
        index = store.open_index(folder)
        if not (semantic and index.has_vectors):
            return cls(index)
        return cls(index, Meaning(index.vectors(), len(index.manifest["facts"])))

    def ask(
        self,
        question: str,
        *,
        language: str | None = None,
        limit: int = 3,
        as_of: dt.date | None = None,
    ) -> Reply:
        """Answer a question, in its own language or the one wanted, as of today or another day.

        Raise `BadQuestion` where it has nothing to search for, `UnknownLanguage` where the index
        lacks the language.
        """
        self.check_language(language)
        text = question[:LONGEST_QUESTION]
        judged = self._judge.judge(text)
        if not judged.ranking.terms:
            raise BadQuestion(_NO_WORDS)
        shown = language or self._shown(judged)
        leading = list(dict.fromkeys([*judged.reacting, *judged.answered]))
        order = list(dict.fromkeys([*leading, *judged.order]))[: max(limit, MOST, len(leading))]
        worth = self._worth(order, judged, len(leading))
        if judged.kind == "choice":
            limit = max(limit, len(judged.reacting))
        if as_of is None:  # else some of them are told apart
            worth = worth[:limit]
        made = [self._answer(number, judged, shown, as_of) for number in worth]
        replied = self._reply(question, judged, shown, _by_day(made, as_of), limit)
        return replace(replied, as_of=as_of.isoformat() if as_of else None)

    def _shown(self, judged: Judgment) -> str:
        """The language to answer in: the question's, or the first where no fact is told in that."""
        languages: list[str] = self.index.manifest["languages"]
        asked_in = self.ranker.language_of(judged.ranking.text, judged.ranking.terms)
        return asked_in if asked_in in languages else languages[0]

    def _reply(
        self,
        question: str,
        judged: Judgment,
        language: str,
        found: tuple[list[Answer], list[Answer]],
        limit: int,
    ) -> Reply:
        """The reply of what was found: the answers that are in force, and the others."""
        current, others = found
        rows = self._table(judged, language) if current else None
        return Reply(
            question=question,
            asked_in=self.ranker.language_of(judged.ranking.text, judged.ranking.terms),
            language=language,
            kind=judged.kind if current else "closest" if others else "none",
            confidence=judged.confidence,
            threshold=judged.threshold,
            answers=tuple(current[:limit]),
            corrected=judged.ranking.corrected,
            uncovered=tuple(sorted(concept.removeprefix("#") for concept in judged.uncovered)),
            as_of=None,
            not_in_force=tuple(others[:limit]),
            cut=len(question) > LONGEST_QUESTION,
            semantic=self.meaning is not None,
            table=rows,
            targets=tuple(targets.found(self.index, judged, language, self._base(language))),
            count=len(rows.rows) if rows else len(judged.reacting),
        )

    def _table(self, judged: Judgment, language: str) -> Table | None:
        """The facts of a reaction as a table in a language; none of what has no rows to compare."""
        if judged.reaction is None or judged.reaction.kind not in ("choice", "list", "compare"):
            return None
        numbers = {row.fact for row in judged.reaction.rows}
        entries = {number: self._entry(number, language) for number in numbers}
        edition, groups = self.index.edition(language), self.ranker.typed.groups
        comma = edition["labels"]["comma"]
        return table.made_of(judged.reaction, entries, groups, edition["subjects"], comma)

    def best_guesses(self, text: str) -> Guesses:
        """How there is to react to a text, and the best facts with score and language, whether they
        answer it or not.
        """
        judged = self._judge.judge(text[:LONGEST_QUESTION])
        facts = self.index.manifest["facts"]
        best = list(dict.fromkeys([*judged.reacting, *judged.order]))[:MOST]
        held = self.ranker.held(judged.ranking.terms, best)
        hits = [
            {
                "fact": facts[number],
                "score": round(judged.scores[number], 4),
                "language": self.ranker.language_of("", held[number]),
            }
            for number in best
        ]
        return Guesses(judged.kind, hits, self._table(judged, self._shown(judged)))

    def entry(self, fact: str, language: str) -> Entry:
        """A fact in a language by its id or by a former one; raise `UnknownFact` with ids that look
        like it.
        """
        number = self._numbers.get(fact, self._former.get(fact))
        if number is None:
            near = difflib.get_close_matches(fact, self._numbers, n=3, cutoff=0.5)
            hint = "An id is page/slug, as in the address of a page."
            if near:
                hint = f"Did you mean {', '.join(near)}?"
            raise UnknownFact(f"no fact has the id {fact!r}\n    {hint}")
        return self._entry(number, language)

    @cached_property
    def _former(self) -> dict[str, int]:
        """The numbers of facts by ids that they had before."""
        entries = self.index.entries(self.index.manifest["languages"][0])
        return {old: number for number, entry in enumerate(entries) for old in entry["formerly"]}

    def check_language(self, language: str | None) -> None:
        """Raise `UnknownLanguage` where the index lacks a language that is wanted."""
        store.check_language(self.index.manifest, language)

    def _answer(
        self, number: int, judged: Judgment, language: str, as_of: dt.date | None
    ) -> Answer:
        entry = self._entry(number, language)
        weights = self.ranker.weights(judged.ranking.terms, number)
        matched = [term for term in judged.ranking.terms if term in weights]
        return Answer(
            entry=entry,
            topic=self.index.edition(language)["topics"][entry.page],
            score=round(judged.scores[number], 3),
            language=self.ranker.language_of("", matched),
            matched=tuple(
                term for term in matched if analysis.classify(term) in ("word", "kana", "concept")
            ),
            status=entry.status((as_of or dt.date.today()).isoformat()),
            conflicts=tuple(self.entry(fact, language) for fact in entry.conflicts),
            twins=tuple(self.entry(fact, language) for fact in entry.twins),
            reasons=Reasons(
                weights,
                judged.ranking.scores[number],
                judged.likeness[number] if judged.likeness else None,
            ),
        )

    def _base(self, language: str) -> str:
        """What the addresses of a language begin with."""
        first = self._entry(0, language)
        return first.url.removesuffix(f"{first.page}/#{first.slug}")

    def _entry(self, number: int, language: str) -> Entry:
        return Entry.from_json({**self.index.entries(language)[number], "questions": ()})

    def _worth(self, order: Sequence[int], judged: Judgment, sure: int) -> list[int]:
        """The facts that are sure and those that come near the best one; the others would only
        distract, also where the best one did not hold on the day.
        """
        scores = [round(judged.scores[number], 3) for number in order]
        least = self._near * max(scores, default=0.0)
        return [
            number
            for place, (number, score) in enumerate(zip(order, scores, strict=True))
            if place < sure or score > least
        ]


def _by_day(answers: Sequence[Answer], day: dt.date | None) -> tuple[list[Answer], list[Answer]]:
    """The answers that are in force on a day, all where none is asked for, and the others."""
    said = day.isoformat() if day else None
    current = [answer for answer in answers if said is None or answer.entry.in_force(said)]
    return current, [answer for answer in answers if answer not in current]
