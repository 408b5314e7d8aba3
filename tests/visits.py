"""A visit to a page of the site as a reader makes it, under the policy that the page and its server
say; whatever breaks it is told on the console, which `browser.watched` hears.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, expect

from kb_tools.site import server

SCHEMES = "() => [document.body.dataset.mdColorMedia, document.body.dataset.mdColorScheme].join()"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """A site with the headers that it says itself for all of its pages, as Netlify reads them."""
    first = (site / "_headers").read_text("utf-8").split("\n/", 1)[0]
    headers = dict(line.strip().split(": ", 1) for line in first.splitlines()[1:])
    assert "frame-ancestors" in headers["Content-Security-Policy"]

    class Handler(server._Handler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

    handler = partial(Handler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def visit(page: Page, address: str, question: str) -> None:
    """Open a page, choose every color, and ask in its box."""
    page.goto(address)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "require-trusted-types-for 'script'" in str(policy)
    if page.locator("[data-md-component=palette]").count():
        choose_colors(page)
    if page.locator("policy-kb").count():
        ask(page, question)
    elif page.locator(".kb-search-form").count():
        page.locator(".kb-search-form input").fill(question)
        expect(page.locator(".kb-results .kb-section").first).to_be_visible()


def choose_colors(page: Page) -> None:
    """Go once through all choices of colors; the last one before is kept when the page is opened
    again.
    """
    seen = [page.evaluate(SCHEMES)]
    for _ in range(2):
        page.locator("[data-md-component=palette] label:visible").click()
        page.wait_for_function(f"before => ({SCHEMES})() !== before", arg=seen[-1])
        seen.append(page.evaluate(SCHEMES))
    assert len(set(seen)) == 3
    page.reload()
    assert page.evaluate(SCHEMES) == seen[-1], "the choice is kept"
    page.locator("[data-md-component=palette] label:visible").click()


def ask(page: Page, question: str) -> None:
    """Type a question into the first box that is to be seen, and get an answer."""
    box = page.locator("policy-kb").first
    box.locator("input").fill(question)
    expect(box.locator("[role=option]").first).to_be_visible()


def switch_language(page: Page, language: str) -> None:
    """Follow the link to the same page in another language, by its `hreflang`."""
    page.locator(".kb-languages button").hover()
    with page.expect_navigation():
        page.locator(f".kb-languages a[hreflang={language}]").click()
