"""JSON Schemas of the source files, so that editors complete and check them as people type."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kb_tools import files, layout, textfile
from kb_tools.content.model import Page, SourceList, SubjectList
from kb_tools.content.settings import Settings
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language.questions import QuestionFile
from kb_tools.proof.reader import ReaderFile
from kb_tools.search.glossary import Glossary, TermFile

MARK = "Made by kb, from the model of the source files; not to be edited."
"""The comment of a schema by which it is known as ours."""
_MODELS: dict[str, type[BaseModel]] = {
    "kb": Settings,
    "page": Page,
    "sources": SourceList,
    "subjects": SubjectList,
    "glossary": Glossary,
    "terms": TermFile,
    "questions": QuestionFile,
    "reader": ReaderFile,
}


def rendered() -> dict[str, str]:
    """The text of each schema by file name."""
    return {
        f"{name}.json": json.dumps(
            {"$comment": MARK, **_flowing(model.model_json_schema())},
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for name, model in _MODELS.items()
    }


def _flowing(schema: Any) -> Any:
    """The schema with each description in one line, however its docstring is broken."""
    if isinstance(schema, dict):
        return {
            key: " ".join(part.split())
            if key == "description" and isinstance(part, str)
            else _flowing(part)
            for key, part in schema.items()
        }
    return [_flowing(part) for part in schema] if isinstance(schema, list) else schema


def write(root: Path) -> list[Path]:
    """Write the schemas that changed; return them.

    Raise `InvalidSource` where a file that we have not made stands in the place of one.
    """
    made = {root / layout.SCHEMAS / name: text.encode() for name, text in rendered().items()}
    foreign = [
        path for path in made if path.is_file() and MARK not in textfile.read_leniently(path)
    ]
    if foreign:
        hint = "Move it to another folder; kb build makes one of its own there."
        raise InvalidSource(
            Problem(f"{path.relative_to(root).as_posix()}:1", "not a schema of ours", hint)
            for path in foreign
        )
    return files.write_all(made)


def outdated(root: Path) -> list[Problem]:
    """Tell which schemas are not what the model says now."""
    return [
        Problem(f"{layout.SCHEMAS}/{name}:1", "out of date", "Run kb build and commit the schema.")
        for name, text in rendered().items()
        if not _same(root / layout.SCHEMAS / name, text)
    ]


def _same(path: Path, text: str) -> bool:
    return textfile.read_leniently(path) == text
