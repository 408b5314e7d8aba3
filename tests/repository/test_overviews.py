"""Whatever an overview of the repository's own pages says, a change of it is told, in every
language: every figure, every word that is a value, every name of a variable or path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_tools.project import Project
from kb_tools.proof import parity, reader
from kb_tools.proof.reader import Reader, unescaped

LANGUAGES = ("en", "fr", "ja", "zh")
_VALUE = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\([a-z-]+\.md#")
_FIGURE = re.compile(r"\d+")
_BAR = re.compile(r"<svg.*?</svg>")
_SWAPPED = {
    "yes": "no",
    "no": "yes",
    "partly": "no",
    "on": "off",
    "off": "on",
    "none": "unspecified",
}


def rows(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of overviews stand: rows of tables, items, and answers above them."""
    end = text.find("<section")
    for line in re.finditer(r"^(?:<tr markdown>|- |<span class=\"kb-sign).*$", text, re.MULTILINE):
        if line.start() < (end if end > 0 else len(text)):
            yield line.span()


def changes(row: str, read: Reader) -> Iterator[str]:
    """A row with one of its values changed, one after the other."""
    words = {meaning: word for word, meaning in read.words.items()}
    drawn = [bar.span() for bar in _BAR.finditer(row)]
    first_cell = row.index("</th>") if row.startswith("<tr") else 0
    for found in _VALUE.finditer(row):
        start, end = found.span(found.lastgroup or 0)
        if start < first_cell or any(one <= start < other for one, other in drawn):
            continue
        said = row[start:end]
        meaning = read.words.get(unescaped(said).strip(), "")
        if meaning in _SWAPPED and _SWAPPED[meaning] in words:
            yield row[:start] + words[_SWAPPED[meaning]] + row[end:]
        elif found["code"]:
            yield row[:end] + "X" + row[end:]
        elif figure := _FIGURE.search(said):
            at = start + figure.start()
            other = "7" if figure[0] != "7" else "8"
            yield row[:at] + other + row[start + figure.end() :]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_changed_value_of_an_overview_is_told(root: Path, code: str) -> None:
    project = Project(root)
    locale = project.locale(code)
    read = reader.load(root, locale)
    assert read
    survived, number = [], 0
    for page in project.knowledge.pages:
        name = f"docs/{code}/{page.page}.md"
        text = (root / name).read_text("utf-8")
        readers = {locale.html: read}
        assert list(parity.page_problems(text, name, page, project.knowledge, read, readers)) == []
        for start, end in rows(text):
            for row in changes(text[start:end], read):
                number += 1
                page_text = text[:start] + row + text[end:]
                found = parity.page_problems(
                    page_text, name, page, project.knowledge, read, readers
                )
                if not any(True for _ in found):
                    survived.append(f"{name}: {row[:160]}")
    assert survived == []
    assert number > 60


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_changed_figure_of_the_home_page_is_told(root: Path, code: str) -> None:
    project = Project(root)
    locale = project.locale(code)
    read = reader.load(root, locale)
    assert read
    facts = {fact.id: fact for fact in project.knowledge.facts}
    text = (root / f"docs/{code}/index.md").read_text("utf-8")
    lines = [line for line in text.split("\n") if line.startswith("- **") and ".md#" in line]
    assert len(lines) == len(project.settings.figures) > 3
    figures = project.settings.figures
    for line in lines:
        for other in (re.sub(r"\*\*.*?\*\*", "**77 days**", line), ""):
            changed = text.replace(line, other)
            found = parity.overviews.figure_problems(changed, "index.md", figures, facts, read)
            assert list(found), other or line
