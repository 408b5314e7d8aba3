"""A site whose pages tell the server what goes wrong on them, since WebKit's driver hears nothing
of what pages say on the console.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from kb_tools.site import server

_HEARS = Path(__file__).with_name("hears.js")
_HEAD = "<head>"
_WAIT = 10.0  # seconds


@dataclass
class Place:
    """Where a site is served, and what its pages have complained of."""

    address: str = ""
    heard: SimpleQueue[str] = field(default_factory=SimpleQueue)

    def next(self) -> str:
        """The next complaint, as soon as there is one."""
        return self.heard.get(timeout=_WAIT)

    def forget(self) -> list[str]:
        """What has been complained of until now, which is forgotten."""
        return [self.heard.get() for _ in range(self.heard.qsize())]


@contextmanager
def listening(site: Path, folder: Path) -> Iterator[Place]:
    """A copy of a site in a folder, served on the loopback address, on a free port."""
    shutil.copytree(site, folder)
    shutil.copy(_HEARS, folder)
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert text.count(_HEAD) == 1, page
        page.write_text(text.replace(_HEAD, f'{_HEAD}<script src="/{_HEARS.name}"></script>'))
    place = Place()

    class Handler(server._Handler):
        def do_POST(self) -> None:  # noqa: N802 - the base class calls it by this name
            place.heard.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

    with server._Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        place.address = f"http://127.0.0.1:{running.server_port}"
        yield place
        running.shutdown()
        thread.join()
