"""A text to a judgment: ranked, how sure it is that facts answer it, and how there is to react.

A long text is taken sentence by sentence for the decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from kb_tools.search import analysis, evidence, mail
from kb_tools.search.meaning import Meaning
from kb_tools.search.ranking import LONG, Ranker, Ranking
from kb_tools.search.reaction import Ranked, Reaction
from kb_tools.search.reactor import Reactor
from kb_tools.search.reply import Kind
from kb_tools.search.store import AnswerIndex

OTHERS = 0.3
"""What words count, beside likeness, in a language that has questions only: they are few."""


COVERAGE, UNKNOWN = 1, 3
"""Where these stand among the numbers of `Evidence`."""
PASSING = 0.5
"""The share of a concept's highest weight from which a fact holds it not only in passing."""
ALL_BUT = 0.99
"""The share of a text's weight that its best fact holds, where it holds all of it."""


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
    threshold: float
    """The confidence that an answer takes, of a text as long as this one."""
    answered: list[int]
    related: bool
    """Whether facts come close: it names a concept that the best fact holds, or the evidence is no
    less than that of nearly all that can be answered, or the best fact holds all that it says; and
    nothing that no fact covers.
    """
    uncovered: frozenset[str]
    reaction: Reaction | None

    @property
    def kind(self) -> Kind:
        """How there is to react to the text."""
        if self.reaction:
            return self.reaction.kind
        if self.answered:
            return "answer"
        return "closest" if self.related else "none"

    @property
    def reacting(self) -> list[int]:
        """The facts that the reaction is made of, the best first."""
        rows = self.reaction.rows if self.reaction else ()
        return list(dict.fromkeys(row.fact for row in rows))


@dataclass
class Judge:
    """Judges texts by an open answer index; made once, used often."""

    index: AnswerIndex
    meaning: Meaning | None = None
    ranker: Ranker = field(init=False)
    reactor: Reactor = field(init=False)

    def __post_init__(self) -> None:
        parameters = self.index.manifest["parameters"]
        self.ranker = Ranker(self.index)
        self.reactor = Reactor(self.ranker.typed)
        mode = "meaning" if self.meaning else "words"
        self._decisions: dict[str, dict[str, Any]] = parameters["decision"][mode]
        self._fusion: dict[str, float] = parameters["fusion"]

    def judge(self, text: str) -> Judgment:
        """Rank a text and decide which of its parts are answered; a part that names an uncovered
        concept is not. Of a mail only what is asked in it is read; where nothing is, nothing
        answers.
        """
        asked = mail.asked_in(text)
        judged = self._judged(asked if asked.strip() else text)
        if asked.strip():
            return judged
        return replace(judged, answered=[], related=False, reaction=None, confidence=0.0)

    def _judged(self, text: str) -> Judgment:
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
        decision = self._decisions[evidence.length(len(whole.terms))]
        confident = [(evidence.confidence(part.features, decision), part.best) for part in parts]
        confident.sort(key=lambda found: (-found[0], found[1]))
        threshold = decision["threshold"]
        # which text is authoritative a notice answers, and no fact
        noticed = len(rankings) == 1 and "authority" in whole.asked.cues
        sure = [best for confidence, best in confident if confidence >= threshold and not noticed]
        order = self.ranker.typed.best_first(scores)
        uncovered = frozenset(concept for part in rankings for concept in part.uncovered)
        near = bool(confident) and confident[0][0] >= decision["closest"]
        reaction = None if uncovered else self._reaction(whole, scores, order, sure)
        return Judgment(
            ranking=whole,
            scores=scores,
            likeness=likeness,
            order=order,
            parts=parts,
            confidence=confident[0][0] if confident else 0.0,
            threshold=threshold,
            answered=list(dict.fromkeys(sure)),
            related=not uncovered
            and (near or _held(parts) or noticed or self._names_concept(whole, order[0])),
            uncovered=uncovered,
            reaction=reaction,
        )

    def _reaction(
        self,
        ranking: Ranking,
        scores: list[float],
        order: list[int],
        sure: list[int],
    ) -> Reaction | None:
        """How there is to react to a text that one fact does not answer alone."""
        quantities = frozenset(term for term in ranking.terms if term.startswith("="))
        named = any(analysis.is_identifier(term) for term in ranking.terms)
        short = len(ranking.text) <= LONG
        best = sure[0] if sure else None
        opposites = self.ranker.typed.opposites
        pairs = [
            (f"#{concept}", f"#{opposites[concept]}")
            for concept in ranking.asked.concepts
            if concept in opposites and not {concept, opposites[concept]} & self.reactor.wants.told
        ]

        def lean(number: int) -> float:
            terms = [term for pair in pairs for term in pair]
            weights = self.ranker.weights(terms, number)
            return sum(weights.get(one, 0) - weights.get(other, 0) for one, other in pairs)

        ranked = Ranked(scores, order, best, quantities, named, short, lean, self._holders)
        return self.reactor.react(ranking.asked, ranked)

    def _holders(self, concept: str) -> frozenset[int]:
        """The facts that hold a concept, and not only in passing."""
        held, places = self.index.postings, self.ranker.postings(f"#{concept}")
        least = PASSING * max((held.weights[at] for at in places), default=0)
        return frozenset(held.facts[at] for at in places if held.weights[at] >= least)

    def _names_concept(self, ranking: Ranking, number: int) -> bool:
        """Tell whether a text names a concept of the glossary that a fact holds."""
        held = self.ranker.held(ranking.terms, [number])[number]
        return any(analysis.classify(term) == "concept" for term in held)

    def _likenesses(self, rankings: Sequence[Ranking]) -> Sequence[Sequence[float] | None]:
        """The likeness of each part to each fact; None without vectors."""
        if self.meaning is None:
            return [None] * len(rankings)
        return self.meaning.likeness([part.text for part in rankings])

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
        if self.ranker.language_of(ranking.text, ranking.terms) in self.index.manifest["asked"]:
            trust *= OTHERS
        named = self.ranker.holders_of_named(ranking) if strict else frozenset(range(len(likeness)))
        weight = self._fusion["likeness"]
        return [
            trust * words / best + weight * like * (number in named)
            for number, (words, like) in enumerate(zip(ranking.scores, likeness, strict=True))
        ]

    def _part(self, ranking: Ranking, likeness: Sequence[float] | None, elsewhere: float) -> Part:
        scores = self._fused(ranking, likeness, strict=True)
        best, *rivals = self.ranker.typed.best_first(scores)
        features = (*astuple(self.ranker.evidence(ranking, best)), elsewhere)
        if likeness is None:
            return Part(best, features)
        # a knowledge base of one fact has no rival
        lead = likeness[best] - (likeness[rivals[0]] if rivals else 0.0)
        return Part(best, (*features, likeness[best], lead))


def _held(parts: Sequence[Part]) -> bool:
    """Tell whether the best fact of a part holds all that the part says."""
    return any(part.features[COVERAGE] > ALL_BUT and not part.features[UNKNOWN] for part in parts)
