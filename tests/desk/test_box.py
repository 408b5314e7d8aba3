"""The search box that asks the service, and searches its own index where the service is away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.conftest import ASKED, serving

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing."""

    def guess_type(self, path: object) -> str:
        return "text/javascript" if str(path).endswith(".mjs") else super().guess_type(str(path))

    def log_message(self, *_: object) -> None: ...


@contextmanager
def desk(site: Path, folder: Path) -> Iterator[str]:
    """A help desk's own server, which has a copy of the box."""
    (folder / "policy-kb").symlink_to(site / "policy-kb")
    (folder / "favicon.ico").write_bytes(b"")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def written(site: Path, folder: Path, api: str, *, index: bool = True) -> None:
    """The desk's page with the box in French."""
    (module,) = (site / "policy-kb").glob("policy-kb-*.mjs")
    source = 'src="policy-kb/index/"' if index else ""
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><title>Desk</title><policy-kb lang="fr" {source}'
        f' api="{api}"></policy-kb>'
        f'<script type="module" src="policy-kb/{module.name}"></script>',
        "utf-8",
    )


def asked(page: Page, place: str) -> str:
    """What the box says to a question in Japanese."""
    page.goto(place)
    box = page.locator("policy-kb")
    box.locator("input").fill(ASKED["ja"])
    expect(box.locator("[part=answered-by]")).to_be_visible(timeout=15_000)
    expect(box).to_contain_text("30\xa0jours")
    return box.locator("[part=answered-by]").inner_text()


def test_the_box_tells_which_one_answered_and_goes_on_when_the_service_is_away(
    chromium: Browser, index: Path, site: Path, tmp_path: Path
) -> None:
    with desk(site, tmp_path) as place, chromium.new_context() as context:
        page = context.new_page()
        (tmp_path / "run").mkdir()
        with serving(index, tmp_path / "run", "--allow-origin", place) as service:
            host = service.address.removeprefix("http://")
            written(site, tmp_path, f"{service.address}/v1/answers")
            assert asked(page, place) == f"Réponse fournie par {host}."
            assert "ne quitte jamais" not in page.locator("policy-kb").inner_text()
        assert asked(page, place).startswith(f"{host} ne répond pas")


def test_a_service_that_does_not_allow_the_page_is_as_one_that_is_away(
    chromium: Browser, index: Path, site: Path, tmp_path: Path
) -> None:
    with desk(site, tmp_path) as place, chromium.new_context() as context:
        (tmp_path / "run").mkdir()
        with serving(index, tmp_path / "run") as service:
            written(site, tmp_path, f"{service.address}/v1/answers")
            host = service.address.removeprefix("http://")
            assert asked(context.new_page(), place).startswith(f"{host} ne répond pas")


def test_without_an_index_a_service_that_is_away_is_an_error(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    with desk(site, tmp_path) as place, chromium.new_context() as context:
        written(site, tmp_path, "http://127.0.0.1:9/v1/answers", index=False)
        page = context.new_page()
        page.goto(place)
        page.locator("policy-kb input").fill(ASKED["ja"])
        expect(page.locator("policy-kb [part=error]")).to_be_visible()


def test_that_nothing_answers_is_the_word_of_the_service(
    chromium: Browser, index: Path, site: Path, tmp_path: Path
) -> None:
    with desk(site, tmp_path) as place, chromium.new_context() as context:
        (tmp_path / "run").mkdir()
        with serving(index, tmp_path / "run", "--allow-origin", place) as service:
            written(site, tmp_path, f"{service.address}/v1/answers")
            page = context.new_page()
            page.goto(place)
            page.locator("policy-kb input").fill("wxq zzz")
            page.locator("policy-kb input").press("Enter")
            said = page.locator("policy-kb [part=answered-by]")
            expect(said).to_contain_text("Réponse fournie par")
