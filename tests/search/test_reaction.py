"""The reaction to a question: choice, list, comparison and topic, told by the types of facts alone,
in the base that `kb init` makes.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from small import spoil

from kb_tools import builder, layout
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.search.answer import Answerer
from kb_tools.search.table import Table

TRASH, OFFLINE = "handling/deleted-files", "handling/offline-copies"
ENCRYPTION, LINKS = "handling/encryption", "handling/shared-links"
REVIEW, CRASH = "handling/shared-links-review", "choices/crash-reports"
ARCHIVE = "choices/archive-by-mail"

REACTIONS = [
    # question, kind, the facts that lead, all of them for a list
    ("encryption", "topic", [ENCRYPTION]),
    ("Verschlüsselung", "topic", [ENCRYPTION]),
    ("暗号化", "topic", [ENCRYPTION]),
    ("encr", "topic", [ENCRYPTION]),
    ("What is the trash?", "answer", [TRASH]),
    ("Qu’est-ce que la corbeille ?", "answer", [TRASH]),
    ("ゴミ箱とは", "answer", [TRASH]),
    ("什么是回收站", "answer", [TRASH]),
    ("compare trash and offline copies", "compare", [TRASH, OFFLINE]),
    ("How long do the trash and offline copies keep files?", "compare", [TRASH, OFFLINE]),
    ("différence entre corbeille et copies hors connexion", "compare", [TRASH, OFFLINE]),
    ("ゴミ箱とオフラインコピーの違い", "compare", [TRASH, OFFLINE]),
    ("回收站和离线副本的区别", "compare", [TRASH, OFFLINE]),
    ("Unterschied zwischen Papierkorb und Offline-Kopien", "compare", [TRASH, OFFLINE]),
    ("what is kept for 30 days?", "list", [TRASH, OFFLINE]),
    ("どれが30日間残りますか", "list", [TRASH, OFFLINE]),
    ("哪些内容保留30天？", "list", [TRASH, OFFLINE]),
    ("is there a contradiction?", "list", [LINKS, REVIEW]),
    ("Y a-t-il une contradiction ?", "list", [LINKS, REVIEW]),
    ("矛盾はありますか", "list", [LINKS, REVIEW]),
    ("Gibt es einen Widerspruch?", "list", [LINKS, REVIEW]),
    ("What are all the retention periods?", "list", [TRASH, OFFLINE, REVIEW, ARCHIVE, LINKS]),
    ("Which features are end-to-end encrypted?", "answer", [ENCRYPTION]),
    ("how long does a shared link work?", "choice", [LINKS, REVIEW]),
    ("what does the review say about shared links", "choice", [REVIEW, LINKS]),
]


@pytest.mark.parametrize(
    ("question", "kind", "facts"), REACTIONS, ids=[question for question, *_ in REACTIONS]
)
def test_the_kind_and_the_facts_of_a_reaction(
    answerer: Answerer, question: str, kind: str, facts: list[str]
) -> None:
    guesses = answerer.best_guesses(question)
    assert guesses.kind == kind
    led = [hit["fact"] for hit in guesses.hits[: len(facts)]]
    if kind == "list":
        assert guesses.table
        assert {row.fact for row in guesses.table.rows} >= set(facts)
    else:
        assert led == facts
    assert answerer.ask(question).kind == kind


def table(answerer: Answerer, question: str, language: str | None = None) -> Table:
    found = answerer.ask(question, language=language).table
    assert found
    return found


def test_a_list_has_a_row_a_fact_and_a_column_a_label(answerer: Answerer) -> None:
    found = table(answerer, "what is kept for 30 days?")
    assert found.columns == ("Retention period",)
    assert [(row.fact, row.subject, row.cells) for row in found.rows] == [
        (TRASH, "Trash", ("30 days",)),
        (OFFLINE, "Offline copies", ("up to 30 days",)),
    ]


def test_a_table_speaks_the_language_of_the_answer(answerer: Answerer) -> None:
    found = table(answerer, "what is kept for 30 days?", "ja")
    assert [row.cells for row in found.rows] == [("30日間",), ("最長30日間",)]
    assert [row.subject for row in found.rows] == ["ゴミ箱", "オフラインコピー"]


def test_a_comparison_leaves_out_what_only_one_has(answerer: Answerer) -> None:
    found = table(answerer, "compare trash and offline copies")
    assert {row.subject for row in found.rows} == {"Trash", "Offline copies"}
    assert "Endpoint" not in found.columns


def test_a_choice_tells_each_value_with_its_condition(answerer: Answerer) -> None:
    reply = answerer.ask("how long does a shared link work?", limit=1)
    assert reply.table
    assert [row.cells[0] for row in reply.table.rows] == ["14 days", "until explicitly deleted"]
    assert len(reply.answers) == 2, "never one of them alone"


def test_a_topic_tells_how_many_facts_it_has(answerer: Answerer) -> None:
    reply = answerer.ask("encryption", limit=1)
    assert (reply.kind, reply.answered, reply.table) == ("topic", False, None)
    assert reply.count > 1


NOT_ALONE = [
    ("How long do deleted files stay in the trash?", "one fact answers"),
    ("Is the price in the trash and in offline copies?", "a price is not covered"),
    ("offline.db or trash: compare", "an identifier names one thing"),
    ("Why are features named?", "nothing is asked of a kind"),
]


@pytest.mark.parametrize(("question", "why"), NOT_ALONE, ids=[why for _, why in NOT_ALONE])
def test_what_no_set_is_asked_in_gets_no_list(answerer: Answerer, question: str, why: str) -> None:
    assert answerer.best_guesses(question).kind not in ("list", "choice", "topic"), why


@pytest.fixture
def opposed(copy: Path, tmp_path: Path) -> Answerer:
    """A base in which cloud and server are opposites, each said by a fact about encryption."""
    glossary = copy / layout.GLOSSARY
    spoil(
        glossary,
        "    meaning: the product that Harbor Notes runs itself\n",
        "    meaning: what Harbor Notes runs itself\n    opposite: harbor-notes-server\n",
    )
    project = Project(copy)
    builder.build_index(project, tmp_path / "index", project.locales)
    return Answerer.open(tmp_path / "index")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("crash reports when not in the cloud", "harbor-notes-server"),
        ("rapports de plantage sans le cloud", "harbor-notes-server"),
        ("crash reports of the cloud", "harbor-notes-cloud"),
        ("not now: crash reports of the cloud", "harbor-notes-cloud"),
    ],
)
def test_what_is_denied_is_its_opposite(opposed: Answerer, question: str, named: str) -> None:
    asked = opposed.judge(question).ranking.asked
    assert named in asked.concepts
    assert asked.turned == (named == "harbor-notes-server")


ASIDES = [
    "Not about offline copies: how long do deleted files stay in the trash?",
    "How long do deleted files stay in the trash, rather than offline copies?",
    "Il ne s’agit pas de copies hors connexion : combien de jours à la corbeille ?",
    "オフラインコピーではなく、ゴミ箱のファイルは何日残りますか",
    "不是问离线副本，回收站里的文件保留多少天？",
    "We do not use a price list. How long do deleted files stay in the trash?",
]


@pytest.mark.parametrize("question", ASIDES)
def test_what_is_set_aside_is_not_asked(answerer: Answerer, question: str) -> None:
    reply = answerer.ask(question)
    assert reply.kind == "answer"
    assert reply.answers[0].entry.id == TRASH


def test_a_text_that_sets_all_of_itself_aside_is_read_whole(answerer: Answerer) -> None:
    assert answerer.judge("not about the trash").ranking.terms


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("main: [handling/deleted-files]", "main: [handling/none]", "unknown fact 'handling/none'"),
        ("main: [handling/encryption]", "opposite: none", "unknown concept 'none'"),
        ("main: [handling/encryption]", "subjects: [none]", "unknown subject 'none'"),
        ("kinds:\n  feature:", "kinds:\n  none:", "unknown kind of subject 'none'"),
    ],
)
def test_what_the_glossary_names_exists(copy: Path, old: str, new: str, told: str) -> None:
    spoil(copy / layout.GLOSSARY, old, new)
    assert any(told in str(problem) for problem in check.check(Project(copy)).problems)


def test_the_rows_of_a_reaction_are_told_to_programs(answerer: Answerer) -> None:
    record = answerer.best_guesses("what is kept for 30 days?").record()
    assert record["answered"] is True
    assert record["table"] == dataclasses.asdict(table(answerer, "what is kept for 30 days?"))
    assert "table" not in answerer.best_guesses("encryption").record()
