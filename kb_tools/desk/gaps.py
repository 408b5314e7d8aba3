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
_PURGE = "delete from gaps where day < ?"
_SUMS = """
select term, sum(questions) from gaps where day >= ? group by term order by 2 desc, 1"""
_OURS = 0x6B626761
"""By this number in its head a file of SQLite is known as one of gaps: "kbga"."""
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
        today = dt.date.today().isoformat()
        terms = set(_vocabulary(answerer, question))
        with closing(_opened(self.path)) as file, file:
            if self._purged != today:
                file.execute(_PURGE, (_oldest(self.days),))
                self._purged = today
            file.executemany(_COUNT, [(today, term) for term in sorted(terms)])


def _oldest(days: int) -> str:
    """The first of the last days."""
    return (dt.date.today() - dt.timedelta(days=days)).isoformat()


def counts(path: Path, days: int, *, purge: bool = False) -> list[tuple[str, int]]:
    """The words with the number of questions of the last days, the most frequent first; `purge`
    removes older ones. Raise `BadInput` where there is no such file.
    """
    if not path.is_file():
        hint = "Start kb serve with --gaps FILE, which makes it."
        raise BadInput(f"{path}: there is no file of gaps\n    {hint}")
    with closing(_opened(path)) as file, file:
        oldest = _oldest(days)
        if purge:
            file.execute(_PURGE, (oldest,))
        found = file.execute(_SUMS, (oldest,))
        return [(str(term), int(number)) for term, number in found]


def check(path: Path) -> None:
    """Raise `BadInput` where counts could not be kept in a file; an empty one is made."""
    _opened(path).close()


def _opened(path: Path) -> sqlite3.Connection:
    try:
        file = sqlite3.connect(path, timeout=_BUSY)
        is_ours = file.execute("pragma application_id").fetchone() == (_OURS,)
        if not is_ours and path.stat().st_size:
            file.close()
            raise sqlite3.DatabaseError("it is a file of another program")
        file.execute(f"pragma application_id = {_OURS}")
        file.execute("pragma secure_delete = on")
        file.execute(_TABLE)
    except sqlite3.Error as error:
        hint = "Name another file, or correct its permissions."
        raise BadInput(f"{path}: cannot be used for gaps: {error}\n    {hint}") from None
    return file


def _vocabulary(answerer: Answerer, question: str) -> Iterator[str]:
    """The words and concepts of a question that facts have."""
    for term in answerer.ranker.rank(question[:LONGEST_QUESTION]).terms:
        if term in answerer.index.offsets and analysis.classify(term) in _KINDS:
            yield term.removeprefix("#")
