"""What people ask, per fact and language: written natively, not translated, so each language has a
file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import RootModel

from kb_tools import layout
from kb_tools.content.source import Document
from kb_tools.content.values import FactId, Text
from kb_tools.errors import InvalidSource, Problem
from kb_tools.locales import Locale

Questions = dict[str, tuple[str, ...]]


class QuestionFile(RootModel[dict[FactId, tuple[Text, ...]]]):
    """Fact ids with what people ask about each, in one language."""


def path(locale: Locale) -> Path:
    """Where the questions of a language are kept."""
    return layout.QUESTIONS / f"{locale.code}.yml"


def load(
    root: Path, locale: Locale, fact_ids: Sequence[str], former: Mapping[str, str]
) -> Questions:
    """Read and check the questions of a language; a language without a file has none. `former` maps
    ids that facts had before to those that they have.

    Raise `InvalidSource` with every problem.
    """
    if not (root / path(locale)).exists():
        return {}
    document = Document(root / path(locale), root)
    read = document.parse(QuestionFile)
    if read is not None:
        _check(document, read.root, set(fact_ids), former)
    if document.problems or read is None:
        raise InvalidSource(document.problems)
    return {fact: read.root[fact] for fact in fact_ids if fact in read.root}


def missing(
    questions: Questions, locale: Locale, fact_ids: Sequence[str], at_least: int
) -> list[Problem]:
    """The facts that have fewer questions in a language than is asked for."""
    found = []
    for fact in fact_ids:
        number = len(questions.get(fact, ()))
        if number < at_least:
            what = f"{number or 'no'} question{'s' * (number != 1)} for {fact!r}"
            hint = f"Add some that people ask: at least {at_least} are wanted."
            found.append(Problem(f"{path(locale)}:1", what, hint))
    return found


def _check(document: Document, read: Questions, known: set[str], former: Mapping[str, str]) -> None:
    first: dict[str, str] = {}
    for fact, asked in read.items():
        if fact not in known:
            now = former.get(fact)
            hint = f"Use {now}, as it is called now." if now else "Use the id of a fact, page/slug."
            document.problem((fact,), f"unknown fact {fact!r}", hint)
        for number, question in enumerate(asked):
            owner = first.setdefault(question, fact)
            if owner != fact or asked.index(question) != number:
                what = f"question {question!r} also stands under {owner!r}"
                document.problem((fact, number), what, "Keep it with one fact, once.")
