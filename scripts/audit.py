"""Look for known vulnerabilities in every pinned package, with pip-audit and the database of OSV.

    python scripts/audit.py [--database FILE]

Run by `make audit`. Where the service cannot be reached, a copy of its database is asked in its
place: `PyPI/all.zip` of OSV's exports, saved as `.cache/osv-pypi.zip` or named with `--database`.
Exit status 0 where nothing is known, 1 where something is, 2 where nobody could be asked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parent.parent
LOCKED = ROOT / "requirements-dev.txt"
DATABASE = ROOT / ".cache/osv-pypi.zip"
SERVICE = "https://api.osv.dev/v1/query"
_UNREACHED = ("Could not connect", "ConnectionError", "Max retries", "ServiceError", "timed out")

Vulnerability = Mapping[str, Any]


class Database:
    """An export of OSV, by package."""

    def __init__(self, path: Path) -> None:
        self._by_name: dict[str, list[Vulnerability]] = {}
        self.newest = ""
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                found = json.loads(archive.read(name))
                self.newest = max(self.newest, str(found.get("modified", "")))
                names = {canonicalize_name(each["package"]["name"]) for each in found["affected"]}
                for package in names:
                    self._by_name.setdefault(package, []).append(found)

    def of(self, name: str, version: str) -> list[Vulnerability]:
        """The vulnerabilities of a package in a version, without those that were withdrawn."""
        package = canonicalize_name(name)
        return [
            found
            for found in self._by_name.get(package, ())
            if "withdrawn" not in found
            and any(
                canonicalize_name(each["package"]["name"]) == package and is_affected(each, version)
                for each in found["affected"]
            )
        ]


def is_affected(affected: Mapping[str, Any], version: str) -> bool:
    """Tell whether a version is listed, or lies in a range, of an `affected` of OSV."""
    if version in affected.get("versions", ()):
        return True
    return any(
        _is_within(each["events"], Version(version))
        for each in affected.get("ranges", ())
        if each["type"] == "ECOSYSTEM"
    )


def _is_within(events: list[Mapping[str, str]], version: Version) -> bool:
    within = False
    for event in sorted(events, key=_place):
        (kind, said), *_ = event.items()
        reached = version >= _version(said) if kind != "last_affected" else version > _version(said)
        if reached:
            within = kind == "introduced"
    return within


def _place(event: Mapping[str, str]) -> Version:
    return _version(next(iter(event.values())))


def _version(said: str) -> Version:
    try:
        return Version(said)
    except InvalidVersion:
        return Version("0")


@contextmanager
def served(database: Database) -> Iterator[str]:
    """The address at which a database is asked as OSV is, on this machine only."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = database.of(asked["package"]["name"], asked["version"])
            content = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing about each request."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


def audited(service: str) -> subprocess.CompletedProcess[str]:
    """Run pip-audit on all pinned packages; no package is downloaded for it."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", LOCKED, "--disable-pip"]
    command += ["--require-hashes", "--vulnerability-service", "osv", "--osv-url", service]
    command += ["--progress-spinner", "off", "--timeout", "10", "--aliases", "on"]
    return subprocess.run(
        [*map(str, command)], capture_output=True, encoding="utf-8", check=False, cwd=ROOT
    )


def main() -> None:
    """Ask the service, else the database; print what is known and who said so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, help="ask this copy and not the service")
    chosen = parser.parse_args()
    if chosen.database is None:
        run = audited(SERVICE)
        if not any(sign in run.stderr for sign in _UNREACHED):
            _end(run, "asked: the service of OSV")
        print("the service of OSV cannot be reached", file=sys.stderr)
    place = chosen.database or DATABASE
    if not place.is_file():
        print(f"NOT AUDITED: there is no copy of its database either, at {place}", file=sys.stderr)
        print("    Save https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip there.")
        sys.exit(2)
    database = Database(place)
    saved = dt.date.fromtimestamp(place.stat().st_mtime)  # noqa: DTZ012 - the reader's day
    with served(database) as service:
        run = audited(service)
    _end(run, f"asked: {place}, saved on {saved}, newest entry of {database.newest[:10]}")


def _end(run: subprocess.CompletedProcess[str], who: str) -> None:
    print(run.stdout, end="")
    print(run.stderr.strip(), who, sep="\n")
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
