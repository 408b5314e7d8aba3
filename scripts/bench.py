"""Measure how fast questions are answered: a cold command, the warm process, and Whoosh for the same questions.

Times are of this machine and this moment; compare the ratios.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh import qparser

from kb_tools import analysis
from kb_tools.answer import Answerer

ROOT = Path(__file__).parent.parent
INDEX = ROOT / "build/index"
QUESTIONS = ROOT / "tests/queries.jsonl"
COLD_RUNS = 15


def main() -> None:
    """Print each figure with the bound that the issue gives it."""
    questions = [json.loads(line)["text"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    python = sys.executable
    click = _cold([python, "-c", "import click"])
    ask = _cold([python, "-m", "kb_tools", "ask", "How long are message batches kept?"])
    print(f"cold: kb ask {ask:.0f} ms, import click {click:.0f} ms, ratio {ask / click:.2f} (at most 4)")
    answerer = Answerer.open(INDEX)
    warm = _each(answerer.best_guesses, questions)
    print(f"warm: {_summary(warm)} (median at most 2 ms)")
    with whoosh_index.open_dir(INDEX / "whoosh").searcher() as searcher:
        schema = searcher.schema

        def whoosh(question: str) -> object:
            words = " ".join(dict.fromkeys(analysis.whole(analysis.fold(question, answerer.folding))))
            parser = qparser.MultifieldParser(["title", "statement", "questions"], schema, group=qparser.OrGroup)
            return searcher.search(parser.parse(words), limit=10)

        slow = _each(whoosh, questions)
    print(f"whoosh, the same questions: {_summary(slow)}, ratio of medians {statistics.median(slow) / statistics.median(warm):.1f}")


def _cold(command: Sequence[str]) -> float:
    """The median of some whole processes, in milliseconds."""
    times = []
    for _ in range(COLD_RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def _each(answer: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """The time of each question in milliseconds, the whole set asked once before."""
    for question in questions:
        answer(question)
    times = []
    for question in questions:
        start = time.perf_counter()
        answer(question)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _summary(times: Sequence[float]) -> str:
    return f"median {statistics.median(times):.2f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.2f} ms"


if __name__ == "__main__":
    main()
