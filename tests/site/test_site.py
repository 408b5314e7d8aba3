"""The built site in a real browser: four languages, wide and narrow, light and dark, with and
without JavaScript.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import browser
import pytest

from kb_tools.errors import BuildFailed
from kb_tools.locales import LOCALES
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.site import build as building

pytestmark = pytest.mark.browser
PAGES = [
    "",
    "zdr/",
    "features/",
    "retention/",
    "training/",
    "claude-code/",
    "telemetry/",
    "regions/",
    "sources/",
    "search/",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_without_a_complaint_or_a_request_elsewhere(
    chromium, address, code, size, scheme
):
    with browser.watched(chromium, address, viewport=size, color_scheme=scheme) as page:
        for name in PAGES:
            page.goto(f"{address}/{code}/{name}")
            assert page.evaluate("document.documentElement.lang") == LOCALES[code].html
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{name} scrolls sideways"
            )
            dark = page.evaluate("document.body.dataset.mdColorScheme") == "slate"
            assert dark == (scheme == "dark")


@pytest.mark.parametrize(("code", "font"), [("ja", "JP"), ("zh", "SC")])
def test_japanese_and_chinese_have_fonts_of_their_own(chromium, address, code, font):
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/{code}/zdr/")
        assert re.search(
            rf"Noto Sans CJK {font}",
            page.evaluate("getComputedStyle(document.querySelector('.kb-statement')).fontFamily"),
        )


def test_the_language_switch_stays_on_the_page_and_the_fact(chromium, address):
    with browser.watched(chromium, address, viewport=WIDE) as page:
        page.goto(f"{address}/en/features/#batch-retention")
        page.locator(".kb-languages button").hover()
        with page.expect_navigation():
            page.locator(".kb-languages a[hreflang=ja]").click()
        assert page.url == f"{address}/ja/features/#batch-retention"
        assert "29日間" in page.locator("#batch-retention + .kb-statement").inner_text()


def test_the_language_switch_works_without_javascript(chromium, address):
    with browser.watched(chromium, address, java_script_enabled=False) as page:
        page.goto(f"{address}/fr/retention/")
        assert (
            page.locator(".kb-languages a[hreflang=zh-Hans]").get_attribute("href")
            == "../../zh/retention/"
        )


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("fr-CA", "fr"), ("ja", "ja"), ("zh-TW", "zh"), ("de", "en"), ("en-GB", "en")],
)
def test_the_root_sends_readers_to_their_language(chromium, address, wanted, code):
    with browser.watched(chromium, address, locale=wanted) as page:
        page.goto(f"{address}/")
        if code == "en" and wanted == "de":
            assert page.locator("main a").count() == 4, (
                "no language of the reader's: the choice stays"
            )
        else:
            page.wait_for_url(f"{address}/{code}/")


def test_the_root_offers_all_languages_without_javascript(chromium, address):
    with browser.watched(chromium, address, java_script_enabled=False) as page:
        page.goto(f"{address}/")
        for link, locale in zip(page.locator("main a").all(), LOCALES.values(), strict=True):
            assert link.inner_text() == locale.name
            assert link.get_attribute("hreflang") == locale.html


def test_what_has_ended_is_told_as_past_and_what_holds_is_not(chromium, address):
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/fr/training/#choice-deadline")
        assert page.locator("#choice-deadline ~ .kb-past").first.is_visible()
        page.clock.install()
        page.clock.set_fixed_time("2025-10-08T12:00:00Z")
        page.reload()
        assert not page.locator("#choice-deadline ~ .kb-past").first.is_visible(), (
            "the last day is included"
        )


def test_the_picture_has_a_text_alternative_in_the_language_of_the_page(chromium, address):
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/ja/retention/")
        assert "最長24時間" in (
            page.locator(".kb-picture svg[role=img]").get_attribute("aria-label") or ""
        )


def test_a_copy_opened_from_a_file_says_why_it_cannot_be_searched(chromium, site):
    page = chromium.new_page()
    page.goto((site / "ja/zdr/index.html").as_uri())
    assert "kb serve" in page.locator(".kb-from-file").inner_text()
    page.close()


def test_print_shows_the_facts_and_not_the_navigation(chromium, address):
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/zdr/")
        page.emulate_media(media="print")
        assert page.locator("#definition + .kb-statement").is_visible()
        assert not page.locator(".md-header").is_visible()


def test_pages_name_each_other_in_all_languages(site: Path):
    text = (site / "ja/zdr/index.html").read_text("utf-8")
    for locale in LOCALES.values():
        assert (
            f'hreflang="{locale.html}" href="https://policy-kb.example/{locale.code}/zdr/"' in text
        )
    assert 'hreflang="x-default" href="https://policy-kb.example/en/zdr/"' in text
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert sitemap.count("<loc>") == len(LOCALES) * len(PAGES) + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("docs/fr/zdr.md", "(features.md#", "(feature.md#", "docs/fr/zdr.md:"),
        (
            "docs/ja/zdr.md",
            "(features.md#prompt-caching-zdr",
            "(features.md#no-such-fact",
            "docs/ja/zdr.md:",
        ),
        (
            "docs/theme/main.html",
            "{% block site_meta %}",
            '{% block site_meta %}<script src="https://cdn.example/x.js"></script>',
            "loaded from another site",
        ),
        ("docs/theme/main.html", "x-default", "x-other", "alternates"),
    ],
    ids=["a broken link", "a broken anchor", "a script from elsewhere", "a missing alternate"],
)
def test_a_fault_fails_the_build_and_leaves_the_old_site(
    copy, index, site, tmp_path_factory, name, old, new, told
):
    output = tmp_path_factory.mktemp("old") / "site"
    shutil.copytree(site, output)
    path = copy / name
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(BuildFailed, match=re.escape(told)):
        building.build(Project(copy), store.open_index(index), output)
    assert (output / "en/zdr/index.html").read_bytes() == (site / "en/zdr/index.html").read_bytes()
    assert not [left for left in output.parent.iterdir() if left != output], (
        "nothing is left beside it"
    )


def test_a_disk_that_is_full_leaves_everything_as_it_was(copy):
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    facts = copy / "docs/facts/features.yml"
    facts.write_text(facts.read_text("utf-8").replace("P29D", "P31D"), "utf-8")
    before[facts] = facts.read_bytes()
    limit = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));"
        " sys.argv = ['kb', 'build']; "
    )
    run = subprocess.run(
        [sys.executable, "-c", limit + "runpy.run_module('kb_tools', run_name='__main__')"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert "cannot be written" in run.stderr
    assert "Free space" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_mkdocs_alone_builds_the_english_site(copy):
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "29 days" in (copy / "site/en/features/index.html").read_text("utf-8")


def test_zensical_builds_the_same_pages(copy):
    run = subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    text = (copy / "site/en/features/index.html").read_text("utf-8")
    assert 'id="batch-retention"' in text
    assert "29 days" in text


def test_a_changed_number_changes_in_every_language_and_nothing_else(copy):
    facts = copy / "docs/facts/features.yml"
    before = {path: path.read_text("utf-8").splitlines() for path in (copy / "docs").rglob("*.md")}
    facts.write_text(facts.read_text("utf-8").replace("length: P29D", "length: P28D"), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "kb_tools", "build"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    changed = {
        f"{path.relative_to(copy / 'docs').as_posix()}:{number}": (old, new)
        for path, lines in before.items()
        for number, (old, new) in enumerate(
            zip(lines, path.read_text("utf-8").splitlines(), strict=True), 1
        )
        if old != new
    }
    said = {
        "en": ("29 days", "28 days"),
        "fr": ("29 jours", "28 jours"),
        "ja": ("29日間", "28日間"),
        "zh": ("29 天", "28 天"),
    }
    assert {place.partition("/")[0] for place in changed} == set(said)
    figure = re.compile(r"\d+(?:\.\d+)?")
    for place, (old, new) in changed.items():
        before_words, after_words = said[place.partition("/")[0]]
        if "<svg" in old:
            assert figure.sub("", old) == figure.sub("", new), (
                "the picture has another bar length and the new figure"
            )
            assert new.count(after_words) == old.count(before_words)
        else:
            assert old.replace(before_words, after_words) == new, place
    pages = {place.partition(":")[0].partition("/")[2] for place in changed}
    assert pages == {
        "features.md",
        "retention.md",
    }, "the fact and the matrix; the picture, its table and the twins"
    answer = subprocess.run(
        [sys.executable, "-m", "kb_tools", "ask", "メッセージバッチの保持期間"],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "28日間" in answer.stdout
    assert "28 jours" in (copy / "site/fr/features/index.html").read_text("utf-8")
