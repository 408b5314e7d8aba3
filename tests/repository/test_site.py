"""The site of the repository's own knowledge base: it opens in every language without a complaint,
and a changed number arrives everywhere.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import browser
import changes
import pytest
from playwright.sync_api import Browser
from small import spoil
from terminal import kb

from kb_tools import layout
from kb_tools.project import Project

LOOKS = [
    ({"width": 1280, "height": 900}, "light"),
    ({"width": 390, "height": 844}, "dark"),
]


@pytest.mark.browser
@pytest.mark.parametrize("code", ["en", "fr", "ja", "zh"])
@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["wide light", "narrow dark"])
def test_every_page_opens_without_a_complaint_or_a_request_elsewhere(
    chromium: Browser,
    address: str,
    project: Project,
    code: str,
    size: dict[str, int],
    scheme: str,
) -> None:
    names = ["", *(f"{page}/" for page in (*project.settings.pages, "sources", "search", "embed"))]
    with browser.watched(chromium, address, viewport=size, color_scheme=scheme) as page:
        for name in names:
            page.goto(f"{address}/{code}/{name}")
            assert page.evaluate("document.documentElement.lang") == project.locale(code).html
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{name} scrolls sideways"
            )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2025-08-18", None),
        ("2025-08-19", ".kb-disputed"),
        ("2025-09-18", ".kb-disputed"),
        ("2025-09-19", ".kb-past"),
    ],
)
def test_an_end_on_which_the_source_differs_is_told_as_disputed(
    chromium: Browser, address: str, day: str, shown: str | None
) -> None:
    with browser.watched(chromium, address) as page:
        page.clock.install()
        page.clock.set_fixed_time(f"{day}T12:00:00Z")
        page.goto(f"{address}/ja/regions/#before")
        section = page.locator("section", has=page.locator("#before"))
        for note in (".kb-disputed", ".kb-past"):
            assert section.locator(note).is_visible() == (note == shown), note


def test_the_site_has_every_language_and_page(site: Path, project: Project) -> None:
    assert [locale.code for locale in project.locales] == ["en", "fr", "ja", "zh"]
    for locale in project.locales:
        for page in project.settings.pages:
            text = (site / locale.code / page / "index.html").read_text("utf-8")
            assert f'lang="{locale.html}"' in text
            assert text.count('class="kb-section"') == sum(
                fact.id.startswith(f"{page}/") for fact in project.knowledge.facts
            )


@pytest.fixture
def sources(root: Path, tmp_path: Path) -> Path:
    """A copy of what the repository's knowledge base is made of, and of its pages."""
    folder = tmp_path / "kb"
    names = [layout.SETTINGS, layout.SITE_CONFIGURATION, layout.FACTS, layout.SCHEMAS, layout.I18N]
    names += [layout.DOCS / code for code in ("en", "fr", "ja", "zh")]
    names += [name for name in (layout.TEMPLATES, layout.THEME) if (root / name).exists()]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, folder / name)
    if (root / layout.INDEX).exists():
        # the vectors of what does not change are taken from there
        shutil.copytree(root / layout.INDEX, folder / layout.INDEX)
    return folder


def test_a_changed_number_changes_in_every_language_and_nothing_else(sources: Path) -> None:
    before = changes.pages(sources)
    spoil(sources / layout.page_file("features"), "length: P29D", "length: P28D")
    run = kb("build", folder=sources, timeout=900)
    assert run.returncode == 0, run.stderr
    said = {
        "en": ("29 days", "28 days"),
        "fr": ("29\xa0jours", "28\xa0jours"),
        "ja": ("29日間", "28日間"),
        "zh": ("29 天", "28 天"),
    }
    assert changes.check_lines(before, changes.pages(sources), said) == {
        "features.md",
        "index.md",
        "retention.md",
    }, "the fact and the matrix; a figure of the home page; the table of periods and the twins"
    answer = kb("ask", "メッセージバッチの保持期間", folder=sources)
    assert "28日間" in answer.stdout
    assert "28\xa0jours" in (sources / "site/fr/features/index.html").read_text("utf-8")
