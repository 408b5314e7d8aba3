"""Measure every page of the built site: how much of it are facts, how long it is, and what a
reader sees first. `kb build` first.

    python scripts/pages.py [--languages en,ja]

Prints a line a page and language, and ends with 1 where a page misses what is wanted: facts at
least half of the characters of a topic page, the first overview in the first
screen at 1440 and at 390 pixels, the home page two screens of a phone at most, the longest topic
six screens and eight sheets at most, a layout shift of at most .02, and HTML with styles of at
most 60 kB compressed.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from kb_tools.project import Project

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402 - the tests' own Chromium

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHARE, SEEN, SCREENS, PHONE_SCREENS, SHEETS, SHIFT, BYTES = 0.5, 0.5, 6.0, 2.0, 8, 0.02, 60_000
_SHIFTS = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
window.shifted = 0;
"""
_OVERVIEW = """(height) => {
  const heading = document.querySelector("article h2");
  const after = [...document.querySelectorAll("article h2")][1];
  if (!heading || heading.matches(".kb-group-title, .kb-fact")) return null;
  const [from, to] = [heading, after ?? document.querySelector("footer")]
    .map((element) => element.getBoundingClientRect().top);
  return Math.min(1, Math.max(0, height - from) / Math.min(to - from, height));
}"""
_SHARE = """() => {
  const length = (parts) => [...parts].reduce((sum, part) => sum + part.innerText.length, 0);
  const facts = document.querySelectorAll(
    ".kb-section :is(.kb-fact, .kb-statement, .kb-condition), .kb-section ul:has(> .kb-values)," +
      ".kb-table tbody, :is(.kb-verdict, .kb-flow, .kb-timeline, .kb-claims) > ul",
  );
  return facts.length ? length(facts) / length([document.querySelector("article")]) : null;
}"""
_STYLES = "[...document.styleSheets].map((sheet) => sheet.href).filter(Boolean)"


@dataclass(frozen=True)
class Measured:
    """What one page in one language measures: the share of facts and of overviews made of
    their values in its characters, its
    screens at both widths, its sheets of A4, how much of a screen its first overview fills or how
    much of it is seen, its layout shift, and the compressed bytes of its HTML and styles.
    """

    name: str
    share: float | None
    screens: float
    phone: float
    sheets: int
    seen: float | None
    seen_on_phone: float | None
    shift: float
    size: int

    def misses(self) -> list[str]:
        """What is wanted of the page and is not so."""
        wanted = {
            "facts": self.share is None or self.share >= SHARE,
            "overview": self.seen is None or self.seen >= SEEN,
            "overview on a phone": self.seen_on_phone is None or self.seen_on_phone >= SEEN,
            "screens": self.screens <= SCREENS,
            "screens of a phone": "/index" not in self.name or self.phone <= PHONE_SCREENS,
            "sheets": self.sheets <= SHEETS,
            "shift": self.shift <= SHIFT,
            "bytes": self.size <= BYTES,
        }
        return [what for what, is_so in wanted.items() if not is_so]

    def line(self) -> str:
        """The figures in one line."""
        said = [
            f"{self.name:<16}",
            "facts    -" if self.share is None else f"facts {self.share:4.0%}",
            f"screens {self.screens:4.1f} / {self.phone:4.1f}",
            f"sheets {self.sheets:>2}",
            "overview  -  /  - "
            if self.seen is None or self.seen_on_phone is None
            else f"overview {self.seen:4.0%} / {self.seen_on_phone:4.0%}",
            f"shift {self.shift:.3f}",
            f"{self.size / 1000:4.1f} kB",
        ]
        return ", ".join([*said, *(f"MISSED: {what}" for what in self.misses())])


def measured(chromium: Browser, address: str, code: str, name: str) -> Measured:
    """Measure one page in a new context of the browser."""
    path = f"{address}/{code}/{'' if name == 'index' else name + '/'}"
    context = chromium.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(_SHIFTS)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    share = page.evaluate(_SHARE)
    shift = float(page.evaluate("window.shifted"))
    screens, seen = _first(page, WIDE["height"])
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    phone, seen_on_phone = _first(page, PHONE["height"])
    styles = [urljoin(path, each) for each in page.evaluate(_STYLES)]
    size = sum(len(gzip.compress(page.request.get(each).body())) for each in [path, *styles])
    context.close()
    named = f"{code}/{name}"
    return Measured(named, share, screens, phone, sheets, seen, seen_on_phone, shift, size)


def _first(page: Page, height: int) -> tuple[float, float | None]:
    """How many screens a page is long, and how much of its first overview the first one shows."""
    seen = page.evaluate(_OVERVIEW, height)
    return float(page.evaluate("document.documentElement.scrollHeight")) / height, seen


def main() -> int:
    """Print a line a page; 1 where one misses what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", help="codes with commas; default: all")
    chosen = parser.parse_args().languages
    project = Project(ROOT)
    codes = chosen.split(",") if chosen else [locale.code for locale in project.locales]
    names = ["index", *project.settings.pages, "sources"]
    missed = 0
    with browser.chromium() as chromium, browser.serving(ROOT / "site") as address:
        for code in codes:
            for name in names:
                found = measured(chromium, address, code, name)
                missed += bool(found.misses())
                print(found.line(), flush=True)
    print(f"{missed} of {len(codes) * len(names)} pages miss something")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
