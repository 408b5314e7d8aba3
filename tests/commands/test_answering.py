"""What answers and searches print: for people, for scripts, in every language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from terminal import kb

TRASH = "How long do deleted files stay in the trash?"


ANSWERS = [
    (
        TRASH,
        [
            "for 30 days",
            "Sources: ",
            "primary: Harbor Notes",
            "received March 10, 2025",
            "/en/handling/#deleted-files",
        ],
    ),
    (
        "Combien de temps les fichiers supprimés restent-ils dans la corbeille ?",
        ["30\xa0jours", "Sources\u00a0: ", "10\xa0mars 2025", "/fr/handling/#deleted-files"],
    ),
    (
        "削除したファイルは何日ゴミ箱に残りますか",
        ["30日間", "出典：", "2025年3月10日", "/ja/handling/#deleted-files"],
    ),
    (
        "删除的文件在回收站里保留多少天？",
        ["30 天", "来源：", "2025年3月10日", "/zh/handling/#deleted-files"],
    ),
    (
        "Wie lange bleiben gelöschte Dateien im Papierkorb?",
        ["30 Tage", "Quellen: ", "10. März 2025", "/de/handling/#deleted-files"],
    ),
]


@pytest.mark.parametrize(("question", "parts"), ANSWERS, ids=[asked for asked, _ in ANSWERS])
def test_ask_answers_in_five_languages(
    base: Path, built: list[str], question: str, parts: list[str]
) -> None:
    run = kb("ask", question, *built, folder=base)
    assert run.returncode == 0, run.stderr
    assert all(part in run.stdout for part in parts), run.stdout
    assert "\x1b" not in run.stdout, "no color but on a terminal"


def test_ask_prints_json_for_scripts(base: Path, built: list[str]) -> None:
    run = kb("ask", "Are my notes encrypted?", "--json", "--lang", "fr", *built, folder=base)
    reply = json.loads(run.stdout)
    assert reply["answered"] is True
    assert reply["language"] == "fr"
    answer = reply["answers"][0]
    assert answer["fact"] == "handling/encryption"
    assert {
        "language",
        "matched",
        "title",
        "text",
        "values",
        "sources",
        "valid",
        "conflicts",
        "url",
        "score",
    } <= set(answer)


def test_ask_says_what_it_corrected_and_what_it_does_not_know(base: Path, built: list[str]) -> None:
    corrected = kb("ask", "encrytion of notes", *built, folder=base)
    assert "Searched for: encryption" in corrected.stderr
    assert "Words alone" in corrected.stderr
    unknown = kb("ask", "price of the trash", "--no-semantic", *built, folder=base)
    assert unknown.returncode == 0
    assert not unknown.stderr, "words alone were wanted"
    assert "No answer found" in unknown.stdout
    assert "Nearest topics" in unknown.stdout
    long = kb("ask", "trash " * 2000, *built, folder=base)
    assert "Only the beginning" in long.stderr


def test_ask_explains_its_answer(base: Path, built: list[str]) -> None:
    run = kb("ask", TRASH, "--explain", *built, folder=base)
    assert re.search(
        r"^confidence \d\.\d\d, answered from 0\.\d\d on; words alone$", run.stdout, re.M
    )
    assert "#trash" in run.stdout


def test_ask_as_of_a_day(base: Path, built: list[str]) -> None:
    asked = ("ask", "archive of all files by e-mail", *built)
    past = kb(*asked, "--as-of", "2025-12-01", folder=base)
    assert "As of December 1, 2025" in past.stdout
    assert "Not in force on December 1, 2025" in past.stdout
    held = kb(*asked, "--as-of", "2024-06-28", folder=base)
    assert "As of June 28, 2024" in held.stdout
    assert "archive@example.com" in held.stdout
    assert "Not in force" not in held.stdout


def test_a_batch_is_answered_line_by_line_and_reads_no_other_key(
    base: Path, built: list[str], tmp_path: Path
) -> None:
    rows = [
        {"id": "one", "text": TRASH},
        {
            "id": 2,
            "text": "ゴミ箱のファイルは何日で消えますか",
            "gold": ["choices/crash-reports"],
            "lang": "fr",
        },
        {"id": "far", "text": "weather in Lisbon"},
        {"id": "empty", "text": ""},
        {"id": "odd", "text": "\ud800\u202e🙂"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    run = kb("ask", "--batch", path, "--no-semantic", *built, folder=base)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", 2, "far", "empty", "odd"]
    assert [answer["answered"] for answer in answers] == [True, True, False, False, False]
    for answer in answers:
        assert len({hit["fact"] for hit in answer["hits"]}) == 8
        assert all(set(hit) == {"fact", "score", "language"} for hit in answer["hits"])
    assert {answers[number]["hits"][0]["fact"] for number in (0, 1)} == {"handling/deleted-files"}
    assert [answers[number]["hits"][0]["language"] for number in (0, 1)] == ["en", "ja"]


def test_a_line_separator_within_a_question_ends_no_line(
    base: Path, built: list[str], tmp_path: Path
) -> None:
    text = "deleted files\u2028in the trash\u2029\x85"
    row = {"id": "1", "lang": "en", "type": "q", "text": text, "gold": ["handling/deleted-files"]}
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\r\n\n", "utf-8", newline="")
    assert "\u2028" in path.read_text("utf-8")
    batch = kb("ask", "--batch", path, *built, folder=base)
    report = kb("eval", path, "--json", *built, folder=base)
    (answer,) = batch.stdout.split("\n")[:-1]
    (outcome,) = json.loads(report.stdout)["outcomes"]
    assert json.loads(answer)["answered"] == outcome["answered"] is True
    assert json.loads(answer)["hits"][0]["fact"] == outcome["first"] == "handling/deleted-files"


def test_eval_measures_and_compares(
    base: Path, built: list[str], root: Path, tmp_path: Path
) -> None:
    questions = root / "tests/starter.jsonl"
    first = kb("eval", questions, "--json", *built, folder=base)
    report = json.loads(first.stdout)
    assert len(report["outcomes"]) == 40
    report["outcomes"][0]["rank"] = 2
    (tmp_path / "old.json").write_text(json.dumps(report), "utf-8")
    second = kb("eval", questions, "--compare", tmp_path / "old.json", *built, folder=base)
    assert second.returncode == 0, second.stderr
    assert second.stdout.startswith("with words alone\n")
    assert second.stdout.endswith("\n1 better, 0 worse\n")


@pytest.mark.parametrize("command", [["ask", "--batch"], ["eval"]], ids=["batch", "eval"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"id": 2}\n', ":1: not a question"),
        (b"\n\n{\n", ":3: not JSON"),
        (b"\xff\n", ": not UTF-8 text"),
    ],
    ids=["no question", "no JSON", "no text"],
)
def test_a_file_that_holds_no_questions_is_told_with_the_line(
    base: Path, built: list[str], tmp_path: Path, command: list[str], content: bytes, told: str
) -> None:
    (tmp_path / "bad.jsonl").write_bytes(content)
    run = kb(*command, tmp_path / "bad.jsonl", *built, folder=base)
    assert run.returncode == 1
    assert f"bad.jsonl{told}" in run.stderr


def test_show_prints_a_fact(base: Path, built: list[str]) -> None:
    chinese = kb("show", "handling/offline-copies", "--lang", "zh", *built, folder=base)
    assert "最长 30 天" in chinese.stdout
    assert "/zh/handling/#offline-copies" in chinese.stdout
    record = json.loads(kb("show", "handling/offline-copies", "--json", *built, folder=base).stdout)
    assert (record["fact"], record["language"]) == ("handling/offline-copies", "en")


def test_search_prints_hits_and_facets(base: Path, built: list[str]) -> None:
    run = kb("search", "about:shared-links AND review", "--facets", *built, folder=base)
    assert "handling/shared-links-review" in run.stdout
    assert re.search(r"^page: handling \d+", run.stdout, re.MULTILINE)
    german = kb(
        *("search", "about:shared-links", "--facets", "--json", "--lang", "de", *built),
        folder=base,
    )
    record = json.loads(german.stdout)
    assert record["facets"]["page"] == {"handling": 2}
    assert {hit["language"] for hit in record["hits"]} == {"de"}
    nothing = kb("search", "about:nothing", *built, folder=base)
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "Nothing found." in nothing.stderr


def test_the_answer_is_the_same_under_another_locale(base: Path, built: list[str]) -> None:
    answers = {
        kb("ask", "离线副本保留多久", "--json", *built, folder=base, LC_ALL=locale).stdout
        for locale in ("C", "C.UTF-8", "POSIX")
    }
    assert len(answers) == 1
    assert "offline-copies" in answers.pop()
