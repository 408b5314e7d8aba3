"""A real Chromium for tests, which may talk to this machine only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import programs
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kb_tools.site import server

_ARGUMENTS = [
    "--no-sandbox",  # tests may run as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`violates ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});"""


def path() -> str:
    """Chromium's path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return programs.path(names, "chromium fonts-noto-cjk", "NOT TESTED IN A BROWSER")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    executable = path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder served on the loopback address, on a free port."""
    with server.server(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


class Watched:
    """A page with what went wrong on it: messages of the console, errors of scripts, requests to
    other machines.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.wrong: list[str] = []
        self.page: Page = context.new_page()
        self.page.add_init_script(_VIOLATIONS)
        self.page.on(
            "console",
            lambda message: (
                self.wrong.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:"))
                else self.wrong.append(request.url)
            ),
        )


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A new page in a context of its own; whatever went wrong on it fails the test."""
    context = browser.new_context(**options)
    watching = Watched(context, address)
    yield watching.page
    context.close()
    assert not watching.wrong, watching.wrong
