"""The commands as people and scripts use them: in a process of their own, under a plain locale."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kb_tools.commands.cli import cli


def kb(
    *arguments: str, folder: Path, timeout: int = 120, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `kb` in a folder, with nothing of the machine's locale."""
    known = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment}
    return subprocess.run(
        [sys.executable, "-m", "kb_tools", *arguments],
        cwd=folder,
        env=known,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


@pytest.fixture(scope="module")
def built(root: Path, index: Path) -> list[str]:
    """The options that name the index of this test run."""
    return ["--index", str(index)]


def _commands(group: click.Group, above: str = "") -> dict[str, click.Command]:
    found = {}
    for name, command in group.commands.items():
        found |= (
            _commands(command, f"{above}{name} ")
            if isinstance(command, click.Group)
            else {above + name: command}
        )
    return found


@pytest.mark.parametrize("name", sorted(_commands(cli)))
def test_every_command_and_option_says_what_it_does(name):
    command = _commands(cli)[name]
    assert command.help
    assert all(
        parameter.help for parameter in command.params if isinstance(parameter, click.Option)
    )


def test_the_handbook_has_the_help_of_every_command(root):
    run = subprocess.run(
        [sys.executable, "scripts/document.py", "--check"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How long are message batches kept?",
            [
                "29 days",
                "Sources: ",
                "primary: Anthropic",
                "received November 21, 2026",
                "/en/features/#batch-retention",
            ],
        ),
        (
            "Combien de temps les lots de messages sont-ils conservés ?",
            ["29 jours", "Sources\u00a0: ", "21 novembre 2026", "/fr/features/#batch-retention"],
        ),
        (
            "メッセージバッチは何日間保持されますか",
            ["29日間", "出典：", "2026年11月21日", "/ja/features/#batch-retention"],
        ),
        (
            "消息批次会保留多少天？",
            ["29 天", "来源：", "2026年11月21日", "/zh/features/#batch-retention"],
        ),
    ],
)
def test_ask_answers_in_four_languages(root, built, question, parts):
    run = kb("ask", question, *built, folder=root)
    assert run.returncode == 0, run.stderr
    assert all(part in run.stdout for part in parts), run.stdout
    assert "\x1b" not in run.stdout, "no colour but on a terminal"


def test_ask_prints_json_for_scripts(root, built):
    run = kb(
        "ask",
        "Is Claude for Excel eligible for ZDR?",
        "--json",
        "--lang",
        "fr",
        *built,
        folder=root,
    )
    reply = json.loads(run.stdout)
    assert reply["answered"] is True
    assert reply["language"] == "fr"
    answer = reply["answers"][0]
    assert answer["fact"] == "zdr/excel"
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


def test_ask_says_what_it_corrected_and_what_it_does_not_know(root, built):
    corrected = kb("ask", "zero data retension definition", *built, folder=root)
    assert "retention" in corrected.stderr
    unknown = kb("ask", "How do I bake bread?", *built, folder=root)
    assert unknown.returncode == 0
    assert "No answer found" in unknown.stdout
    assert "Nearest topics" in unknown.stdout


def test_ask_as_of_a_day(root, built):
    run = kb(
        "ask",
        "Can I opt out of multi-region processing?",
        "--as-of",
        "2025-12-01",
        *built,
        folder=root,
    )
    assert "As of 2025-12-01" in run.stdout
    assert "Not in force on 2025-12-01" in run.stdout


def test_a_batch_is_answered_line_by_line_and_reads_no_other_key(root, built, tmp_path):
    rows = [
        {"id": "one", "text": "How long are message batches kept?"},
        {"id": 2, "text": "メッセージバッチの保持期間", "gold": ["zdr/excel"], "lang": "fr"},
        {"id": "far", "text": "weather in Lisbon"},
        {"id": "empty", "text": ""},
        {"id": "odd", "text": "\ud800\u202e🙂"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    run = kb("ask", "--batch", str(path), "--no-semantic", *built, folder=root)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", 2, "far", "empty", "odd"]
    assert [answer["answered"] for answer in answers] == [True, True, False, False, False]
    assert all(
        len(answer["hits"]) == 10 and {"fact", "score", "language"} == set(answer["hits"][0])
        for answer in answers
    )
    assert (
        answers[0]["hits"][0]["fact"] == answers[1]["hits"][0]["fact"] == "features/batch-retention"
    )
    assert answers[1]["hits"][0]["language"] == "ja"


REFUSED = [
    (["ask", ""], "the question has no words"),
    (["ask", "?!"], "the question has no words"),
    (["ask", "batch", "--as-of", "2025-02-30"], "is not a date that exists"),
    (["ask", "batch", "--index", "nowhere"], "there is no answer index"),
    (["ask", "--batch", "nowhere.jsonl"], "cannot be read"),
    (["show", "features/batch"], "Did you mean features/batch-"),
    (["index", "--languages", "en,xx", "--output", "out"], "unknown language 'xx'"),
    (["serve", "--site", "nowhere"], "there is no site"),
]


@pytest.mark.parametrize(
    ("arguments", "told"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED]
)
def test_a_mistake_is_told_on_stderr_with_what_to_do(root, built, arguments, told, tmp_path):
    options = built if arguments[0] in ("ask", "show") and "--index" not in arguments else []
    run = kb("--project", str(root), *arguments, *options, folder=tmp_path)
    assert run.returncode == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr
    assert not run.stdout


def test_a_batch_line_that_is_no_question_is_told_with_its_number(root, built, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"id": 1, "text": "batch"}\n{"id": 2}\n', "utf-8")
    run = kb("ask", "--batch", str(tmp_path / "bad.jsonl"), *built, folder=root)
    assert run.returncode == 1
    assert "bad.jsonl:2: not a question" in run.stderr


def test_a_choice_that_does_not_exist_is_told_with_the_choices(root):
    run = kb("ask", "batch", "--lang", "xx", folder=root)
    assert run.returncode == 2
    assert "'en', 'fr', 'ja', 'zh'" in run.stderr


def test_outside_a_knowledge_base_the_commands_say_where_to_go(tmp_path):
    for command in (["ask", "batch"], ["check"], ["build"], ["index"], ["search", "zdr"]):
        run = kb(*command, folder=tmp_path)
        assert run.returncode == 1
        assert "--project" in run.stderr or "--index" in run.stderr


def test_an_index_of_other_sources_is_stale(copy):
    assert kb("index", folder=copy).returncode == 0
    assert kb("ask", "How long are message batches kept?", folder=copy).returncode == 0
    glossary = copy / "i18n/glossary.yml"
    glossary.write_text(glossary.read_text("utf-8") + "\n", "utf-8")
    for command in (["ask", "batch"], ["search", "batch"], ["show", "zdr/excel"]):
        run = kb(*command, folder=copy)
        assert run.returncode == 1
        assert "have changed since it was built\n    Run kb index." in run.stderr


def test_show_prints_a_fact(root, built):
    run = kb("show", "retention/local-cache", "--lang", "zh", *built, folder=root)
    assert "最长 30 天" in run.stdout
    assert "/zh/retention/#local-cache" in run.stdout


def test_search_prints_hits_and_facets(root, built):
    run = kb("search", "about:batch-api AND retention", "--facets", *built, folder=root)
    assert "features/batch-retention" in run.stdout
    assert re.search(r"^page: features \d+", run.stdout, re.MULTILINE)
    record = json.loads(
        kb("search", "about:batch-api", "--facets", "--json", *built, folder=root).stdout
    )
    assert record["facets"]["page"] == {"features": 12}


def test_check_is_silent_about_what_is_right_and_loud_about_what_is_not(copy):
    good = kb("check", folder=copy)
    assert good.returncode == 0, good.stdout
    assert not good.stdout
    facts = copy / "docs/facts/features.yml"
    facts.write_text(
        facts.read_text("utf-8").replace("length: P29D", "length: P29X").replace("slug", "slug"),
        "utf-8",
    )
    page = copy / "i18n/questions/fr.yml"
    page.write_text(page.read_text("utf-8").replace("zdr/excel:", "zdr/exel:"), "utf-8")
    bad = kb("check", folder=copy)
    assert bad.returncode == 1
    assert re.search(
        r"^docs/facts/features\.yml:\d+: fact 'features/batch-retention': invalid duration 'P29X'\n"
        r"    Write ISO 8601",
        bad.stdout,
        re.MULTILINE,
    )
    assert json.loads(kb("check", "--json", folder=copy).stdout)


def test_translations_are_counted(root):
    run = kb("i18n", "status", "--json", folder=root)
    rows = json.loads(run.stdout)
    assert {row["language"] for row in rows} == {"fr", "ja", "zh"}
    assert all(row["translated"] == row["total"] and not row["fuzzy"] for row in rows)


def test_the_answer_is_the_same_under_another_locale(root, built):
    answers = {
        kb("ask", "数据保留多久 批次", "--json", *built, folder=root, LC_ALL=locale).stdout
        for locale in ("C", "C.UTF-8", "POSIX")
    }
    assert len(answers) == 1
