"""Source files read each for itself: what is wrong in one is told also where another one, without
which nothing can be put together, is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from kb_tools import layout
from kb_tools.content.model import Page, SourceList, SubjectList
from kb_tools.content.source import Document
from kb_tools.errors import Problem
from kb_tools.language.questions import QuestionFile
from kb_tools.proof.reader import ReaderFile
from kb_tools.search.glossary import Glossary, TermFile

_KINDS: dict[str, type[BaseModel]] = {
    layout.SOURCES.as_posix(): SourceList,
    layout.SUBJECTS.as_posix(): SubjectList,
    f"{layout.FACTS}/*.yml": Page,
    layout.GLOSSARY.as_posix(): Glossary,
    f"{layout.GLOSSARIES}/*.yml": TermFile,
    f"{layout.QUESTIONS}/*.yml": QuestionFile,
    f"{layout.READERS}/*.yml": ReaderFile,
}
"""What files hold, by a pattern of their names; the first pattern that fits counts."""


def problems(root: Path) -> Iterator[Problem]:
    """Everything that is wrong in each file by itself."""
    seen: set[Path] = set()
    for pattern, kind in _KINDS.items():
        for path in sorted(set(root.glob(pattern)) - seen):
            seen.add(path)
            document = Document(path, root)
            document.parse(kind)
            yield from document.problems
