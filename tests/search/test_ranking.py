"""How a text is read before it is ranked: its language, its slips, its parts and what it names."""

from __future__ import annotations

import pytest

from kb_tools.search.answer import Answerer
from kb_tools.search.ranking import LONG


def only_of(answerer: Answerer, *codes: str) -> list[str]:
    """Words that some languages use, and no other."""
    index = answerer.index
    own = sum(1 << index.manifest["languages"].index(code) for code in codes)
    return [
        term
        for term, number in index.offsets.items()
        if index.postings.masks[number] == own and term.isalpha() and len(term) > 2
    ]


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("么", 2, "zh"),
        ("么", 4, "fr"),
        ("么么", 5, "zh"),
        ("么么", 7, "fr"),
        ("は", 2, "ja"),
        ("は", 4, "fr"),
        ("は么么", 0, "zh"),
        ("", 1, "fr"),
        ("", 0, "en"),
    ],
)
def test_a_character_of_one_language_alone_counts_as_much_as_three_words(
    answerer: Answerer, text: str, words: int, language: str
) -> None:
    terms = only_of(answerer, "fr")[:words]
    assert len(terms) == words
    assert answerer.ranker.language_of(text, terms) == language


def test_a_word_of_several_languages_counts_in_each_a_share(answerer: Answerer) -> None:
    masks = answerer.index.postings.masks
    assert masks[answerer.index.offsets["tls"]] == 31, "of all languages"
    german = only_of(answerer, "de")[0]
    assert answerer.ranker.language_of("", ["tls", german]) == "de"
    shared = only_of(answerer, "en", "fr")[0]
    assert answerer.ranker.language_of("", [shared, german]) == "de", "a half each is less"
    assert answerer.ranker.language_of("", ["tls", f"~{german[:5]}", "#trash"]) == "en", (
        "stems and concepts tell no language"
    )


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("resotred", {"resotred": "restored"}),
        ("resotred zzzzz", {"resotred": "restored"}),
        ("resotred zzzzz yyyyy", {}),
        ("resotred wihtout zzzzz yyyyy", {"resotred": "restored", "wihtout": "without"}),
        ("resotred wihtout zzzzz yyyyy xxxxx", {}),
        ("resotred zzz yyy xxx", {"resotred": "restored"}),
        ("restored files", {}),
        ("RESOTRED", {"resotred": "restored"}),
    ],
)
def test_slips_are_corrected_where_half_of_the_unknown_words_can_be(
    answerer: Answerer, text: str, corrected: dict[str, str]
) -> None:
    ranking = answerer.ranker.rank(text)
    assert ranking.corrected == corrected
    assert set(corrected.values()) <= set(ranking.terms)
    assert not set(corrected) & set(ranking.terms)


def test_a_long_text_of_several_sentences_is_taken_sentence_by_sentence(
    answerer: Answerer,
) -> None:
    first = "Deleted files."
    short = f"{first} {'x' * (LONG - len(first) - 1)}"
    assert len(short) == LONG
    assert [part.text for part in answerer.ranker.parts(short)] == [short]
    assert [part.text for part in answerer.ranker.parts(f"{short}x")] == [
        first,
        f"{short}x".removeprefix(f"{first} "),
    ]
    endless = "files " * LONG
    assert [part.text for part in answerer.ranker.parts(endless)] == [endless]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("what is in offline.db", {"offline-copies"}),
        ("shared links", {"shared-links", "shared-links-review"}),
        ("offline.db and shared links", {"offline-copies", "shared-links", "shared-links-review"}),
    ],
)
def test_the_holders_of_what_a_text_names_are_known(
    answerer: Answerer, text: str, slugs: set[str]
) -> None:
    facts = answerer.index.manifest["facts"]
    held = answerer.ranker.holders_of_named(answerer.ranker.rank(text))
    named = {facts[number].partition("/")[2] for number in held}
    # a link is named by others, too, in passing
    assert slugs <= named < {fact.partition("/")[2] for fact in facts}


@pytest.mark.parametrize("text", ["encryption", "Harbor Notes Cloud", "/v1/nothing", ""])
def test_a_text_that_names_nothing_leaves_all_facts(answerer: Answerer, text: str) -> None:
    held = answerer.ranker.holders_of_named(answerer.ranker.rank(text))
    assert held == frozenset(range(answerer.ranker.count))


def test_what_no_fact_covers_is_told_and_not_searched(answerer: Answerer) -> None:
    ranking = answerer.ranker.rank("price of the trash")
    assert ranking.uncovered == {"#price"}
    assert "#trash" in ranking.terms
    assert "#price" not in ranking.terms


def test_of_equal_facts_those_of_primary_sources_come_first(answerer: Answerer) -> None:
    told = answerer.ranker.typed
    facts = answerer.index.manifest["facts"]
    reported = [facts[number] for number in told.reported]
    assert reported == ["handling/shared-links-review"]
    scores = [1.0] * len(facts)
    assert facts[told.best_first(scores)[-1]] == "handling/shared-links-review"
    scores[facts.index("handling/shared-links-review")] = 1.1
    assert facts[told.best_first(scores)[0]] == "handling/shared-links-review"
