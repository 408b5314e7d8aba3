"""Files written all or none: first aside, then each put in its place by a rename."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kb_tools.errors import BuildFailed


def write_all(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write files where they differ from what is there; return those that changed.

    Raise `BuildFailed` where that is not possible; then no file has changed.
    """
    changed = {path: content for path, content in contents.items() if not _holds(path, content)}
    asides = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in changed}
    try:
        for path, aside in asides.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(changed[path])
        for path, aside in asides.items():
            aside.replace(path)
    except OSError as error:
        raise not_written(error) from error
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)
    return list(changed)


def not_written(error: OSError) -> BuildFailed:
    """The failure to write, as the user is told it."""
    hint = "Free space or permit writing, then run it again; nothing was replaced."
    return BuildFailed(
        f"{error.filename or 'a file'}: cannot be written: {error.strerror}\n    {hint}"
    )


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
