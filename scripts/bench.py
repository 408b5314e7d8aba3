"""Measure how fast questions are answered: a cold command, the warm process, and other engines for
the same terms.

Times are of this machine and this moment; compare the ratios. Run by `make bench`.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import tantivy
from whoosh import index as whoosh_index
from whoosh import qparser

from kb_tools import jsonl, layout
from kb_tools.entry import Entry
from kb_tools.project import Project
from kb_tools.search import analysis, generations
from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent
INDEX = ROOT / "build/index"
QUESTIONS = ROOT / "tests/queries.jsonl"
COLD_RUNS = 11
Search = Callable[[str], object]


def main() -> None:
    """Print each figure with the bound that the issues give it."""
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        # one process, one core: numpy reads this when it is imported
        alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        os.execve(sys.executable, [sys.executable, __file__], alone)
    rows = [row for _, row in jsonl.read(QUESTIONS)]
    questions = [row["text"] for row in rows if row["type"] != "ticket"]
    mails = [row["text"] for row in rows if row["type"] == "ticket"]
    _cold_commands()
    words = Answerer.open(INDEX)
    warm = _each(words.best_guesses, questions)
    print(f"warm, words:            {_summary(warm)} (median at most 2 ms, p95 at most 6)")
    print(f"warm, words, mails:     {_summary(_each(words.best_guesses, mails))} (at most 40 ms)")
    meaning = Answerer.open(INDEX, semantic=True)
    if meaning.meaning:
        fused, posted = (_each(meaning.best_guesses, texts) for texts in (questions, mails))
        print(f"warm, meaning:          {_summary(fused)} (median at most 6 ms, p95 at most 18)")
        print(f"warm, meaning, mails:   {_summary(posted)} (at most 40 ms)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of this process so far: {memory:.0f} MB (at most 300)")
    _other_engines(words, questions, statistics.median(warm))


def _other_engines(words: Answerer, questions: Sequence[str], ours: float) -> None:
    """Ask other engines for the same terms; print their times and the ratio to ours."""
    texts = [
        (entry.id, " ".join([entry.title, entry.text, *entry.questions]))
        for entries in _entries()
        for entry in entries
    ]
    engines = {
        "Whoosh": _whoosh(words),
        "Tantivy": _tantivy(words, texts),
        "SQLite FTS5": _sqlite(words, texts),
    }
    for name, search in engines.items():
        times = _each(search, questions)
        ratio = statistics.median(times) / ours
        print(f"{name + ', same terms:':<23} {_summary(times)}, ratio of medians {ratio:.1f}")


def _cold_commands() -> None:
    python = sys.executable
    ask = [python, "-m", "kb_tools", "ask", "How long are message batches kept?"]
    click = _cold([python, "-c", "import click"])
    words = _cold([*ask, "--no-semantic"])
    print(
        f"cold, words:            {words:.0f} ms, import click {click:.0f} ms, ratio"
        f" {words / click:.2f} (at most 4)"
    )
    print(f"cold, meaning:          {_cold(ask):.0f} ms (at most 2000)")


def _cold(command: Sequence[str]) -> float:
    """The median of some whole processes, in milliseconds."""
    times = []
    for _ in range(COLD_RUNS + 1):
        start = time.perf_counter()
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def _each(answer: Search, questions: Sequence[str]) -> list[float]:
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
    return (
        f"median {statistics.median(times):.2f} ms, p95"
        f" {statistics.quantiles(times, n=20)[-1]:.2f} ms"
    )


def _entries() -> list[Sequence[Entry]]:
    return list(Project(ROOT).editions.values())


def _terms(answerer: Answerer, text: str) -> list[str]:
    """Our analyzer's terms as words that any engine takes: letters and digits only."""
    found = dict.fromkeys(
        term for term, _ in analysis.tokens(analysis.fold(text, answerer.ranker.folding))
    )
    return [term.encode("utf-8", "ignore").hex() for term in found]


def _whoosh(answerer: Answerer) -> Search:
    searcher = whoosh_index.open_dir(generations.held(INDEX).folder / layout.WHOOSH).searcher()
    parser = qparser.MultifieldParser(
        ["title", "statement", "questions"], searcher.schema, group=qparser.OrGroup
    )

    def search(question: str) -> object:
        words = dict.fromkeys(
            word for word, _ in analysis.whole(analysis.fold(question, answerer.ranker.folding))
        )
        return searcher.search(parser.parse(" ".join(words)), limit=10)

    return search


def _tantivy(answerer: Answerer, texts: Sequence[tuple[str, str]]) -> Search:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("fact", stored=True)
    builder.add_text_field("terms", tokenizer_name="whitespace")
    made = tantivy.Index(builder.build())
    writer = made.writer(num_threads=1)
    for fact, text in texts:
        writer.add_document(tantivy.Document(fact=fact, terms=" ".join(_terms(answerer, text))))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher = made.searcher()
    return lambda question: (
        searcher.search(made.parse_query(" ".join(_terms(answerer, question)), ["terms"]), 10).hits
    )


def _sqlite(answerer: Answerer, texts: Sequence[tuple[str, str]]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE facts USING fts5(fact UNINDEXED, terms)")
    base.executemany(
        "INSERT INTO facts VALUES (?, ?)",
        [(fact, " ".join(_terms(answerer, text))) for fact, text in texts],
    )

    def search(question: str) -> object:
        words = " OR ".join(_terms(answerer, question))
        query = "SELECT fact FROM facts WHERE facts MATCH ? ORDER BY bm25(facts) LIMIT 10"
        return base.execute(query, (words,)).fetchall() if words else []

    return search


if __name__ == "__main__":
    main()
