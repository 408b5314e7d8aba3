"""Load the service for a while with real questions of all languages, and print what it does.

    python scripts/service_load.py [--seconds 60] [--connections 32]

Runs `kb serve` with words alone and with likeness of meaning, with one worker and with two, each
beside wrk on the same machine: requests a second, median and 99th percentile, errors, and how much
memory grew after the warm-up. Run by `make load`, after `kb index`; ends with 1 where a request
failed, memory grew by over 5 %, or the 99th percentile is over ten times the median.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
SETS = ("queries.jsonl", "queries-2.jsonl", "fresh.jsonl")
WARM = 10
GROWTH = 1.05
TAIL = 10.0
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_LUA = """
local paths = {{ {paths} }}
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@contextmanager
def service(semantic: bool, workers: int, folder: Path) -> Iterator[tuple[str, int]]:
    """The service, as its address and the id of its process."""
    mode = [] if semantic else ["--no-semantic"]
    options = [*mode, "--port", "0", "--rate", "0", "--quiet", "--workers", str(workers)]
    process = subprocess.Popen(
        [sys.executable, "-m", "kb_tools", "serve", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=(folder / "errors.txt").open("wb"),
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert process.stdout
    try:
        yield process.stdout.readline().split("/  ")[0], process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def load(address: str, script: Path, seconds: int, connections: int) -> dict[str, float]:
    """What wrk measures: requests a second, milliseconds, and failed requests."""
    bounds = ("-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s")
    run = subprocess.run(
        ["wrk", *bounds, "--latency", "-s", str(script), address],
        capture_output=True,
        text=True,
        check=True,
    )
    told = run.stdout
    sockets = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told
    )
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    failed = sum(map(int, sockets.groups())) if sockets else 0
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert rate, told
    return {
        "rate": float(rate[1]),
        "p50": _milliseconds(told, "50%"),
        "p99": _milliseconds(told, "99%"),
        "failed": failed + (int(refused[1]) if refused else 0),
    }


def _milliseconds(told: str, name: str) -> float:
    found = re.search(rf"^\s+{name}\s+([\d.]+)(us|ms|s)\s*$", told, re.MULTILINE)
    assert found, told
    return float(found[1]) * _UNITS[found[2]]


def memory(process: int) -> int:
    """Kilobytes that a process and those that it started hold."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    status = Path(f"/proc/{process}/status").read_text("ascii")
    held = re.search(r"VmRSS:\s+(\d+)", status)
    return (int(held[1]) if held else 0) + sum(memory(int(child)) for child in children)


def asked(address: str) -> list[str]:
    """The questions that have words, as addresses; whatever else is refused is counted later."""
    kept = []
    for path in paths():
        try:
            with urlopen(address + path):
                kept.append(path)
        except HTTPError as error:
            if error.code != 422:
                kept.append(path)
    return kept


def paths() -> list[str]:
    """The questions of all languages as addresses."""
    lines = [line for name in SETS for line in (ROOT / "tests" / name).open(encoding="utf-8")]
    return [f"/v1/answers?q={quote(json.loads(line)['text'][:500])}" for line in lines]


def measured(semantic: bool, workers: int, seconds: int, connections: int) -> bool:
    """Print what a way of running does; whether it is good."""
    with (
        tempfile.TemporaryDirectory() as name,
        service(semantic, workers, Path(name)) as (address, process),
    ):
        script = Path(name) / "questions.lua"
        quoted = ", ".join(f'"{path}"' for path in asked(address))
        script.write_text(_LUA.format(paths=quoted), "ascii")
        load(address, script, WARM, connections)
        before = memory(process)
        found = load(address, script, seconds, connections)
        growth = memory(process) / before
    good = not found["failed"] and growth <= GROWTH and found["p99"] <= TAIL * found["p50"]
    print(
        f"{'meaning' if semantic else 'words':8}{workers} worker{'s' * (workers > 1):2}"
        f"{found['rate']:7.0f} a second, median {found['p50']:.0f} ms, p99 {found['p99']:.0f} ms,"
        f" failed {found['failed']:.0f}, memory {before / 1024:.0f} MB x {growth:.3f}"
        f"{'' if good else '  MISSED'}",
        flush=True,
    )
    return good


def main() -> int:
    """Measure all ways of running."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=32)
    given = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("service_load: wrk is not installed\n    Run scripts/system-packages wrk.")
    good = [
        measured(semantic, workers, given.seconds, given.connections)
        for semantic in (False, True)
        for workers in (1, 2)
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
