"""The built site on this machine only, for looking at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kb_tools import layout
from kb_tools.errors import BadInput

_LOST = "404.html"
_HERE = ("127.0.0.1", "localhost", "::1")


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a reader who has left is no fault of ours, and a fault of ours is one of the
        file system, which the reader is told.
        """


class _Handler(SimpleHTTPRequestHandler):
    timeout = 30  # seconds that a reader may be silent for

    def handle(self) -> None:
        """Serve a reader; one who leaves is no error."""
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def send_head(self) -> Any:
        """Find what an address names; only what names this machine is served."""
        host = urlsplit(f"//{self.headers.get('Host', _HERE[0])}").hostname
        if host not in _HERE:
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        try:
            return super().send_head()
        except ValueError:  # a zero byte, say
            return self._refuse(HTTPStatus.BAD_REQUEST)

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_error(status)

    def list_directory(self, path: str | PathLike[str]) -> None:
        """Show no listing of a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page for the lost, where there is nothing."""
        lost = Path(self.directory) / _LOST
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        content = lost.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(_LOST))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def guess_type(self, path: str | PathLike[str]) -> str:
        """Modules are scripts, whatever the machine's own table of types says; texts are UTF-8."""
        if str(path).endswith((".mjs", ".js")):
            return "text/javascript; charset=utf-8"
        found = super().guess_type(path)
        text = found.startswith("text/") or found in ("application/json", "image/svg+xml")
        return f"{found}; charset=utf-8" if text else found

    def end_headers(self) -> None:
        """Let pages of any origin have the search box, as a sandboxed frame needs that has none."""
        if getattr(self, "path", "").startswith(f"/{layout.WIDGET}/"):
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    # the argument has the base class's name
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing about each request."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a folder on the loopback address; port 0 takes a free one. Raise `BadInput` where
    that is not possible.
    """
    if not (folder / "index.html").exists():
        raise BadInput(f"{folder}: there is no site\n    Run kb build.")
    try:
        return _Server((_HERE[0], port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise BadInput(
            f"port {port} cannot be used: {error.strerror}\n    Choose another with --port, or 0"
            " for a free one."
        ) from None


def serve(folder: Path, port: int, echo: Callable[[str], None]) -> None:
    """Serve until interrupted."""
    with server(folder, port) as running:
        echo(f"http://127.0.0.1:{running.server_port}/  (Ctrl-C ends it)")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            echo("")
