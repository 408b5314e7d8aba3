"""What anybody writes into a field is text on every page: built from a base with live texts in all
of its fields, and opened in a real browser.
"""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import bases
import injected
import jinja2
import markdown as python_markdown
import pytest
from jinja2 import nodes
from markupsafe import Markup
from playwright.sync_api import Browser
from small import spoil

from kb_tools import layout
from kb_tools.errors import BuildFailed
from kb_tools.site import markdown, pages

EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "toc"]
SHOWN = [
    # place, live text, how many fields show it at least
    ("sources", "HTML", 40),
    ("sources", "beginnings of blocks", 40),
    ("translations", "HTML", 110),
    ("translations", "Markdown", 110),
]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return bases.of_languages(tmp_path / "base", ["en", "fr"])


@pytest.mark.browser
@pytest.mark.parametrize(("place", "what", "shown"), SHOWN)
def test_what_stands_in_a_field_is_shown_as_it_was_written(
    chromium: Browser, base: Path, tmp_path: Path, place: str, what: str, shown: int
) -> None:
    made = injected.injected(base, tmp_path / "kb", place, what)
    assert len(made.fields) >= 70
    seen = injected.look(chromium, injected.built(made.root), made)
    assert seen.wrong == []
    assert len(seen.literal) >= shown


def test_a_template_that_lets_html_through_fails_the_build(base: Path) -> None:
    templates = base / layout.TEMPLATES
    templates.mkdir()
    shutil.copy(pages.PACKAGE / "home.md.j2", templates)
    spoil(
        templates / "home.md.j2",
        "{{ content(settings.intro) }}",
        "{{ content(settings.intro) | safe }}",
    )
    spoil(base / layout.SETTINGS, "intro: >-\n", "intro: >-\n  <svg onload=alert(1)></svg>\n")
    with pytest.raises(BuildFailed, match=r"en/index\.html:\d+: <svg> has the attribute 'onload'"):
        injected.built(base)


# -- values


CODE = [
    "/bug` `<svg onload=alert(1)>`",
    "`",
    "``",
    " a ",
    "a``b",
    "<b>",
    "&lt;b&gt;",
    "a|b",
    "\\",
    "a\\",
    "{: onclick=alert(1) }",
    "*a*",
    "[a](javascript:b)",
    "<!--",
    "<script>",
    "]]>",
]


@pytest.mark.parametrize("text", CODE)
@pytest.mark.parametrize(
    "around", ["{}\n{{ .kb }}\n", "- Label: {}\n{{ .kb }}\n", "## {} {{ #a }}"]
)
def test_code_is_shown_as_it_is(text: str, around: str) -> None:
    page = python_markdown.markdown(
        around.format(markdown.said("code", text)), extensions=EXTENSIONS
    )
    (shown,) = re.findall(r"<code>(.*?)</code>", page)
    assert html.unescape(shown) == text
    assert page.count("<") == len(re.findall(r"</?(?:p|ul|li|h2|code)\b", page))


@pytest.mark.parametrize(
    ("form", "text", "address"),
    [
        ("url", "https://a.example/b_c_d#e", "https://a.example/b_c_d#e"),
        ("url", "a.example/x)(y", "https://a.example/x%29%28y"),
        ("url", "a.example/[x](y)", "https://a.example/%5Bx%5D%28y%29"),
        ("url", "a.example/'x'", "https://a.example/%27x%27"),
        ("url", "a.example/*x*", "https://a.example/%2Ax%2A"),
        ("url", "a.example/?a=b&lt;c", "https://a.example/?a=b&lt;c"),
        ("url", 'a.example/)<svg onload="x">', "https://a.example/%29%3Csvg%20onload=%22x%22%3E"),
        ("email", "a_b.c+d@e.example", "mailto:a_b.c+d@e.example"),
        ("email", "<svg/onload=alert()>@x.y", "mailto:%3Csvg/onload=alert%28%29%3E@x.y"),
    ],
)
def test_an_address_is_shown_as_it_is_and_leads_there(form: str, text: str, address: str) -> None:
    page = python_markdown.markdown(str(markdown.said(form, text)), extensions=EXTENSIONS)
    found = re.fullmatch(r'<p><a href="([^"]*)">([^<]*)</a></p>', page)
    assert found, page
    assert (html.unescape(found[1]), html.unescape(found[2])) == (address, text)


# -- templates


def shown(template: str, **values: object) -> str:
    environment = pages.prepared(Path("nowhere"))
    return environment.from_string(template).render(values)


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}",
        "{{ text | plain }}",
        "{% set said = text %}{{ said }}",
        "{% macro say(it) %}{{ it }}{% endmacro %}{{ say(text) }}",
        "{% for each in [text] %}{{ each }}{% endfor %}",
        "{{ [text] | join(', ') }}",
        "{{ text or '' }}",
        "{{ text | trim }}",
        "{{ '' ~ text }}",
        "{{ '%s' | format(text) }}",
    ],
)
def test_whatever_puts_a_text_out_puts_it_out_as_text(template: str) -> None:
    assert shown(template, text='<b> *x* "') == "&lt;b\\> \\*x\\* &quot;"


def test_markup_is_put_out_as_it_is_and_what_is_joined_with_it_as_text() -> None:
    bold = markdown.said("strong", "a*")
    assert shown("{{ bold }}", bold=bold) == "**a\\***"
    assert shown("{{ [bold, '*'] | join('|') }}", bold=bold) == "**a\\***\\|\\*"
    assert shown("{{ number }}", number=48.5) == "48.5"
    assert bold + "*" == "**a\\***\\*"


def test_a_label_takes_markup_and_text() -> None:
    link = Markup("[a](b)")
    made = markdown.filled("*%(title)s* 100 %% (%(kind)s)", {"title": link, "kind": "<i>"})
    assert made == "\\*[a](b)\\* 100 % (&lt;i\\>)"


@pytest.mark.parametrize("path", sorted(pages.PACKAGE.glob("*.md.j2")), ids=lambda path: path.name)
def test_no_template_joins_markup_by_hand(path: Path) -> None:
    """`~` and `+` make what stands beside markup mean itself in HTML, yet not in Markdown."""
    tree = jinja2.Environment().parse(path.read_text("utf-8"))
    put_out = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    joins = [join for node in put_out for join in node.find_all((nodes.Concat, nodes.Add))]
    assert not [node for node in put_out if isinstance(node, nodes.Concat | nodes.Add)]
    assert not joins
    assert "| safe" not in path.read_text("utf-8")
