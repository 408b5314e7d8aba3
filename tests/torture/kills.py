"""Kills at every change of the file system that a build makes: afterwards there is the old index or
the new one, both parts of it alike, and the next build removes what is left.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from kb_tools import builder
from kb_tools.errors import KbError
from kb_tools.project import Project
from kb_tools.search import generations
from kb_tools.search import index as whoosh
from kb_tools.search.answer import Answerer
from torture import forked

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink"}
CHANGES |= {"os.truncate", "os.chmod", "shutil.rmtree", "shutil.move", "shutil.copyfile"}
TITLE = "How long deleted files stay in the trash"
NEW_TITLE = "How long what was deleted stays in the trash"
QUESTION = "How long do deleted files stay in the trash?"


def _is_change(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    exchange = event == "ctypes.dlsym" and "rename" in str(arguments[1])
    return event in CHANGES or exchange


def changes(run: Callable[[], object], folder: Path) -> int:
    """How many changes of the file system a run makes."""
    log = folder / "changes"

    def counted() -> None:
        number = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal number
            number += _is_change(event, arguments)

        sys.addaudithook(count)
        run()
        log.write_text(str(number), "utf-8")

    ended = forked.forked(counted, folder, 120)
    assert ended.status == 0, ended.errors
    return int(log.read_text("utf-8"))


def killed(run: Callable[[], object], folder: Path, point: int) -> bool:
    """Kill a run before its change of that number; tell whether it got so far."""

    def hooked() -> None:
        number = 0

        def kill(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal number
            if _is_change(event, arguments):
                number += 1
                if number == point:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        run()

    return forked.forked(hooked, folder, 120).status == -signal.SIGKILL


def index_build(root: Path, folder: Path) -> Callable[[], None]:
    """A build of the index of a base in English."""

    def run() -> None:
        project = Project(root)
        builder.build_index(project, folder, project.locales[:1])

    return run


def titles(folder: Path) -> set[str]:
    """The title of one fact by the answer index, and by Whoosh."""
    found = Answerer.open(folder).ask(QUESTION).answers[0].entry.title
    hits, _ = whoosh.search(generations.held(folder), "about:trash AND title:trash")
    return {found, hits[0].title}


def of_an_index(root: Path, folder: Path, points: Iterable[int] | None = None) -> list[str]:
    """Kill the build of a changed index at each change, or at some; tell what was wrong then."""
    bad = []
    index = folder / "index"
    index_build(root, index)()
    build = index_build(root, index)
    page = root / "docs/facts/handling.yml"
    texts = [page.read_text("utf-8").replace(TITLE, title) for title in (NEW_TITLE, TITLE)]
    number = changes(build, folder)
    for turn, point in enumerate(points or range(1, number + 1)):
        page.write_text(texts[turn % 2], "utf-8")
        was_killed = killed(build, folder, min(point, number))
        where = f"change {point} of {number}"
        try:
            said = titles(index)
        except KbError as error:
            bad.append(f"{where}: {error}")
        else:
            if len(said) != 1 or not said <= {TITLE, NEW_TITLE}:
                bad.append(f"{where}: {said}")
        if not was_killed and point <= number // 2:
            bad.append(f"{where}: it was not reached")
        build()
        left = sorted(path.name for path in index.iterdir())
        if len(left) != 2:
            bad.append(f"{where}: left behind: {left}")
        if titles(index) != {(NEW_TITLE, TITLE)[turn % 2]}:
            bad.append(f"{where}: the next build has not mended it")
    page.write_text(texts[1], "utf-8")
    return bad


def of_a_site(root: Path, points: Iterable[int], number: int) -> list[str]:
    """Kill `kb build` at some of its changes: the site is the old one or the new one, and whole."""
    bad = []
    site = root / "site"
    for point in points:
        before = _listed(site)
        killed(lambda: build(root), root, point)
        where = f"change {point} of {number}"
        if not (site / "index.html").is_file():
            bad.append(f"{where}: there is no site")
        elif len(_listed(site)) != len(before):
            bad.append(f"{where}: the site is not whole")
    build(root)
    left = [path.name for path in root.iterdir() if path.name.startswith(".site-")]
    return bad + ([f"left behind: {left}"] if left else [])


def build(root: Path) -> None:
    """Build the pages, the index and the site of a base."""
    builder.build(Project(root), root / "build/index", root / "site", lambda line: None)


def _listed(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*"))
