"""Words with one slip are corrected, others are left alone."""

from __future__ import annotations

import pytest

from kb_tools.search.spelling import Speller, is_correctable

SPELLER = Speller(["retention", "encryption", "premium", "versions", "archive", "trash", "offline"])

CORRECTED = [
    ("retension", "retention", "a letter changed"),
    ("encrytion", "encryption", "a letter missing"),
    ("premmium", "premium", "a letter too many"),
    ("premuim", "premium", "two letters swapped"),
    ("versios", "versions", "a letter missing near the end"),
    ("archivy", "archive", "the last letter changed"),
    ("retention", None, "a known word is left alone"),
    ("detention", None, "the first letter differs"),
    ("tash", None, "too short to be sure"),
    ("encrption", "encryption", "a letter missing in the middle"),
    ("encrpton", None, "more than one slip"),
    ("rétentoin", None, "not folded: accents are gone before spelling"),
]


@pytest.mark.parametrize(("word", "right", "why"), CORRECTED, ids=[why for _, _, why in CORRECTED])
def test_one_slip_is_corrected(word: str, right: str | None, why: str) -> None:
    assert SPELLER.correct(word) == right


def test_the_order_of_the_words_does_not_matter() -> None:
    words = ["baton", "basin", "bason", "bacon"]
    assert Speller(words).correct("baxon") == Speller(reversed(words)).correct("baxon")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("trash", True),
        ("tras", False),
        ("x" * 24, True),
        ("x" * 25, False),
        ("copy2", False),
        ("données", False),
        ("オフライン", False),
    ],
)
def test_only_words_of_latin_letters_neither_short_nor_endless_are_spelled(
    word: str, told: bool
) -> None:
    assert is_correctable(word) == told
