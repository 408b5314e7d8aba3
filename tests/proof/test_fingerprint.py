"""The fingerprint of an index: another one as soon as anything that the index is made of changes,
and the same one otherwise.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_tools.proof import fingerprint

SOURCES = [
    "kb.yml",
    "mkdocs.yml",
    "docs/facts/choices.yml",
    "docs/facts/handling.yml",
    "docs/facts/sources.yml",
    "docs/facts/subjects.yml",
    "i18n/glossary.yml",
    "i18n/questions/en.yml",
    "i18n/questions/zh.yml",
    "i18n/de/LC_MESSAGES/facts.po",
    "i18n/zh_Hans/LC_MESSAGES/facts.po",
]
# what may be added to a knowledge base
ADDED = [
    "i18n/fitted.json",
    "i18n/fr/LC_MESSAGES/interface.po",
    "i18n/questions/es.yml",
    "docs/facts/prices.yml",
]
# what an index is not made of
OTHER = [
    "README.md",
    "docs/en/handling.md",
    "docs/schema/page.json",
    "i18n/facts.pot",
    "docs/templates/home.md.j2",
    "build/index/manifest.json",
    "site/index.html",
    "tests/queries.jsonl",
]


def of(root: Path, *, semantic: bool = False) -> str:
    return fingerprint.of_sources(root, semantic=semantic)


def append(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("# more\n")


def test_equal_sources_have_equal_fingerprints_wherever_they_are(base: Path, copy: Path) -> None:
    assert of(base) == of(copy) == of(base)
    assert len(of(base)) == 32


@pytest.mark.parametrize("name", SOURCES)
def test_another_source_makes_another_fingerprint(copy: Path, name: str) -> None:
    before = of(copy)
    append(copy / name)
    changed = of(copy)
    (copy / name).unlink()
    assert len({before, changed, of(copy)}) == 3


@pytest.mark.parametrize("name", ADDED)
def test_a_source_that_is_added_makes_another_fingerprint(copy: Path, name: str) -> None:
    before = of(copy)
    assert not (copy / name).exists()
    append(copy / name)
    assert of(copy) != before


@pytest.mark.parametrize("name", OTHER)
def test_what_an_index_is_not_made_of_changes_nothing(copy: Path, name: str) -> None:
    before = of(copy)
    append(copy / name)
    assert of(copy) == before


def test_content_that_moves_to_another_file_makes_another_fingerprint(copy: Path) -> None:
    before = of(copy)
    one, other = copy / "i18n/questions/en.yml", copy / "i18n/questions/fr.yml"
    text = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(text)
    assert of(copy) != before


def test_an_index_with_vectors_is_another_one(base: Path) -> None:
    assert of(base, semantic=True) != of(base)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's own files in a folder of the test's own."""
    package = fingerprint._PACKAGE
    ignored = shutil.ignore_patterns("__pycache__")
    folder = Path(shutil.copytree(package, tmp_path / "kb_tools", ignore=ignored))
    monkeypatch.setattr(fingerprint, "_PACKAGE", folder)
    fingerprint._program.cache_clear()
    yield folder
    fingerprint._program.cache_clear()


def after(root: Path, changed: Path) -> str:
    """The fingerprint after a change of a file of the program, as the next run computes it."""
    append(changed)
    fingerprint._program.cache_clear()
    return of(root)


@pytest.mark.parametrize(
    "name",
    [
        "entry.py",
        "content/values.py",
        "language/localize.py",
        "language/voice.py",
        "language/interface/fr.po",
        "search/analysis.py",
        "search/fitted.json",
        "search/new.py",
    ],
)
def test_another_program_makes_another_fingerprint(base: Path, program: Path, name: str) -> None:
    before = of(base)
    assert after(base, program / name) != before


@pytest.mark.parametrize(
    "name", ["site/pages.py", "site/templates/home.md.j2", "widget/view.mjs", "proof/parity.py"]
)
def test_a_part_of_the_program_that_makes_no_index_changes_nothing(
    base: Path, program: Path, name: str
) -> None:
    before = of(base)
    assert (program / name).exists()
    assert after(base, program / name) == before


def test_another_version_of_the_program_makes_another_fingerprint(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = of(base)
    monkeypatch.setattr(fingerprint, "__version__", "0.0.0")
    assert of(base) != before
