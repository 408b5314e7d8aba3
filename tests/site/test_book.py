"""The PDF of a knowledge base: every fact once, with bookmarks, in the words of its language."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from small import spoil

from kb_tools.errors import BadInput
from kb_tools.project import Project
from kb_tools.site import book

CODES = ("en", "ja")


@pytest.fixture(scope="module")
def read(project: Project) -> dict[str, PdfReader]:
    made = {code: book.made(project, project.locale(code)) for code in CODES}
    return {code: PdfReader(io.BytesIO(data)) for code, data in made.items()}


def bookmarks(outline: list[object]) -> Iterator[Destination]:
    for each in outline:
        if isinstance(each, list):
            yield from bookmarks(each)
        elif isinstance(each, Destination):
            yield each


def squeezed(text: str) -> str:
    """A text without spaces and hyphens, which lines of a page break anywhere."""
    return re.sub(r"[\s\u00ad-]", "", text)


@pytest.mark.parametrize("code", CODES)
def test_every_fact_has_one_bookmark_and_its_statement_stands_once(
    project: Project, read: dict[str, PdfReader], code: str
) -> None:
    entries = project.editions[code]
    titles = Counter(mark.title for mark in bookmarks(read[code].outline))
    assert {entry.title: titles[entry.title] for entry in entries} == dict.fromkeys(
        (entry.title for entry in entries), 1
    )
    text = squeezed("".join(page.extract_text() for page in read[code].pages))
    said = {entry.id: text.count(squeezed(entry.text)) for entry in entries}
    assert said == dict.fromkeys(said, 1)


def test_bookmarks_lead_to_the_page_of_their_fact(
    project: Project, read: dict[str, PdfReader]
) -> None:
    reader = read["en"]
    for entry in project.editions["en"]:
        (mark,) = [each for each in bookmarks(reader.outline) if each.title == entry.title]
        page = reader.pages[reader.get_destination_page_number(mark) or 0]
        assert squeezed(entry.text)[:40] in squeezed(page.extract_text())


def test_contents_tell_the_page_of_each_topic(project: Project, read: dict[str, PdfReader]) -> None:
    contents = read["en"].pages[1].extract_text()
    for page in project.knowledge.pages:
        (mark,) = [each for each in bookmarks(read["en"].outline) if each.title == page.title]
        number = (read["en"].get_destination_page_number(mark) or 0) + 1
        assert re.search(rf"{re.escape(page.title)}[ .]*{number}\b", contents)


def test_what_is_not_translated_is_told_to_be_english(copy: Path) -> None:
    spoil(copy / "kb.yml", "  - {code: ja", "  - {partial: true, code: ja")
    path = copy / "i18n/ja/LC_MESSAGES/facts.po"
    path.write_text(re.sub(r'(?m)^msgstr ".+"', 'msgstr ""', path.read_text("utf-8")), "utf-8")
    project = Project(copy)
    made = book.html(project, project.locale("ja"))
    assert '<html lang="ja">' in made
    assert made.count('<article id="') == made.count(' lang="en">\n        <h3>') > 3


def test_a_pdf_built_twice_is_the_same(project: Project) -> None:
    locale = project.locale("en")
    assert book.made(project, locale) == book.made(project, locale)


def test_signs_of_html_in_facts_are_text(copy: Path) -> None:
    path = copy / "docs/facts/choices.yml"
    spoil(path, "title: Requesting an archive by e-mail", "title: '<b>R&D</b>'")
    project = Project(copy)
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in book.html(project, project.locale("en"))


def test_a_missing_library_is_told_with_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(BadInput, match=r"pip install 'kb-tools\[pdf\]'"):
        book.made(project, project.locale("en"))
