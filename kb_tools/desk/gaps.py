"""What could not be answered, counted by the words of the facts' own vocabulary: no question is
kept, and no word that no fact has. A count is of one word on one day; words of a question are not
kept together.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kb_tools.errors import BadInput
from kb_tools.search import analysis
from kb_tools.search.answer import LONGEST_QUESTION, Answerer

_TABLE = """
create table if not exists gaps (
    day text not null, term text not null, questions integer not null, primary key (day, term)
) without rowid"""
_COUNT = """
insert into gaps values (?, ?, 1)
on conflict (day, term) do update set questions = questions + 1"""
_KINDS = ("word", "kana", "concept")
_BUSY = 5.0
"""Seconds that a worker waits for another one that writes."""


@dataclass
class Gaps:
    """A file of counts, kept for some days; used by one thread, and by several processes."""

    path: Path
    days: int
    _purged: str = field(default="", init=False)

    def note(self, answerer: Answerer, question: str) -> None:
        """Count the words of a question that was not answered; what is too old is removed."""
        today = dt.date.today()
        terms = set(_vocabulary(answerer, question))
        with closing(_opened(self.path)) as file, file:
            if self._purged != today.isoformat():
                purge(file, today, self.days)
                self._purged = today.isoformat()
            file.executemany(_COUNT, [(today.isoformat(), term) for term in sorted(terms)])


def purge(file: sqlite3.Connection, today: dt.date, days: int) -> None:
    """Remove counts of more than some days ago."""
    oldest = today - dt.timedelta(days=days)
    file.execute("delete from gaps where day < ?", (oldest.isoformat(),))


def counts(path: Path, days: int) -> list[tuple[str, int]]:
    """The words with the number of questions of the last days, the most frequent first; older
    counts are removed. Raise `BadInput` where there is no such file.
    """
    if not path.is_file():
        hint = "Start kb serve with --gaps FILE; it is made at the first gap."
        raise BadInput(f"{path}: there is no file of gaps\n    {hint}")
    with closing(_opened(path)) as file, file:
        purge(file, dt.date.today(), days)
        found = file.execute(
            "select term, sum(questions) from gaps group by term order by 2 desc, 1"
        )
        return [(str(term), int(number)) for term, number in found]


def _opened(path: Path) -> sqlite3.Connection:
    try:
        file = sqlite3.connect(path, timeout=_BUSY)
        file.execute("pragma secure_delete = on")
        file.execute(_TABLE)
    except sqlite3.Error as error:
        hint = "Name another file with --gaps, or correct its permissions."
        raise BadInput(f"{path}: cannot be used for gaps: {error}\n    {hint}") from None
    return file


def _vocabulary(answerer: Answerer, question: str) -> Iterator[str]:
    """The words and concepts of a question that facts have."""
    for term in answerer.ranker.rank(question[:LONGEST_QUESTION]).terms:
        if term in answerer.index.offsets and analysis.classify(term) in _KINDS:
            yield term.removeprefix("#")
