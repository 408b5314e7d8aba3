"""Whoosh's query language over the Entries."""

import pytest

from kb_tools.errors import BadQuery, IndexUnusable
from kb_tools.search import index as whoosh
from kb_tools.search.compiler import WHOOSH

FOUND = [
    # query, fact that is among the first three, why
    ("about:batch-api AND retention", "features/batch-retention", "a field and a word"),
    ('"zero data retention"', "zdr/definition", "a phrase"),
    ("title:cors", "zdr/cors", "one field"),
    ("telemetr*", "telemetry/statsig-opt-out", "a beginning"),
    ("retension~ AND about:batch-api", "features/batch-retention", "a word with a typo"),
    ("page:regions AND kind:email", "regions/opt-out-how", "kinds of value"),
    ("until:[2025-10-01 TO 2025-10-31]", "training/choice-deadline", "dates of validity"),
    (
        "保持期間 AND page:features",
        "features/batch-retention",
        "CJK words are found by their pairs of characters",
    ),
    ("數據保留 AND about:batch-api", "features/batch-retention", "Traditional characters"),
    ("NOT page:zdr AND about:claude-for-excel", None, "nothing is left"),
]


@pytest.mark.parametrize(("query", "fact", "why"), FOUND, ids=[query for query, _, _ in FOUND])
def test_a_query_finds(index, query, fact, why):
    hits, _ = whoosh.search(index / WHOOSH, query, limit=12)
    assert (fact in [hit.fact for hit in hits]) if fact else not hits, why


def test_hits_can_be_of_one_language_and_are_counted_by_facet(index):
    hits, counts = whoosh.search(
        index / WHOOSH, "about:zdr", language="ja", limit=100, facets=["page", "source"]
    )
    assert {hit.language for hit in hits} == {"ja"}
    assert sum(counts["page"].values()) == len(hits)
    assert counts["source"]["primary"] == len(hits)


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
)
def test_odd_queries_find_something_or_are_refused_with_a_message(index, query):
    try:
        hits, _ = whoosh.search(index / WHOOSH, query)
    except BadQuery as refused:
        hits = []
        told = str(refused)
    else:
        told = "found\n    something or nothing"
    assert "\n    " in told, "a refusal says what to do"
    assert len(hits) <= 10


def test_a_folder_without_an_index_is_refused(tmp_path):
    with pytest.raises(IndexUnusable, match="Run kb index"):
        whoosh.search(tmp_path, "zdr")
