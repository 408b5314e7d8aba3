"""Processes that serve the HTTP API: one, or several workers that read the same index. The home of
uvicorn.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess, multiprocess

from kb_tools.desk import api, gaps
from kb_tools.desk.service import Options
from kb_tools.desk.telemetry import SHARED
from kb_tools.errors import BadInput
from kb_tools.search import store

_SETTINGS = "KB_SERVICE"
"""How a worker is told the options: it is a process of its own."""
_WAITING = 2048
"""Connections that may wait to be taken."""
_AT_ONCE = 4
"""Connections that a worker takes in one go: with as many as wait, one worker would take them all,
and the others nothing.
"""
_LAST_CALL = 0.5
"""Seconds in which a worker that is stopped still reads requests of connections that it has."""
_GRACE = 15
"""Seconds that requests have to end in, when the service is stopped."""


class _Patient(uvicorn.Server):
    """Uvicorn closes connections whose request has not been read when it is told to end; this one
    takes no new connections, and reads those requests first. It shares connections with the other
    workers.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(_WAITING)  # asyncio made it wait for as few as it takes at once

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listening in sockets or ():
            listening.close()
        await asyncio.sleep(_LAST_CALL)
        await super().shutdown(sockets)


class _Config(uvicorn.Config):
    """The configuration of a worker; as it is of this module, each worker imports this module."""


# The supervisor has no way to be told another class of servers than the one that its module
# imports, and that module does not list it among what it exports.
multiprocess.Server = _Patient  # type: ignore[attr-defined]


def from_environment() -> ASGIApp:
    """The application of a worker."""
    told = json.loads(os.environ[_SETTINGS])
    paths = {name: Path(told[name]) if told[name] else None for name in ("index", "site", "gaps")}
    told.update(paths, origins=tuple(told["origins"]))
    return api.application(Options(**told))


@dataclass(frozen=True)
class Place:
    """Where a service listens, and by how many processes; a proxy has it at `root_path`."""

    host: str
    port: int
    workers: int = 1
    root_path: str = ""


def run(options: Options, place: Place, echo: Callable[[str], None]) -> None:
    """Serve until the process is told to end; raise `BadInput` or `IndexUnusable` before that where
    a worker could not begin.
    """
    _check(options)
    host, port, workers = place.host, place.port, place.workers
    with tempfile.TemporaryDirectory(prefix="kb-metrics-") as folder:
        if workers > 1:
            os.environ[SHARED] = folder  # workers read it when they import the library
        os.environ[_SETTINGS] = json.dumps(asdict(options), default=str)
        config = _Config(
            "kb_tools.desk.serving:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            backlog=_AT_ONCE,
            root_path=place.root_path,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=True,
            timeout_graceful_shutdown=_GRACE,
        )
        with _bound(host, port) as listening:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # and the folder is removed
            name = f"[{host}]" if ":" in host else host
            echo(f"http://{name}:{listening.getsockname()[1]}/  (Ctrl-C ends it)")
            with suppress(KeyboardInterrupt):
                if workers > 1:
                    Multiprocess(config, sockets=[listening]).run()
                else:
                    _Patient(config).run(sockets=[listening])


def _check(options: Options) -> None:
    """Read what workers will read: one that cannot begin would be started again and again."""
    index = store.open_index(options.index)
    if options.semantic and index.has_vectors:
        index.vectors()
    if options.gaps:
        gaps.check(options.gaps)


def _bound(host: str, port: int) -> socket.socket:
    """A socket at an address; raise `BadInput` where it cannot be had."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        hint = "Choose another with --port (0 takes a free one) or --host."
        what = f"port {port} of {host} cannot be used: {error.strerror or error}"
        raise BadInput(f"{what}\n    {hint}") from None
    listening.listen(_WAITING)  # who asks from now on waits until a worker is ready
    listening.set_inheritable(True)
    return listening
