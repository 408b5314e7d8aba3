"""A part of `make torture`: what breaks things breaks nothing here."""

from __future__ import annotations

import json
from pathlib import Path

import javascript
import pytest

from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.starter import create
from kb_tools.widget import publication
from torture import corruption, forked, kills, sources, swaps


@pytest.fixture(scope="module")
def whole(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base with every file that one may have, its pages and its index."""
    folder = tmp_path_factory.mktemp("whole") / "kb"
    create.create(folder, ["en", "fr", "ja", "zh", "de"])
    sources.prepared(folder)
    project = Project(folder)
    builder.build_pages(project, lambda line: None)
    builder.build_index(project, folder / "build/index", project.locales)
    assert forked.kb("check", folder=folder).status == 0
    return folder


SOME = [
    *("kb.yml: a pipe", "kb.yml: 100,000 brackets", "mkdocs.yml: aliases of aliases"),
    *("facts.po: a folder", "facts.po: a plural by nothing", "facts.po: a placeholder misspelt"),
    *("handling.yml: a number of 5,000 digits", "handling.yml: a tag that runs code"),
    *("fitted.json: JSON of a list", "fitted.json: JSON with a number that is none"),
    *("handling.md: a link to endless zeros", "choices.yml: until:"),
]


@pytest.mark.parametrize("what", SOME)
def test_a_hostile_file_is_told_in_words_and_in_time(
    whole: Path, tmp_path: Path, what: str
) -> None:
    found = [hostile for hostile in sources.everything(whole) if what in str(hostile)]
    assert found
    assert not [
        fault for hostile in found[:2] for fault in sources.faults(whole, hostile, tmp_path)
    ]


def test_there_are_enough_hostile_files(whole: Path) -> None:
    assert len(list(sources.everything(whole))) >= 150


def test_a_build_that_is_killed_leaves_the_old_index_or_the_new_one(
    whole: Path, tmp_path: Path
) -> None:
    build = kills.index_build(whole, tmp_path / "index")
    number = kills.changes(build, tmp_path)
    assert number > 30
    last = range(number - 13, number, 2)
    assert not kills.of_an_index(whole, tmp_path, [1, 2, 3, number // 2, *last])


def test_nobody_who_asks_during_builds_fails(whole: Path, tmp_path: Path) -> None:
    asked, failed = swaps.of_an_index(whole, tmp_path, 5)
    assert asked > 10
    assert not failed


def test_a_damaged_index_gives_no_other_answers(whole: Path, tmp_path: Path) -> None:
    done, bad = corruption.of_an_index(whole / "build/index", tmp_path, 150)
    assert done > 100
    assert not bad


def test_a_damaged_index_gives_no_other_answers_in_the_browser(whole: Path, tmp_path: Path) -> None:
    publication.publish(store.open_index(whole / "build/index"), tmp_path / "published")
    script = Path(__file__).parents[1] / "widget/js/corruption.mjs"
    run = javascript.run(
        javascript.node(), script, tmp_path / "published", 100, *corruption.QUESTIONS
    )
    assert run.stdout, run.stderr
    assert json.loads(run.stdout) == {"done": 100, "bad": []}
