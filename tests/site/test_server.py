"""The site as it is served on this machine."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from kb_tools.errors import BadInput
from kb_tools.site import server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one page and two scripts."""
    (tmp_path / "index.html").write_text("<p>Here</p>", "utf-8")
    for name in ("a.js", "a.mjs", "a.css"):
        (tmp_path / name).write_text("", "utf-8")
    return tmp_path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, on a free port."""
    with server.server(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


def test_a_site_that_is_not_published_is_served_to_this_machine_only(folder: Path) -> None:
    with server.server(folder, 0) as running:
        assert running.server_address[0] == "127.0.0.1", "no one else in the network may read it"
        assert running.server_port > 0


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html"),
        ("a.js", "text/javascript"),
        ("a.mjs", "text/javascript"),
        ("a.css", "text/css"),
    ],
)
def test_modules_are_served_as_scripts_which_browsers_demand(
    folder: Path, name: str, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(folder) as address, urlopen(address + name) as answer:
        assert answer.headers.get_content_type() == kind
    assert capfd.readouterr().err == "", "each request is not told"


def test_a_folder_without_a_site_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"there is no site\n    Run kb build"):
        server.server(tmp_path, 0)


def test_a_port_in_use_is_told_with_what_to_do(folder: Path) -> None:
    with (
        server.server(folder, 0) as running,
        pytest.raises(BadInput, match=rf"(?s)^port {running.server_port} cannot be used: .*--port"),
    ):
        server.server(folder, running.server_port)


def test_serving_tells_the_address_and_ends_when_interrupted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(running: server.ThreadingHTTPServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(server.ThreadingHTTPServer, "serve_forever", interrupted)
    said: list[str] = []
    server.serve(folder, 0, said.append)
    address, end = said
    assert address.startswith("http://127.0.0.1:")
    assert address.endswith("/  (Ctrl-C ends it)")
    assert end == ""


def raw(port: int, request: bytes) -> bytes:
    """What comes back for the bytes of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


@pytest.fixture
def lively(folder: Path) -> Iterator[int]:
    """The port of a site with a folder and a page for the lost."""
    (folder / "404.html").write_text("<p>Lost, and told so.", "utf-8")
    (folder / "sub").mkdir()
    with served(folder) as address:
        yield int(address.rpartition(":")[2].strip("/"))


STRANGE = [
    (b"GET /%00 HTTP/1.0\r\n\r\n", b"400"),
    (b"GET /../../etc/passwd HTTP/1.0\r\n\r\n", b"404"),
    (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.0\r\n\r\n", b"404"),
    (b"GET /sub/ HTTP/1.0\r\n\r\n", b"404"),
    (b"GET /nothing HTTP/1.0\r\n\r\n", b"404"),
    (b"HEAD /nothing HTTP/1.0\r\n\r\n", b"404"),
    (b"GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n", b"421"),
    (b"GET / HTTP/1.0\r\nHost: localhost:80\r\n\r\n", b"200"),
    (b"GET / HTTP/1.0\r\nHost: [::1]:80\r\n\r\n", b"200"),
    (b"PUT / HTTP/1.0\r\n\r\n", b"501"),
    (b"\x00\xff\r\n\r\n", b"400"),
    (b"GET " + b"/a" * 40_000 + b" HTTP/1.0\r\n\r\n", b"414"),
]


@pytest.mark.parametrize(("request_", "status"), STRANGE, ids=[r[:24] for r, _ in STRANGE])
def test_a_strange_request_is_answered_and_nothing_is_printed(
    lively: int, request_: bytes, status: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    received = raw(lively, request_)
    assert status in received[:40] or status in received, received[:200]
    if status == b"404" and request_.startswith(b"GET"):
        assert b"Lost, and told so." in received
        assert b"charset=utf-8" in received
    assert capfd.readouterr().err == ""


def test_readers_who_leave_are_no_error(lively: int, capfd: pytest.CaptureFixture[str]) -> None:
    for request in (b"", b"GET / HT", b"GET / HTTP/1.0\r\n\r\n"):
        connection = socket.create_connection(("127.0.0.1", lively), timeout=10)
        connection.sendall(request)
        linger = struct.pack("ii", 1, 0)  # a reset in place of a goodbye
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        connection.close()
    assert b"200" in raw(lively, b"GET / HTTP/1.0\r\n\r\n")[:20]
    assert capfd.readouterr().err == ""
