"""What readers do on the site, in every language and engine: pages, questions, the search page, the
switch of language, tables.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from engines.engine import Engine
from engines.hearing import Place
from kb_tools.project import Project

pytestmark = pytest.mark.browser
CODES = ["en", "fr", "ja", "zh"]
FACT = "zdr/real-time-processing"
FACT_PLACE = FACT.replace("/", "/#")
FEATURES = "features/"

LANGUAGE = "return document.documentElement.lang"
SHOWN = """
const [element] = document.querySelectorAll(arguments[0]);
return Boolean(element?.checkVisibility({visibilityProperty: true}) && element.innerText.trim());
"""
BOX = """
const box = document.querySelector("policy-kb");
const [input] = box.shadowRoot?.querySelectorAll("input") ?? [];
if (!input) return null;
const {x, y, width, height} = input.getBoundingClientRect();
return [x + width / 2, y + height / 2];
"""
LISTEN = """
window.replied = [];
addEventListener("policykb:answers", ({detail}) => replied.push(detail.reply.question));
"""
REPLIED = "return replied.includes(arguments[0])"
FIRST_ANSWER = """
const [option] = document.querySelector("policy-kb").shadowRoot.querySelectorAll("[role=option]");
return option?.checkVisibility() ? option.innerText : null;
"""
CHOSEN = """
const [option] = document.querySelector("policy-kb").shadowRoot.querySelectorAll("[role=option]");
return option.getAttribute("aria-selected") === "true";
"""
SWITCH = "document.querySelector(`body a[hreflang=${arguments[0]}]`).click()"
AT = """
return document.readyState === "complete" && location.href === arguments[0];
"""
WIDE_ENOUGH = """
const {width, height} = document.querySelector("article table").getBoundingClientRect();
return width > 200 && height > 50 && width <= innerWidth;
"""

every_language = pytest.mark.parametrize("code", CODES)


@pytest.fixture
def asked(own_project: Project, code: str) -> str:
    """The first whole question that editors expect about the fact in a language."""
    questions = own_project.questions(own_project.locale(code))[FACT]
    return next(question for question in questions if question.endswith(("?", "\uff1f")))


@pytest.fixture
def title(own_project: Project, code: str) -> str:
    """What the fact is called in a language."""
    return next(entry.title for entry in own_project.editions[code] if entry.id == FACT)


@every_language
@pytest.mark.parametrize("page", ["", "retention/", "sources/"])
def test_a_page_opens_without_a_complaint(
    engine: Engine, address: str, own_project: Project, code: str, page: str
) -> None:
    engine.open(f"{address}/{code}/{page}")
    assert engine.run(LANGUAGE) == own_project.locale(code).html
    assert engine.run(SHOWN, "article h1")


@every_language
def test_a_question_is_answered_by_the_right_fact_first_and_leads_to_it(
    engine: Engine, address: str, code: str, asked: str, title: str
) -> None:
    engine.open(f"{address}/{code}/{FEATURES}")
    engine.run(LISTEN)
    engine.click(*engine.until(BOX))
    engine.write(asked)
    engine.until(REPLIED, asked)
    assert engine.until(FIRST_ANSWER).startswith(title)
    engine.press("ArrowDown")
    engine.until(CHOSEN)
    engine.press("Enter")
    engine.until(AT, f"{address}/{code}/{FACT_PLACE}")
    assert engine.run(SHOWN, "#real-time-processing")


@every_language
def test_the_search_page_shows_what_its_address_asks(
    engine: Engine, address: str, code: str, asked: str
) -> None:
    engine.open(f"{address}/{code}/search/#q={quote(asked)}")
    engine.until(SHOWN, f"article a[href$='{FACT_PLACE}']")


@pytest.mark.parametrize(
    ("code", "other"), [("en", "fr"), ("fr", "ja"), ("ja", "zh"), ("zh", "en")]
)
def test_the_switch_of_language_leads_to_the_same_page(
    engine: Engine, address: str, own_project: Project, code: str, other: str
) -> None:
    engine.open(f"{address}/{code}/{FEATURES}")
    engine.run(SWITCH, own_project.locale(other).html)
    engine.until(AT, f"{address}/{other}/{FEATURES}")
    assert engine.run(LANGUAGE) == own_project.locale(other).html


@every_language
def test_a_table_is_to_be_seen(engine: Engine, address: str, code: str) -> None:
    engine.open(f"{address}/{code}/{FEATURES}")
    assert engine.run(SHOWN, "article table td")
    assert engine.run(WIDE_ENOUGH)


@every_language
def test_a_day_of_the_past_is_told_and_stays_in_the_links(
    engine: Engine, address: str, code: str
) -> None:
    engine.open(f"{address}/{code}/regions/?as-of=2025-09-01")
    engine.until("return document.querySelectorAll('.kb-future--shown').length === 2")
    assert engine.run("return document.querySelector('.kb-as-of-note').innerText")
    links = "return document.querySelector('.md-nav a[href*=zdr]').search"
    assert engine.run(links) == "?as-of=2025-09-01"


@every_language
def test_a_fact_is_copied_by_its_menu(engine: Engine, address: str, code: str) -> None:
    """What is copied is read in the page: no driver of WebKit reads the clipboard."""
    engine.open(f"{address}/{code}/zdr/")
    engine.run("""
      window.copied = [];
      navigator.clipboard && Object.defineProperty(navigator.clipboard, "writeText", {
        value: async (text) => void window.copied.push(text),
      });
      document.addEventListener("copy", () => window.copied.push(String(getSelection())));""")
    engine.until("return document.querySelector('#cors + .kb-actions > summary') !== null")
    engine.run("document.querySelector('#cors + .kb-actions > summary').click()")
    engine.until("return document.querySelectorAll('#cors + .kb-actions button').length === 5")
    engine.run("document.querySelector('#cors + .kb-actions button:last-of-type').click()")
    engine.until("return window.copied.length === 1")
    assert engine.run("return window.copied[0]") == f"{address}/{code}/zdr/#cors"
    engine.run("document.querySelector('#cors + .kb-actions button').click()")
    engine.until("return window.copied.length === 2")
    assert "CORS" in engine.run("return window.copied[1]")


@every_language
def test_a_table_is_filtered_and_sorted(engine: Engine, address: str, code: str) -> None:
    engine.open(f"{address}/{code}/{FEATURES}")
    rows = "[...document.querySelectorAll('.kb-table tbody tr')].filter((row) => !row.hidden)"
    engine.until("return document.querySelector('.kb-table-tools input') !== null")
    engine.run(
        "const field = document.querySelector('.kb-table-tools input');"
        "field.value = 'Batch'; field.dispatchEvent(new Event('input'));"
    )
    assert engine.run(f"return {rows}.length") == 1
    engine.run("document.querySelector('.kb-table thead button').click()")
    assert engine.run("return document.querySelector('.kb-table [aria-sort]').ariaSort")


WRONG = {
    "console.error: on purpose": "console.error('on purpose')",
    "on purpose": "setTimeout(() => {throw new Error('on purpose')})",
    "not handled: Error: on purpose": "Promise.reject(new Error('on purpose'))",
    "not loaded:": "document.head.append(Object.assign(new Image(), {src: '/none.png'}))",
    "violates img-src": "new Image().src = 'http://127.0.0.1:1/'",
}


def test_what_goes_wrong_is_heard(engine: Engine, listening: Place) -> None:
    engine.open(f"{listening.address}/en/{FEATURES}")
    listening.forget()
    for said, script in WRONG.items():
        engine.run(script)
        assert said in listening.next()
