"""`kb` in a process of its own, as people and scripts run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import kb_tools

Run = subprocess.CompletedProcess[str]

_BLOCKING = """
import runpy, sys
from importlib.machinery import PathFinder
found = PathFinder.find_spec
def find_spec(name, path=None, target=None):
    return None if name.partition(".")[0] in {blocked!r} else found(name, path, target)
PathFinder.find_spec = find_spec
sys.argv = ["kb", *{arguments!r}]
runpy.run_module("kb_tools", run_name="__main__")
"""


_CODE = Path(kb_tools.__file__).parents[1]


def environment(**more: str) -> dict[str, str]:
    """An environment with nothing of the machine's locale or of the user's home, and with the state
    of this run of the tests; `kb` runs the code that the tests import.
    """
    machine = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    state = {"XDG_STATE_HOME": os.environ["XDG_STATE_HOME"]}
    return {**machine, **state, "PYTHONPATH": str(_CODE), **more}


def kb(*arguments: str | Path, folder: Path, timeout: int = 180, **more: str) -> Run:
    """Run `kb` in a folder."""
    return _run(["-m", "kb_tools", *map(str, arguments)], folder, timeout, more)


def kb_without(libraries: list[str], *arguments: str, folder: Path) -> Run:
    """Run `kb` in a folder as if some libraries were not installed."""
    code = _BLOCKING.format(blocked=libraries, arguments=arguments)
    return _run(["-c", code], folder, 180, {})


def _run(arguments: list[str], folder: Path, timeout: int, more: dict[str, str]) -> Run:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
