"""The numbers that the decision to answer rests on, and the confidence that they add up to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_tools.search import evidence
from kb_tools.search.evidence import Seen

CLASSES = {"word": 1.0, "stem": 1.0, "concept": 2.0}
RARE, COMMON = evidence.rarity(1, 10), evidence.rarity(10, 10)


def test_a_term_says_more_the_fewer_facts_hold_it() -> None:
    rarities = [evidence.rarity(holders, 10) for holders in range(11)]
    assert rarities == sorted(rarities, reverse=True)
    assert all(rarity > 0 for rarity in rarities), "even one that all facts hold"
    assert evidence.rarity(1, 10) == pytest.approx(math.log(1 + 9.5 / 1.5))


TERMS = [Seen("word", 1, True), Seen("concept", 1, True), Seen("stem", 10, False)]
UNKNOWN = Seen("word", 0, False)


def test_the_evidence_sums_up_what_the_best_fact_covers() -> None:
    total = 3 * RARE + COMMON
    found = evidence.weigh(TERMS, CLASSES, 10, best=8.0, next_best=2.0)
    assert found.strength == pytest.approx(8 / total)
    assert found.coverage == pytest.approx(3 * RARE / total)
    assert found.margin == pytest.approx(0.75)
    assert found.unknown == 0
    assert found.mass == pytest.approx(math.log(1 + total))


def test_the_share_of_unknown_words_is_that_of_words_alone() -> None:
    rare, never = RARE, evidence.rarity(0, 10)
    found = evidence.weigh([*TERMS, UNKNOWN], CLASSES, 10, best=8.0, next_best=2.0)
    assert found.unknown == pytest.approx(never / (rare + never))


def test_no_terms_are_no_evidence() -> None:
    found = evidence.weigh([], CLASSES, 10, best=0.0, next_best=0.0)
    assert (found.strength, found.coverage, found.margin, found.unknown) == (0, 0, 0, 0)
    assert found.mass == 0


@pytest.mark.parametrize(
    ("features", "expected"),
    [([0.0, 0.0], 0.5), ([1.0, 0.0], 1 / (1 + math.exp(-2))), ([0.0, 1.0], 1 / (1 + math.exp(3)))],
)
def test_the_confidence_is_the_logistic_of_the_weighed_features(
    features: list[float], expected: float
) -> None:
    assert evidence.confidence(
        features, {"intercept": 0.0, "coefficients": [2.0, -3.0]}
    ) == pytest.approx(expected)


def test_a_feature_too_many_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        evidence.confidence([1.0, 2.0], {"intercept": 0.0, "coefficients": [1.0]})


@given(st.floats(-1e6, 1e6))
def test_the_confidence_is_between_nothing_and_one_whatever_the_evidence(weighed: float) -> None:
    assert 0 < evidence.confidence([weighed], {"intercept": 0.0, "coefficients": [1.0]}) <= 1
