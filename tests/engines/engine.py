"""What a test can do with a browser of any engine."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import Any

import programs

SIZE = (1280, 900)
_WAIT = 15.0  # seconds
_PAUSE = 0.05


class Fault(Exception):
    """The browser did not do what it was told."""


class Engine(ABC):
    """A running browser with one page."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address and wait until the page is loaded."""

    @abstractmethod
    def run(self, script: str, *arguments: Any) -> Any:
        """What the body of a function returns, run in the page; raise `Fault` where it fails."""

    @abstractmethod
    def click(self, x: float, y: float) -> None:
        """Click with the mouse at a place of the window."""

    @abstractmethod
    def write(self, text: str) -> None:
        """Type a text by keys, one after the other."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key that has a name, such as `ArrowDown`."""

    def until(self, script: str, *arguments: Any) -> Any:
        """What a script returns as soon as that is something; while the page changes, it may
        fail.
        """
        end = time.monotonic() + _WAIT
        while True:
            try:
                found, said = self.run(script, *arguments), "nothing"
            except Fault as fault:
                found, said = None, str(fault)
            if found:
                return found
            assert time.monotonic() < end, f"after {_WAIT:.0f} s there is {said}: {script}"
            time.sleep(_PAUSE)


def path(name: str, package: str, engine: str) -> str:
    """The path of a program that an engine is or needs; without it, nothing is tested there."""
    return programs.path((name,), package, f"NOT TESTED IN {engine.upper()}")
