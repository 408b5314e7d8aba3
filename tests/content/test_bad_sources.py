"""Every fault of a YAML file has a file in `bad/` that has it; the file's first line is the message
that it must cause.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb_tools.content import facts
from kb_tools.content.facts import FACTS, PAGES
from kb_tools.errors import InvalidSource

BAD = sorted((Path(__file__).parent / "bad").glob("*.yml"))


@pytest.fixture
def empty(root: Path, tmp_path: Path) -> Path:
    """The real sources and subjects, and pages without facts: whatever is wrong comes from the one
    file put in.
    """
    (tmp_path / FACTS).mkdir(parents=True)
    for name in ("sources", "subjects"):
        shutil.copy(root / FACTS / f"{name}.yml", tmp_path / FACTS)
    for page in PAGES:
        (tmp_path / FACTS / f"{page}.yml").write_text(
            f"page: {page}\ntitle: A page\nintro: A page without facts.\nfacts: []\n", "utf-8"
        )
    return tmp_path


def test_pages_without_facts_are_no_fault(empty: Path) -> None:
    assert list(facts.load(empty).facts) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_broken_file_is_told_with_place_and_what_to_do(empty: Path, path: Path) -> None:
    expected = path.read_bytes().partition(b"\n")[0].decode("utf-8").removeprefix("# ")
    shutil.copy(path, empty / expected.partition(":")[0])
    with pytest.raises(InvalidSource) as caught:
        facts.load(empty)
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == [expected]
    assert all(problem.hint.endswith(".") for problem in caught.value.problems), (
        "what is to be done?"
    )
