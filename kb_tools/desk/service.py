"""What answers behind the HTTP API: the current index, and one thread that reads it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from starlette.exceptions import HTTPException

from kb_tools.desk.current import CurrentIndex
from kb_tools.desk.gaps import Gaps
from kb_tools.desk.telemetry import Telemetry
from kb_tools.errors import BadInput
from kb_tools.search.answer import Answerer

PATIENCE = 10.0
"""Seconds that a request may wait for its answer."""
Made = TypeVar("Made")


@dataclass(frozen=True)
class Options:
    """How a service runs; `rate` bounds the requests of a client, `origins` may ask from their
    pages.
    """

    index: Path
    site: Path | None
    semantic: bool = True
    rate: str = "600/minute"
    origins: tuple[str, ...] = ()
    log: bool = True
    gaps: Path | None = None
    """Where to count what could not be answered; nowhere by default."""
    gaps_days: int = 30


class Service:
    """Answers in one thread of its own: what computes is not made faster by more of them."""

    def __init__(self, options: Options, telemetry: Telemetry) -> None:
        self.telemetry = telemetry
        self.current = CurrentIndex(options.index, options.semantic, partial(self._failed, "index"))
        self._gaps = Gaps(options.gaps, options.gaps_days) if options.gaps else None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")

    async def run(self, work: Callable[[Answerer], Made]) -> Made:
        """What some work makes of the current index; raise `HTTPException` where it takes too
        long.
        """
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._pool, lambda: work(self.current.answerer()))
        try:
            return await asyncio.wait_for(running, PATIENCE)
        except TimeoutError:
            raise HTTPException(503, "It took too long; ask something shorter, or later.") from None

    def unanswered(self, answerer: Answerer, question: str) -> None:
        """Count a question that was not answered, where that is wanted; a file that cannot be
        written is told in the log, and keeps nobody from an answer.
        """
        if self._gaps:
            try:
                self._gaps.note(answerer, question)
            except (BadInput, sqlite3.Error) as error:
                self._failed("gaps", str(error))

    def _failed(self, what: str, message: str) -> None:
        self.telemetry.line(failure=what, message=message.partition("\n")[0])

    def close(self) -> None:
        """End the thread when it has answered."""
        self._pool.shutdown()
