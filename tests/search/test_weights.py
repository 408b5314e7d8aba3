"""What each term says for a fact: by its field, its class and how many facts hold it; and which
terms say too little to be kept.
"""

from __future__ import annotations

from collections import Counter

import pytest

from kb_tools.search import weights
from kb_tools.search.index import Statistics

FACTS = [f"page/{number}" for number in range(40)]
FIELDS = ("title", "statement", "questions", "concepts")


def statistics(**said: dict[str, int]) -> Statistics:
    """Statistics of one term, `term`, by field: facts with how often each says it. Every field of
    every fact is ten terms long.
    """
    return Statistics(
        frequencies={field: {"term": Counter(said.get(field, {}))} for field in FIELDS},
        lengths={field: Counter(dict.fromkeys(FACTS, 10)) for field in FIELDS},
        languages={"term": {"en"}},
    )


def compiled(term: str, **said: dict[str, int]) -> dict[int, float]:
    """The weights of a term by fact number; empty where it is left out."""
    made = statistics(**said)
    for by_term in made.frequencies.values():
        by_term[term] = by_term.pop("term")
    return weights.compile_weights(made, FACTS).get(term, {})


def holders(number: int) -> dict[str, int]:
    return dict.fromkeys(FACTS[:number], 1)


ONE = {FACTS[3]: 1}
KEPT = [
    # term, where it is said, whether it is kept, why
    ("word", {"questions": ONE}, False, "a word of one question"),
    ("word", {"questions": {FACTS[3]: 2}}, True, "a word of two questions of one fact"),
    ("word", {"questions": holders(2)}, True, "a word of two questions of two facts"),
    ("~word", {"questions": ONE}, False, "a stem of one question"),
    ("保存", {"questions": ONE}, False, "a pair of one question"),
    ("/v1/files", {"questions": ONE}, True, "an identifier is never chance"),
    ("skip_trash", {"questions": ONE}, True, "a parameter neither"),
    ("=30d", {"questions": ONE}, True, "a quantity neither"),
    ("#trash", {"concepts": ONE}, True, "a concept neither"),
    ("word", {"title": ONE}, True, "a word of one title"),
    ("word", {"statement": ONE}, True, "a word of one statement"),
    ("word", {"questions": ONE, "concepts": ONE}, True, "a word that is a concept's, too"),
    ("保", {"statement": holders(weights.COMMON)}, True, "a character of twelve facts"),
    ("保", {"statement": holders(weights.COMMON + 1)}, False, "a character of thirteen facts"),
    (
        "保",
        {"title": holders(weights.COMMON), "statement": {FACTS[weights.COMMON]: 1}},
        False,
        "a character of thirteen facts in two fields",
    ),
    ("word", {"statement": holders(weights.COMMON + 1)}, True, "a word may be common"),
    ("保存", {"statement": holders(weights.COMMON + 1)}, True, "a pair may be common"),
]


@pytest.mark.parametrize(
    ("term", "said", "kept", "why"), KEPT, ids=[f"{term}: {why}" for term, _, _, why in KEPT]
)
def test_a_term_that_says_little_is_left_out(
    term: str, said: dict[str, dict[str, int]], kept: bool, why: str
) -> None:
    assert bool(compiled(term, **said)) == kept, why


def test_the_boundaries_are_what_was_measured() -> None:
    assert (weights.CHANCE, weights.COMMON) == (1, 12)


def worth(frequency: float) -> float:
    """What a frequency is worth, in shares of the most that one can be."""
    return frequency / (weights.SATURATION + frequency) * (weights.SATURATION + 1)


@pytest.mark.parametrize(("field", "counts"), weights.FIELDS.items())
def test_a_field_counts_as_the_table_says(field: str, counts: float) -> None:
    # said a second time in another fact, so that the term is not left out as chance
    said = {field: {FACTS[0]: 1, FACTS[1]: 2}}
    found = compiled("word", **said)
    assert found[1] / found[0] == pytest.approx(worth(2 * counts) / worth(counts))
    alone = compiled("word", statement={FACTS[0]: 1, FACTS[1]: 2})
    assert found[0] / alone[0] == pytest.approx(worth(counts) / worth(1))


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("word", "word"),
        ("~word", "stem"),
        ("オフ", "kana"),
        ("保", "character"),
        ("#trash", "concept"),
        ("=30d", "quantity"),
    ],
)
def test_a_class_counts_as_the_table_says(term: str, kind: str) -> None:
    word, other = (compiled(each, statement=ONE)[3] for each in ("word", term))
    assert other / word == pytest.approx(weights.CLASSES[kind])


def test_a_term_of_fewer_facts_and_of_a_shorter_text_says_more() -> None:
    rare, frequent = (compiled("word", statement=holders(number))[0] for number in (1, 20))
    assert rare > frequent > 0
    made = statistics(statement={FACTS[0]: 1, FACTS[1]: 1})
    made.lengths["statement"][FACTS[1]] = 20
    found = weights.compile_weights(made, FACTS)["term"]
    assert found[0] > found[1]
