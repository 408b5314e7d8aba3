"""What a reader can do with a page by script: look at another day, copy and report a fact, take a
table along. Without scripts, everything is there to be read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import browser
import pytest
from playwright.sync_api import Browser, Page, expect
from small import spoil

from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.site import build as building

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Page]:
    """A page whose clipboard can be read."""
    with browser.watched(chromium, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def wait_for_copy(page: Page) -> None:
    """Wait until something else is in the clipboard than `nothing`."""
    for _ in range(150):
        if clipboard(page) != "nothing":
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was copied")


def press(page: Page, fact: str, button: str) -> None:
    """Open the menu of a fact, press a button and wait until something is copied."""
    menu = page.locator(f"#{fact} + .kb-actions")
    menu.locator("summary").click()
    page.evaluate("navigator.clipboard.writeText('nothing')")
    menu.get_by_text(button, exact=True).click()
    wait_for_copy(page)


# -- as of a day


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2024-06-28", []),
        ("2024-06-29", ["Past: this ended on June 28, 2024."]),
        ("2031-03-17", ["Past: this ended on June 28, 2024."]),
    ],
)
def test_a_day_in_the_address_tells_what_held_then(
    reader: Page, address: str, day: str, shown: list[str]
) -> None:
    reader.goto(f"{address}/en/choices/?as-of={day}")
    assert reader.locator(".kb-past--shown").all_inner_texts() == shown
    begins = reader.locator(".kb-future--shown").count()
    assert begins == (day < "2031-03-17")
    expect(reader.locator(".kb-as-of-note")).to_contain_text("Shown as of")


@pytest.mark.parametrize("asked", ["", "?as-of=2024-13-01", "?as-of=yesterday", "?as-of="])
def test_what_is_no_day_is_today(reader: Page, address: str, asked: str) -> None:
    reader.goto(f"{address}/en/choices/{asked}")
    assert reader.locator(".kb-as-of-note").count() == 0


def test_a_chosen_day_stays_in_the_links_of_the_site_and_nowhere_else(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}/en/choices/")
    reader.locator(".kb-as-of input").fill("2024-07-01")
    reader.locator(".kb-as-of input").dispatch_event("change")
    reader.wait_for_url("**/choices/?as-of=2024-07-01")
    reader.get_by_role("link", name="Storage and sharing").first.click()
    reader.wait_for_url("**/handling/?as-of=2024-07-01")
    reader.locator(".kb-languages a[hreflang=fr]").evaluate("(link) => link.click()")
    reader.wait_for_url("**/fr/handling/?as-of=2024-07-01*")
    stored = reader.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "2024-07-01" not in stored
    reader.get_by_role("link", name="Afficher ce qui vaut aujourd’hui").click()
    reader.wait_for_url("**/fr/handling/")


def test_the_box_and_the_results_answer_as_of_the_day(reader: Page, address: str) -> None:
    question = "Can I request an archive by e-mail?"
    reader.goto(f"{address}/en/choices/?as-of=2024-06-01")
    assert reader.locator("policy-kb").get_attribute("as-of") == "2024-06-01"
    reader.goto(f"{address}/en/search/?as-of=2026-01-01#q={question}")
    section = reader.locator(".kb-results .kb-section").first
    expect(section).to_contain_text("Past: this ended on June 28, 2024.")


# -- a fact


def test_a_fact_is_copied_as_the_box_tells_it(reader: Page, address: str) -> None:
    reader.goto(f"{address}/en/handling/")
    press(reader, "shared-links", "Copy as text")
    text = clipboard(reader)
    assert "works for 14 days" in text
    assert "Harbor Notes data policy" in text
    assert text.endswith(f"{address}/en/handling/#shared-links")


@pytest.mark.parametrize(
    ("name", "said", "code"), [("日本語", "14日間", "ja"), ("Deutsch", "14 Tage", "de")]
)
def test_a_fact_is_copied_in_another_language(
    reader: Page, address: str, name: str, said: str, code: str
) -> None:
    reader.goto(f"{address}/en/handling/")
    press(reader, "shared-links", name)
    assert said in clipboard(reader)
    assert clipboard(reader).endswith(f"{address}/{code}/handling/#shared-links")


def test_the_link_of_a_fact_is_on_the_host_that_is_read(reader: Page, address: str) -> None:
    reader.goto(f"{address}/fr/handling/?as-of=2024-01-01")
    press(reader, "encryption", "Copier le lien")
    assert clipboard(reader) == f"{address}/fr/handling/#encryption"


def test_what_the_box_copies_leads_to_this_copy_where_the_configured_host_is_an_example(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}/ja/choices/")
    reader.locator("policy-kb").click()
    reader.keyboard.type("How long do offline copies stay on a device?")
    link = reader.locator("policy-kb [part~=copy-link]")
    expect(link).to_be_visible()
    reader.evaluate("navigator.clipboard.writeText('nothing')")
    link.click()
    wait_for_copy(reader)
    assert clipboard(reader) == f"{address}/ja/handling/#offline-copies"


def test_the_menu_of_a_fact_closes_by_escape_and_keeps_the_focus(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}/en/handling/")
    summary = reader.locator("#encryption + .kb-actions > summary")
    summary.focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("#encryption + .kb-actions > div")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(reader.locator("#encryption + .kb-actions > div")).to_be_hidden()
    expect(summary).to_be_focused()


REPORTS = [
    ("help@example.org", "mailto:help@example.org"),
    ("https://example.org/report?from=kb", "https://example.org/report"),
]


@pytest.mark.parametrize(("where", "target"), REPORTS)
def test_a_problem_with_a_fact_is_reported_with_its_id_and_nothing_else(
    chromium: Browser, copy: Path, index: Path, where: str, target: str
) -> None:
    spoil(copy / "kb.yml", "pages: [", f"report: {where}\npages: [")
    building.build(Project(copy), store.open_index(index), copy / "site")
    with (
        browser.serving(copy / "site") as address,
        browser.watched(chromium, address) as page,
    ):
        page.goto(f"{address}/de/handling/")
        page.locator("#encryption + .kb-actions > summary").click()
        link = page.locator("#encryption + .kb-actions a")
        expect(link).to_have_text("Ein Problem mit diesem Fakt melden")
        href = link.get_attribute("href") or ""
    assert href.startswith(target)
    asked = parse_qs(urlsplit(href).query)
    said = "".join(asked.get("body", [])) or str(asked)
    assert "handling/encryption" in said
    assert "de" in said
    assert set(asked) <= {"subject", "body", "fact", "language", "version", "from"}


def test_no_report_is_offered_where_none_is_configured(reader: Page, address: str) -> None:
    reader.goto(f"{address}/en/handling/")
    reader.locator("#encryption + .kb-actions > summary").click()
    expect(reader.locator("#encryption + .kb-actions button").first).to_be_visible()
    assert reader.locator("#encryption + .kb-actions a").count() == 0


# -- a table

LANGUAGES = [("en", "Copy table"), ("fr", "Copier le tableau"), ("ja", "表をコピー")]
DOWNLOAD = {"en": "Download as CSV", "fr": "Télécharger en CSV", "ja": "CSVでダウンロード"}


def rows(page: Page) -> list[list[str]]:
    """The cells of the first table as a reader sees them, signs left out."""
    return page.evaluate("""() => [...document.querySelector(".kb-table").rows].map((row) =>
      [...row.cells].map((cell) => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll("[aria-hidden]").forEach((sign) => sign.remove());
        return copy.textContent.trim().replace(/\\s+/g, " ");
      }))""")


@pytest.mark.parametrize(("code", "button"), LANGUAGES)
def test_a_table_is_taken_along_as_cells_and_as_a_file(
    reader: Page, address: str, code: str, button: str
) -> None:
    reader.goto(f"{address}/{code}/handling/")
    seen = rows(reader)
    reader.evaluate("navigator.clipboard.writeText('nothing')")
    reader.get_by_role("button", name=button).first.click()
    wait_for_copy(reader)
    assert [line.split("\t") for line in clipboard(reader).split("\n")] == seen
    with reader.expect_download() as download:
        reader.get_by_role("button", name=DOWNLOAD[code]).first.click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == seen
    assert download.value.suggested_filename == "handling-overview.csv"


def test_a_table_is_sorted_by_a_column_and_back(reader: Page, address: str) -> None:
    reader.goto(f"{address}/en/handling/")
    before = [row[0] for row in rows(reader)[1:]]
    heading = reader.locator(".kb-table thead th").first
    heading.locator("button").click()
    assert [row[0] for row in rows(reader)[1:]] == sorted(before)
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.locator("button").click()
    assert [row[0] for row in rows(reader)[1:]] == sorted(before, reverse=True)


def test_a_long_table_is_filtered(reader: Page, address: str) -> None:
    reader.goto(f"{address}/en/handling/")
    table = reader.locator(".kb-periods")
    field = reader.get_by_placeholder("Filter rows")
    assert field.count() == 1, "the short ones need none"
    field.fill("trash 90")
    assert table.locator("tbody tr:visible").count() == 1
    field.fill("")
    assert table.locator("tbody tr:visible").count() == 7


# -- beside a page


@pytest.mark.parametrize("code", ["en", "fr", "ja", "zh", "de"])
def test_the_facts_of_a_topic_lie_beside_its_page(site: Path, project: Project, code: str) -> None:
    entries = [entry for entry in project.editions[code] if entry.page == "handling"]
    data = (site / code / "handling/facts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(row["fact"], row["title"], row["text"]) for row in found] == [
        (entry.id, entry.title, entry.text) for entry in entries
    ]
    assert [row["address"] for row in found] == [entry.url for entry in entries]
    text = (site / code / "handling/index.md").read_text("utf-8")
    assert all(f"## {entry.title}" in text for entry in entries)


def test_assistive_technology_hears_headings_without_their_sign(reader: Page, address: str) -> None:
    reader.goto(f"{address}/en/handling/")
    heading = reader.get_by_role("heading", name="Encryption of notes and files", exact=True)
    assert heading.count() == 1
    link = heading.get_by_role("link")
    assert link.get_attribute("aria-label") == "Link to this section: Encryption of notes and files"
    assert reader.locator(".md-nav [aria-current=page]").count() >= 1


def test_without_scripts_nothing_that_needs_them_is_shown(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address, java_script_enabled=False) as page:
        page.goto(f"{address}/en/handling/")
        assert not page.locator(".kb-as-of").is_visible()
        assert not page.locator(".kb-print").is_visible()
        assert page.get_by_role("link", name="Markdown").is_visible()
        assert page.locator(".kb-table").first.is_visible()


# -- on a phone


@pytest.mark.parametrize("name", ["", "handling/"])
def test_with_the_keyboard_up_the_answer_is_in_sight(
    chromium: Browser, address: str, name: str
) -> None:
    size = {"width": 390, "height": 500}
    with browser.watched(chromium, address, viewport=size) as page:
        page.goto(f"{address}/en/{name}")
        page.locator("policy-kb").click()
        page.keyboard.type("How long do offline copies stay on a device?")
        said = page.locator("policy-kb [part=statement]").first
        expect(said).to_contain_text("up to 30 days")
        page.wait_for_timeout(1000)  # an answer is shown anew when all languages are loaded
        box = said.bounding_box()
        assert box
        assert box["y"] < size["height"] - 40


@pytest.mark.parametrize("name", ["", "handling/", "choices/", "sources/", "search/"])
def test_nothing_moves_while_a_page_loads_on_a_phone(
    chromium: Browser, address: str, name: str
) -> None:
    with browser.watched(chromium, address, viewport={"width": 390, "height": 844}) as page:
        page.add_init_script("""window.shifted = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
            window.shifted += entry.value;
          })).observe({ type: "layout-shift", buffered: true });""")
        page.goto(f"{address}/fr/{name}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifted") <= 0.02


@pytest.mark.parametrize("name", ["handling/", "choices/"])
def test_what_is_pressed_on_a_phone_is_large_enough(
    chromium: Browser, address: str, name: str
) -> None:
    with browser.watched(chromium, address, viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{address}/ja/{name}")
        page.locator(".kb-actions > summary").first.click()
        menus, tools = ".kb-actions > summary, .kb-actions button", ".kb-tools :is(a, button)"
        for each in page.locator(f"{menus}, {tools}, .kb-table-tools button").all():
            if each.is_visible():
                box = each.bounding_box()
                assert box
                assert box["height"] >= 43.5, each.inner_text()


# -- in a help desk


@pytest.mark.parametrize(
    ("code", "sample", "said"), [("en", "日本語", "30 days"), ("ja", "Deutsch", "30日間")]
)
def test_a_sample_ticket_is_answered_into_the_reply_in_the_language_that_is_chosen(
    reader: Page, address: str, code: str, sample: str, said: str
) -> None:
    reader.goto(f"{address}/{code}/embed/")
    reader.get_by_role("button", name=sample).click()
    box = reader.locator("article policy-kb")
    expect(box.locator("[part=statement]").first).to_contain_text(said)
    reader.locator("#kb-answers").select_option("fr")
    expect(box.locator("[part=statement]").first).to_contain_text("jours")
    box.locator("[part~=insert]").first.click()
    expect(reader.locator("#kb-reply")).to_have_value(re.compile("jours"))
