"""Files written all or none, and what killed runs left beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb_tools import files
from kb_tools.errors import BadInput, BuildFailed

GONE = 2**22 + 7
"""A number that no process has."""


def test_files_are_written_where_they_differ(tmp_path: Path) -> None:
    contents = {tmp_path / "below/a": b"1", tmp_path / "b": b"2"}
    assert files.write_all(contents) == list(contents)
    assert files.write_all({**contents, tmp_path / "b": b"3"}) == [tmp_path / "b"]
    assert (tmp_path / "b").read_bytes() == b"3"


def test_where_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(BuildFailed, match="cannot be written"):
        files.write_all({tmp_path / "a": b"1", tmp_path / "file/b": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_a_killed_run_left_beside_a_file_is_removed(tmp_path: Path) -> None:
    names = {f".a.{GONE}", f".a.{os.getppid()}", ".a.txt", f".b.{GONE}", ".a.9999999999999999999"}
    for name in names:
        (tmp_path / name).write_bytes(b"")
    files.write_all({tmp_path / "a": b"1"})
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"a", f".a.{os.getppid()}", ".a.txt", f".b.{GONE}"}


def test_a_file_that_is_there_with_another_content_may_be_somebodys_work(tmp_path: Path) -> None:
    contents = {tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "c": b"3"}
    files.refuse_changed(contents, "Move it.")
    (tmp_path / "a").write_bytes(b"1")
    files.refuse_changed(contents, "Move it.")
    (tmp_path / "b").write_bytes(b"work")
    (tmp_path / "c").mkdir()
    with pytest.raises(BadInput, match=r"/b, .*/c: there already, with another content\n.*Move"):
        files.refuse_changed(contents, "Move it.")
