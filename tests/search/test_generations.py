"""Generations of an index: readers keep what they opened, and no other file is touched."""

from __future__ import annotations

import gc
import json
import pickle
import shutil
from pathlib import Path

import pytest

from kb_tools import builder, folders, layout
from kb_tools.errors import BadInput, IndexUnusable
from kb_tools.project import Project
from kb_tools.search import generations, signing
from kb_tools.search import index as whoosh
from kb_tools.search.answer import Answerer


@pytest.fixture
def own(index: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may change."""
    return Path(shutil.copytree(index, tmp_path / "index"))


def built(project: Project, folder: Path, code: str = "en") -> Path:
    """The generation of a new index in one language."""
    builder.build_index(project, folder, [project.locale(code)])
    return generations.held(folder).folder


def test_a_reader_keeps_what_it_opened_through_all_that_follows(
    project: Project, own: Path
) -> None:
    answerer = Answerer.open(own)
    opened = answerer.index.generation.folder
    for code in ("en", "fr", "en"):
        assert built(project, own, code) != opened
    assert answerer.ask("corbeille", language="ja").answers, "read from a file only now"
    assert len(list(own.iterdir())) == 3, "the pointer, what is current, and what is read"
    del answerer
    gc.collect()
    built(project, own)
    assert len(list(own.iterdir())) == 2


def test_both_indexes_are_always_of_one_generation(project: Project, own: Path) -> None:
    before = generations.held(own)
    built(project, own)
    hits, _ = whoosh.search(before, "corbeille", languages=["fr"])
    assert hits, "the old one still has French"
    assert not whoosh.search(generations.held(own), "corbeille", languages=["fr"])[0]


def test_what_a_killed_run_left_is_removed_by_the_next_one(project: Project, own: Path) -> None:
    for name in (".new-killed", "0123456789abcdef-abcdefgh"):
        (own / name).mkdir()
        (own / name / folders.LOCK).write_text("", "utf-8")
        (own / name / "terms.bin").write_text("", "utf-8")
        folders.record(own / name)
    named = folders.recorded(own / "0123456789abcdef-abcdefgh")[:16]
    (own / "0123456789abcdef-abcdefgh").rename(own / f"{named}-abcdefgh")
    current = built(project, own)
    assert {path.name for path in own.iterdir()} == {"current.json", current.name}


@pytest.mark.parametrize("spoilt", ["more", "changed"])
def test_a_generation_that_is_not_as_it_was_made_is_left_alone(
    project: Project, own: Path, spoilt: str
) -> None:
    old = generations.held(own).folder
    name = "notes.txt" if spoilt == "more" else "manifest.json"
    (old / name).write_text("mine", "utf-8")
    built(project, own)
    assert (old / name).read_text("utf-8") == "mine"


def test_a_link_to_a_generation_is_left_alone(project: Project, own: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    name = generations.held(own).folder.name
    shutil.copytree(own / name, elsewhere / name)
    link = own / f"{name[:16]}-abcdefgh"
    link.symlink_to(elsewhere / name)
    built(project, own)
    assert (elsewhere / name / "manifest.json").is_file()
    assert link.is_symlink()


FILES = ["manifest.json", "entries-2024.csv", "terms-of-service.pdf", "whoosh/mine.txt"]


def test_nothing_of_anybody_else_is_touched(project: Project, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(BadInput, match=r"entries-2024.csv, manifest.json, terms-of-service.pdf"):
        built(project, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("entries-2024.csv", "manifest.json", "terms-of-service.pdf", "whoosh")
    ]
    assert all((tmp_path / name).read_text("utf-8") == "mine" for name in FILES)


def test_beside_an_index_nothing_of_anybody_else_is_touched(project: Project, own: Path) -> None:
    for name in FILES:
        (own / name).parent.mkdir(exist_ok=True)
        (own / name).write_text("mine", "utf-8")
    built(project, own)
    assert all((own / name).read_text("utf-8") == "mine" for name in FILES)


@pytest.mark.parametrize("content", ["{}", "", '{"format": "mine"}', "[" * 50_000])
def test_a_pointer_of_somebody_else_is_not_replaced(
    project: Project, tmp_path: Path, content: str
) -> None:
    (tmp_path / generations.POINTER).write_text(content, "utf-8")
    with pytest.raises(BadInput, match=r"current\.json"):
        built(project, tmp_path)
    assert (tmp_path / generations.POINTER).read_text("utf-8") == content


def test_a_damaged_pointer_of_ours_is_mended(project: Project, own: Path) -> None:
    (own / generations.POINTER).write_text('{"form', "utf-8")
    with pytest.raises(IndexUnusable, match="Run kb index"):
        Answerer.open(own)
    built(project, own)
    assert Answerer.open(own).ask("trash").answers


class _Code:
    """What runs when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (open, (str(self.mark), "w"))


@pytest.mark.parametrize("recorded", [False, True], ids=["", "and recorded as if it were ours"])
def test_a_pickle_in_an_index_never_runs(own: Path, tmp_path: Path, recorded: bool) -> None:
    generation = generations.held(own)
    mark = tmp_path / "it ran"
    (toc,) = (generation.folder / layout.WHOOSH).glob("*.toc")
    toc.write_bytes(pickle.dumps(_Code(mark)))
    if recorded:
        folders.record(generation.folder)
    with pytest.raises(IndexUnusable, match="Run kb index"):
        whoosh.search(generation, "trash")
    assert not mark.exists()
    pickle.loads(toc.read_bytes()).close()
    assert mark.exists(), "it would have run"


def test_an_index_of_somebody_else_is_answered_from_and_not_searched(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whoosh.search(generations.held(own), "trash")[0]
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another user"))
    signing.signature("makes the other user's key")
    assert Answerer.open(own).ask("trash").answers
    with pytest.raises(IndexUnusable, match="not built by you on this machine") as refused:
        whoosh.search(generations.held(own), "trash")
    assert "kb ask reads the index of anybody" in str(refused.value)


def test_without_a_place_for_a_key_an_index_is_built_and_answered_from(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("no folder", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    built(project, tmp_path / "index")
    pointer = json.loads((tmp_path / "index" / generations.POINTER).read_bytes())
    assert pointer["signature"] == ""
    assert Answerer.open(tmp_path / "index").ask("trash").answers
    with pytest.raises(IndexUnusable, match="not built by you"):
        whoosh.search(generations.held(tmp_path / "index"), "trash")


def test_a_key_is_this_users_alone_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    first = signing.signature("digest")
    assert first == signing.signature("digest") != signing.signature("another")
    assert signing.key_file().stat().st_mode & 0o077 == 0
    assert signing.is_own("digest", first)
    assert not signing.is_own("another", first)
    assert not signing.is_own("digest", "é")
    assert [path.name for path in signing.key_file().parent.iterdir()] == ["index.key"]


@pytest.mark.parametrize("part", ["toc", "seg"])
@pytest.mark.parametrize("how", ["truncated", "flipped", "gone"])
def test_a_damaged_whoosh_index_is_told(own: Path, part: str, how: str) -> None:
    generation = generations.held(own)
    (path,) = (generation.folder / layout.WHOOSH).glob(f"*.{part}")
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(content[:-10])
    else:
        path.write_bytes(content[:99] + bytes([content[99] ^ 1]) + content[100:])
    with pytest.raises(IndexUnusable, match=rf"truncated or changed: whoosh/.*\.{part}"):
        whoosh.search(generation, "trash")
