"""Folders that the program makes: beside their place first, put there in one step, and known again
by what is in them, so that nothing of anybody else's is ever replaced or removed.

What only making needs is imported there, so that answering starts at once.

A folder in the making is locked by the process that makes it. What a killed process left behind has
no lock any more: the next run removes it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb_tools.errors import BadInput

RECORD = ".made-by-kb.json"
"""The file that tells what a folder was made with: names and hashes of all its files."""
LOCK = ".kb-lock"
"""The file that marks a folder in the making as ours, and is locked while it is made or read."""
_EXCHANGE = 2
_HERE = -100
_MOST_NAMED = 5
"""Files of somebody else's that an error names."""


@contextmanager
def making(place: Path) -> Iterator[Path]:
    """A new folder beside a place, on the same file system, removed at the end with what is left in
    it; what killed runs left there is removed first.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{place.name}-"
    sweep(place.parent, f"{prefix}*")
    folder, lock = _new(place.parent, prefix)
    try:
        yield folder
    finally:
        remove(folder)
        os.close(lock)


def _new(parent: Path, prefix: str) -> tuple[Path, int]:
    """A new folder with a lock that this process holds."""
    import tempfile

    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError):  # another run took it for a remainder and removed it
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / LOCK).exists():
                return folder, lock
            os.close(lock)


def sweep(parent: Path, pattern: str) -> None:
    """Remove the folders of a pattern that have our lock and are neither made nor read by a
    process, and empty ones.
    """
    for folder in parent.glob(pattern):
        if folder.is_symlink():
            continue  # it leads to something else
        with suppress(OSError):
            folder.rmdir()  # a run that was killed before it made the lock
            continue
        with suppress(OSError):
            lock = os.open(folder / LOCK, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder)
            finally:
                os.close(lock)


def remove(folder: Path) -> None:
    """Remove a folder of ours, its lock last: a run that is killed at it leaves something that the
    next one knows as ours.
    """
    import shutil

    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != LOCK:
                path.unlink()
        (folder / LOCK).unlink(missing_ok=True)
        folder.rmdir()


def record(folder: Path) -> str:
    """Write down what a folder was made with; return the hash of that."""
    told = json.dumps(_hashes(folder), indent=0).encode()
    (folder / RECORD).write_bytes(told)
    return hashlib.sha256(told).hexdigest()


def recorded(folder: Path) -> str:
    """The hash of what a folder was made with."""
    return hashlib.sha256((folder / RECORD).read_bytes()).hexdigest()


def refuse_foreign(folder: Path, what: str) -> None:
    """Raise `BadInput` where a folder holds anything that was not recorded when it was made, or has
    changed since; what is gone is no loss.
    """
    if folder.is_dir() and not folder.is_symlink():
        foreign = [name for name in changed(folder) if os.path.lexists(folder / name)]
    else:
        foreign = [folder.name] if os.path.lexists(folder) else []
    refuse(folder, what, foreign)


def refuse(folder: Path, what: str, foreign: list[str]) -> None:
    """Raise `BadInput` where a folder holds something foreign, by name."""
    if foreign:
        more = f" and {len(foreign) - _MOST_NAMED} more" if len(foreign) > _MOST_NAMED else ""
        named = ", ".join(foreign[:_MOST_NAMED]) + more
        hint = "Choose an empty or new folder, or move away what you want to keep and remove it."
        raise BadInput(f"{folder}: holds what is not of {what} as it was made: {named}\n    {hint}")


def changed(folder: Path) -> list[str]:
    """The names of what is not in a folder as it was made: files and empty folders that are not
    ours, or not any more, and files that are gone.
    """
    try:
        made = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        made = None
    told = made if isinstance(made, dict) else {}
    there = _hashes(folder)
    return sorted(name for name in told.keys() | there if told.get(name) != there.get(name))


def _hashes(folder: Path) -> dict[str, str]:
    """All files of a folder by name, with the hashes of their contents; of what is no plain file
    or folder, that it is something else.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            found[name] = "neither a file nor a folder"
        elif path.is_file() and name not in (RECORD, LOCK):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif path.is_dir() and not any(path.iterdir()):
            found[name] = "an empty folder"
    return found


def put(made: Path, place: Path, aside: Path) -> None:
    """Put a new folder in its place in one step; what was there is in its stead then.

    Where the system cannot exchange two folders, two renames do it, by way of `aside`: what was
    there comes back if the second one fails.
    """
    if not place.exists():
        made.rename(place)
    elif not _exchanged(made, place):
        place.rename(aside)
        try:
            made.rename(place)
        except BaseException:
            aside.rename(place)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders, as Linux and macOS can in one step; tell whether that was possible."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*names, _EXCHANGE) == 0)
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    return False
