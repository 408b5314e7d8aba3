"""Break the program in every way that is known, and print a table of what did not hold.

Run by `make torture`, which takes about half an hour; `--quick` takes a part of each, and names of
parts take those alone. The parts are in `tests/torture/`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.starter import create
from kb_tools.widget import publication

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import javascript  # noqa: E402 - the tests' own Node
from torture import corruption, forked, kills, mutations, sources, swaps  # noqa: E402 - the parts

MOST_MISSED = 0.05
"""The share of changed translations that may pass."""
SITE_KILLS = 12
"""Last changes of a build of the site at which it is killed: those that put it in its place."""


@dataclass(frozen=True)
class Bench:
    """What the parts break: a small base that has everything, and a folder for what they do."""

    root: Path
    folder: Path
    quick: bool

    def amount(self, whole: int) -> int:
        """How often something is done: a twentieth where it is to be quick."""
        return max(5, whole // 20) if self.quick else whole


@dataclass(frozen=True)
class Result:
    """What a part did, how often, and what did not hold."""

    what: str
    number: int
    bad: Sequence[str]


Part = Callable[[Bench], Iterator[Result]]


def killed_builds(bench: Bench) -> Iterator[Result]:
    """Kills at every change of the file system by a build of an index, and at the last ones by
    a build of the site.
    """
    number = kills.changes(kills.index_build(bench.root, bench.folder / "counted"), bench.folder)
    step = 10 if bench.quick else 1
    points = range(1, number + 1, step)
    yield Result(
        "kills of an index build", len(points), kills.of_an_index(bench.root, bench.folder, points)
    )
    if not bench.quick:
        kills.build(bench.root)
        number = kills.changes(lambda: kills.build(bench.root), bench.folder)
        last = range(number - SITE_KILLS, number + 1)
        yield Result("kills of a site build", len(last), kills.of_a_site(bench.root, last, number))


def swapped(bench: Bench) -> Iterator[Result]:
    """Questions while an index is built 200 times."""
    number = bench.amount(200)
    asked, failed = swaps.of_an_index(bench.root, bench.folder, number)
    yield Result(f"questions during {number} swaps", asked, failed)


def corrupted(bench: Bench) -> Iterator[Result]:
    """Damaged files of an index, in Python and as the browser reads it."""
    index = bench.root / "build/index"
    done, bad = corruption.of_an_index(index, bench.folder, bench.amount(2400))
    yield Result("damaged files, Python", done, bad)
    published = bench.folder / "published"
    publication.publish(store.open_index(index), published)
    script = ROOT / "tests/widget/js/corruption.mjs"
    command: list[object] = [javascript.node(), script, published, bench.amount(2000)]
    command += corruption.QUESTIONS
    run = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False)
    told: dict[str, Any] = {"done": 0, "bad": [run.stderr]}
    if run.stdout:
        told = json.loads(run.stdout)
    yield Result("damaged files, browser", told["done"], told["bad"])


def hostile(bench: Bench) -> Iterator[Result]:
    """Hostile source files, three commands on each."""
    files = list(sources.everything(bench.root))
    chosen = files[:: 15 if bench.quick else 1]
    bad = [fault for each in chosen for fault in sources.faults(bench.root, each, bench.folder)]
    yield Result("hostile source files", len(chosen), bad)


def reworded(bench: Bench) -> Iterator[Result]:
    """Translations of this repository changed so that they say something else."""
    for code in ("fr", "ja", "zh"):
        number, missed, kinds = mutations.measured(ROOT, code)
        for kind, (caught, all_) in kinds.items():
            print(f"    {code} {kind:<34} {caught:>3} of {all_}", flush=True)
        for line in missed:
            print(f"    not told: {line}", flush=True)
        few = [f"{len(missed)} of {number} not told"] if len(missed) > MOST_MISSED * number else []
        yield Result(f"changed translations, {code}: {number - len(missed)} told", number, few)
    ended = forked.kb("check", folder=ROOT, seconds=300)
    yield Result("false alarms on the real catalogs", 1, [ended.output] if ended.status else [])


def fuzzed(bench: Bench) -> Iterator[Result]:
    """Random questions to this repository's index, with words alone and with meaning."""
    number = bench.amount(20_000)
    for flags, what in (((), "words"), (("--semantic",), "meaning")):
        yield _script(f"random questions, {what}", number, "fuzz", "--rounds", number, *flags)


def live(bench: Bench) -> Iterator[Result]:
    """Live texts in every field of a base, looked for in Chromium."""
    yield _script("builds with HTML in all fields", 12, "html_in_fields", bench.root)


def strict(bench: Bench) -> Iterator[Result]:
    """Every page of this repository's site under its policy; it must have been built."""
    pages = len(list((ROOT / "site").rglob("*.html")))
    yield _script("pages under the strict policy", pages, "strict_pages")


def _script(what: str, number: int, name: str, *arguments: object) -> Result:
    """What a script of its own found; it prints what it saw and fails where that is wrong."""
    command = [sys.executable, ROOT / f"scripts/{name}.py", *arguments]
    run = subprocess.run(
        [*map(str, command)], capture_output=True, encoding="utf-8", check=False, env=_USER
    )
    lines = run.stdout.strip().splitlines()
    for line in lines:
        print(f"    {line}", flush=True)
    return Result(what, number, [*lines, run.stderr[-300:]] if run.returncode else [])


_USER = dict(os.environ)
"""Scripts use this repository's index, which this user has built."""
PARTS: dict[str, Part] = {
    "kills": killed_builds,
    "swaps": swapped,
    "corruption": corrupted,
    "sources": hostile,
    "parity": reworded,
    "html": live,
    "policy": strict,
    "fuzz": fuzzed,
}


def main() -> None:
    """Take the parts, print the table, and fail where anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--quick", action="store_true", help="a part of each")
    chosen = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = f"{name}/state"
        root = _base(Path(name) / "kb")
        for part in chosen.parts or PARTS:
            folder = Path(name) / part
            folder.mkdir()
            start = time.monotonic()
            for result in PARTS[part](Bench(root, folder, chosen.quick)):
                results.append(result)
                taken = time.monotonic() - start
                print(
                    f"{result.what:<40} {result.number:>6}  {len(result.bad):>4} bad"
                    f"  {taken:>6.0f} s",
                    flush=True,
                )
                for line in result.bad[:20]:
                    print(f"    {line}", flush=True)
    sys.exit(any(result.bad for result in results))


def _base(root: Path) -> Path:
    """The small base with every file that one may have, built."""
    create.create(root, ["en", "fr", "ja", "zh", "de"])
    sources.prepared(root)
    project = Project(root)
    builder.build_pages(project, lambda line: None)
    builder.build_index(project, root / "build/index", project.locales)
    ended = forked.kb("check", folder=root)
    assert ended.status == 0, ended.errors
    return root


if __name__ == "__main__":
    main()
