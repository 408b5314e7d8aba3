"""The built site on this machine only, for looking at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path
from typing import Any

from kb_tools.errors import BadInput
from kb_tools.site.build import WIDGET


class _Handler(SimpleHTTPRequestHandler):
    def guess_type(self, path: str | PathLike[str]) -> str:
        """Modules are scripts, whatever the machine's own table of types says."""
        return (
            "text/javascript" if str(path).endswith((".mjs", ".js")) else super().guess_type(path)
        )

    def end_headers(self) -> None:
        """Let pages of any origin have the search box, as a sandboxed frame needs that has none."""
        if self.path.startswith(f"/{WIDGET}/"):
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file; a reader who has left meanwhile is no error."""
        with suppress(BrokenPipeError, ConnectionResetError):
            super().copyfile(source, outputfile)

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
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder)))
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
