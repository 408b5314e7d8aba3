"""Whoosh's query language over the Entries, and the statistics that answers are compiled from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb_tools import layout
from kb_tools.entry import Entry
from kb_tools.errors import BadQuery, IndexUnusable
from kb_tools.project import Project
from kb_tools.search import analysis, generations
from kb_tools.search import index as whoosh
from kb_tools.search.answer import Answerer

FOUND = [
    # query, fact that comes first, why
    ("about:shared-links AND review", "handling/shared-links-review", "a field and a word"),
    ('"recently opened file"', "handling/offline-copies", "a phrase"),
    ('"file opened recently"', None, "a phrase in another order"),
    ("title:crash", "choices/crash-reports", "one field"),
    ("title:server", None, "a word of another field"),
    ("archiv*", "choices/archive-by-mail", "a beginning"),
    ("archove~ AND about:team-plan", "choices/archive-by-mail", "a word with a typo"),
    ("page:choices AND kind:email", "choices/archive-by-mail", "kinds of value"),
    ("until:[2024-06-01 TO 2024-06-30]", "choices/archive-by-mail", "dates of validity"),
    ("until:[2024-07-01 TO 2024-07-31]", None, "no date of validity"),
    ("from:[2031-01-01 TO 2031-12-31]", "choices/version-history", "from when it holds"),
    ("source:secondary AND about:encryption", "handling/encryption", "kinds of source"),
    ("concepts:crash-reports", "choices/crash-reports", "concepts of the glossary"),
    ("ゴミ箱 AND page:handling", "handling/deleted-files", "CJK words by pairs of characters"),
    ("離線 AND about:offline-copies", "handling/offline-copies", "Traditional characters"),
    ("Papierkorb OR corbeille", "handling/deleted-files", "either of two languages"),
    ("about:shared-links -review -title:encryption", "handling/shared-links", "words left out"),
    ("NOT page:handling AND about:trash", None, "nothing is left"),
]


@pytest.mark.parametrize(("query", "fact", "why"), FOUND, ids=[query for query, _, _ in FOUND])
def test_a_query_finds(index: Path, query: str, fact: str | None, why: str) -> None:
    hits, _ = whoosh.search(generations.held(index), query)
    assert [hit.fact for hit in hits][:1] == ([fact] if fact else []), why


def test_hits_can_be_of_one_language_and_are_counted_by_facet(index: Path) -> None:
    hits, counts = whoosh.search(
        generations.held(index),
        "about:shared-links",
        languages=["ja"],
        limit=1,
        facets=["page", "about", "source"],
    )
    assert [hit.language for hit in hits] == ["ja"], "one is shown"
    assert counts == {
        "page": {"handling": 2},
        "about": {"shared-links": 2, "encryption": 1},
        "source": {"primary": 1, "secondary": 1},
    }, "all are counted"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "(((",
        '"',
        "AND",
        "NOT",
        "a:b:c",
        "[TO]",
        "{",
        "*",
        "~2",
        "\ud800",
        "x" * 20_000,
        "^2",
        "? ?",
    ],
    ids=lambda query: ascii(query[:10]),
)
def test_odd_queries_find_something_or_are_refused_with_a_message(index: Path, query: str) -> None:
    try:
        hits, _ = whoosh.search(generations.held(index), query)
    except BadQuery as refused:
        hits = []
        told = str(refused)
    else:
        told = "found\n    something or nothing"
    assert "\n    " in told, "a refusal says what to do"
    assert len(hits) <= 10


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="Run kb index"):
        whoosh.search(generations.held(tmp_path), "trash")


def _counted(
    project: Project, folding: dict[int, str], text_of: Callable[[Entry], str]
) -> Iterator[tuple[str, str, int]]:
    """Term, fact and frequency of one text of every entry, counted by the analysis itself."""
    for edition in project.editions.values():
        for entry in edition:
            folded = analysis.fold(text_of(entry), folding)
            terms = Counter(term for term, _ in analysis.tokens(folded))
            yield from ((term, entry.id, number) for term, number in terms.items())


TEXTS: dict[str, Callable[[Entry], str]] = {
    "title": lambda entry: entry.title,
    "statement": lambda entry: entry.text,
    "questions": lambda entry: "\n".join(entry.questions),
}


@pytest.mark.parametrize("field", TEXTS)
def test_the_statistics_are_plain_counts_whatever_the_query_language_prefers(
    project: Project, index: Path, answerer: Answerer, field: str
) -> None:
    read = whoosh.statistics(generations.held(index).folder / layout.WHOOSH)
    expected: dict[str, Counter[str]] = {}
    lengths: Counter[str] = Counter()
    for term, fact, number in _counted(project, answerer.ranker.folding, TEXTS[field]):
        expected.setdefault(term, Counter())[fact] += number
        lengths[fact] += number
    assert read.frequencies[field] == expected
    # Whoosh keeps a length in one byte, so that it is a little rough from 100 on
    assert read.lengths[field] == pytest.approx(lengths, rel=0.1)


def test_the_statistics_tell_the_languages_of_a_term(index: Path) -> None:
    languages = whoosh.statistics(generations.held(index).folder / layout.WHOOSH).languages
    assert languages["papierkorb"] == {"de"}
    assert languages["#trash"] == {"en", "fr", "ja", "zh", "de"}
    assert languages["offline"] == {"en", "de", "fr", "ja", "zh"}, "in the name of the file"
