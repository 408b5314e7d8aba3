"""The answer index on disk: an index that is missing, truncated, of another format or not ours is
refused with what to do.
"""

import json
import shutil
from pathlib import Path

import pytest

from kb_tools import builder
from kb_tools.errors import IndexUnusable
from kb_tools.locales import LOCALES
from kb_tools.search import store
from kb_tools.search.answer import Answerer


@pytest.fixture
def broken(index: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may spoil."""
    return Path(shutil.copytree(index, tmp_path / "index"))


def _named(folder: Path, stem: str) -> Path:
    return next(folder.glob(f"{stem}-*"))


def _manifest(folder: Path, **changes: object) -> None:
    path = folder / store.MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


FAULTS = [
    ("missing", lambda folder: shutil.rmtree(folder), "there is no answer index"),
    (
        "not JSON",
        lambda folder: (folder / store.MANIFEST).write_text("{"),
        "not a readable manifest",
    ),
    (
        "binary",
        lambda folder: (folder / store.MANIFEST).write_bytes(b"\xff\xfe\x00"),
        "not a readable manifest",
    ),
    (
        "not ours",
        lambda folder: (folder / store.MANIFEST).write_text("[]"),
        "not an answer index of this program",
    ),
    (
        "of another program",
        lambda folder: _manifest(folder, format="lucene"),
        "not an answer index of this program",
    ),
    (
        "of another format",
        lambda folder: _manifest(folder, version=99),
        "format 99, but this program reads format",
    ),
    ("without its files", lambda folder: _manifest(folder, files={}), "incomplete"),
    ("with terms gone", lambda folder: _named(folder, "terms").unlink(), "cannot be read"),
    (
        "with terms truncated",
        lambda folder: _named(folder, "terms").write_bytes(b"zdr"),
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
def test_a_broken_index_is_refused(broken, fault, spoil, told):
    spoil(broken)
    with pytest.raises(IndexUnusable, match=told) as refused:
        Answerer.open(broken)
    assert "kb index" in str(refused.value), "it says what to do"


def test_broken_entries_are_refused_when_they_are_needed(broken):
    _named(broken, "entries-ja").write_text("{}")
    answerer = Answerer.open(broken)
    assert answerer.ask("message batches").answers
    with pytest.raises(IndexUnusable, match="truncated or changed"):
        answerer.ask("message batches", language="ja")


def test_the_same_sources_make_the_same_index(project, index, tmp_path):
    builder.build_index(project, tmp_path, list(LOCALES.values()))
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in index.iterdir()}
    assert (tmp_path / store.MANIFEST).read_bytes() == (index / store.MANIFEST).read_bytes()


def test_the_order_of_the_languages_does_not_change_the_weights(project, index, tmp_path):
    builder.build_index(project, tmp_path, list(LOCALES.values())[::-1])
    one, other = Answerer.open(index), Answerer.open(tmp_path)
    for question in ("message batches", "数据保留", "保持期間", "chiffrement"):
        assert (
            one.best_guesses(question)[1][0]["fact"] == other.best_guesses(question)[1][0]["fact"]
        )
        assert one.ranker.rank(question).scores == other.ranker.rank(question).scores


def test_an_index_of_some_languages_answers_in_those(project, tmp_path):
    builder.build_index(project, tmp_path, [LOCALES["en"], LOCALES["fr"]])
    answerer = Answerer.open(tmp_path)
    assert answerer.index.manifest["languages"] == ["en", "fr"]
    assert answerer.ask("プロンプトキャッシュ").answers[0].entry.language in ("en", "fr")


def test_a_new_index_takes_the_place_of_the_old_one(project, broken):
    before = {path.name for path in broken.iterdir()}
    builder.build_index(project, broken, [LOCALES["en"]])
    after = {path.name for path in broken.iterdir()}
    assert not any(name.startswith("entries-ja") for name in after)
    assert after != before
    assert not any(name.startswith(".") for name in after), "nothing is left aside"
