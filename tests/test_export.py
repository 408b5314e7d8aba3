"""Facts taken along, read back: nothing is lost, and nothing in them is run."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from small import LANGUAGES
from terminal import kb

from kb_tools import export
from kb_tools.commands import authoring
from kb_tools.desk import formats
from kb_tools.entry import Entry
from kb_tools.project import Project


def facts(project: Project, code: str) -> tuple[tuple[Entry, ...], dict[str, str]]:
    return project.editions[code], project.topics(project.locale(code))


def test_the_command_offers_every_format() -> None:
    (offered,) = (option for option in authoring.export.params if option.name == "name")
    assert set(offered.type.choices) == {*export.FORMATS, *formats.FORMATS}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_table_read_back_says_what_the_facts_say(project: Project, code: str) -> None:
    entries, topics = facts(project, code)
    made = export.as_csv(entries, topics)
    assert made.startswith("\ufeff"), "Excel takes it for another encoding without this"
    rows = list(csv.DictReader(io.StringIO(made.removeprefix("\ufeff"), newline="")))
    assert len(rows) == len(entries)
    for row, entry in zip(rows, entries, strict=True):
        assert (row["fact"], row["title"], row["text"]) == (entry.id, entry.title, entry.text)
        assert row["page"] == topics[entry.page]
        assert row["conditions"].split("\n") == ([p.text for p in entry.conditions] or [""])
        for said in entry.values:
            assert f"{said.label}: {said.text}" in row["values"].split("\n")
        assert (row["from"], row["until"]) == (entry.start or "", entry.end or "")
        assert row["sources"].split("\n") == list(entry.cited)
        assert row["address"] == entry.url


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_computed(project: Project, sign: str) -> None:
    entries, topics = facts(project, "en")
    hostile = replace(entries[0], title=f"{sign}HYPERLINK(1)", text='a "b", c\nd')
    made = export.as_csv([hostile], topics).removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(made, newline=""))
    assert row["title"] == f"'{sign}HYPERLINK(1)"
    assert row["text"] == 'a "b", c\nd'


def test_lines_of_json_are_what_every_interface_tells(project: Project) -> None:
    entries, topics = facts(project, "ja")
    lines = export.as_jsonl(entries, topics).splitlines()
    assert [json.loads(line) for line in lines] == [entry.record() for entry in entries]


@pytest.mark.parametrize("code", LANGUAGES)
def test_markdown_shows_every_fact_as_it_is(project: Project, code: str) -> None:
    entries, topics = facts(project, code)
    shown = markdown.markdown(export.as_markdown(entries, topics))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown))
    assert len(re.findall("<h2>", shown)) == len(entries)
    assert len(re.findall("<h1>", shown)) == len({entry.page for entry in entries})
    for entry in entries:
        for part in (entry.title, entry.text, *entry.cited):
            plain = re.sub(r"\s+", " ", part.replace("&", "&amp;").replace("<", "&lt;"))
            assert plain in text, part
        assert f'href="{entry.url}"' in shown


def test_markdown_takes_nothing_for_markup(project: Project) -> None:
    entries, topics = facts(project, "en")
    hostile = replace(entries[0], text="<b>x</b> *y* `z` [a](javascript:b) # c | d")
    shown = markdown.markdown(export.as_markdown([hostile], topics))
    for tag in ("<b>", "<em>", "<code>", 'javascript:b"', "<table"):
        assert tag not in shown


def test_the_command_prints_or_writes_and_replaces_nothing(base: Path, tmp_path: Path) -> None:
    printed = kb("export", "--lang", "fr", "--format", "markdown", folder=base)
    assert printed.returncode == 0
    assert printed.stdout.startswith("# ")
    place = tmp_path / "facts.csv"
    for _ in ("new", "again"):
        written = kb("export", "--output", place, folder=base)
        assert written.returncode == 0, written.stderr
    assert place.read_bytes().startswith(b"\xef\xbb\xbf")
    assert place.read_bytes().count(b"\r\n") == 1 + len(Project(base).editions["en"])
    place.write_text("mine", "utf-8")
    refused = kb("export", "--output", place, folder=base)
    assert refused.returncode == 1
    assert "there already, with another content" in refused.stderr
    assert place.read_text("utf-8") == "mine"
