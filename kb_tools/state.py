"""Where the program keeps what belongs to this user and to no knowledge base."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """The folder below `XDG_STATE_HOME`, or below what stands for it; it may not exist yet.

    Raise `RuntimeError` where the user has no home.
    """
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(state) / "kb-tools"
