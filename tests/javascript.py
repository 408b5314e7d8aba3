"""Node, and the comparison of what JavaScript and Python reply to the same questions."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import programs

from kb_tools.search import store
from kb_tools.search.answer import LONGEST_QUESTION
from kb_tools.widget import publication

ROOT = Path(__file__).resolve().parents[1]
EQUAL = 0.99
"""The share of questions whose replies must be equal; a rare term is taken for one of the glossary,
which is published as hashes.
"""
Compare = Callable[[Path], None]
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
    "trash",
    "copies",
    "retnetion",
    "TLS",
    "/v1/files",
    "end-to-end encryption",
    "保持期間",
    "回收站",
    "オフライン",
    "price",
    "Harbor Notes",
]


def node() -> str:
    """Node's path."""
    return programs.path(("node",), "nodejs", "JAVASCRIPT NOT TESTED")


def run(*command: object, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with a text to read."""
    return subprocess.run(
        [*map(str, command)],
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def compare(index: Path, folder: Path) -> Compare:
    """What asks Python and JavaScript the questions of a file, and fails where replies differ."""
    publication.publish(store.open_index(index), folder / "published")
    vectors, parity = ROOT / "scripts/vectors.py", ROOT / "tests/widget/js/parity.mjs"

    def compared(questions: Path) -> None:
        made = run(sys.executable, vectors, "--index", index, "--questions", questions)
        assert not made.returncode, made.stderr
        expected = folder / "expected.jsonl"
        expected.write_text(made.stdout, "utf-8")
        done = run(node(), parity, folder / "published", questions, expected)
        assert done.stdout, done.stderr
        equal = json.loads(done.stdout)
        assert equal["questions"] == len(questions.read_text("utf-8").splitlines())
        for what in ("first", "answered", "all"):
            assert equal[what] / equal["questions"] >= EQUAL, done.stderr

    return compared


def written(folder: Path, questions: Iterable[dict[str, Any]]) -> Path:
    """A file of questions, with what is no text as escapes."""
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in questions), "utf-8")
    return path


def random_texts(seed: int) -> list[str]:
    """Texts of every script, short and endless."""
    chance = random.Random(seed)
    long = [" ".join(chance.choices(_WORDS, k=100)) + ". " * 2 for _ in range(9)]
    return [
        "",
        *(_text(chance) for _ in range(400)),
        "".join(long),
        "x" * (LONGEST_QUESTION + 1),
        "𠮷" * (LONGEST_QUESTION + 1),
    ]


def _text(chance: random.Random) -> str:
    pieces = [
        "".join(chance.choices(script, k=chance.randint(1, 12)))
        for script in chance.choices(_SCRIPTS, k=chance.randint(1, 6))
    ]
    words = chance.choices(_WORDS, k=2)
    return chance.choice([" ", ""]).join(chance.sample([*pieces, *words], k=len(pieces) + 1))
