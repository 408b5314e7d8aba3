"""The repository's own questions get the same reply in every way that there is to ask."""

from __future__ import annotations

import sys
from pathlib import Path

import javascript


def test_the_command_the_service_and_agents_say_what_python_says(root: Path, index: Path) -> None:
    done = javascript.run(sys.executable, root / "scripts/ways.py", "--take", 60, "--index", index)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" as Python") == 3
