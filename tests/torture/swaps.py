"""An index that is built anew again and again while readers ask: none of them may fail."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from kb_tools.errors import KbError
from kb_tools.search import generations
from kb_tools.search import index as whoosh
from kb_tools.search.answer import Answerer
from torture import kills

READERS = 2


def of_an_index(root: Path, folder: Path, swaps: int) -> tuple[int, list[str]]:
    """Build an index so many times while readers ask; tell how often they did, and what failed."""
    index, log = folder / "swapped", folder / "asked"
    log.mkdir()
    build = kills.index_build(root, index)
    page = root / "docs/facts/handling.yml"
    texts = [page.read_text("utf-8").replace(kills.TITLE, title) for title in _TITLES]
    build()
    readers = [_reader(index, log / str(number), number) for number in range(READERS)]
    for number in range(swaps):
        page.write_text(texts[number % 2], "utf-8")
        build()
    for reader in readers:
        os.kill(reader, signal.SIGTERM)
        os.waitpid(reader, 0)
    page.write_text(texts[1], "utf-8")
    lines = [line for path in sorted(log.iterdir()) for line in path.read_text().splitlines()]
    return len(lines), [line for line in lines if line != "right"]


_TITLES = (kills.NEW_TITLE, kills.TITLE)


def _reader(index: Path, log: Path, seed: int) -> int:
    """A process that asks until it is ended."""
    child = os.fork()
    if child:
        while not log.exists():
            time.sleep(0.01)
        return child
    chance, opened = random.Random(seed), Answerer.open(index)
    with log.open("w", buffering=1) as file:
        while True:
            try:
                if chance.random() < 0.1:
                    opened = Answerer.open(index)  # the others are asked long after they were
                title = opened.ask(kills.QUESTION).answers[0].entry.title
                fresh = Answerer.open(index).ask(kills.QUESTION).answers[0].entry.title
                hits, _ = whoosh.search(generations.held(index), "about:trash AND title:trash")
                said = {title, fresh, hits[0].title}
                file.write("right\n" if said <= set(_TITLES) else f"{said}\n")
            except (KbError, OSError, LookupError) as error:
                file.write(f"{type(error).__name__}: {' '.join(str(error).split())}\n")
    return 0
