"""Visit every page of the built site in Chromium under its content security policy.

    python scripts/strict_pages.py [SITE]

On each page, in light and in dark, all colors are chosen and a question is asked in the box; the
language is switched on a page of each language. Fails where the policy is broken or anything does
not work. Run by `make torture`, after `kb build`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Error

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402 - the tests' own Chromium
import visits  # noqa: E402 - what the tests do on a page of a small base

QUESTION = "How long is data kept?"
SCHEMES = ("light", "dark")


def main() -> None:
    """Visit all pages; print what is wrong, and how many were right."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    languages = sorted({name.partition("/")[0] for name in pages if name.count("/") > 1})
    wrong = []
    with browser.chromium() as chromium, visits.served(site) as address:
        for name in pages:
            for scheme in SCHEMES:
                wrong += _visit(chromium, address, name.removesuffix("index.html"), scheme)
        for code in languages:
            wrong += _switch(chromium, address, code)
    print(f"{len(pages)} pages in {' and '.join(SCHEMES)}, {len(languages)} languages")
    print(f"{len(wrong)} faults", *wrong, sep="\n  ")
    sys.exit(1 if wrong else 0)


def _visit(chromium: Browser, address: str, name: str, scheme: str) -> list[str]:
    # a reader of no language of the site stays on the page that offers them
    try:
        with browser.watched(chromium, address, color_scheme=scheme, locale="eo") as page:
            visits.visit(page, f"{address}/{name}", QUESTION)
    except (AssertionError, Error) as error:
        return [f"{name} in {scheme}: {error}"]
    return []


def _switch(chromium: Browser, address: str, code: str) -> list[str]:
    try:
        with browser.watched(chromium, address) as page:
            page.goto(f"{address}/{code}/sources/")
            others = page.locator(".kb-languages a:not([aria-current])").all()
            for language in [link.get_attribute("hreflang") for link in others]:
                page.goto(f"{address}/{code}/sources/")
                visits.switch_language(page, str(language))
                assert page.url.endswith("/sources/"), page.url
    except (AssertionError, Error) as error:
        return [f"switch from {code}: {error}"]
    return []


if __name__ == "__main__":
    main()
