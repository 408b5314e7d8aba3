"""The content security policy: every page says it, holds nothing that it forbids, and works under
it, in a real browser and with the headers that the site has for servers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
import visits
from playwright.sync_api import Browser
from small import LANGUAGES, said

from kb_tools.site import policy

QUESTION = "How long can I restore a file from the trash?"
KINDS = ["", "handling/", "sources/", "search/", "404.html"]
PAGE = f'<meta http-equiv="Content-Security-Policy" content="{policy.META}">'

FORBIDDEN = [
    ("<script>alert(1)</script>", "<script> stands in the page and not in a file"),
    ("<style>b { color: red }</style>", "<style> stands in the page and not in a file"),
    ("<svg onload=alert(1)>", "<svg> has the attribute 'onload'"),
    ("<p style='color: red'>", "<p> has the attribute 'style'"),
    ("<iframe srcdoc='x'>", "<iframe> has the attribute 'srcdoc'"),
    ("<a href='javascript:alert(1)'>", "<a> leads to 'javascript:alert(1)'"),
    ("<a href=' JaVa\tScript:alert(1)'>", "<a> leads to ' JaVa\\tScript:alert(1)'"),
    ("<a href='javascript&colon;alert(1)'>", "<a> leads to 'javascript:alert(1)'"),
    ("<a href='data:text/html,x'>", "<a> leads to 'data:text/html,x'"),
    ("<button formaction='javascript:x'>", "<button> leads to 'javascript:x'"),
    ("<base href='/'>", "<base> changes where the page leads"),
    ("<meta http-equiv=Refresh content='0;url=x'>", "<meta> changes where the page leads"),
]


@pytest.fixture(scope="module")
def strict(site: Path) -> Iterator[str]:
    """Where the site is served with its own headers."""
    with visits.served(site) as address:
        yield address


@pytest.mark.parametrize(("part", "told"), FORBIDDEN)
def test_what_the_policy_forbids_is_told(tmp_path: Path, part: str, told: str) -> None:
    (tmp_path / "a.html").write_text(f"{PAGE}\n{part}", "utf-8")
    assert said(policy.problems(tmp_path)) == [f"a.html:2: {told}"]


@pytest.mark.parametrize(
    "part",
    [
        "<script src='a.js'></script>",
        '<script type="application/json">{}</script>',
        "<a href='mailto:a@b.example'>",
        "<a href='https://b.example/x:y'>",
        "<a href='../a/?b=c:d#e:f'>",
        "<a href='HTTPS://b.example'>",
    ],
)
def test_what_pages_need_is_no_problem(tmp_path: Path, part: str) -> None:
    (tmp_path / "a.html").write_text(f"{PAGE}\n{part}", "utf-8")
    assert policy.problems(tmp_path) == []


@pytest.mark.parametrize("head", ["", PAGE.replace("'self'", "*", 1), PAGE + PAGE])
def test_a_page_without_the_policy_is_told(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.html").write_text(head, "utf-8")
    assert said(policy.problems(tmp_path)) == ["a.html:1: does not say the content security policy"]


def test_servers_are_told_the_same_policy_wherever_the_site_is() -> None:
    made = policy.hosting("https://kb.example/docs/", "policy-kb")
    for name, text in made.items():
        assert policy.META in text, name
        assert "frame-ancestors 'self'" in text, name
        assert "/docs/policy-kb/" in text, name
    assert made["_headers"].startswith("/docs/*\n  Content-Security-Policy: default-src 'self';")
    assert policy.META.count("unsafe") == 0


@pytest.mark.browser
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_works_under_the_policy(
    chromium: Browser, strict: str, name: str, scheme: str
) -> None:
    with browser.watched(chromium, strict, color_scheme=scheme) as page:
        visits.visit(page, f"{strict}/en/{name}", QUESTION)


@pytest.mark.browser
def test_the_language_is_switched_under_the_policy(chromium: Browser, strict: str) -> None:
    with browser.watched(chromium, strict) as page:
        page.goto(f"{strict}/en/handling/")
        visits.switch_language(page, "ja")
        assert page.url.endswith("/ja/handling/")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["", "404.html", "policy-kb/"])
def test_what_belongs_to_no_language_works_under_the_policy(
    chromium: Browser, strict: str, name: str
) -> None:
    with browser.watched(chromium, strict, locale="es") as page:
        visits.visit(page, f"{strict}/{name}", QUESTION)
        assert name or page.locator("main a").count() == len(LANGUAGES)


@pytest.mark.browser
@pytest.mark.parametrize(
    "broken",
    [
        "const made = document.createElement('script'); made.textContent = 'window.ran = 1';"
        " document.body.append(made)",
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.setAttribute('style', 'color: red')",
    ],
    ids=["a script", "HTML", "a style"],
)
def test_what_breaks_the_policy_is_heard_and_does_nothing(
    chromium: Browser, strict: str, broken: str
) -> None:
    context = chromium.new_context()
    watching = browser.Watched(context, strict)
    page = watching.page
    page.goto(f"{strict}/en/handling/")
    assert watching.wrong == []
    page.evaluate(f"() => {{ try {{ {broken} }} catch {{}} }}")
    assert page.evaluate("window.ran === undefined && !!document.querySelector('article')")
    assert any(told.startswith("violates ") for told in watching.wrong)
    context.close()
