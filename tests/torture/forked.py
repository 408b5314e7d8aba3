"""`kb` in a forked process: the same command line, without the time that imports take."""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kb_tools.commands import cli as command_line

_MEMORY = 3 * 2**30
"""Bytes that a run may take: more is a fault."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit status, negative for a signal, None for one that did not end."""

    status: int | None
    output: str
    errors: str
    seconds: float

    @property
    def fault(self) -> str:
        """What no run may do; empty where it did nothing of it."""
        if self.status is None:
            return "it hung"
        if self.status < 0:
            return f"it was ended by {signal.Signals(-self.status).name}"
        if "Traceback" in self.errors or "unforeseen" in self.errors:
            return "it raised"
        if self.status and not self.errors.strip() and not self.output.strip():
            return "it failed without a word"
        return ""


def kb(*arguments: str | Path, folder: Path, seconds: float = 20.0) -> Outcome:
    """Run `kb` in a folder."""

    def run() -> None:
        command_line.run([str(argument) for argument in arguments])

    return forked(run, folder, seconds)


def forked(run: Callable[[], object], folder: Path, seconds: float) -> Outcome:
    """Run something in a process of its own."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if not child:
            _be_child(run, folder, output.fileno(), errors.fileno())
        status = _waited(child, start + seconds)
        texts = [_text(file.fileno()) for file in (output, errors)]
    return Outcome(status, texts[0], texts[1], time.monotonic() - start)


def _be_child(run: Callable[[], object], folder: Path, output: int, errors: int) -> None:
    status = 70
    try:
        os.setsid()
        os.chdir(folder)
        sys.stdout.flush()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(errors, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        run()
        status = 0
    except SystemExit as ended:
        code = ended.code
        status = code if isinstance(code, int) else int(bool(code))
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _waited(child: int, until: float) -> int | None:
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _text(file: int) -> str:
    size = os.lseek(file, 0, os.SEEK_END)
    return os.pread(file, size, 0).decode("utf-8", "replace")


def told(rows: Sequence[tuple[str, int, Sequence[str]]]) -> list[str]:
    """A table: what was done, how often, and how often that went wrong."""
    return [f"{what:<44} {number:>6} {len(bad):>4} bad" for what, number, bad in rows]
