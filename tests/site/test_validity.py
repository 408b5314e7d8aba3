"""A fact that has ended, or that has not begun, in a real browser: told by the reader's own day."""

from __future__ import annotations

import browser
import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# a day at noon, and whether it is told that one fact is past and another is not yet in force
DAYS = [
    ("2024-06-27", False, True),
    ("2024-06-28", False, True),  # the last day is included
    ("2024-06-29", True, True),
    ("2031-03-16", True, True),
    ("2031-03-17", True, False),  # the first day is included
    ("2031-03-18", True, False),
]
PAST, FUTURE = "#archive-by-mail ~ .kb-past", "#version-history ~ .kb-future"


@pytest.mark.parametrize(("day", "past", "future"), DAYS, ids=[day for day, _, _ in DAYS])
def test_what_has_ended_and_what_has_not_begun_is_told_on_the_day(
    chromium: Browser, address: str, day: str, past: bool, future: bool
) -> None:
    with browser.watched(chromium, address, timezone_id="Pacific/Auckland") as page:
        page.clock.install(time=f"{day}T12:00:00+12:00")
        page.goto(f"{address}/fr/choices/")
        shown = [page.locator(note).first.is_visible() for note in (PAST, FUTURE)]
        assert shown == [past, future]


def test_without_javascript_neither_is_told_and_the_days_are_there(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address, java_script_enabled=False) as page:
        page.goto(f"{address}/en/choices/")
        for slug, note, day in (
            ("archive-by-mail", ".kb-past", "June 28, 2024, inclusive"),
            ("version-history", ".kb-future", "March 17, 2031"),
        ):
            section = page.locator("section", has=page.locator(f"#{slug}"))
            assert section.locator(note).count() == 1
            assert not section.locator(note).is_visible()
            assert day in section.inner_text()
