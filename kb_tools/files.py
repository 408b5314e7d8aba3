"""Files written all or none: first aside, then each put in its place by a rename."""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kb_tools.errors import BadInput, BuildFailed


def write_all(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write files where they differ from what is there; return those that changed.

    Raise `BuildFailed` where that is not possible; then no file has changed.
    """
    changed = {path: content for path, content in contents.items() if not _holds(path, content)}
    asides = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in changed}
    path = next(iter(changed), Path())
    try:
        for path, aside in asides.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path)
            aside.write_bytes(changed[path])
        for path, aside in asides.items():
            aside.replace(path)
    except OSError as error:
        raise not_written(error, path) from error
    finally:
        for aside in asides.values():
            with suppress(OSError):
                aside.unlink()
    return list(changed)


def refuse_changed(contents: Mapping[Path, bytes], hint: str) -> None:
    """Raise `BadInput` where a file is there already and has another content: it may be somebody's
    work.
    """
    changed = [p for p, content in contents.items() if p.exists() and not _holds(p, content)]
    if changed:
        named = ", ".join(map(str, changed))
        raise BadInput(f"{named}: there already, with another content\n    {hint}")


def not_written(error: OSError, place: Path) -> BuildFailed:
    """The failure to write to a place, as the user is told it."""
    hint = "Free space or permit writing, then run it again; nothing was replaced."
    where = error.filename or place
    return BuildFailed(f"{where}: cannot be written: {error.strerror}\n    {hint}")


def _sweep(path: Path) -> None:
    """Remove what runs that were killed left beside a file."""
    for aside in path.parent.glob(f".{glob.escape(path.name)}.*"):
        process = aside.suffix[1:]
        if process.isdecimal() and process.isascii() and not _runs(int(process)):
            aside.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # it is somebody else's
    return True


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
