"""Firefox, driven by Node over WebDriver BiDi."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import javascript
import programs

from engines.engine import SIZE, Engine, Fault, path

_DRIVER = Path(__file__).with_suffix(".mjs")
_PACKAGES = javascript.ROOT / ".node/package.json"
_LONGEST = 60.0
"""Seconds that one action may take, the start of the browser with it."""


class Firefox(Engine):
    """A page of Firefox, by a process that is told what to do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.browser = int(self._answer("start"))

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is loaded."""
        self._do("open", address)

    def run(self, script: str, *arguments: Any) -> Any:
        """What the body of a function returns, run in the page."""
        return self._do("run", script, json.dumps(arguments))

    def click(self, x: float, y: float) -> None:
        """Click with the mouse at a place of the window."""
        self._do("click", x, y)

    def write(self, text: str) -> None:
        """Type a text by keys."""
        self._do("write", text)

    def press(self, key: str) -> None:
        """Press a key that has a name."""
        self._do("press", key)

    def _do(self, action: str, *values: Any) -> Any:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"action": action, "values": values}) + "\n")
        self.process.stdin.flush()
        done = json.loads(self._answer(action))
        if "fault" in done:
            raise Fault(done["fault"])
        return done["value"]

    def _answer(self, action: str) -> str:
        assert self.process.stdout
        late = threading.Timer(_LONGEST, self.process.kill)
        late.start()
        line = self.process.stdout.readline()
        late.cancel()
        assert line, f"Firefox or its driver has ended before it could {action}"
        return line

    def end(self) -> None:
        """End the browser and its driver, whatever state they are in."""
        try:
            self.process.communicate(timeout=_LONGEST)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self.process.kill()
        with suppress(ProcessLookupError):  # as it should be
            os.killpg(self.browser, signal.SIGKILL)


@contextmanager
def firefox(home: Path) -> Iterator[Engine]:
    """A running Firefox, with a folder for what it keeps."""
    executable, node = path("firefox-esr", "firefox-esr", "Firefox"), javascript.node()
    if not (_PACKAGES.parent / "node_modules/puppeteer-core").exists():
        programs.missing("NOT TESTED IN FIREFOX. Its driver is missing: run scripts/node-packages")
    with subprocess.Popen(
        [node, _DRIVER, executable, _PACKAGES, *map(str, SIZE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "HOME": str(home), "TMPDIR": str(home)},
    ) as process:
        running = Firefox(process)
        try:
            yield running
        finally:
            running.end()
