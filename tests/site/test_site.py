"""The built site of the small base in a real browser: five languages, wide and narrow, light and
dark, with and without JavaScript.
"""

from __future__ import annotations

from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser
from small import LANGUAGES, LOCALES

pytestmark = pytest.mark.browser
PAGES = ["", "handling/", "choices/", "sources/", "search/", "embed/"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = [
    *[(code, WIDE, "light") for code in LANGUAGES],
    *[(code, NARROW, "dark") for code in LANGUAGES],
    # what the width and the colors change does not depend on the language
    *[("ja", WIDE, "dark"), ("de", NARROW, "light")],
]


@pytest.mark.parametrize(
    ("code", "size", "scheme"),
    LOOKS,
    ids=[f"{code} {'wide' if size is WIDE else 'narrow'} {scheme}" for code, size, scheme in LOOKS],
)
def test_every_page_opens_without_a_complaint_or_a_request_elsewhere(
    chromium: Browser, address: str, code: str, size: dict[str, int], scheme: str
) -> None:
    with browser.watched(chromium, address, viewport=size, color_scheme=scheme) as page:
        for name in [*PAGES, "404.html"]:
            page.goto(f"{address}/{code}/{name}")
            assert page.evaluate("document.documentElement.lang") == LOCALES[code].html
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{name} scrolls sideways"
            )
            dark = page.evaluate("document.body.dataset.mdColorScheme") == "slate"
            assert dark == (scheme == "dark")


@pytest.mark.parametrize("name", ["404.html", "policy-kb/", ""], ids=["lost", "demo", "root"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_belongs_to_no_language_opens_without_a_complaint(
    chromium: Browser, address: str, name: str, scheme: str
) -> None:
    options = {"viewport": NARROW, "color_scheme": scheme, "locale": "es"}
    with browser.watched(chromium, address, **options) as page:
        page.goto(f"{address}/{name}")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("code", "font"), [("ja", "JP"), ("zh", "SC")])
def test_japanese_and_chinese_have_fonts_of_their_own(
    chromium: Browser, address: str, code: str, font: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/{code}/handling/")
        family = page.evaluate(
            "getComputedStyle(document.querySelector('.kb-statement')).fontFamily"
        )
        assert f"Noto Sans CJK {font}" in family


def test_the_language_switch_stays_on_the_page_and_the_fact(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address, viewport=WIDE) as page:
        page.goto(f"{address}/en/handling/#shared-links")
        page.locator(".kb-languages button").hover()
        with page.expect_navigation():
            page.locator(".kb-languages a[hreflang=ja]").click()
        assert page.url == f"{address}/ja/handling/#shared-links"
        assert "14日間" in page.locator("#shared-links ~ .kb-statement").inner_text()


def test_the_language_switch_works_without_javascript(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address, java_script_enabled=False) as page:
        page.goto(f"{address}/fr/choices/")
        links = page.locator(".kb-languages a")
        assert [link.get_attribute("href") for link in links.all()] == [
            f"../../{code}/choices/" for code in LANGUAGES
        ]
        assert [link.inner_text().strip() for link in links.all()] == [
            locale.name for locale in LOCALES.values()
        ]
        current = page.locator(".kb-languages a[aria-current]")
        assert current.get_attribute("hreflang") == "fr"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("fr-CA", "fr"),
        ("ja", "ja"),
        ("zh-TW", "zh"),
        ("de-AT", "de"),
        ("en-GB", "en"),
        ("es", None),
    ],
)
def test_the_root_sends_readers_to_their_language(
    chromium: Browser, address: str, wanted: str, code: str | None
) -> None:
    with browser.watched(chromium, address, locale=wanted) as page:
        page.goto(f"{address}/")
        if code:
            page.wait_for_url(f"{address}/{code}/")
        else:
            page.wait_for_load_state("networkidle")
            assert page.url == f"{address}/", "no language of the reader's: the choice stays"
            assert page.locator("main a").count() == len(LANGUAGES)


@pytest.mark.parametrize("name", ["", "404.html"], ids=["the root", "the page for lost readers"])
def test_all_languages_are_offered_without_javascript(
    chromium: Browser, address: str, name: str
) -> None:
    with browser.watched(chromium, address, java_script_enabled=False) as page:
        page.goto(f"{address}/{name}")
        for link, locale in zip(page.locator("main a").all(), LOCALES.values(), strict=True):
            assert link.inner_text() == locale.name
            assert link.get_attribute("hreflang") == locale.html
        texts = page.locator("main li > span").all_inner_texts()
        assert len(set(texts)) == len(LANGUAGES), "each in its own words"
        assert page.locator("main li > span[lang]").count() == 0, "which are its language's"


@pytest.mark.parametrize(
    ("fact", "note", "day", "shown"),
    [
        ("archive-by-mail", ".kb-past", "2024-06-28", False),
        ("archive-by-mail", ".kb-past", "2024-06-29", True),
        ("version-history", ".kb-future", "2031-03-16", True),
        ("version-history", ".kb-future", "2031-03-17", False),
    ],
)
def test_what_has_ended_or_is_to_come_is_told_on_the_days_on_which_it_is_so(
    chromium: Browser, address: str, fact: str, note: str, day: str, shown: bool
) -> None:
    with browser.watched(chromium, address) as page:
        page.clock.install()
        page.clock.set_fixed_time(f"{day}T12:00:00Z")
        page.goto(f"{address}/fr/choices/#{fact}")
        assert page.locator(f"#{fact} ~ {note}").first.is_visible() == shown
        assert page.locator(note).count() == 1, "of this fact alone"


@pytest.mark.parametrize(("code", "said"), [("ja", "30日間"), ("de", "30 Tage"), ("en", "30 days")])
def test_a_period_is_said_beside_its_bar_which_says_nothing(
    chromium: Browser, address: str, code: str, said: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/{code}/handling/")
        row = page.locator(".kb-periods tr", has=page.locator("td", has_text=said)).first
        assert row.locator("svg[aria-hidden=true]").bounding_box()["width"] > 100
        assert row.locator("th[scope=row] a").count() == 1


@pytest.mark.parametrize("name", ["handling/", ""])
def test_a_copy_opened_from_a_file_says_why_it_cannot_be_searched(
    chromium: Browser, site: Path, name: str
) -> None:
    page = chromium.new_page()
    page.goto((site / f"ja/{name}index.html").as_uri())
    note = page.locator(".kb-from-file").inner_text()
    page.close()
    assert "kb serve" in note
    assert "検索" in note


def test_a_served_page_has_no_such_note(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/ja/handling/")
        assert page.locator(".kb-from-file").count() == 0


def test_print_shows_the_facts_and_not_the_navigation(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/handling/")
        assert page.locator(".md-header").is_visible()
        page.emulate_media(media="print")
        assert page.locator("#encryption ~ .kb-statement").is_visible()
        assert not page.locator(".md-header").is_visible()
        assert not page.locator(".md-footer__inner").is_visible()


def test_pages_name_each_other_in_all_languages(site: Path) -> None:
    text = (site / "ja/handling/index.html").read_text("utf-8")
    url = "https://policies.example.com"
    for locale in LOCALES.values():
        assert f'hreflang="{locale.html}" href="{url}/{locale.code}/handling/"' in text
    assert f'hreflang="x-default" href="{url}/en/handling/"' in text
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert sitemap.count("<loc>") == len(LANGUAGES) * len(PAGES) + 1
    assert f"Sitemap: {url}/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    assert not list(site.glob("*/sitemap.xml*")), "one for all languages"
