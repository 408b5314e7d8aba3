"""The answer index on disk: an index that is missing, truncated, of another format or not ours is
refused with what to do.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb_tools import builder
from kb_tools.errors import BuildFailed, IndexUnusable
from kb_tools.project import Project
from kb_tools.search import generations, sealing, store
from kb_tools.search.answer import Answerer


@pytest.fixture
def broken(index: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may spoil."""
    return Path(shutil.copytree(index, tmp_path / "index"))


def _named(folder: Path, stem: str) -> Path:
    return next(folder.glob(f"*/{stem}-*"))


def _manifest(folder: Path) -> Path:
    return next(folder.glob(f"*/{store.MANIFEST}"))


def _forged(folder: Path, **changes: object) -> None:
    """Change the manifest, and its hash with it."""
    path = _manifest(folder)
    path.write_bytes(sealing.sealed({**sealing.opened(path.read_bytes()), **changes}))


def _point(folder: Path, **changes: object) -> None:
    path = folder / generations.POINTER
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


Spoil = Callable[[Path], object]
FAULTS: list[tuple[str, Spoil, str]] = [
    ("missing", lambda folder: shutil.rmtree(folder), "there is no index"),
    ("of another pointer", lambda folder: _point(folder, format="lucene"), "not an index of this"),
    ("pointing nowhere", lambda folder: _point(folder, generation="x"), "names no generation"),
    (
        "pointing out of itself",
        lambda folder: _point(folder, generation="../index"),
        "names no generation",
    ),
    (
        "pointing to what is gone",
        lambda folder: _point(folder, generation="0123456789abcdef-abcdefgh"),
        "what current.json names is gone",
    ),
    (
        "with a pointer that is no JSON",
        lambda folder: (folder / generations.POINTER).write_text("{"),
        "cannot be read",
    ),
    (
        "with a pointer of many brackets",
        lambda folder: (folder / generations.POINTER).write_text("[" * 100_000),
        "cannot be read",
    ),
    ("without a manifest", lambda folder: _manifest(folder).unlink(), "cannot be read"),
    ("not JSON", lambda folder: _manifest(folder).write_text("{"), "truncated or changed"),
    (
        "binary",
        lambda folder: _manifest(folder).write_bytes(b"\xff\xfe\x00"),
        "truncated or changed",
    ),
    (
        "changed by a figure",
        lambda folder: _manifest(folder).write_bytes(
            _manifest(folder).read_bytes().replace(b'"threshold":0.3', b'"threshold":9.3')
        ),
        "truncated or changed",
    ),
    (
        "of another program",
        lambda folder: _forged(folder, format="lucene"),
        "not an answer index of this program",
    ),
    (
        "of another format",
        lambda folder: _forged(folder, version=99),
        "format 99, but this program reads format",
    ),
    ("without its files", lambda folder: _forged(folder, files={}), "incomplete"),
    ("without its languages", lambda folder: _forged(folder, languages=None), "incomplete"),
    (
        "of more languages than it was made for",
        lambda folder: _forged(folder, languages=[str(number) for number in range(9)]),
        "incomplete .the postings are cut off",
    ),
    ("with terms gone", lambda folder: _named(folder, "terms").unlink(), "cannot be read"),
    (
        "with terms truncated",
        lambda folder: _named(folder, "terms").write_bytes(b"trash"),
        "truncated or changed",
    ),
    (
        "with postings truncated",
        lambda folder: _named(folder, "postings").write_bytes(b"\x01"),
        "truncated or changed",
    ),
    (
        "with a glossary changed",
        lambda folder: _named(folder, "glossary").write_bytes(b""),
        "truncated or changed",
    ),
    (
        "with a lexicon changed",
        lambda folder: _named(folder, "lexicon").write_text("{}"),
        "truncated or changed",
    ),
]


@pytest.mark.parametrize(("fault", "spoil", "told"), FAULTS, ids=[fault for fault, _, _ in FAULTS])
def test_a_broken_index_is_refused(broken: Path, fault: str, spoil: Spoil, told: str) -> None:
    spoil(broken)
    with pytest.raises(IndexUnusable, match=told) as refused:
        Answerer.open(broken)
    assert "kb index" in str(refused.value), f"what to do where it is {fault}"


def test_broken_entries_are_refused_when_they_are_needed(broken: Path) -> None:
    _named(broken, "entries-ja").write_text("{}")
    answerer = Answerer.open(broken)
    assert answerer.ask("shared links").answers
    with pytest.raises(IndexUnusable, match="truncated or changed"):
        answerer.ask("shared links", language="ja")


def test_the_same_sources_make_the_same_index(
    project: Project, index: Path, tmp_path: Path
) -> None:
    builder.build_index(project, tmp_path, project.locales)
    one, other = generations.held(index).folder, generations.held(tmp_path).folder
    assert {path.name for path in one.iterdir()} == {path.name for path in other.iterdir()}
    assert (one / store.MANIFEST).read_bytes() == (other / store.MANIFEST).read_bytes()


def test_the_order_of_the_languages_does_not_change_the_weights(
    project: Project, index: Path, tmp_path: Path
) -> None:
    builder.build_index(project, tmp_path, project.locales[::-1])
    one, other = Answerer.open(index), Answerer.open(tmp_path)
    assert other.index.manifest["languages"] == ["de", "zh", "ja", "fr", "en"]
    for question in (
        "deleted files",
        "离线副本",
        "クラッシュレポート",
        "chiffrement",
        "Freigabelink",
    ):
        assert other.ranker.rank(question).scores == one.ranker.rank(question).scores
        assert other.ask(question).asked_in == one.ask(question).asked_in


def test_an_index_of_some_languages_answers_in_those(project: Project, tmp_path: Path) -> None:
    languages = [project.locale(code) for code in ("en", "fr")]
    builder.build_index(project, tmp_path, languages)
    answerer = Answerer.open(tmp_path)
    assert answerer.index.manifest["languages"] == ["en", "fr"]
    # the glossary knows the Japanese word all the same
    reply = answerer.ask("オフラインコピー")
    assert reply.answers[0].entry.slug == "offline-copies"
    assert reply.answers[0].entry.language == "en"


def test_a_new_index_takes_the_place_of_the_old_one(project: Project, broken: Path) -> None:
    before = _manifest(broken).parent
    (broken / "notes.txt").write_text("not the index's")
    builder.build_index(project, broken, [project.locale("en")])
    after = generations.held(broken).folder
    assert {path.name for path in broken.iterdir()} == {"current.json", "notes.txt", after.name}
    assert after != before, "and what is not its own stays"
    assert Answerer.open(broken).index.manifest["languages"] == ["en"]


def test_an_index_that_cannot_be_written_leaves_the_old_one(
    project: Project, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _contents(broken)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "terms")

    monkeypatch.setattr(store, "write", full)
    with pytest.raises(BuildFailed, match=r"terms: cannot be written: No space left on device"):
        builder.build_index(project, broken, [project.locale("en")])
    assert _contents(broken) == before


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
