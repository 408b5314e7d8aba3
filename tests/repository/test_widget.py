"""The search box with the repository's own content: it answers as Python does, and it is small."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import javascript
import pytest
from javascript import Compare

from kb_tools import jsonl
from kb_tools.project import Project
from kb_tools.widget import bundle


@pytest.fixture(scope="module")
def compare(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Compare:
    return javascript.compare(index, tmp_path_factory.mktemp("compared"))


@pytest.mark.parametrize("name", ["queries", "calibration"])
def test_every_question_gets_the_same_reply(compare: Compare, root: Path, name: str) -> None:
    compare(root / f"tests/{name}.jsonl")


def test_every_option_gets_the_same_reply(
    compare: Compare, root: Path, project: Project, tmp_path: Path
) -> None:
    texts = [row["text"] for _, row in jsonl.read(root / "tests/queries.jsonl")]
    days = [dt.date(2025, month, day).isoformat() for month in (8, 9, 10) for day in (1, 8, 19, 28)]
    codes = [None, *(locale.code for locale in project.locales)]
    options = [
        {
            "text": text,
            "language": codes[place % len(codes)],
            "limit": 1 + place % 10,
            "as_of": [None, *days][place % 13],
        }
        for place, text in enumerate(texts)
    ]
    compare(javascript.written(tmp_path, options))


def test_what_a_first_search_loads_is_small(site: Path, project: Project) -> None:
    """Each file compressed as servers do; a figure for each language in the bench's table too."""
    folder = site / "policy-kb"
    paths = [folder / bundle.NAME, *(folder / "index").iterdir()]
    size = {path: len(gzip.compress(path.read_bytes(), 9)) for path in paths}
    pages = {locale.code for locale in project.locales}
    asked = {locale.code for locale in project.settings.asked}

    def loaded(wanted: set[str]) -> int:
        """What is shared, and what languages need; the parts of a mail only where there is one."""
        return sum(
            number
            for path, number in size.items()
            if (own := set(path.stem.split("-")[1:-1]) & (pages | asked)) & wanted
            or not (own or path.name.startswith("mail-"))
        )

    assert size[folder / bundle.NAME] <= 23_500
    for code in pages:
        assert loaded({code}) <= 100_000, code
    assert loaded(pages) <= 260_000
    for code in asked:
        assert loaded({code}) - loaded(set()) <= 30_000, code
