"""Measures of a run, and what changed since an earlier one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kb_tools.errors import BadInput
from kb_tools.search import evaluation
from kb_tools.search.answer import Answerer
from kb_tools.search.evaluation import Report


def rows(*questions: Mapping[str, object]) -> str:
    return "\n".join(json.dumps(question) for question in questions) + "\n"


RIGHT = {
    "id": "1",
    "lang": "en",
    "type": "question",
    "text": "How long do deleted files stay in the trash?",
    "gold": ["handling/deleted-files"],
    "also": [],
}
WRONG = {
    "id": "2",
    "lang": "ja",
    "type": "keyword",
    "text": "オフラインコピー 保存期間",
    "gold": ["choices/crash-reports"],
}
NONE = {
    "id": "3",
    "lang": "fr",
    "type": "unanswerable",
    "text": "recette de la tarte aux pommes",
    "gold": [],
}
SPANISH = {
    "id": "4",
    "lang": "es",
    "type": "question",
    "text": "harbor-notes clear-offline",
    "gold": ["handling/offline-copies"],
}
TRADITIONAL = {
    "id": "5",
    "lang": "zh-Hant",
    "type": "keyword",
    "text": "離線副本 保留",
    "gold": ["handling/offline-copies"],
}
SLIP = {
    "id": "6",
    "lang": "en",
    "type": "unanswerable",
    "text": "offline.db",
    "gold": [],
}


@pytest.fixture
def report(answerer: Answerer, tmp_path: Path) -> Report:
    path = tmp_path / "questions.jsonl"
    path.write_text(rows(RIGHT, WRONG, NONE, SPANISH, TRADITIONAL, SLIP), "utf-8")
    return evaluation.evaluate(answerer, evaluation.read(path))


def test_questions_are_measured_by_language_and_type(report: Report) -> None:
    all_right = {"questions": 1.0, "success@1": 1.0, "success@3": 1.0, "MRR@10": 1.0}
    (wrong,) = [outcome.rank for outcome in report.outcomes if outcome.id == "2"]
    assert wrong > 3
    assert report.groups == {
        "all languages": pytest.approx(
            {
                "questions": 3.0,
                "success@1": 2 / 3,
                "success@3": 2 / 3,
                "MRR@10": (1 + 1 / wrong + 1) / 3,
            }
        ),
        "en": all_right,
        "ja": {"questions": 1.0, "success@1": 0.0, "success@3": 0.0, "MRR@10": 1 / wrong},
        "zh": all_right,
        "question": all_right,
        "keyword": {
            "questions": 2.0,
            "success@1": 0.5,
            "success@3": 0.5,
            "MRR@10": (1 / wrong + 1) / 2,
        },
        "other languages": all_right,
    }


def test_the_shares_that_are_answered_are_measured(report: Report) -> None:
    assert report.answered == {
        "answerable": 1.0,
        "answerable, all languages": 1.0,
        "unanswerable": 0.5,
    }
    assert [miss.id for miss in report.misses] == ["2"]
    assert not report.semantic


def test_a_report_says_what_missed_and_what_was_answered_wrongly(report: Report) -> None:
    told = "\n".join(evaluation.lines(report))
    assert told.startswith("with words alone\n")
    assert "miss 2 (keyword), rank " in told
    assert "wanted choices/crash-reports; first came handling/offline-copies" in told
    assert "answered, but nothing covers it: 6: offline.db -> handling/offline-copies" in told
    assert "answered, of the unanswerable: 50.0%" in told


def test_a_report_is_compared_with_an_earlier_one_question_by_question(
    report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "old.json"
    old = json.loads(json.dumps(report.to_json()))
    old["outcomes"][0]["rank"] = 3
    old["outcomes"][2]["answered"] = True
    old["outcomes"][5]["answered"] = False
    del old["outcomes"][3]
    path.write_text(json.dumps(old), "utf-8")
    told = list(evaluation.comparison(report, evaluation.earlier(path)))
    assert [line.partition(": ")[0] for line in told[:-1]] == ["better", "better", "worse"]
    assert "1: rank 3, answered -> rank 1, answered" in told[0]
    assert "3: unanswerable, answered -> unanswerable, not answered" in told[1]
    assert told[-1] == "2 better, 1 worse"


@pytest.mark.parametrize(
    ("rank", "answered", "verdict"),
    [(0, True, "better"), (2, True, "better"), (1, False, "better"), (1, True, None)],
    ids=["it was not found", "it came second", "it was found, not answered", "it was the same"],
)
def test_a_question_is_better_where_its_fact_comes_earlier_or_is_answered(
    report: Report, tmp_path: Path, rank: int, answered: bool, verdict: str | None
) -> None:
    old = json.loads(json.dumps(report.to_json()))
    old["outcomes"][0] |= {"rank": rank, "answered": answered}
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    *told, _ = evaluation.comparison(report, evaluation.earlier(tmp_path / "old.json"))
    assert [line.partition(": ")[0] for line in told] == ([verdict] if verdict else [])


NO_QUESTION = [
    ("{", "not JSON"),
    ('{"id": 1}', "not a question"),
    ("[]", "not a question"),
    ('{"id": 1, "lang": "en", "type": "q", "text": "t", "gold": 3}', "not a question"),
    ('{"id": 1, "lang": "en", "type": "q", "text": "t", "gold": "page/fact"}', "not a question"),
    ('{"id": 1, "lang": "en", "type": "q", "text": null, "gold": []}', "not a question"),
]


@pytest.mark.parametrize(("line", "told"), NO_QUESTION, ids=[line for line, _ in NO_QUESTION])
def test_a_line_that_is_no_question_is_told_with_its_number(
    tmp_path: Path, line: str, told: str
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(rows(RIGHT) + "\n" + line + "\n", "utf-8")
    with pytest.raises(BadInput, match=rf"bad\.jsonl:3: {told}"):
        evaluation.read(path)


@pytest.mark.parametrize("content", ["{}", '{"outcomes": [{}]}', "{", "[]"])
def test_a_file_that_is_no_report_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "old.json").write_text(content, "utf-8")
    with pytest.raises(BadInput, match="not a report"):
        evaluation.earlier(tmp_path / "old.json")


def test_the_questions_of_the_small_base_are_answered(answerer: Answerer, root: Path) -> None:
    report = evaluation.evaluate(answerer, evaluation.read(root / "tests/starter.jsonl"))
    assert report.groups["all languages"]["success@1"] >= 0.96
    assert report.groups["all languages"]["success@3"] == 1.0
    assert report.answered["answerable"] >= 0.75
    assert report.answered["unanswerable"] == 0.0


@pytest.mark.parametrize("name", ["reactions-starter", "reactions-starter-2"])
def test_sets_comparisons_and_choices_of_the_small_base_are_shown(
    answerer: Answerer, root: Path, name: str
) -> None:
    """By the package's own fit, since a base of this size cannot be fitted to."""
    report = evaluation.evaluate(answerer, evaluation.read(root / f"tests/{name}.jsonl"))
    found = report.reactions[evaluation.ALL]
    assert found["questions"] == 15
    assert found["right"] >= 0.33
    assert found["shown"] >= 0.85
    assert report.groups[evaluation.ALL]["success@1"] >= 0.86


def test_what_cannot_be_measured_is_told_all_at_once(answerer: Answerer, tmp_path: Path) -> None:
    row = {"id": "a", "lang": "en", "type": "x", "text": "trash", "gold": ["handling/trash"]}
    rows = [row, {**row, "gold": []}, {**row, "id": "b", "gold": [5], "kind": "table"}]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with pytest.raises(BadInput) as refused:
        evaluation.evaluate(answerer, evaluation.read(path))
    assert str(refused.value).splitlines() == [
        "the id 'a' stands 2 times",
        "a: unknown fact 'handling/trash'",
        "b: unknown fact '5'",
        "b: unknown kind 'table'",
        "    Correct the file of questions.",
    ]
