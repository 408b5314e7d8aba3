"""Folders that the program makes: put in one step, known again, swept when they are left behind."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from kb_tools import folders
from kb_tools.errors import BadInput

FORK = multiprocessing.get_context("fork")


def filled(folder: Path, **texts: str) -> Path:
    """A folder with files, recorded as ours."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    folders.record(folder)
    return folder


def test_a_folder_in_the_making_is_beside_its_place_and_gone_at_the_end(tmp_path: Path) -> None:
    with folders.making(tmp_path / "below/site") as folder:
        assert folder.parent == tmp_path / "below", "a rename works on one file system only"
        (folder / "part").mkdir()
        (folder / "part/page.html").write_text("x", "utf-8")
    assert not list((tmp_path / "below").iterdir())


def test_a_folder_in_the_making_is_gone_after_a_failure(tmp_path: Path) -> None:
    def interrupted() -> None:
        with folders.making(tmp_path / "site") as folder:
            (folder / "page.html").write_text("x", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not list(tmp_path.iterdir())


def _make_and_be_killed(place: Path) -> None:
    with folders.making(place) as folder:
        (folder / "page.html").write_text("x", "utf-8")
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_run_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    for _ in range(2):
        run = FORK.Process(target=_make_and_be_killed, args=[tmp_path / "site"])
        run.start()
        run.join()
        assert len(list(tmp_path.iterdir())) == 1, "the one before was swept"
    (tmp_path / ".site-empty").mkdir()  # killed before there was a lock
    (tmp_path / ".site-mine").mkdir()
    (tmp_path / ".site-mine/notes.txt").write_text("somebody else's", "utf-8")
    with folders.making(tmp_path / "site"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [".site-mine"]


def test_a_link_that_looks_like_a_remainder_leads_nowhere(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in (folders.LOCK, "notes.txt"):
        (kept / name).write_text("", "utf-8")
    (tmp_path / ".site-link").symlink_to(kept)
    with folders.making(tmp_path / "site"):
        pass
    assert (kept / "notes.txt").is_file()


def test_what_another_run_makes_at_the_same_time_stays(tmp_path: Path) -> None:
    with folders.making(tmp_path / "site") as one, folders.making(tmp_path / "site") as other:
        assert one != other
        assert one.is_dir()


def test_a_removal_that_is_killed_leaves_what_is_known_as_ours(tmp_path: Path) -> None:
    """The lock goes last: without it the rest would be taken for somebody else's."""
    folder = tmp_path / ".site-1"
    folder.mkdir()
    for name in (folders.LOCK, "a", "z"):
        (folder / name).write_text("", "utf-8")
    (folder / "busy").mkdir()
    (folder / "busy").chmod(0o500)
    order = []
    real = Path.unlink
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Path, "unlink", lambda self, **how: (order.append(self.name), real(self, **how))[1]
        )
        folders.remove(folder)
    assert order[-1] == folders.LOCK
    assert not folder.exists()


FOREIGN = [
    ("a file more", lambda folder: (folder / "CNAME").write_text("x"), "CNAME"),
    ("a file changed", lambda folder: (folder / "page.html").write_text("mine"), "page.html"),
    ("a folder more", lambda folder: (folder / "mine").mkdir(), "mine"),
    ("a link", lambda folder: (folder / "link").symlink_to("/etc"), "link"),
    ("no record", lambda folder: (folder / folders.RECORD).unlink(), "page.html"),
    ("a record of brackets", lambda folder: (folder / folders.RECORD).write_text("["), "page.html"),
]


@pytest.mark.parametrize(("what", "spoil", "named"), FOREIGN, ids=[what for what, _, _ in FOREIGN])
def test_a_folder_with_what_is_not_ours_is_refused(
    tmp_path: Path, what: str, spoil: object, named: str
) -> None:
    folder = filled(tmp_path / "site", **{"page.html": "x"})
    folders.refuse_foreign(folder, "the site")
    assert callable(spoil)
    spoil(folder)
    with pytest.raises(BadInput, match=f"as it was made: {named}") as refused:
        folders.refuse_foreign(folder, "the site")
    assert "Choose an empty or new folder" in str(refused.value), what


def test_a_folder_that_lacks_something_is_no_loss(tmp_path: Path) -> None:
    folder = filled(tmp_path / "site", **{"page.html": "x", "more.html": "y"})
    (folder / "more.html").unlink()
    folders.refuse_foreign(folder, "the site")
    assert folders.changed(folder) == ["more.html"], "but it is not as it was made"


@pytest.mark.parametrize("name", ["file", "link"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(BadInput, match=name):
        folders.refuse_foreign(tmp_path / name, "the site")


def test_many_foreign_files_are_told_by_number(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / str(number)).write_text("", "utf-8")
    with pytest.raises(BadInput, match="0, 1, 2, 3, 4 and 4 more"):
        folders.refuse_foreign(tmp_path, "the site")


def test_a_new_folder_takes_the_place_of_the_old_one_in_one_step(tmp_path: Path) -> None:
    made, place = tmp_path / "made", tmp_path / "site"
    for text in ("old", "new"):
        made.mkdir()
        (made / "page.html").write_text(text, "utf-8")
        folders.put(made, place, tmp_path / "aside")
        assert (place / "page.html").read_text("utf-8") == text
        if text == "new":
            assert (made / "page.html").read_text("utf-8") == "old", "it was exchanged"
            assert not (tmp_path / "aside").exists()


@pytest.mark.parametrize("fails", [False, True], ids=["", "and comes back where that fails"])
def test_without_an_exchange_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    monkeypatch.setattr(folders, "_exchanged", lambda one, other: False)
    made, place = tmp_path / "made", tmp_path / "site"
    place.mkdir()
    (place / "page.html").write_text("old", "utf-8")
    if fails:
        with pytest.raises(FileNotFoundError):
            folders.put(made, place, tmp_path / "aside")
        assert (place / "page.html").read_text("utf-8") == "old"
    else:
        made.mkdir()
        folders.put(made, place, tmp_path / "aside")
        assert not list(place.iterdir())
        assert (tmp_path / "aside/page.html").is_file()


def test_what_is_read_is_not_swept(tmp_path: Path) -> None:
    folder = tmp_path / ".site-1"
    folder.mkdir()
    (folder / folders.LOCK).write_text("", "utf-8")
    with (folder / folders.LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        folders.sweep(tmp_path, ".site-*")
        assert folder.is_dir()
    folders.sweep(tmp_path, ".site-*")
    assert not folder.exists()
