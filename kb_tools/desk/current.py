"""The index that is current: a new generation is taken as soon as it is there, while questions that
are being answered end with the one that they began with.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kb_tools.errors import BadQuestion, IndexUnusable
from kb_tools.search import generations
from kb_tools.search.answer import Answerer

EVERY = 1.0
"""Seconds between two looks at the pointer."""


@dataclass
class CurrentIndex:
    """The answerer of an index's current generation; used by one thread at a time.

    Raise `IndexUnusable` where there is none to begin with. One that cannot be read later leaves
    the one before in place; `tell` is told why, once.
    """

    folder: Path
    semantic: bool
    tell: Callable[[str], None]
    _answerer: Answerer = field(init=False)
    _seen: tuple[int, int] = field(init=False)
    _told: tuple[int, int] = field(default=(0, 0), init=False)
    _looked: float = field(init=False)

    def __post_init__(self) -> None:
        self._seen, self._looked = self._stamp(), time.monotonic()
        self._answerer = self._open()

    def answerer(self) -> Answerer:
        """What answers now."""
        now = time.monotonic()
        if now - self._looked >= EVERY:
            self._looked = now
            self._look()
        return self._answerer

    def _look(self) -> None:
        stamp = self._stamp()
        if stamp == self._seen:
            return
        try:
            self._answerer, self._seen = self._open(), stamp
        except (IndexUnusable, OSError) as error:
            if stamp != self._told:
                self._told = stamp
                self.tell(str(error))

    def _open(self) -> Answerer:
        """What answers from the current generation, with all that a first question loads."""
        answerer = Answerer.open(self.folder, semantic=self.semantic)
        for language in answerer.index.manifest["languages"]:
            for entry in answerer.index.entries(language)[:1]:
                with suppress(BadQuestion):  # a title may be a sign alone
                    answerer.ask(entry["title"], language=language)
        return answerer

    def _stamp(self) -> tuple[int, int]:
        """What changes when the pointer is exchanged."""
        try:
            found = (self.folder / generations.POINTER).stat()
        except OSError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)
