"""How well the best fact covers a question, as a few numbers, and the confidence that they add up
to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BRIEF = 8
"""Distinct terms up to which a text is a brief one, with a decision of its own."""


@dataclass(frozen=True)
class Seen:
    """A distinct term of a question: its class, how many facts hold it, and whether the best fact
    does.
    """

    kind: str
    holders: int
    held: bool


@dataclass(frozen=True)
class Evidence:
    """What the decision to answer rests on.

    `strength` is the best score by the most that the question's terms could weigh, `coverage` the
    share of that weight whose terms
    the best fact holds, `margin` its lead over the next fact as a share, `unknown` the share of
    words that no fact holds,
    `mass` the logarithm of the weight.
    """

    strength: float
    coverage: float
    margin: float
    unknown: float
    mass: float


def rarity(holders: int, facts: int) -> float:
    """Inverse document frequency of a term that so many of the facts hold, as in BM25."""
    return math.log(1 + (facts - holders + 0.5) / (holders + 0.5))


def weigh(
    terms: Sequence[Seen], classes: Mapping[str, float], facts: int, best: float, next_best: float
) -> Evidence:
    """Sum up the evidence of a question's terms for the best fact, given its score and the next
    one's.
    """
    total = covered = words = unknown = 0.0
    for term in terms:
        worth = classes[term.kind] * rarity(term.holders, facts)
        total += worth
        covered += worth * term.held
        if term.kind == "word":
            words += worth
            unknown += worth * (term.holders == 0)
    return Evidence(
        strength=best / (total or 1.0),
        coverage=covered / (total or 1.0),
        margin=(best - next_best) / (best or 1.0),
        unknown=unknown / (words or 1.0),
        mass=math.log1p(total),
    )


def length(terms: int) -> str:
    """The kind of a text, by its number of distinct terms: few words tell less than many, so that
    less is enough, and each kind has a decision of its own.
    """
    return "brief" if terms <= BRIEF else "long"


def confidence(features: Sequence[float], decision: Mapping[str, Any]) -> float:
    """The logistic of weighed features, from 0 to 1: the evidence's fields, then whether another
    part names what is not covered.
    """
    weighed = decision["intercept"] + sum(
        weight * number for weight, number in zip(decision["coefficients"], features, strict=True)
    )
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, weighed))))
