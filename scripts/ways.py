"""Ask the same questions in every way there is, and print how often all ways say the same.

    python scripts/ways.py [--take N] [--index DIR]

Asks Python, `kb ask --batch`, `kb serve` and `kb mcp`, with words alone, all questions of the sets
in tests/; --take asks that many of them, spread evenly. Kind and facts must be equal, in order;
`kb ask --batch` tells its best guesses, so of it kind and the first fact of what is answered. The
search box is compared with Python by tests/repository/test_widget.py and by `make widget`. Run by
`make ways`, after `kb index`; ends with 1 where two ways differ.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from kb_tools.errors import BadQuestion
from kb_tools.search import reply as replies
from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent
SETS = ("queries", "queries-2", "fresh", "blind", "calibration", "reactions", "reactions-2")
Said = tuple[str, ...]
"""The kind of a reply, and its facts."""
_NO_WORDS: Said = ("no-words",)
_LONGEST = 2000
"""Characters that are asked: a query has a bound."""


def questions(take: int | None) -> list[str]:
    """The questions of all sets, each once."""
    lines = (
        line for name in SETS for line in (ROOT / f"tests/{name}.jsonl").open(encoding="utf-8")
    )
    found = list(dict.fromkeys(json.loads(line)["text"][:_LONGEST] for line in lines))
    return found[:: max(1, len(found) // take)] if take else found


def said(record: dict[str, object]) -> Said:
    """What a reply says, from its record."""
    answers = record["answers"]
    assert isinstance(answers, list)
    return (str(record["kind"]), *(str(answer["fact"]) for answer in answers))


def by_python(answerer: Answerer, asked: list[str]) -> list[Said]:
    """What Python says."""
    found = []
    for question in asked:
        try:
            found.append(said(replies.record(answerer.ask(question))))
        except BadQuestion:
            found.append(_NO_WORDS)
    return found


def by_batch(index: Path, asked: list[str], folder: Path) -> list[Said]:
    """What `kb ask --batch` says: kind and the first fact."""
    path = folder / "questions.jsonl"
    lines = (json.dumps({"id": at, "text": text}) for at, text in enumerate(asked))
    path.write_text("\n".join(lines), "utf-8")
    run = subprocess.run(
        [*_kb(), "ask", "--batch", str(path), "--index", str(index), "--no-semantic"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = map(json.loads, run.stdout.splitlines())
    return [(row["kind"], *(hit["fact"] for hit in row["hits"][:1])) for row in rows]


def by_http(index: Path, asked: list[str], folder: Path) -> list[Said]:
    """What `kb serve` says."""
    found = []
    with _serving(index, folder) as address:
        for question in asked:
            try:
                path = quote(question.encode("utf-8", "replace"))
                with urlopen(f"{address}/v1/answers?q={path}") as response:
                    found.append(said(json.load(response)))
            except HTTPError as error:
                found.append((json.load(error)["error"]["code"],))
    return found


@contextmanager
def _serving(index: Path, folder: Path) -> Iterator[str]:
    options = ("--rate", "0", "--quiet", "--no-semantic")
    process = subprocess.Popen(
        [*_kb(), "serve", "--port", "0", "--index", str(index), *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert process.stdout
    try:
        yield process.stdout.readline().split("/  ")[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


def by_agent(index: Path, asked: list[str], folder: Path) -> list[Said]:
    """What `kb mcp` says."""
    program, *arguments = _kb()
    started = StdioServerParameters(
        command=program,
        args=[*arguments, "mcp", "--index", str(index), "--no-semantic"],
        env=dict(os.environ),
        cwd=folder,
    )

    async def ask() -> list[Said]:
        found: list[Said] = []
        async with Client(stdio_client(started)) as client:
            for question in asked:
                told = await client.call_tool("ask_policy", {"question": question})
                record = told.structured_content
                found.append(_NO_WORDS if told.is_error else said(record or {}))
        return found

    return anyio.run(ask)


def _kb() -> list[str]:
    return [sys.executable, "-m", "kb_tools"]


def main() -> int:
    """Print a line a way, and every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--take", type=int, help="questions to ask; default: all")
    parser.add_argument("--index", type=Path, default=ROOT / "build/index")
    given = parser.parse_args()
    index, asked = given.index.resolve(), questions(given.take)
    own = by_python(Answerer.open(index), asked)
    first = [row[:2] if row[0] in replies.ANSWERED else row[:1] for row in own]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        batch = by_batch(index, asked, folder)
        cut = [row if row[0] in replies.ANSWERED else row[:1] for row in batch]
        ways = {
            "kb ask --batch": (first, cut),
            "kb serve": (own, by_http(index, asked, folder)),
            "kb mcp": (own, by_agent(index, asked, folder)),
        }
    wrong = 0
    for way, (wanted, found) in ways.items():
        differing = [
            (question, one, other)
            for question, one, other in zip(asked, wanted, found, strict=True)
            if one != other and not (one == _NO_WORDS and way == "kb ask --batch")
        ]
        wrong += len(differing)
        print(f"{way:16} {len(asked) - len(differing)} of {len(asked)} as Python")
        for row in differing[:10]:
            print("   ", *row)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
