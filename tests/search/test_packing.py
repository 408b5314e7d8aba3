"""The binary parts of the answer index: what is packed is unpacked, and what is cut off refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_tools.search import packing

WORDS = st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1))


@st.composite
def indexes(draw: st.DrawFn) -> tuple[list[dict[int, int]], list[int], int, int]:
    """Postings with masks, and how many facts and languages there are."""
    facts, languages = draw(st.sampled_from([1, 2, 8, 255, 256, 700])), draw(st.integers(1, 31))
    numbers = st.integers(0, facts - 1)
    by_fact = st.dictionaries(numbers, st.integers(1, 15), min_size=1, max_size=9)
    terms = draw(st.lists(by_fact.map(lambda found: dict(sorted(found.items()))), max_size=9))
    mask = st.integers(1, 2**languages - 1)
    masks = draw(st.lists(mask, min_size=len(terms), max_size=len(terms)))
    return terms, masks, facts, languages


@given(indexes())
def test_postings_are_unpacked_as_they_were(
    made: tuple[list[dict[int, int]], list[int], int, int],
) -> None:
    terms, masks, facts, languages = made
    packed = packing.pack_postings(terms, masks, facts, languages)
    found = packing.unpack_postings(packed, facts, languages)
    assert found.masks == masks
    spans = zip(found.starts, found.starts[1:], strict=False)
    assert [
        dict(zip(found.facts[start:end], found.weights[start:end], strict=True))
        for start, end in spans
    ] == terms


@pytest.mark.parametrize(
    ("languages", "size"), [(1, 1), (4, 1), (8, 1), (9, 2), (12, 2), (16, 2), (17, 3), (31, 4)]
)
def test_the_languages_of_a_term_take_as_many_bytes_as_they_need(languages: int, size: int) -> None:
    last = 1 << (languages - 1)
    packed = packing.pack_postings([{0: 7}], [last], 1, languages)
    assert len(packed) == 12 + 1 + size + 1 + 1
    assert packing.unpack_postings(packed, 1, languages).masks == [last]


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0"])
def test_postings_that_are_cut_off_are_refused(change: Callable[[bytes], bytes]) -> None:
    packed = packing.pack_postings([{0: 1, 3: 2}, {1: 9}], [1, 3], 4, 2)
    with pytest.raises(ValueError, match="cut off"):
        packing.unpack_postings(change(packed), 4, 2)


@given(WORDS)
def test_terms_are_unpacked_as_they_were(words: list[str]) -> None:
    terms = sorted(set(words))
    assert packing.unpack_terms(packing.pack_terms(terms)) == terms


@pytest.mark.parametrize("shared", [254, 255, 256, 300])
def test_terms_that_begin_alike_for_long_are_unpacked_as_they_were(shared: int) -> None:
    terms = ["x" * shared + "a", "x" * shared + "b"]
    assert packing.unpack_terms(packing.pack_terms(terms)) == terms


@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1),
        st.sampled_from(["trash", "price", "link"]),
    )
)
def test_the_glossary_is_unpacked_as_it_was(concepts: dict[str, str]) -> None:
    names = sorted(set(concepts.values()))
    masks = {term: len(term) % 7 for term in concepts}
    packed = packing.pack_glossary(concepts, masks)
    assert packing.unpack_glossary(packed, names) == (concepts, masks)
