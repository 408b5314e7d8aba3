"""The widget's JavaScript answers as Python does: shared vectors, and every question of the tuning
and calibration sets.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from kb_tools.search import store
from kb_tools.search.answer import LONGEST_QUESTION
from kb_tools.widget import publication

EQUAL = 0.99
"""The share of questions whose replies must be equal; a rare term is taken for one of the glossary,
which is published as hashes.
"""
_SCRIPTS = [
    *[
        "abcdefghijklmnopqrstuvwxyz ",
        "ABC xyz_./@-0123456789 ",
        "éèàçœßñïÅİıſς ΑΣΊς Привет Ёй ",
        "保持期間数据保留條處対々〇𠮷 。！？",
    ],
    *[
        "ゼロデータさーばﾌﾟﾛﾝﾌﾟﾄｰ・ヶ ",
        "데이터보존 ",
        "البيانات٢٩ ",
        "בנתונים נקודה",
        "डेटा ",
        "\x00\x01\x1c\x85\t\n\r\u00a0\u200b\u202e\ufeff",
    ],
    *["\ud800\udfff\U0001f642\U000e0001\u0301\u0345\u3099", ".!? \n", "29 days 29日間 24h "],
]
_WORDS = [
    "batch",
    "batches",
    "retnetion",
    "ZDR",
    "/v1/files",
    "zero data retention",
    "保持期間",
    "数据",
    "プロンプト",
    "OpenAI",
    "Claude Code",
]


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)], capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.fixture(scope="module")
def node() -> str:
    """Node's path; without it, skip loudly, or fail where nothing may be skipped."""
    found = shutil.which("node")
    if found is None:
        reason = "Node is not installed: run scripts/system-packages nodejs"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(f"JAVASCRIPT NOT TESTED. {reason}")
    return found


@pytest.fixture(scope="module")
def published(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index as the site has it."""
    folder = tmp_path_factory.mktemp("published")
    publication.publish(store.open_index(index), folder)
    return folder


@pytest.fixture
def compare(
    root: Path, index: Path, published: Path, node: str, tmp_path: Path
) -> Callable[[Path], None]:
    """Ask Python and JavaScript the same questions; fail where replies differ."""

    def compared(questions: Path) -> None:
        expected = run(
            sys.executable, root / "scripts/vectors.py", "--index", index, "--questions", questions
        )
        assert not expected.returncode, expected.stderr
        (tmp_path / "expected.jsonl").write_text(expected.stdout, "utf-8")
        done = run(
            node,
            root / "tests/widget/js/parity.mjs",
            published,
            questions,
            tmp_path / "expected.jsonl",
        )
        assert done.stdout, done.stderr
        equal = json.loads(done.stdout)
        assert equal["questions"] == len(questions.read_text("utf-8").splitlines())
        for what in ("first", "answered", "all"):
            assert equal[what] / equal["questions"] >= EQUAL, done.stderr

    return compared


def test_the_vectors_are_what_python_makes_of_their_texts(root):
    made = run(sys.executable, root / "scripts/vectors.py", "--analysis", "--check")
    assert not made.returncode, made.stderr


def test_the_javascript_passes_its_own_tests(root, node):
    done = run(node, "--test", *sorted((root / "tests/widget/js").glob("*.test.mjs")))
    assert not done.returncode, done.stdout


@pytest.mark.parametrize("name", ["queries", "calibration"])
def test_every_question_gets_the_same_reply(compare, root, name):
    compare(root / f"tests/{name}.jsonl")


def test_every_option_gets_the_same_reply(compare, root, tmp_path):
    texts = [
        json.loads(line)["text"]
        for line in (root / "tests/queries.jsonl").read_text("utf-8").splitlines()
    ]
    days = [dt.date(2025, month, day).isoformat() for month in (8, 9, 10) for day in (1, 8, 19, 28)]
    options = [
        {
            "text": text,
            "language": [None, "en", "fr", "ja", "zh"][place % 5],
            "limit": 1 + place % 10,
            "as_of": [None, *days][place % 13],
        }
        for place, text in enumerate(texts)
    ]
    compare(written(tmp_path, options))


def test_any_text_gets_the_same_reply(compare, tmp_path):
    chance = random.Random(20251122)
    long = [" ".join(chance.choices(_WORDS, k=100)) + ". " * 2 for _ in range(9)]
    texts = [
        "",
        *(_text(chance) for _ in range(400)),
        "".join(long),
        "x" * (LONGEST_QUESTION + 1),
        "𠮷" * (LONGEST_QUESTION + 1),
    ]
    compare(written(tmp_path, ({"text": text} for text in texts)))


def written(folder: Path, questions: Iterable[dict[str, Any]]) -> Path:
    """A file of questions, with what is no text as escapes."""
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in questions), "utf-8")
    return path


def _text(chance: random.Random) -> str:
    pieces = [
        "".join(chance.choices(script, k=chance.randint(1, 12)))
        for script in chance.choices(_SCRIPTS, k=chance.randint(1, 6))
    ]
    return chance.choice([" ", ""]).join(
        chance.sample([*pieces, *chance.choices(_WORDS, k=2)], k=len(pieces) + 1)
    )
