"""Weights that tell facts apart: BM25F's, moved a little so that the editors' questions find their
own fact without their own help.

Each question is asked of the others: what it adds to its fact itself is taken off first. Steps are
few and held to where they began, so that what BM25F knows stays.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb_tools.search.weights import SATURATION

ROUNDS = 2
RATE = 0.1
HELD = 0.05
"""How strongly a weight is drawn back to BM25F's."""
SHARPNESS = 0.35
"""What a point of score counts in the softmax over facts."""
_SEED = 1
Weights = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Example:
    """A question of the editors: its fact, and its terms with the weighted frequency that it adds
    to the fact itself.
    """

    fact: int
    terms: Mapping[str, float]


@dataclass
class _Postings:
    """The facts of a term, with their weights now and at first."""

    facts: list[int]
    weights: list[float]
    first: tuple[float, ...]


def sharpen(
    compiled: Weights, frequencies: Weights, examples: Sequence[Example], facts: int
) -> dict[str, dict[int, float]]:
    """The weights of terms by fact, moved; `frequencies` are what the weights were made of."""
    lists = {
        term: _Postings(list(by_fact), list(by_fact.values()), tuple(by_fact.values()))
        for term, by_fact in compiled.items()
    }
    order = [(example, _own(example, compiled, frequencies)) for example in examples]
    chance = random.Random(_SEED)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example, own in order:
            _step(
                [lists[term] for term in example.terms if term in lists], example.fact, own, facts
            )
    return {
        term: {
            fact: max(0.0, weight) for fact, weight in zip(held.facts, held.weights, strict=True)
        }
        for term, held in lists.items()
    }


def _own(example: Example, compiled: Weights, frequencies: Weights) -> float:
    """What a question adds to the score of its own fact."""
    total = 0.0
    for term, added in example.terms.items():
        weight = compiled.get(term, {}).get(example.fact)
        if weight is not None:
            frequency = frequencies[term][example.fact]
            rest = max(0.0, frequency - added)
            most = weight * (SATURATION + frequency) / frequency
            total += weight - most * rest / (SATURATION + rest)
    return total


def _step(terms: Sequence[_Postings], fact: int, own: float, facts: int) -> None:
    """Move the weights of a question's terms so that its fact stands out more."""
    scores = [0.0] * facts
    for held in terms:
        for number, weight in zip(held.facts, held.weights, strict=True):
            scores[number] += weight
    scores[fact] -= own
    best = max(scores)
    likely = [math.exp(SHARPNESS * (score - best)) for score in scores]
    total = sum(likely)
    wrong = [share / total for share in likely]
    wrong[fact] -= 1
    for held in terms:
        held.weights = [
            weight - RATE * (wrong[number] * first / 2 + HELD * (weight - first))
            for number, weight, first in zip(held.facts, held.weights, held.first, strict=True)
        ]
