"""A question to Answers: ranked by words and, where the index has vectors, by likeness of meaning;
answered where the evidence suffices.

A long text is taken sentence by sentence for the decision, and each sentence that is answered adds
its answer.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb_tools.entry import Entry
from kb_tools.errors import BadQuestion, UnknownFact
from kb_tools.search import analysis, evidence, store
from kb_tools.search.meaning import Meaning
from kb_tools.search.ranking import Ranker, Ranking
from kb_tools.search.reply import Answer, Kind, Reasons, Reply
from kb_tools.search.store import AnswerIndex

LONGEST_QUESTION = 8000
"""Characters of a question that are read; a longer one is a document."""
MOST = 10
_NO_WORDS = """the question has no words
    Ask in words, for example: kb ask 'How long are deleted files kept?'"""


@dataclass(frozen=True)
class Part:
    """A part of a text that may be answered: its best fact by number, and the numbers that the
    decision weighs.
    """

    best: int
    features: tuple[float, ...]


@dataclass(frozen=True)
class Judgment:
    """A text as a whole: scores by fact number, words and likeness together; and the best facts of
    its answered parts, the surest first.
    """

    ranking: Ranking
    scores: list[float]
    likeness: list[float] | None
    order: list[int]
    parts: list[Part]
    confidence: float
    answered: list[int]
    related: bool
    """Whether facts come close: it names a concept that the best fact holds, or the evidence is no
    less than that of nearly all that can be answered; and nothing that no fact covers.
    """
    uncovered: frozenset[str]

    @property
    def kind(self) -> Kind:
        """How there is to react to the text."""
        if self.answered:
            return "answer"
        return "closest" if self.related else "none"


@dataclass
class Answerer:
    """Answers questions from an open answer index; made once, asked often."""

    index: AnswerIndex
    meaning: Meaning | None = None
    ranker: Ranker = field(init=False)

    def __post_init__(self) -> None:
        parameters = self.index.manifest["parameters"]
        self.ranker = Ranker(self.index)
        self._decision: dict[str, Any] = parameters["decision"][
            "meaning" if self.meaning else "words"
        ]
        self._fusion: dict[str, float] = parameters["fusion"]
        self._near: float = parameters["near"]
        self._numbers: dict[str, int] = {
            fact: number for number, fact in enumerate(self.index.manifest["facts"])
        }

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
        judged = self.judge(text)
        if not judged.ranking.terms:
            raise BadQuestion(_NO_WORDS)
        asked_in = self.ranker.language_of(text, judged.ranking.terms)
        shown = language or asked_in
        order = list(dict.fromkeys([*judged.answered, *judged.order]))[: max(limit, MOST)]
        made = [self._answer(number, judged, shown, as_of) for number in order]
        worth = self._worth(made, len(judged.answered))
        current, others = _by_day(worth, as_of)
        kind = judged.kind if current else "closest" if others else "none"
        return Reply(
            question=question,
            asked_in=asked_in,
            language=shown,
            kind=kind,
            confidence=judged.confidence,
            threshold=self._decision["threshold"],
            answers=tuple(current[:limit]),
            corrected=judged.ranking.corrected,
            uncovered=tuple(sorted(concept.removeprefix("#") for concept in judged.uncovered)),
            as_of=as_of.isoformat() if as_of else None,
            not_in_force=tuple(others[:limit]),
            cut=len(question) > LONGEST_QUESTION,
            semantic=self.meaning is not None,
        )

    def judge(self, text: str) -> Judgment:
        """Rank a text and decide which of its parts are answered; a part that names an uncovered
        concept is not.
        """
        rankings = self.ranker.parts(text)
        whole = rankings[0] if len(rankings) == 1 else self.ranker.rank(text)
        likenesses = self._likenesses(rankings)
        elsewhere = float(len(rankings) > 1 and any(part.uncovered for part in rankings))
        parts = [
            self._part(part, alike, elsewhere)
            for part, alike in zip(rankings, likenesses, strict=True)
            if part.terms and not part.uncovered
        ]
        found = [alike for alike in likenesses if alike is not None]
        likeness = [max(column) for column in zip(*found, strict=True)] if found else None
        scores = self._fused(whole, likeness, strict=len(rankings) == 1)
        confident = [(self._confidence(part), part.best) for part in parts]
        confident.sort(key=lambda found: (-found[0], found[1]))
        threshold = self._decision["threshold"]
        sure = [number for confidence, number in confident if confidence >= threshold]
        order = _best_first(scores)
        uncovered = frozenset(concept for part in rankings for concept in part.uncovered)
        near = bool(confident) and confident[0][0] >= self._decision["closest"]
        return Judgment(
            ranking=whole,
            scores=scores,
            likeness=likeness,
            order=order,
            parts=parts,
            confidence=confident[0][0] if confident else 0.0,
            answered=list(dict.fromkeys(sure)),
            related=not uncovered and (near or self._names_concept(whole, order[0])),
            uncovered=uncovered,
        )

    def _names_concept(self, ranking: Ranking, number: int) -> bool:
        """Tell whether a text names a concept of the glossary that a fact holds."""
        held = self.ranker.held(ranking.terms, [number])[number]
        return any(analysis.classify(term) == "concept" for term in held)

    def _likenesses(self, rankings: Sequence[Ranking]) -> Sequence[Sequence[float] | None]:
        """The likeness of each part to each fact; None without vectors."""
        if self.meaning is None:
            return [None] * len(rankings)
        return self.meaning.likeness([part.text for part in rankings])

    def best_guesses(self, text: str) -> tuple[Kind, list[dict[str, Any]]]:
        """How there is to react to a text, and the best facts with score and language, whether they
        answer it or not.
        """
        judged = self.judge(text[:LONGEST_QUESTION])
        facts = self.index.manifest["facts"]
        best = judged.order[:MOST]
        held = self.ranker.held(judged.ranking.terms, best)
        hits = [
            {
                "fact": facts[number],
                "score": round(judged.scores[number], 4),
                "language": self.ranker.language_of("", held[number]),
            }
            for number in best
        ]
        return judged.kind, hits

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

    def _fused(
        self, ranking: Ranking, likeness: Sequence[float] | None, *, strict: bool
    ) -> list[float]:
        """Words and likeness together.

        Words count less, the more of them no fact knows, as in a language that the index lacks;
        where a text names identifiers or products, likeness counts only for the facts that hold one
        of them, so that it cannot overrule them.
        """
        if likeness is None:
            return ranking.scores
        best = ranking.scores[ranking.order[0]] or 1.0
        known = 1 - self.ranker.evidence(ranking, ranking.order[0]).unknown
        trust = min(1.0, self._fusion["trust"] * known)
        named = self.ranker.holders_of_named(ranking) if strict else frozenset(range(len(likeness)))
        weight = self._fusion["likeness"]
        return [
            trust * words / best + weight * like * (number in named)
            for number, (words, like) in enumerate(zip(ranking.scores, likeness, strict=True))
        ]

    def _part(self, ranking: Ranking, likeness: Sequence[float] | None, elsewhere: float) -> Part:
        scores = self._fused(ranking, likeness, strict=True)
        best, *rivals = _best_first(scores)
        features = (*astuple(self.ranker.evidence(ranking, best)), elsewhere)
        if likeness is None:
            return Part(best, features)
        # a knowledge base of one fact has no rival
        lead = likeness[best] - (likeness[rivals[0]] if rivals else 0.0)
        return Part(best, (*features, likeness[best], lead))

    def _confidence(self, part: Part) -> float:
        return evidence.confidence(
            part.features, self._decision["intercept"], self._decision["coefficients"]
        )

    def _answer(
        self, number: int, judged: Judgment, language: str, as_of: dt.date | None
    ) -> Answer:
        entry = self._entry(number, language)
        weights = self.ranker.weights(judged.ranking.terms, number)
        matched = [term for term in judged.ranking.terms if term in weights]
        return Answer(
            entry=entry,
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

    def _entry(self, number: int, language: str) -> Entry:
        return Entry.from_json({**self.index.entries(language)[number], "questions": ()})

    def _worth(self, answers: Sequence[Answer], sure: int) -> list[Answer]:
        """The answers that are sure and those that come near the best one; the others would only
        distract, also where the best one did not hold on the day.
        """
        best = max((answer.score for answer in answers), default=0.0)
        return [
            answer
            for place, answer in enumerate(answers)
            if place < sure or answer.score > self._near * best
        ]


def _by_day(answers: Sequence[Answer], day: dt.date | None) -> tuple[list[Answer], list[Answer]]:
    """The answers that are in force on a day, all where none is asked for, and the others."""
    said = day.isoformat() if day else None
    current = [answer for answer in answers if said is None or answer.entry.in_force(said)]
    return current, [answer for answer in answers if answer not in current]


def _best_first(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda number: (-scores[number], number))
