"""Put live HTML, Markdown and scripts into every text of the knowledge base and look for them in
its site with Chromium.

    python scripts/html_in_fields.py [ROOT]

A text is put into each field of the sources and of the configuration, and into each translation of
the content and of the interface; the site is built from that, and every page of it is opened. Fails
where anything of it is live, runs, or is not shown as it was written. Run by `make torture`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402 - the tests' own Chromium
import injected  # noqa: E402 - what the tests put into a small base

_TOLD = 20
"""How many faults of a site are printed."""


def main() -> None:
    """Try every live text in the sources and in the translations; print a line for each."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    with browser.chromium() as chromium:
        faults = sum(
            _try(chromium, root, place, what) for what in injected.LIVE for place in injected.PLACES
        )
    print(f"{faults} faults")
    sys.exit(1 if faults else 0)


def _try(chromium: Browser, root: Path, place: str, what: str) -> int:
    """Build a copy with one live text in all fields of a place, and look; return how much is
    wrong.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = injected.injected(root, Path(folder) / "kb", place, what)
        seen = injected.look(chromium, injected.built(made.root), made)
    print(
        f"{what} in {place}: in {len(made.fields)} fields, {len(made.refused)} refused in words;"
        f" {len(seen.literal)} shown as written, {len(seen.wrong)} faults",
        flush=True,
    )
    for fault in seen.wrong[:_TOLD]:
        print(f"  {fault}")
    return len(seen.wrong)


if __name__ == "__main__":
    main()
