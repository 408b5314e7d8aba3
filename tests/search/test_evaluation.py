"""Measures of a run, and what changed since an earlier one."""

import json

import pytest

from kb_tools.errors import BadInput
from kb_tools.search import evaluation


def rows(*questions: dict[str, object]) -> str:
    return "\n".join(json.dumps(question) for question in questions) + "\n"


RIGHT = {
    "id": "1",
    "lang": "en",
    "type": "question",
    "text": "How long are message batches kept?",
    "gold": ["features/batch-retention"],
    "also": [],
}
WRONG = {
    "id": "2",
    "lang": "ja",
    "type": "keyword",
    "text": "メッセージバッチ 保持期間",
    "gold": ["regions/aws"],
    "also": [],
}
NONE = {
    "id": "3",
    "lang": "fr",
    "type": "unanswerable",
    "text": "recette de la tarte aux pommes",
    "gold": [],
    "also": [],
}
GERMAN = {
    "id": "4",
    "lang": "de",
    "type": "question",
    "text": "Batch API ZDR",
    "gold": ["features/batch-retention"],
    "also": [],
}


@pytest.fixture
def report(answerer, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(rows(RIGHT, WRONG, NONE, GERMAN), "utf-8")
    return evaluation.evaluate(answerer, evaluation.read(path))


def test_questions_are_measured_by_language_and_type(report):
    assert report.groups["all four languages"] == {
        "questions": 2.0,
        "success@1": 0.5,
        "success@3": 0.5,
        "MRR@10": 0.5,
    }
    assert report.groups["en"]["success@1"] == 1.0
    assert report.groups["keyword"]["success@1"] == 0.0
    assert report.groups["other languages"]["questions"] == 1.0
    assert report.answered["unanswerable"] == 0.0
    assert "2" in [miss.id for miss in report.misses]


def test_a_report_is_compared_with_an_earlier_one_question_by_question(report, tmp_path):
    path = tmp_path / "old.json"
    old = json.loads(json.dumps(report.to_json()))
    old["outcomes"][0]["rank"] = 3
    old["outcomes"][2]["answered"] = True
    path.write_text(json.dumps(old), "utf-8")
    told = list(evaluation.comparison(report, evaluation.earlier(path)))
    assert [line.partition(":")[0] for line in told[:-1]] == ["better", "better"]
    assert told[-1] == "2 better, 0 worse"


@pytest.mark.parametrize(
    "line", ["{", '{"id": 1}', "[]", '{"id": 1, "lang": "en", "type": "q", "text": "t", "gold": 3}']
)
def test_a_line_that_is_no_question_is_told_with_its_number(tmp_path, line):
    path = tmp_path / "bad.jsonl"
    path.write_text(rows(RIGHT) + line + "\n", "utf-8")
    with pytest.raises(BadInput, match=r"bad\.jsonl:2: not a question"):
        evaluation.read(path)


def test_a_file_that_is_no_report_is_told(tmp_path):
    (tmp_path / "old.json").write_text("{}", "utf-8")
    with pytest.raises(BadInput, match="not a report"):
        evaluation.earlier(tmp_path / "old.json")
