"""Every failure that a user can cause, worded once: place, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a source file.

    >>> print(Problem("docs/facts/mail.yml:14", "unknown unit in duration 'P29X'", "Write P29D."))
    docs/facts/mail.yml:14: unknown unit in duration 'P29X'
        Write P29D.
    """

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"\n    {self.hint}" if self.hint else "")


class KbError(Exception):
    """A failure that is the user's to mend; anything else that escapes is a fault of the
    program.
    """


class InvalidSource(KbError):
    """All problems of one run together, so that an editor mends a file in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=_by_place)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownFact(KbError):
    """No fact has this id."""


class UnknownLanguage(KbError):
    """The knowledge base is not written in this language."""


class BadQuestion(KbError):
    """A question with nothing in it to search for."""


class BadQuery(KbError):
    """A query that the query language cannot read."""


class BadInput(KbError):
    """An input file of a command that cannot be read as its format."""


class IndexUnusable(KbError):
    """An index that is missing, truncated, of another format, stale or not ours."""


class BuildFailed(KbError):
    """A page, an index or the site that could not be written; what was there before is
    untouched.
    """


def _by_place(problem: Problem) -> tuple[str, int, str]:
    """Sort by file, then by line as a number."""
    path, _, line = problem.where.partition(":")
    return path, int(line) if line.isdigit() else 0, problem.what
