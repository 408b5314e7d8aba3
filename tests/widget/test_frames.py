"""The search box in a sandboxed frame, which has no origin, in a real browser: it works where the
server allows that, and else its place tells what to do.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser, Frame, expect

pytestmark = pytest.mark.browser
QUESTION = "How long do deleted files stay in the trash?"
SNIPPET = re.compile(r"```html\n(<policy-kb.*?)```", re.DOTALL)


class Silent(SimpleHTTPRequestHandler):
    """A server that allows other origins the files below `allowed`, none without it."""

    allowed = "nothing"

    def guess_type(self, path: str | PathLike[str]) -> str:
        return "text/javascript" if str(path).endswith(".mjs") else super().guess_type(path)

    def end_headers(self) -> None:
        if self.path.startswith(self.allowed):
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class ModuleOnly(Silent):
    allowed = "/policy-kb/policy-kb"


@contextmanager
def served(folder: Path, handler: type[Silent]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder)) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def framed(site: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a page that has the snippet of the handbook, and pages that frame it."""
    folder = Path(shutil.copytree(site, tmp_path_factory.mktemp("framed") / "site"))
    named = json.loads((folder / "policy-kb/integrity.json").read_text("utf-8"))
    snippet = SNIPPET.search((root / "docs/handbook/embedding.md").read_text("utf-8"))
    assert snippet
    made = snippet[1].replace("sha384-…", named["integrity"])
    made = re.sub(r"policy-kb-[\d.]+\.mjs", named["file"], made)
    (folder / "frame.html").write_text(f'<!doctype html><html lang="fr">{made}', "utf-8")
    for name, sandbox in (("scripts", "allow-scripts"), ("nothing", "")):
        frame = f'<!doctype html><iframe sandbox="{sandbox}" src="frame.html" width=600></iframe>'
        (folder / f"{name}.html").write_text(frame, "utf-8")
    return folder


@contextmanager
def frame_of(chromium: Browser, address: str, name: str) -> Iterator[Frame]:
    page = chromium.new_page()
    page.goto(f"{address}/{name}.html")
    yield page.frames[1]
    page.close()


def test_the_box_works_where_every_origin_is_allowed_as_kb_serve_does(
    chromium: Browser, framed: Path
) -> None:
    with browser.serving(framed) as address, frame_of(chromium, address, "scripts") as frame:
        assert frame.evaluate("self.origin") == "null"
        frame.locator("policy-kb input").fill(QUESTION)
        expect(frame.locator("policy-kb")).to_contain_text("30\xa0jours")
        assert not frame.get_by_text("cannot be loaded here").is_visible()
        assert not frame.get_by_text("Search our policies").is_visible()


def test_the_place_of_the_box_says_that_it_cannot_be_loaded(
    chromium: Browser, framed: Path
) -> None:
    with served(framed, Silent) as address, frame_of(chromium, address, "scripts") as frame:
        expect(frame.get_by_text("The search box cannot be loaded here.")).to_be_visible()
        expect(frame.get_by_role("link", name="Search our policies")).to_be_visible()


def test_without_scripts_the_link_is_in_the_place_of_the_box(
    chromium: Browser, framed: Path
) -> None:
    with browser.serving(framed) as address, frame_of(chromium, address, "nothing") as frame:
        expect(frame.get_by_role("link", name="Search our policies")).to_be_visible()


def test_a_box_that_may_not_have_its_index_says_so(chromium: Browser, framed: Path) -> None:
    with served(framed, ModuleOnly) as address, frame_of(chromium, address, "scripts") as frame:
        frame.locator("policy-kb input").fill(QUESTION)
        expect(frame.get_by_role("status")).to_have_text("Les réponses n’ont pas pu être chargées.")
