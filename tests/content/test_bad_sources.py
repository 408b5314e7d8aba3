"""Every fault of a YAML file has a file in `bad/` that has it; the file's first line is the message
that it must cause.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small import said, spoil

from kb_tools import layout
from kb_tools.content import facts, settings
from kb_tools.content.model import KnowledgeBase
from kb_tools.errors import InvalidSource
from kb_tools.starter import create

BAD = sorted((Path(__file__).parent / "bad").glob("*.yml"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The small base without facts: whatever is wrong comes from the one file put in."""
    (tmp_path / layout.FACTS).mkdir(parents=True)
    for name in (layout.SETTINGS, layout.SOURCES, layout.SUBJECTS):
        shutil.copy(create.BASE / name, tmp_path / name)
    spoil(tmp_path / layout.SETTINGS, "usual: [handling/deleted-files]", "")
    for page in ("handling", "choices"):
        text = f"page: {page}\ntitle: A page\nintro: A page without facts.\nfacts: []\n"
        (tmp_path / layout.page_file(page)).write_text(text, "utf-8")
    return tmp_path


def load(root: Path) -> KnowledgeBase:
    return facts.load(root, settings.load(root))


def test_pages_without_facts_are_no_fault(empty: Path) -> None:
    assert list(load(empty).facts) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_broken_file_is_told_with_place_and_what_to_do(empty: Path, path: Path) -> None:
    expected = path.read_bytes().partition(b"\n")[0].decode("utf-8").removeprefix("# ")
    shutil.copy(path, empty / expected.partition(":")[0])
    with pytest.raises(InvalidSource) as caught:
        load(empty)
    assert said(caught.value.problems) == [expected]
    assert all(problem.hint.endswith(".") for problem in caught.value.problems), (
        "what is to be done?"
    )
