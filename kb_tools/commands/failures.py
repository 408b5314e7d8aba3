"""What a user reads where something fails that no command foresaw: one line, what to do, and where
the details are; never a traceback.
"""

from __future__ import annotations

import errno
import platform
import tempfile
import traceback
from pathlib import Path

from kb_tools import __version__, state

_KEPT = 20
"""Details of earlier failures that are kept."""
_FULL = "Free space or choose another place, then run it again."
_PERMIT = "Restore it or correct its permissions, then run it again."
_HINTS = {errno.ENOSPC: _FULL, errno.EDQUOT: _FULL, errno.EFBIG: _FULL}
_OUTPUT = "the output"


def worded(error: Exception) -> str:
    """A failure as the user is told it; the details of one that is not the system's are kept."""
    if isinstance(error, OSError) and error.strerror:
        what = f"{error.filename or _OUTPUT}: {error.strerror[:1].lower()}{error.strerror[1:]}"
        return f"{what}\n    {_HINTS.get(error.errno or 0, _PERMIT)}"
    if isinstance(error, UnicodeEncodeError):
        what = f"the output's encoding, {error.encoding}, lacks characters of the text"
        return f"{what}\n    Use a UTF-8 locale, set PYTHONIOENCODING=utf-8, or ask for --json."
    if isinstance(error, MemoryError):
        return "there is not enough memory\n    Close other programs, or use a larger machine."
    summary = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    place = _kept(error)
    hint = f"Please report it with the details in {place}." if place else "Please report it."
    return f"an unforeseen failure of this program ({summary})\n    {hint} --debug shows them here."


def _kept(error: Exception) -> Path | None:
    """Where the details are now; None where they cannot be kept."""
    trace = "".join(traceback.format_exception(error))
    about = f"kb {__version__}, Python {platform.python_version()}, {platform.platform()}"
    for parent in (_failures, lambda: Path(tempfile.gettempdir())):
        try:
            folder = parent()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for old in sorted(folder.glob("kb-failure-*.txt"), key=_age)[: -_KEPT + 1]:
                old.unlink()
            with tempfile.NamedTemporaryFile(
                "w", prefix="kb-failure-", suffix=".txt", dir=folder, delete=False, encoding="utf-8"
            ) as file:
                file.write(f"{about}\n\n{trace}")
                return Path(file.name)
        except (OSError, RuntimeError):
            continue
    return None


def _failures() -> Path:
    return state.folder() / "failures"


def _age(path: Path) -> float:
    return path.stat().st_mtime
