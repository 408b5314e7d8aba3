"""Words with one slip are corrected, others are left alone."""

import pytest

from kb_tools.search.spelling import Speller

SPELLER = Speller(
    ["retention", "arrangement", "premium", "telemetry", "statsig", "batch", "bedrock"]
)

CORRECTED = [
    ("retension", "retention", "a letter changed"),
    ("arangement", "arrangement", "a letter missing"),
    ("premmium", "premium", "a letter too many"),
    ("premuim", "premium", "two letters swapped"),
    ("bedrok", "bedrock", "a letter missing near the end"),
    ("statsik", "statsig", "the last letter changed"),
    ("retention", None, "a known word is left alone"),
    ("detention", None, "the first letter differs"),
    ("bach", None, "too short to be sure"),
    ("arngemnt", None, "more than one slip"),
    ("rétentoin", None, "not folded: accents are gone before spelling"),
]


@pytest.mark.parametrize(("word", "right", "why"), CORRECTED, ids=[why for _, _, why in CORRECTED])
def test_one_slip_is_corrected(word, right, why):
    assert SPELLER.correct(word) == right


def test_the_order_of_the_words_does_not_matter():
    words = ["baton", "basin", "bason", "bacon"]
    assert Speller(words).correct("baxon") == Speller(reversed(words)).correct("baxon")
