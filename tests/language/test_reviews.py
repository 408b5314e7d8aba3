"""Marks of a second reader: they go through translators' tools, and lapse with what was read."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import programs
import pytest
from small import said, spoil
from terminal import kb

from kb_tools import layout
from kb_tools.errors import BadInput
from kb_tools.language import reviews
from kb_tools.project import Project
from kb_tools.proof import check

CATALOG = layout.catalog("fr", "facts")
DAY = dt.date(2026, 11, 26)


def read(root: Path) -> int:
    """How many French translations are reviewed."""
    project = Project(root)
    (row,) = project.upkeep.status(project.locale("fr"))
    return row.reviewed


def marked(root: Path, pattern: str = "*") -> int:
    project = Project(root)
    return project.upkeep.mark_reviewed(project.locale("fr"), "A. Reader", pattern)


def test_what_was_read_is_counted_and_marked_once(copy: Path) -> None:
    assert read(copy) == 0
    number = marked(copy, "handling/*")
    assert 0 < number == read(copy)
    assert marked(copy, "handling/*") == 0
    assert read(copy) < marked(copy) + number == read(copy)


@pytest.mark.parametrize("old", ["reste dans la corbeille", "stays in the trash for"])
def test_a_mark_lapses_when_the_english_or_the_translation_is_changed(copy: Path, old: str) -> None:
    number = marked(copy)
    text = (copy / CATALOG).read_text("utf-8")
    (copy / CATALOG).write_text(text.replace(old, f"{old} x", 1), "utf-8")
    assert read(copy) == number - 1
    assert marked(copy) == 1, "and is made anew in its place"
    assert (copy / CATALOG).read_text("utf-8").count("# reviewed:") == number


@pytest.mark.parametrize("command", ["msgmerge", "msgattrib", "msgcat"])
def test_the_marks_go_through_the_tools_of_gettext(
    copy: Path, tmp_path: Path, command: str
) -> None:
    number = marked(copy)
    path = programs.path((command,), "gettext", "ROUND TRIPS NOT TESTED")
    more = [str(copy / layout.template("facts"))] if command == "msgmerge" else []
    made = tmp_path / "made.po"
    arguments = [path, str(copy / CATALOG), *more, "-o", str(made)]
    subprocess.run(arguments, check=True, capture_output=True, timeout=60)
    (copy / CATALOG).write_bytes(made.read_bytes())
    assert read(copy) == number
    before = (copy / CATALOG).read_text("utf-8").count("# parity:")
    assert before == text_of_base().count("# parity:")


def text_of_base() -> str:
    from kb_tools.starter import create

    return (create.BASE / CATALOG).read_text("utf-8")


def test_the_check_can_demand_a_second_reader(copy: Path) -> None:
    assert not check.check(Project(copy)).problems
    settings = copy / layout.SETTINGS
    settings.write_text(f"{settings.read_text('utf-8')}\nreviews: required\n", "utf-8")
    found = said(check.check(Project(copy)).problems)
    assert found
    assert all("not reviewed by a second reader" in each for each in found)
    project = Project(copy)
    for locale in project.upkeep.translated:
        project.upkeep.mark_reviewed(locale, "A. Reader", "*")
    assert not check.check(Project(copy)).problems
    spoil(copy / CATALOG, "reste dans la corbeille", "demeure dans la corbeille")
    found = said(check.check(Project(copy)).problems)
    assert sum("changed since it was reviewed" in each for each in found) == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 99, "a\x00b"])
def test_who_has_read_must_have_a_name(copy: Path, name: str) -> None:
    project = Project(copy)
    catalog = project.catalogs.read(project.locale("fr"), "facts")
    assert catalog
    with pytest.raises(BadInput, match="no name"):
        reviews.mark(catalog, name, DAY)


def test_the_command_marks_and_counts(copy: Path) -> None:
    run = kb("i18n", "reviewed", "fr", "--by", "A. Reader", "--context", "kb", folder=copy)
    assert run.returncode == 0, run.stderr
    assert run.stdout == "fr: 6 translations marked as reviewed\n"
    rows = json.loads(kb("i18n", "status", "--json", folder=copy).stdout)
    assert {row["language"]: row["reviewed"] for row in rows}["fr"] == 6
    assert "read by" not in run.stdout
    english = kb("i18n", "reviewed", "en", "--by", "A. Reader", folder=copy)
    assert english.returncode == 1
    assert "is what is translated from" in english.stderr
