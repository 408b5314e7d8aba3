"""Generations of an index: each is a folder that never changes, named by its content, and a pointer
tells which one is read. The pointer is exchanged in one step, so that a reader has both indexes of
the old generation or of the new one, and a run that is killed leaves the old one.

A reader locks the generation that it holds: it is removed by a later run, when nobody reads it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kb_tools import files, folders
from kb_tools.errors import IndexUnusable

POINTER = "current.json"
MAGIC = "policy-kb index"
_NAME = re.compile(r"[0-9a-f]{16}-\w{8}")
_MAKING = "new"
_TRIES = 100
"""Times that a generation may be replaced between the reading of the pointer and the lock."""


@dataclass(eq=False)
class Generation:
    """A generation that this process reads: it stays as long as this object."""

    folder: Path
    signature: str

    def holding(self, lock: int) -> Generation:
        """Keep a lock as long as this object."""
        weakref.finalize(self, os.close, lock)
        return self

    @property
    def is_built_here(self) -> bool:
        """Whether this user's own build made it: only then what it holds may be trusted."""
        from kb_tools.search import signing  # more than answering needs

        with suppress(OSError):
            return signing.is_own(folders.recorded(self.folder), self.signature)
        return False


def held(index: Path) -> Generation:
    """The current generation of an index; raise `IndexUnusable` where there is none."""
    for _ in range(_TRIES):
        name, signature = _pointed(index)
        with suppress(FileNotFoundError, BlockingIOError):
            lock = os.open(index / name / folders.LOCK, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                raise
            if (index / name / folders.LOCK).exists():
                return Generation(index / name, signature).holding(lock)
            os.close(lock)
    raise IndexUnusable(f"{index / name}: what {POINTER} names is gone\n    Run kb index.")


def _pointed(index: Path) -> tuple[str, str]:
    """The name of the current generation and its signature."""
    path = index / POINTER
    try:
        pointer = json.loads(path.read_bytes())
    except FileNotFoundError:
        hint = "Run kb index, or name the folder of one with --index."
        raise IndexUnusable(f"{path}: there is no index\n    {hint}") from None
    except (OSError, ValueError, RecursionError):
        raise IndexUnusable(f"{path}: cannot be read\n    Run kb index.") from None
    if not isinstance(pointer, dict) or pointer.get("format") != MAGIC:
        hint = "Name the right folder, or run kb index."
        raise IndexUnusable(f"{path}: not an index of this program\n    {hint}")
    name, signature = pointer.get("generation"), pointer.get("signature")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(signature, str):
        raise IndexUnusable(f"{path}: names no generation\n    Run kb index.")
    return name, signature


@contextmanager
def making(index: Path) -> Iterator[Path]:
    """A folder for a new generation, which becomes the current one at the end.

    Raise `BadInput` where the index's folder is somebody else's.
    """
    from kb_tools.search import signing  # more than answering needs

    refuse_foreign(index)
    with folders.making(index / _MAKING) as aside:
        made = aside / "generation"
        made.mkdir()
        yield made
        digest = folders.record(made)
        lock = os.open(made / folders.LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            # no other run may take it for an old one before the pointer names it
            fcntl.flock(lock, fcntl.LOCK_SH)
            name = f"{digest[:16]}-{aside.name[-8:]}"
            made.rename(index / name)
            pointer = {"format": MAGIC, "generation": name, "signature": signing.signature(digest)}
            files.write_all({index / POINTER: json.dumps(pointer).encode()})
        finally:
            os.close(lock)
    _sweep(index)


def refuse_foreign(index: Path) -> None:
    """Keep a slip in --output from filling somebody else's folder: raise `BadInput` where it holds
    something, and no index.
    """
    if index.is_dir():
        with suppress(IndexUnusable):
            _pointed(index)
            return
        names = sorted(path.name for path in index.iterdir())
        remains = [n for n in names if _NAME.fullmatch(n) or n.startswith(f".{_MAKING}-")]
        foreign = [name for name in names if name not in remains]
        if foreign == [POINTER] and any(_is_ours(index / name) for name in remains):
            return  # a damaged pointer is mended
    else:
        foreign = [index.name] if os.path.lexists(index) else []
    folders.refuse(index, "an index", foreign)


def _is_ours(generation: Path) -> bool:
    """Tell whether a folder is a generation and as it was made."""
    if generation.is_symlink():
        return False
    try:
        named = folders.recorded(generation)[:16]
    except OSError:
        return False
    return generation.name.startswith(f"{named}-") and not folders.changed(generation)


def _sweep(index: Path) -> None:
    """Remove the generations that nobody reads, but the current one and what is not as we made
    it.
    """
    current, _ = _pointed(index)
    for path in index.iterdir():
        if not _NAME.fullmatch(path.name) or path.name == current or not _is_ours(path):
            continue
        with suppress(OSError):
            lock = os.open(path / folders.LOCK, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # by a name that is swept as a whole if this run is killed at it
                gone = path.rename(index / f".{_MAKING}-{path.name}")
                folders.remove(gone)
            finally:
                os.close(lock)
