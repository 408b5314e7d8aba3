"""Weights that are moved so that questions find their own fact without their own help."""

from __future__ import annotations

import pytest

from kb_tools.search.sharpening import Example, sharpen

FREQUENCIES = {
    "kept": {0: 2.0, 1: 2.0},
    "files": {0: 1.0},
    "batches": {1: 1.0},
    "long": {0: 3.0, 1: 1.0},
}
WEIGHTS = {
    "kept": {0: 1.0, 1: 1.0},
    "files": {0: 2.0},
    "batches": {1: 2.0},
    "long": {0: 1.5, 1: 0.5},
}
EXAMPLES = [
    Example(1, {"kept": 1.0, "long": 1.0, "batches": 1.0}),
    Example(0, {"kept": 1.0, "files": 1.0}),
]


def test_a_term_that_leads_astray_loses_weight_and_one_that_tells_gains() -> None:
    moved = sharpen(WEIGHTS, FREQUENCIES, EXAMPLES[:1], 2)
    assert moved["long"][0] < WEIGHTS["long"][0]
    assert moved["batches"][1] > WEIGHTS["batches"][1]
    assert moved["files"] == WEIGHTS["files"], "no example has it"


def test_weights_stay_near_where_they_began_and_above_nothing() -> None:
    moved = sharpen(WEIGHTS, FREQUENCIES, EXAMPLES * 50, 2)
    for term, by_fact in moved.items():
        assert by_fact.keys() == WEIGHTS[term].keys()
        for fact, weight in by_fact.items():
            assert weight >= 0
            assert weight == pytest.approx(WEIGHTS[term][fact], abs=4)


def test_it_is_the_same_every_time_and_leaves_the_given_weights_alone() -> None:
    before = {term: dict(by_fact) for term, by_fact in WEIGHTS.items()}
    assert sharpen(WEIGHTS, FREQUENCIES, EXAMPLES, 2) == sharpen(WEIGHTS, FREQUENCIES, EXAMPLES, 2)
    assert before == WEIGHTS


def test_what_a_question_adds_to_its_own_fact_is_no_help() -> None:
    """Where all that a fact has of a term is the question itself, it counts as nothing."""
    alone = {"batches": {1: 1.0}}
    known = sharpen({"batches": {1: 2.0}}, alone, [Example(1, {"batches": 0.0})], 2)
    own = sharpen({"batches": {1: 2.0}}, alone, [Example(1, {"batches": 1.0})], 2)
    assert own["batches"][1] > known["batches"][1]


def test_without_questions_nothing_moves() -> None:
    assert sharpen(WEIGHTS, FREQUENCIES, [], 2) == WEIGHTS
