"""Look with axe for what hinders people on every page of the built site, and for pages that scroll
sideways.

    python scripts/accessibility.py [--languages en,ja]

Each page is looked at 1440 and 390 pixels wide, light, dark and in forced colors, with the menu of
a fact open; at 320 pixels it must not scroll sideways. Run by `make axe`,
after `kb build`; ends with 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402 - the tests' own Chromium

WIDTHS = {1440: 900, 390: 844}
COLORS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
NARROW = {"width": 320, "height": 640}
OPTIONS = {"resultTypes": ["violations"]}


def faults(page: Page) -> Iterator[str]:
    """What axe finds on a page as it is."""
    for each in Axe().run(page, options=OPTIONS).response["violations"]:
        targets = [" ".join(map(str, node["target"])) for node in each["nodes"]]
        yield f"{each['id']}: {', '.join(targets[:3])} ({len(targets)})"


def opened(page: Page, address: str) -> None:
    """Open a page, with the menu of its first fact open where it has one."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    menu = page.locator(".kb-actions > summary").first
    if menu.count():
        menu.click()


def looked_at(chromium: Browser, address: str) -> Iterator[str]:
    """The faults of one page, in all widths and colors."""
    for width, height in WIDTHS.items():
        for color, media in COLORS.items():
            context = chromium.new_context(viewport={"width": width, "height": height}, **media)
            page = context.new_page()
            opened(page, address)
            yield from (f"{width} {color}: {fault}" for fault in faults(page))
            context.close()
    context = chromium.new_context(viewport=NARROW)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROW["width"]:
        yield f"320: scrolls sideways, {wide} pixels wide"
    context.close()


def main() -> int:
    """Print a line a page; 1 where one has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", help="codes with commas; default: all, and the root")
    chosen = parser.parse_args().languages
    site = ROOT / "site"
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    wanted = [name for name in pages if not chosen or name.partition("/")[0] in chosen.split(",")]
    number = 0
    with browser.chromium() as chromium, browser.serving(site) as address:
        for name in wanted:
            found = list(looked_at(chromium, f"{address}/{name.removesuffix('index.html')}"))
            number += len(found)
            print(name, *(found or ["ok"]), sep="\n  " if found else "  ", flush=True)
    print(f"{number} faults on {len(wanted)} pages, {len(WIDTHS)} widths, {len(COLORS)} colors")
    return 1 if number else 0


if __name__ == "__main__":
    raise SystemExit(main())
