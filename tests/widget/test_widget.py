"""The search box in a real browser: on the site, under a strict policy, offline, with broken
indexes, by keyboard and by IME.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import browser
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
ASKED = {
    "en": "How long can a deleted file be restored from the trash?",
    "fr": "Combien de temps un fichier supprimé reste-t-il dans la corbeille ?",
    "ja": "削除したファイルはゴミ箱に何日間残りますか",
    "zh": "删除的文件在回收站里保留多少天？",
    "de": "Wie lange bleibt eine gelöschte Datei im Papierkorb?",
}
SAID = {"en": "30 days", "fr": "30\xa0jours", "ja": "30日間", "zh": "30 天", "de": "30 Tage"}
PAIRS = [*zip(ASKED, ASKED, strict=True), *zip(ASKED, [*list(ASKED)[1:], "en"], strict=True)]
"""Every language of the site, asked in itself and in another one."""
LOOKS = [({"width": 1280, "height": 900}, "light"), ({"width": 390, "height": 844}, "dark")]
POLICY = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"


def ask(page: Page, question: str) -> Any:
    """Type a question into the first box of a page; return the box."""
    box = page.locator("policy-kb").first
    box.locator("input").click()
    box.locator("input").fill(question)
    return box


def answers(page: Page, question: str) -> Any:
    box = ask(page, question)
    expect(box.locator("[role=option]").first).to_be_visible()
    return box


@contextmanager
def served(
    folder: Path, policy: str | None = None, wait: float = 0.0, kind: str | None = None
) -> Iterator[str]:
    """A folder served with a content security policy, slowly, or with a wrong type for its
    index.
    """

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def do_GET(self) -> None:
            if wait and "index/" in self.path:
                done.wait(wait)
            super().do_GET()

        def guess_type(self, path: Any) -> str:
            if kind and "index/" in self.path:
                return kind
            return "text/javascript" if str(path).endswith(".mjs") else super().guess_type(path)

        def log_message(self, *_: Any) -> None: ...

    done = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        done.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def desk(site: Path, tmp_path: Path) -> Path:
    """A help desk's page that embeds the box, with a copy of the published files that a test may
    spoil.
    """
    shutil.copytree(site / "policy-kb", tmp_path / "policy-kb")
    named = json.loads((site / "policy-kb/integrity.json").read_text("utf-8"))
    script = (
        f'<script type="module" src="policy-kb/{named["file"]}"'
        f' integrity="{named["integrity"]}"></script>'
    )
    (tmp_path / "favicon.ico").write_bytes(b"")
    body = (
        '<textarea id="reply"></textarea><policy-kb src="policy-kb/index/" lang="ja"'
        ' insert="#reply"></policy-kb>'
    )
    (tmp_path / "index.html").write_text(
        f'<!doctype html><html lang="en"><title>Desk</title>{script}{body}', "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(("code", "asked_in"), PAIRS)
def test_a_question_of_any_language_is_answered_in_the_language_of_the_site(
    chromium: Browser, address: str, code: str, asked_in: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/{code}/handling/")
        box = answers(page, ASKED[asked_in])
        expect(box.locator("[role=option]").first).to_contain_text(SAID[code])


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["wide light", "narrow dark"])
@pytest.mark.parametrize("code", ASKED)
def test_the_box_has_no_fault_that_axe_finds_closed_and_open(
    chromium: Browser, address: str, code: str, size: Any, scheme: Any
) -> None:
    with browser.watched(chromium, address, viewport=size, color_scheme=scheme) as page:
        for name in ("", "handling/"):
            page.goto(f"{address}/{code}/{name}")
            for question in (None, ASKED[code], "how to bake bread"):
                if question:
                    ask(page, question)
                    page.wait_for_timeout(400)
                found = Axe().run(page, context="policy-kb")
                assert found.violations_count == 0, found.generate_report()


def test_it_is_used_by_keyboard_alone(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/handling/")
        page.wait_for_function("Boolean(customElements.get('policy-kb'))")
        page.keyboard.press("/")
        page.keyboard.type("deleted files how long")
        box = page.locator("policy-kb").first
        expect(box.locator("[role=option]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        active = box.locator("input").get_attribute("aria-activedescendant")
        assert active
        assert box.locator(f"#{active}").get_attribute("aria-selected") == "true"
        page.keyboard.press("Escape")
        expect(box.locator("[role=option]").first).to_be_hidden()


def test_conversion_of_an_ime_neither_triggers_nor_loses_a_search(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/ja/handling/")
        box = page.locator("policy-kb").first
        box.locator("input").click()
        session = page.context.new_cdp_session(page)
        session.send(
            "Input.imeSetComposition",
            {"text": "ごみばこのきかん", "selectionStart": 8, "selectionEnd": 8},
        )
        page.wait_for_timeout(500)
        expect(box.locator("[role=option]")).to_have_count(0)
        session.send("Input.insertText", {"text": "ゴミ箱の保持期間"})
        expect(box.locator("[role=option]").first).to_be_visible()


def test_after_loading_it_works_without_a_network(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/handling/")
        answers(page, ASKED["en"])
        page.context.set_offline(True)
        box = ask(page, "Are crash reports on by default?")
        expect(box).to_contain_text("Crash reports")


def test_it_works_under_a_strict_policy_and_inserts_the_answer(
    chromium: Browser, desk: Path
) -> None:
    with served(desk, POLICY) as place, browser.watched(chromium, place) as page:
        page.goto(place)
        chosen = page.evaluate(
            "() => { window.chosen = []; document.addEventListener('policykb:select', (e) =>"
            " window.chosen.push(e.detail)); }"
        )
        assert chosen is None
        box = answers(page, ASKED["ja"])
        expect(box).to_contain_text("30日間")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function("window.chosen.length")
        assert "30日間" in page.locator("#reply").input_value()


def test_what_is_inserted_while_the_language_changes_is_what_was_shown(
    chromium: Browser, desk: Path
) -> None:
    with served(desk) as place, browser.watched(chromium, place) as page:
        page.goto(place)
        expect(answers(page, ASKED["ja"])).to_contain_text("30日間")
        page.evaluate(
            "() => { const box = document.querySelector('policy-kb'); box.lang = 'fr';"
            " [...box.shadowRoot.querySelectorAll('button')]"
            ".find((each) => each.textContent === '挿入').click(); }"
        )
        pasted = page.locator("#reply").input_value()
        assert "30日間" in pasted
        assert "出典：" in pasted, pasted


def _spoiled(name: str, content: bytes | None) -> Any:
    def spoil(folder: Path) -> None:
        for path in (folder / "policy-kb/index").glob(f"{name}*"):
            path.unlink() if content is None else path.write_bytes(content)

    return spoil


BROKEN = [
    ("missing", _spoiled("manifest", None)),
    ("not-json", _spoiled("manifest", b"<html>")),
    (
        "version",
        _spoiled(
            "manifest", json.dumps({"format": "policy-kb widget index", "version": 99}).encode()
        ),
    ),
    ("truncated", _spoiled("postings", b"\x01\x02")),
]


@pytest.mark.parametrize(("code", "spoil"), BROKEN, ids=[code for code, _ in BROKEN])
def test_a_broken_index_is_told_in_the_readers_language_and_the_page_goes_on(
    chromium: Browser, desk: Path, code: str, spoil: Any
) -> None:
    spoil(desk)
    with served(desk) as place:
        page = chromium.new_page()
        page.add_init_script(
            "window.failed = []; document.addEventListener('policykb:error', (e) =>"
            " window.failed.push(e.detail.code));"
        )
        page.goto(place)
        box = ask(page, ASKED["ja"])
        page.wait_for_function("window.failed.length")
        assert page.evaluate("window.failed[0]") == code
        expect(box).to_contain_text("回答")
        page.locator("#reply").fill("still here")
        assert page.locator("#reply").input_value() == "still here"
        page.close()


def test_markup_in_a_question_is_shown_as_text(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/search/#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20trash")
        page.wait_for_timeout(500)
        assert page.locator("img[src=x]").count() == 0
        page.goto(f"{address}/en/")
        ask(page, "<script>alert(1)</script> <img src=x onerror=alert(1)> trash " + "x" * 100_000)
        page.wait_for_timeout(500)
        assert page.locator("img[src=x]").count() == 0


@pytest.fixture
def two(desk: Path) -> Path:
    """A page with two boxes."""
    text = (desk / "index.html").read_text("utf-8")
    (desk / "index.html").write_text(
        text + '<policy-kb src="policy-kb/index/" lang="fr" id="second"></policy-kb>', "utf-8"
    )
    return desk


def test_two_boxes_on_a_page_share_one_load(chromium: Browser, two: Path) -> None:
    with served(two) as place, browser.watched(chromium, place) as page:
        loads: list[str] = []
        page.on(
            "request",
            lambda request: loads.append(request.url) if "postings" in request.url else None,
        )
        page.goto(place)
        expect(answers(page, ASKED["en"])).to_contain_text("30日間")
        page.locator("#second input").fill(ASKED["en"])
        expect(page.locator("#second")).to_contain_text("30 jours")
        assert loads
        assert len(loads) == len(set(loads)), "each file once"


def test_a_box_that_is_removed_while_loading_leaves_the_other_working(
    chromium: Browser, two: Path
) -> None:
    with served(two, wait=0.3) as place, browser.watched(chromium, place) as page:
        page.goto(place)
        ask(page, ASKED["en"])
        page.evaluate("document.querySelector('policy-kb').remove()")
        page.locator("#second input").fill(ASKED["en"])
        expect(page.locator("#second")).to_contain_text("30 jours")


def test_an_unknown_language_falls_back_and_the_page_of_results_has_facets(
    chromium: Browser, desk: Path, address: str
) -> None:
    text = (desk / "index.html").read_text("utf-8")
    (desk / "index.html").write_text(text.replace('lang="ja"', 'lang="xx"'), "utf-8")
    with served(desk) as place, browser.watched(chromium, place) as page:
        page.goto(place)
        expect(answers(page, ASKED["fr"])).to_contain_text("30 days")
    with browser.watched(chromium, address) as page:
        asked = quote("conservation et partage des fichiers et rapports de plantage")
        page.goto(f"{address}/fr/search/#q={asked}")
        facets = page.locator(".kb-facet")
        expect(facets.first).to_be_visible()
        before = page.locator(".kb-results .kb-section").count()
        facets.nth(1).click()
        assert 0 < page.locator(".kb-results .kb-section").count() < before


def test_the_page_of_results_shows_what_limits_an_answer_and_what_contradicts_it(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/search/#q=how+long+do+shared+links+work")
        heading = page.locator("h2", has_text="Lifetime and encryption of shared links")
        found = page.locator(".kb-section", has=heading)
        contradicted = found.locator(".kb-reported", has_text="Contradicted by another claim: ")
        expect(contradicted).to_contain_text(
            "Shared links according to a review – According to the review, shared links stay valid"
        )
        assert contradicted.locator("a").get_attribute("href") == "../handling/#shared-links-review"
        page.goto(f"{address}/en/search/#q=deleted+files+trash")
        limited = page.locator(".kb-section", has_text="How long deleted files stay in the trash")
        expect(limited.first.locator(".kb-reported").first).to_have_text(
            "Please note: After that, a backup copy is kept for up to 90 days."
        )


QUESTION = "Wie lange bleiben Zebrafragen im Papierkorb?"


def test_no_request_of_a_visit_holds_the_question(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        sent: list[str] = []
        page.on(
            "request",
            lambda request: sent.append(f"{request.url} {request.headers} {request.post_data}"),
        )
        page.goto(f"{address}/en/handling/")
        page.locator("policy-kb input").fill(QUESTION)
        page.locator("policy-kb a[href*='/search/']").click()
        field, sections = page.locator(".kb-search-form input"), page.locator(".kb-section")
        expect(field).to_have_value(QUESTION)
        page.reload()
        expect(field).to_have_value(QUESTION)
        field.fill("Zebra trash")
        field.press("Enter")
        expect(sections.first).to_be_visible()
        page.go_back()
        expect(field).to_have_value(QUESTION)
        page.locator(".kb-languages").hover()
        page.locator(".kb-languages a[hreflang=fr]").click()
        page.wait_for_url("**/fr/search/#q=*")
        expect(field).to_have_value(QUESTION)
        assert len(sent) > 20, "the requests are watched"
        assert not [request for request in sent if "ebra" in request]


def test_an_address_of_an_earlier_version_is_rewritten(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/search/?q=trash+files")
        expect(page.locator(".kb-search-form input")).to_have_value("trash files")
        expect(page.locator(".kb-section").first).to_be_visible()
        assert page.url.endswith("/en/search/#q=trash+files")


def test_a_choice_that_ended_is_told_as_past_and_as_of_a_day_is_kept(
    chromium: Browser, desk: Path
) -> None:
    text = (desk / "index.html").read_text("utf-8")
    (desk / "index.html").write_text(
        text.replace('lang="ja"', 'lang="en" as-of="2024-06-01"'), "utf-8"
    )
    with served(desk) as place, browser.watched(chromium, place) as page:
        page.goto(place)
        box = answers(page, "How could administrators request an archive by e-mail?")
        expect(box).not_to_contain_text("Past:")
        page.evaluate("document.querySelector('policy-kb').removeAttribute('as-of')")
        page.locator("policy-kb input").fill("How do administrators request an archive by mail?")
        expect(page.locator("policy-kb")).to_contain_text("Past:")


def test_the_header_has_the_box_and_material_loads_no_index(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address) as page:
        loads: list[str] = []
        page.on("request", lambda request: loads.append(request.url))
        page.goto(f"{address}/en/handling/")
        page.wait_for_timeout(500)
        assert page.locator(".md-header policy-kb").count() == 1
        assert not [url for url in loads if "search_index" in url or "postings" in url], (
            "nothing is loaded before it is needed"
        )


def test_that_there_is_no_answer_is_said_after_a_pause_or_at_enter(
    chromium: Browser, desk: Path
) -> None:
    with served(desk) as place, browser.watched(chromium, place) as page:
        page.goto(place)
        box = answers(page, ASKED["ja"])
        expect(box).to_contain_text("30日間")
        field = page.locator("policy-kb input").first
        none = page.locator("policy-kb [part=no-answer]").first
        field.fill("")
        field.press_sequentially("xyzzy plugh", delay=20)
        page.wait_for_timeout(400)
        expect(none).to_be_hidden()
        expect(none).to_be_visible()
        field.fill("")
        field.press_sequentially("xyzzy frotz", delay=20)
        field.press("Enter")
        expect(none).to_be_visible(timeout=700)


def test_rows_tell_what_contradicts_and_mark_what_was_asked(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/handling/")
        page.locator("policy-kb input").fill("how long does a shared link work?")
        rows = page.locator("policy-kb [role=option]")
        expect(rows.first).to_contain_text("Contradicted by another claim")
        expect(rows.nth(1)).to_contain_text("Reported by a third party")
        expect(rows.first.locator("mark").first).to_have_text("shared")
        expect(page.locator("policy-kb [part=kind]")).to_contain_text("depends on a condition")
        table = page.locator("policy-kb [part=table] tr")
        expect(table).to_have_count(3)
        expect(table.nth(1)).to_contain_text("14 days")
        expect(page.locator("policy-kb [part=more]")).to_contain_text("(")


def test_a_comparison_has_a_column_a_subject(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/handling/")
        page.locator("policy-kb input").fill("compare trash and offline copies")
        heads = page.locator("policy-kb [part=table] thead th")
        expect(heads).to_have_text(["Trash", "Offline copies"])
        href = heads.first.locator("a").get_attribute("href")
        assert href
        assert href.endswith("/en/handling/#deleted-files")


def test_before_typing_the_box_offers_usual_questions_and_topics(
    chromium: Browser, address: str
) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/fr/handling/")
        page.locator("policy-kb input").click()
        usual = page.locator("policy-kb [part=usual]")
        expect(usual).to_have_count(1)
        topics = page.locator("policy-kb [part=offers] a")
        expect(topics).to_have_count(2)
        href = topics.first.get_attribute("href")
        assert href
        assert href.endswith("/fr/handling/")
        asked = usual.text_content()
        usual.click()
        expect(page.locator("policy-kb input")).to_have_value(str(asked))
        expect(page.locator("policy-kb [part=answer]")).to_contain_text("30\xa0jours")
        page.locator("policy-kb input").fill("")
        expect(usual).to_be_visible()


def test_an_answer_is_copied_in_any_language(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page.goto(f"{address}/en/handling/")
        box = answers(page, ASKED["en"])
        said = {**SAID, "en": ""}
        for code in ("fr", "ja", "zh", "de"):
            tag = {"zh": "zh-Hans"}.get(code, code)
            button = box.locator(f"button[lang={tag}]")
            button.click()
            expect(button).to_have_text("Copied")
            copied = page.evaluate("navigator.clipboard.readText()")
            assert said[code] in copied
            assert f"/{code}/handling/#deleted-files" in copied
        expect(box.locator("button[lang=en]")).to_have_count(0)


def test_enter_leads_to_all_results_and_back_again(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/handling/")
        box = answers(page, "trash")
        expect(box.locator("[part=option-topic]").first).to_contain_text("Storage and sharing")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/search/#q=trash")
        expect(page.locator(".kb-results h2").first).to_be_visible()
        assert page.locator("policy-kb").count() == 0, "the page has one box, its own"
        page.go_back()
        answers(page, "trash")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/handling/#deleted-files")


def test_the_page_of_results_searches_while_one_types(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/search/")
        usual = page.locator(".kb-results a").first
        expect(usual).to_be_visible()
        field = page.locator(".kb-search-form input")
        field.press_sequentially("how long are deleted files kept", delay=5)
        expect(page.locator(".kb-results h2").first).to_be_visible()
        page.wait_for_url("**#q=how+long+are+deleted+files+kept")
        field.fill("xyzzy plugh")
        page.wait_for_timeout(600)
        expect(page.locator(".kb-results")).not_to_contain_text("No answer")
        expect(page.locator(".kb-results")).to_contain_text("No answer")


def test_a_page_has_one_box(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        for name, boxes in (("", 1), ("search/", 0), ("handling/", 1), ("sources/", 1)):
            page.goto(f"{address}/en/{name}")
            assert page.locator("policy-kb").count() == boxes


def test_the_page_of_results_keeps_the_topic_and_the_focus(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        asked = quote("conservation et partage des fichiers et rapports de plantage")
        page.goto(f"{address}/fr/search/#q={asked}")
        facets = page.locator(".kb-facet")
        facets.nth(1).click()
        assert "topic=" in page.url
        pressed = page.locator(".kb-facet[aria-pressed=true]")
        expect(pressed).to_be_focused()
        assert page.title().startswith("conservation et partage")
        chosen = pressed.text_content()
        page.reload()
        expect(page.locator(".kb-facet[aria-pressed=true]")).to_have_text(chosen or "")


def test_the_page_of_results_shows_the_same_table(chromium: Browser, address: str) -> None:
    with browser.watched(chromium, address) as page:
        page.goto(f"{address}/en/search/#q=what+is+kept+for+30+days")
        expect(page.locator(".kb-results .kb-heading")).to_have_text("Facts that match: 2")
        rows = page.locator(".kb-results .kb-table tbody tr")
        expect(rows).to_have_count(2)
        assert rows.first.locator("a").get_attribute("href") == "../handling/#deleted-files"


ELSEWHERE = [
    "javascript:alert(1)",
    " JaVaScript:alert(1)",
    "data:text/html,<b>",
    "blob:x",
    "http://[",
]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_all_results_are_on_the_web_or_nowhere(chromium: Browser, desk: Path, place: str) -> None:
    with served(desk) as served_at, browser.watched(chromium, served_at) as page:
        page.goto(served_at)
        page.locator("policy-kb").evaluate("(box, to) => box.setAttribute('more', to)", place)
        box = answers(page, ASKED["ja"])
        assert box.locator("[part=more]").count() == 0


def test_all_results_may_be_beside_the_page(chromium: Browser, desk: Path) -> None:
    with served(desk) as served_at, browser.watched(chromium, served_at) as page:
        page.goto(served_at)
        page.locator("policy-kb").evaluate("box => box.setAttribute('more', 'all.html')")
        more = answers(page, ASKED["ja"]).locator("[part=more]")
        assert str(more.get_attribute("href")).startswith(f"{served_at}/all.html#q=")


@pytest.mark.parametrize("attribute", ["src", "api"])
@pytest.mark.parametrize("place", ["data:application/json,{}", "blob:x", "javascript:alert(1)"])
def test_nothing_is_loaded_but_from_the_web(
    chromium: Browser, desk: Path, attribute: str, place: str
) -> None:
    with served(desk) as served_at:
        page = chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(
            "window.failed = []; document.addEventListener('policykb:error', (e) =>"
            " window.failed.push(e.detail.code));"
        )
        page.goto(served_at)
        page.locator("policy-kb").evaluate(
            "(box, [name, value]) => box.setAttribute(name, value)", [attribute, place]
        )
        ask(page, ASKED["ja"])
        page.wait_for_function("window.failed.length")
        assert page.evaluate("window.failed[0]") == "missing"
        assert all(url.startswith(served_at) for url in asked)
        page.close()


WRONG = [
    ('lang="en" as-of="2025-02-30x"', 'as-of="2025-02-30x" is ignored'),
    ('lang="en" as-of="20250901"', 'as-of="20250901" is ignored'),
    ('lang="en" limit="abc"', 'limit="abc" is ignored'),
]


@pytest.mark.parametrize(("attributes", "told"), WRONG)
def test_an_attribute_that_cannot_be_is_told_in_the_console_and_left_out(
    chromium: Browser, desk: Path, attributes: str, told: str
) -> None:
    text = (desk / "index.html").read_text("utf-8")
    (desk / "index.html").write_text(text.replace('lang="ja"', attributes), "utf-8")
    with served(desk) as place:
        page = chromium.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(place)
        expect(answers(page, "How long are deleted files kept?")).to_contain_text("30 days")
        page.close()
    assert any(told in each for each in said)


def test_a_source_that_is_no_address_is_told_in_the_box(chromium: Browser, desk: Path) -> None:
    text = (desk / "index.html").read_text("utf-8")
    (desk / "index.html").write_text(
        re.sub(r'src="[^"]*"(?=[^>]*lang="ja")', 'src="http://[::"', text), "utf-8"
    )
    with served(desk) as place:
        page = chromium.new_page()
        raised: list[str] = []
        page.on("pageerror", lambda error: raised.append(str(error)))
        page.goto(place)
        page.locator("policy-kb input").first.fill("trash")
        page.wait_for_timeout(1500)
        shown = page.locator("policy-kb").first.evaluate("box => box.shadowRoot.textContent")
        page.close()
    assert not raised
    assert "読み込" in shown or "load" in shown, shown[:300]
