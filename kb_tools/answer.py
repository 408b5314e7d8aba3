"""A question and the answer index to Answers: one short algorithm, mirrored by the widget, without Whoosh, YAML or a language model.

A question becomes terms; a fact's score is the sum of its weights for them; the evidence decides whether the best fact is an answer.
A long text is taken sentence by sentence for the decision, and each sentence that is answered adds its answer.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb_tools import analysis, evidence, store
from kb_tools.concepts import Matcher
from kb_tools.entry import Entry
from kb_tools.errors import BadQuestion, UnknownFact, UnknownLanguage
from kb_tools.evidence import Evidence, Seen
from kb_tools.spelling import Speller, is_correctable
from kb_tools.store import AnswerIndex

LONGEST_QUESTION = 8000
"""Characters of a question that are read; a longer one is a document."""
LONG = 120
"""Characters from which a text of several sentences is taken sentence by sentence."""
MOST = 10
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Answer:
    """One fact as an answer: its score, the language that the question matched in, and the question's words that it rests on.

    `status` tells that the fact is past or not yet in force; it is empty where it holds.
    """

    entry: Entry
    score: float
    language: str
    matched: tuple[str, ...]
    status: str
    conflicts: tuple[Entry, ...]
    twins: tuple[Entry, ...]


@dataclass(frozen=True)
class Reply:
    """What there is to say to a question.

    `language` is that of the answers, `asked_in` that of the question. Where `answered` is false, `answers` are the nearest topics.
    `corrected` maps words of the question to what was searched for instead.
    """

    question: str
    asked_in: str
    language: str
    answered: bool
    confidence: float
    answers: tuple[Answer, ...]
    corrected: dict[str, str]
    as_of: str | None
    not_in_force: tuple[Answer, ...]
    cut: bool


@dataclass(frozen=True)
class Ranking:
    """A text, ranked: fact numbers best first, scores by fact number, the text's terms, and the evidence for the best fact.

    `uncovered` are the concepts that the text names and no fact is about.
    """

    order: list[int]
    scores: list[float]
    terms: list[str]
    uncovered: frozenset[str]
    evidence: Evidence
    corrected: dict[str, str]


@dataclass(frozen=True)
class Judgement:
    """A text as a whole, and its parts that are answered: each part's best fact by number, with the confidence in it, the surest first."""

    ranking: Ranking
    confidence: float
    answered: list[int]


@dataclass
class Answerer:
    """Answers questions from an open answer index; made once, asked often."""

    index: AnswerIndex
    folding: dict[int, str] = field(init=False)
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        pairs = self.index.lexicon["folding"]
        self.folding = {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}
        self.matcher = Matcher(self.index.lexicon["concepts"])
        self._classes: dict[str, float] = self.index.manifest["parameters"]["classes"]
        self._decision: dict[str, Any] = self.index.manifest["parameters"]["decision"]
        self._numbers: dict[str, int] = {fact: number for number, fact in enumerate(self.index.manifest["facts"])}
        self._count = len(self._numbers)

    @classmethod
    def open(cls, folder: Path) -> Answerer:
        """Open the answer index in a folder."""
        return cls(store.open_index(folder))

    def ask(self, question: str, *, language: str | None = None, limit: int = 3, as_of: dt.date | None = None) -> Reply:
        """Answer a question, in its own language or the one wanted, as of today or another day.

        Raise `BadQuestion` where it has nothing to search for, `UnknownLanguage` where the index lacks the language.
        """
        self.check_language(language)
        text = question[:LONGEST_QUESTION]
        judged = self.judge(text)
        if not judged.ranking.terms:
            raise BadQuestion("the question has no words\n    Ask in words, for example: kb ask 'How long are message batches kept?'")
        asked_in = self.language_of(text, judged.ranking.terms)
        shown = language or asked_in
        order = list(dict.fromkeys([*judged.answered, *judged.ranking.order]))[: max(limit, MOST)]
        answers = [self._answer(number, judged.ranking, shown, as_of) for number in order]
        current = [answer for answer in answers if as_of is None or not answer.status]
        return Reply(
            question=question,
            asked_in=asked_in,
            language=shown,
            answered=bool(current) and bool(judged.answered),
            confidence=judged.confidence,
            answers=tuple(self._near(current, len(judged.answered))[:limit]),
            corrected=judged.ranking.corrected,
            as_of=as_of.isoformat() if as_of else None,
            not_in_force=tuple(answer for answer in answers[:limit] if as_of is not None and answer.status),
            cut=len(question) > LONGEST_QUESTION,
        )

    def judge(self, text: str) -> Judgement:
        """Rank a text and decide which of its parts are answered."""
        parts = self.parts(text)
        sure = [(self._confidence(features), number) for number, features in _evidence_of(parts)]
        sure.sort(key=lambda found: (-found[0], found[1]))
        answered = [number for confidence, number in sure if confidence >= self._decision["threshold"]]
        return Judgement(parts[0] if len(parts) == 1 else self.rank(text), sure[0][0] if sure else 0.0, list(dict.fromkeys(answered)))

    def evidence_of(self, text: str) -> list[tuple[int, tuple[float, ...]]]:
        """For each part of a text that may be answered: its best fact by number, and the numbers that the decision weighs."""
        return _evidence_of(self.parts(text))

    def parts(self, text: str) -> list[Ranking]:
        """The sentences of a long text, ranked each for itself; a short text is one part."""
        sentences = analysis.sentences(text) if len(text) > LONG else []
        return [self.rank(part) for part in (sentences if len(sentences) > 1 else [text])]

    def rank(self, text: str) -> Ranking:
        """Score all facts for a text."""
        folded, corrected = self._corrected(analysis.fold(text, self.folding))
        concepts = dict.fromkeys(f"#{concept}" for concept in self.matcher.find(folded))
        terms = list(dict.fromkeys([*(term for term, _ in analysis.tokens(folded)), *(term for term in concepts if self._postings(term))]))
        scores = [0.0] * self._count
        facts, weights = self.index.facts, self.index.weights
        for term in terms:
            for at in self._postings(term):
                scores[facts[at]] += weights[at]
        scores = [score * self.index.manifest["scale"] for score in scores]
        order = sorted(range(self._count), key=lambda number: (-scores[number], number))
        uncovered = frozenset(term for term in concepts if not self._postings(term))
        return Ranking(order, scores, terms, uncovered, self._evidence(terms, order, scores), corrected)

    def best_guesses(self, text: str) -> tuple[bool, list[dict[str, Any]]]:
        """Whether a text is answered, and the best facts with score and language, whether it is or not."""
        judged = self.judge(text[:LONGEST_QUESTION])
        ranking, facts = judged.ranking, self.index.manifest["facts"]
        best = ranking.order[:MOST]
        held = self._held(ranking.terms, best)
        hits = [
            {"fact": facts[number], "score": round(ranking.scores[number], 4), "language": self.language_of("", held[number])}
            for number in best
        ]
        return bool(judged.answered), hits

    def language_of(self, text: str, terms: Sequence[str]) -> str:
        """The language that a question is asked in, told by its script and by which language's texts use its terms."""
        languages: list[str] = self.index.manifest["languages"]
        votes = Counter[str]()
        for language, own in self.index.lexicon["characters"].items():
            votes[language] += 3 * sum(character in own for character in text)
        for term in terms:
            number = self.index.offsets.get(term)
            if number is not None and analysis.classify(term) not in ("concept", "gram"):
                users = [language for bit, language in enumerate(languages) if self.index.masks[number] >> bit & 1]
                votes.update({language: 1 / len(users) for language in users})
        return max(languages, key=lambda language: (votes[language], -languages.index(language)))

    def entry(self, fact: str, language: str) -> Entry:
        """A fact by its id, in a language; raise `UnknownFact` with ids that look like it."""
        if fact not in self._numbers:
            near = difflib.get_close_matches(fact, self._numbers, 3, 0.5)
            hint = f"Did you mean {', '.join(near)}?" if near else "An id is page/slug, as in the address of a page."
            raise UnknownFact(f"no fact has the id {fact!r}\n    {hint}")
        return self._entry(self._numbers[fact], language)

    def check_language(self, language: str | None) -> None:
        """Raise `UnknownLanguage` where the index lacks a language that is wanted."""
        known = self.index.manifest["languages"]
        if language is not None and language not in known:
            raise UnknownLanguage(f"the index has no language {language!r}\n    Use one of {', '.join(known)}.")

    @cached_property
    def _speller(self) -> Speller:
        return Speller(term for term in self.index.offsets if is_correctable(term))

    def _corrected(self, folded: str) -> tuple[str, dict[str, str]]:
        """The text with misspelt words corrected, and the corrections."""
        unknown = {word for word in _LATIN.findall(folded) if is_correctable(word) and word not in self.index.offsets}
        corrected = {word: right for word in unknown if (right := self._speller.correct(word))}
        return _LATIN.sub(lambda word: corrected.get(word[0], word[0]), folded) if corrected else folded, corrected

    def _postings(self, term: str) -> range:
        number = self.index.offsets.get(term)
        return range(0) if number is None else range(self.index.starts[number], self.index.starts[number + 1])

    def _held(self, terms: Iterable[str], numbers: Iterable[int]) -> dict[int, list[str]]:
        """For each of some facts by number, the terms that it holds."""
        held: dict[int, list[str]] = {number: [] for number in numbers}
        facts = self.index.facts
        for term in terms:
            for at in self._postings(term):
                if facts[at] in held:
                    held[facts[at]].append(term)
        return held

    def _evidence(self, terms: Sequence[str], order: Sequence[int], scores: Sequence[float]) -> Evidence:
        best = order[0]
        held = set(self._held(terms, [best])[best])
        seen = [Seen(analysis.classify(term), len(self._postings(term)), term in held) for term in terms]
        runner_up = scores[order[1]] if len(order) > 1 else 0.0
        return evidence.weigh(seen, self._classes, self._count, scores[best], runner_up)

    def _confidence(self, features: Sequence[float]) -> float:
        return evidence.confidence(features, self._decision["intercept"], self._decision["coefficients"])

    def _answer(self, number: int, ranking: Ranking, language: str, as_of: dt.date | None) -> Answer:
        matched = self._held(ranking.terms, [number])[number]
        entry = self._entry(number, language)
        return Answer(
            entry=entry,
            score=round(ranking.scores[number], 3),
            language=self.language_of("", matched),
            matched=tuple(term for term in matched if analysis.classify(term) in ("word", "concept")),
            status=entry.status((as_of or dt.date.today()).isoformat()),
            conflicts=tuple(self.entry(fact, language) for fact in entry.conflicts),
            twins=tuple(self.entry(fact, language) for fact in entry.twins),
        )

    def _entry(self, number: int, language: str) -> Entry:
        return Entry.from_json({**self.index.entries(language)[number], "questions": ()})

    def _near(self, answers: Sequence[Answer], sure: int) -> list[Answer]:
        """The answers that are sure and those that come near the best one; the others would only distract."""
        best = max((answer.score for answer in answers), default=0.0)
        return [answer for place, answer in enumerate(answers) if place < sure or answer.score > self._decision["near"] * best]


def _evidence_of(parts: Sequence[Ranking]) -> list[tuple[int, tuple[float, ...]]]:
    """The evidence of each part; one that has no terms or names an uncovered concept may not be answered."""
    elsewhere = float(len(parts) > 1 and any(part.uncovered for part in parts))
    return [(part.order[0], (*astuple(part.evidence), elsewhere)) for part in parts if part.terms and not part.uncovered]
