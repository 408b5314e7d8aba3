"""What hinders people on a page, as far as axe finds it; `make axe` looks at every page of the
repository's own site.
"""

from __future__ import annotations

from typing import Any

import browser
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS: list[tuple[Any, dict[str, Any]]] = [
    (WIDE, {"color_scheme": "light"}),
    (PHONE, {"color_scheme": "dark"}),
    (PHONE, {"color_scheme": "dark", "forced_colors": "active"}),
]


@pytest.mark.parametrize(
    ("size", "media"), LOOKS, ids=["wide light", "narrow dark", "forced colors"]
)
@pytest.mark.parametrize(
    "name", ["en/", "ja/handling/", "fr/choices/", "zh/sources/", "de/search/"]
)
def test_axe_finds_nothing_on_a_page(
    chromium: Browser, address: str, name: str, size: Any, media: dict[str, Any]
) -> None:
    with browser.watched(chromium, address, viewport=size, **media) as page:
        page.goto(f"{address}/{name}")
        page.wait_for_load_state("networkidle")
        menu = page.locator(".kb-actions > summary").first
        if menu.count():
            menu.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
