"""The service as it runs: a process of its own on a free port, with the small base."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TRASH = "handling/deleted-files"
ASKED = {
    "en": "How long can a deleted file be restored from the trash?",
    "fr": "Combien de temps un fichier supprimé reste-t-il dans la corbeille ?",
    "ja": "削除したファイルはゴミ箱に何日間残りますか",
    "zh": "删除的文件在回收站里保留多少天？",
}
"""The same question, which that fact answers."""


@dataclass
class Running:
    """A service that runs."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, **headers: str) -> tuple[int, Any, Any]:
        """Status, headers and JSON of an address."""
        return self.send(urllib.request.Request(self.address + path, headers=headers))

    def post(self, path: str, body: bytes) -> tuple[int, Any, Any]:
        """The same of a body that is posted."""
        headers = {"Content-Type": "application/json"}
        return self.send(urllib.request.Request(self.address + path, body, headers))

    def send(self, request: urllib.request.Request) -> tuple[int, Any, Any]:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.headers, json.loads(response.read() or "null")
        except urllib.error.HTTPError as error:
            told = error.read()
            is_json = error.headers.get_content_type() == "application/json"
            return error.code, error.headers, json.loads(told) if is_json and told else told


@contextmanager
def serving(index: Path, folder: Path, *options: str) -> Iterator[Running]:
    """`kb serve` on a free port until the end of the block, then stopped as an operator would."""
    log = folder / "log.txt"
    named = ("--index", str(index), "--no-semantic")
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "kb_tools", "serve", "--port", "0", *named, *options],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    assert process.stdout
    try:
        first = process.stdout.readline().decode()
        assert first.startswith("http://127.0.0.1:"), first + log.read_text("utf-8")
        yield Running(first.split("/  ")[0], process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stdout.close()


@pytest.fixture(scope="session")
def service(index: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service of the small base and its site, with no bound on how often it is asked."""
    folder = tmp_path_factory.mktemp("service")
    with serving(index, folder, "--rate", "0", "--site", str(site)) as running:
        yield running
