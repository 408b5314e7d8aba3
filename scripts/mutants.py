"""Change the program in small ways, one at a time, and tell which changes no test notices.

Run by `make mutants`, which takes a sample, the same each time and even over the modules;
`--all` takes all of them, for hours. `--keep` goes on with the last run: with what was not tried
before it was interrupted, and with what survived before a test was added.
Fails where a change survives that is not listed in tests/survivors.txt with a reason.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.chdir(ROOT)  # mutmut reads its settings where it is imported

from mutmut.__main__ import create_mutants  # noqa: E402
from mutmut.mutation.diff_apply import get_diff_for_mutant  # noqa: E402
from mutmut.stats import status_by_exit_code  # noqa: E402
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir  # noqa: E402

MUTANTS = ROOT / "mutants"
LOG = MUTANTS / "run.log"
SURVIVORS = ROOT / "tests/survivors.txt"
SEED = 20251122
PER_MODULE = 1
BUILDING = ("build", "engine", "entrance")
"""Modules that only tests that take minutes reach; they are left out of the sample."""
KILLED = {"killed", "timeout", "segfault", "check was interrupted by user"}
"""What mutmut calls a mutant that was noticed; the last is a test file that no longer loads."""

Results = dict[str, int | None]
"""The exit code of the tests by the mutant's name; None where it was not tried."""


def main() -> None:
    """Make mutants, try them and compare those that survive with the list."""
    options = _options()
    if not (options.keep or options.report):
        shutil.rmtree(MUTANTS, ignore_errors=True)
    if not options.report:
        MUTANTS.mkdir(exist_ok=True)
        print(f"making mutants; what mutmut says is in {LOG.relative_to(ROOT)}", flush=True)
        _make(options.processes)
    names = sorted(_results()) if options.all else _sample(options.per_module)
    if not options.report:
        _run(names, options)
    results = _results()
    sys.exit(_compare({name: results[name] for name in names}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all mutants, not only a sample")
    parser.add_argument("--keep", action="store_true", help="go on with the last run")
    parser.add_argument("--report", action="store_true", help="compare the last run again")
    parser.add_argument("--per-module", type=int, default=PER_MODULE, metavar="N")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2, metavar="N")
    return parser.parse_args()


def _make(processes: int) -> None:
    """Write each module with all its mutants; mutmut leaves alone what is there already."""
    sys.stdout.flush()
    shown = os.dup(1)
    with LOG.open("w") as log:
        os.dup2(log.fileno(), 1)
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(processes)
        sys.stdout.flush()
        os.dup2(shown, 1)


def _files() -> Iterator[tuple[Path, Results]]:
    """What mutmut notes of each module that it changes, by the module's path."""
    for path in sorted((MUTANTS / "kb_tools").rglob("*.py.meta")):
        noted = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        yield path.relative_to(MUTANTS).with_suffix(""), noted


def _results() -> Results:
    return {name: code for _, noted in _files() for name, code in noted.items()}


def _sample(number: int) -> list[str]:
    """As many mutants of each module, by the hash of their names: what changes in one function
    changes nothing in the sample of another.
    """

    def rank(name: str) -> bytes:
        return hashlib.sha256(f"{SEED} {name}".encode()).digest()

    return [
        name
        for path, noted in _files()
        if path.stem not in BUILDING
        for name in sorted(noted, key=rank)[:number]
    ]


def _run(names: Sequence[str], options: argparse.Namespace) -> None:
    """Let mutmut try the mutants that are not known to be killed, and tell how far it is."""
    results = _results()
    wanted = [name for name in names if status_by_exit_code[results[name]] not in KILLED]
    if not wanted:
        return
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    command = [mutmut, "run", "--max-children", str(options.processes), *wanted]
    environment = {**os.environ, "PYTHONPATH": f"{MUTANTS}{os.pathsep}{MUTANTS / 'tests'}"}
    if options.all:
        environment["MUTANTS_ALL"] = "1"
    with LOG.open("a") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        _watch(running, names)
    if running.returncode:
        sys.exit(f"mutmut failed: see {LOG.relative_to(ROOT)}")


def _watch(running: subprocess.Popen[bytes], names: Sequence[str]) -> None:
    """Tell now and then how many mutants are tried and how long the others will take."""
    print("running the tests without a change, to learn which reach what", flush=True)
    first = before = _tried(names)
    start = told = time.monotonic()
    while running.poll() is None:
        time.sleep(5)
        done, now = _tried(names), time.monotonic()
        if done == first:
            start = now
        elif done > before and now - told > 15:
            left = (now - start) / (done - first) * (len(names) - done) / 60
            print(f"{done} of {len(names)} tried, about {left:.0f} minutes left", flush=True)
            before, told = done, now


def _tried(names: Sequence[str]) -> int:
    try:
        results = _results()
    except json.JSONDecodeError:  # it is being written
        return 0
    return sum(results[name] is not None for name in names)


def _compare(results: Results) -> int:
    """Print what survived beside what is listed; 1 where a survivor is not listed."""
    status = {name: status_by_exit_code[code] for name, code in results.items()}
    survived = [name for name in results if status[name] not in KILLED]
    paths = {name: path for path, noted in _files() for name in noted}
    listed = _listed()
    new = 0
    for name in survived:
        change = _change(name, paths[name])
        if change not in listed:
            new += 1
            print(f"new: {change} | {status[name]}: {name}")
    killed = set(results) - set(survived)
    places = {change.partition(": ")[0] for change in listed}
    known = [name for name in killed if _place(name) in places]
    for change in sorted(listed & {_change(name, paths[name]) for name in known}):
        print(f"listed, but killed: {change}")
    print(
        f"killed {len(killed)} of {len(results)} ({len(killed) / len(results):.0%}), survived"
        f" {len(survived)}: listed {len(survived) - new}, new {new}"
    )
    return 1 if new else 0


def _place(name: str) -> str:
    place = name.removeprefix("kb_tools.").partition("__mutmut")[0]
    return place.replace(".x_", ".").replace(".xǁ", ".").replace("ǁ", ".")


def _change(name: str, path: Path) -> str:
    """A mutant as its place and what it changes, which says the same after other changes."""
    lines = get_diff_for_mutant(name, path=path).splitlines()[2:]
    old, new = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return f"{_place(name)}: {old} => {new}"


def _listed() -> set[str]:
    """The changes that may survive; each line ends with the reason."""
    found = set()
    for number, line in enumerate(SURVIVORS.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            change, _, reason = line.rpartition(" | ")
            if not change or not reason.strip():
                sys.exit(f"{SURVIVORS}:{number}: a survivor without a reason")
            found.add(change)
    return found


if __name__ == "__main__":
    main()
