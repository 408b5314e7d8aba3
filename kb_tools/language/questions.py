"""What people ask, per fact and language: written natively, not translated, so each language has a
file of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kb_tools.content.source import Document
from kb_tools.errors import InvalidSource, Problem
from kb_tools.locales import Locale

FOLDER = Path("i18n/questions")
FEWEST = 8
"""A fact has at least this many questions in each language."""

Questions = dict[str, tuple[str, ...]]


def load(root: Path, locale: Locale, fact_ids: Sequence[str]) -> Questions:
    """Read and check the questions of a language; raise `InvalidSource` with every problem."""
    document = Document(root / FOLDER / f"{locale.code}.yml", root)
    data = document.data if isinstance(document.data, dict) else {}
    if not data and not document.problems:
        document.problem(
            (), "not a mapping of fact ids to questions", "Write page/slug: and a list below it."
        )
    if not document.problems:
        _check(document, data, set(fact_ids))
    if document.problems:
        raise InvalidSource(document.problems)
    return {fact_id: tuple(data[fact_id]) for fact_id in fact_ids}


def _check(document: Document, data: dict[str, object], known: set[str]) -> None:
    first: dict[str, str] = {}
    for fact_id in sorted(known - set(data)):
        document.problems.append(
            Problem(
                document.where(),
                f"no questions for {fact_id!r}",
                f"Add at least {FEWEST} that people ask.",
            )
        )
    for fact_id, questions in data.items():
        if fact_id not in known:
            document.problem(
                (fact_id,), f"unknown fact {fact_id!r}", "Use the id of a fact, page/slug."
            )
        if not isinstance(questions, list) or not all(
            isinstance(question, str) and question.strip() for question in questions
        ):
            document.problem(
                (fact_id,),
                f"{fact_id!r} is not a list of questions",
                "Write each question as text on a line that begins with '- '.",
            )
            continue
        if len(questions) < FEWEST:
            document.problem(
                (fact_id,),
                f"{fact_id!r} has {len(questions)} questions",
                f"Add some: at least {FEWEST} are needed.",
            )
        for number, question in enumerate(questions):
            owner = first.setdefault(question, fact_id)
            if owner != fact_id or questions.index(question) != number:
                document.problem(
                    (fact_id, number),
                    f"question {question!r} also stands under {owner!r}",
                    "Keep it with one fact, once.",
                )


def schema() -> dict[str, object]:
    """The JSON Schema of a file of questions."""
    item = {
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "minItems": FEWEST,
        "uniqueItems": True,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": item,
    }
