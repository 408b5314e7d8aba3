"""An address that was once published leads on: to where its fact is now, or to the word that it is
gone; and none is lost in silence.
"""

from __future__ import annotations

import re
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser, expect
from small import LANGUAGES, LOCALES, said, spoil
from terminal import kb

from kb_tools import builder, layout
from kb_tools.errors import InvalidSource
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.site import addresses
from kb_tools.site import build as building

FACT, NAME = "handling/encryption", "handling/ciphers"
HINT = "Name it in `formerly` of the fact that says it now, or in `withdrawn` in kb.yml"


def renamed(root: Path) -> None:
    """Give a fact another id, wherever it is named."""
    for path in [*(root / layout.FACTS).glob("*.yml"), *(root / layout.QUESTIONS).glob("*.yml")]:
        path.write_text(path.read_text("utf-8").replace(FACT, NAME), "utf-8")


def formerly(root: Path, *ids: str) -> None:
    title = "    title: Encryption of notes and files\n"
    spoil(root / layout.page_file("handling"), title, f"    formerly: [{', '.join(ids)}]\n{title}")


def withdraw(root: Path, *ids: str) -> None:
    path = root / layout.SETTINGS
    path.write_text(f"{path.read_text('utf-8')}withdrawn: [{', '.join(ids)}]\n", "utf-8")


def lost(root: Path) -> list[str]:
    return said(addresses.lost(Project(root)))


def test_an_id_that_vanishes_is_a_problem_and_no_page_is_written_over_it(copy: Path) -> None:
    assert lost(copy) == []
    renamed(copy)
    (told,) = lost(copy)
    assert re.fullmatch(
        r"docs/en/handling\.md:\d+: the address of 'handling/encryption' would lead to nothing",
        told,
    )
    before = (copy / "docs/en/handling.md").read_bytes()
    run = kb("pages", folder=copy)
    assert run.returncode == 1
    assert HINT in run.stderr
    assert (copy / "docs/en/handling.md").read_bytes() == before
    assert HINT in kb("check", folder=copy).stdout


@pytest.mark.parametrize("mend", [formerly, withdraw])
def test_what_is_named_once_is_never_to_be_forgotten(copy: Path, mend: object) -> None:
    """Since the pages hold the old ids, what named them cannot be removed either."""
    assert callable(mend)
    renamed(copy)
    sources = {
        path: path.read_bytes() for path in [*(copy / layout.FACTS).iterdir(), copy / "kb.yml"]
    }
    mend(copy, FACT, "choices/gone", "gone/too")
    assert lost(copy) == []
    builder.build_pages(Project(copy), lambda _: None)
    for path, content in sources.items():
        path.write_bytes(content)
    assert [line.split("'")[1] for line in lost(copy)] == ["choices/gone", "gone/too", FACT]


def test_a_page_that_is_gone_leads_on_too(copy: Path) -> None:
    formerly(copy, "old-page/ciphers")
    withdraw(copy, "old-page/mail", "handling/fax")
    builder.build_pages(Project(copy), lambda _: None)
    for code in LANGUAGES:
        page = (copy / f"docs/{code}/old-page.md").read_text("utf-8")
        assert "(handling.md#encryption)\n{ #ciphers .kb-moved }" in page
        assert "{ #mail .kb-moved }" in page
        assert "{ #fax .kb-moved }" in (copy / f"docs/{code}/handling.md").read_text("utf-8")
    assert "What stood here has been withdrawn." in (copy / "docs/en/old-page.md").read_text(
        "utf-8"
    )


def test_translations_go_with_the_fact(copy: Path) -> None:
    before = {
        code: (copy / layout.catalog(LOCALES[code].catalog, "facts")) for code in ("fr", "ja")
    }
    kept = {code: path.read_text("utf-8") for code, path in before.items()}
    renamed(copy)
    formerly(copy, FACT)
    assert kb("i18n", "update", folder=copy).returncode == 0
    for code, path in before.items():
        assert path.read_text("utf-8") == kept[code].replace(FACT, NAME)


def test_a_fact_is_shown_by_its_former_id(copy: Path) -> None:
    renamed(copy)
    formerly(copy, FACT)
    kb("i18n", "update", folder=copy)
    assert kb("index", "--no-semantic", folder=copy).returncode == 0
    shown = kb("show", FACT, folder=copy)
    assert shown.stdout == kb("show", NAME, folder=copy).stdout != ""
    assert shown.stderr == f"{FACT} is called {NAME} now\n"


WRONG = [
    ("withdrawn", FACT, f"kb.yml:1: withdrawn names the fact {FACT!r}"),
    ("withdrawn", "Fax", "kb.yml:"),
]


@pytest.mark.parametrize(("key", "value", "told"), WRONG)
def test_a_wrong_id_is_told(copy: Path, key: str, value: str, told: str) -> None:
    withdraw(copy, value)
    with pytest.raises(InvalidSource) as failure:
        Project(copy).knowledge  # noqa: B018 - read here
    assert said(failure.value.problems)[0].startswith(told), key


def test_a_former_id_that_is_withdrawn_too_is_told(copy: Path) -> None:
    formerly(copy, "handling/old")
    withdraw(copy, "handling/old")
    with pytest.raises(InvalidSource, match="'handling/old' is withdrawn too"):
        Project(copy).knowledge  # noqa: B018 - read here


def test_a_question_under_a_former_id_is_told_the_new_one(copy: Path) -> None:
    renamed(copy)
    formerly(copy, FACT)
    spoil(copy / "i18n/questions/fr.yml", NAME, FACT)
    run = kb("check", folder=copy)
    assert f"unknown fact {FACT!r}\n    Use {NAME}, as it is called now." in run.stdout


@pytest.mark.browser
def test_old_addresses_lead_to_the_new_place_in_a_browser(chromium: Browser, copy: Path) -> None:
    renamed(copy)
    formerly(copy, FACT, "choices/ciphers", "old-page/ciphers")
    withdraw(copy, "choices/fax")
    kb("i18n", "update", folder=copy)
    project = Project(copy)
    builder.build_pages(project, lambda _: None)
    builder.build_index(project, copy / "index", project.locales)
    building.build(project, store.open_index(copy / "index"), copy / "site")
    with browser.serving(copy / "site") as address, browser.watched(chromium, address) as page:
        page.goto(f"{address}/ja/handling/#encryption")
        top = page.locator("#ciphers").bounding_box()
        assert top
        assert 0 < top["y"] < 200, "the fact itself is in sight"
        page.goto(f"{address}/en/choices/#ciphers")
        expect(page.locator(".kb-moved:visible")).to_have_count(1)
        page.locator(".kb-moved:visible a").click()
        assert page.url == f"{address}/en/handling/#ciphers"
        page.goto(f"{address}/en/choices/#fax")
        expect(page.locator(".kb-moved:visible")).to_have_text(
            "What stood here has been withdrawn."
        )
        page.goto(f"{address}/en/choices/")
        expect(page.locator(".kb-moved:visible")).to_have_count(0)
        page.goto(f"{address}/fr/old-page/")
        page.locator(".kb-moved a").click()
        assert page.url == f"{address}/fr/handling/#ciphers"
