"""What is wrong in a built site of two languages and three kinds of pages, written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import LOCALES

from kb_tools.site import links

URL = "https://policies.example.com/kb/"
ALTERNATES = "".join(
    f'<link rel="alternate" hreflang="{name}" href="{URL}{path}">'
    for name, path in (("en", "en/"), ("fr", "fr/"), ("x-default", ""))
)
SITE = {
    "index.html": ("en", '<a href="en/">English</a>'),
    "en/index.html": ("en", '<h2 id="trash">Trash</h2>'),
    "fr/index.html": ("fr", '<a href="../en/#trash">Corbeille</a>'),
}


def problems(folder: Path, body: str, *, head: str = ALTERNATES, language: str = "en") -> list[str]:
    """What is wrong where the English page says something, without the place."""
    for name, (own, text) in SITE.items():
        english = name == "en/index.html"
        said, top, body_ = (language, head, text + body) if english else (own, ALTERNATES, text)
        page = f'<html lang="{said}"><head>{top}</head>\n<body>{body_}</body></html>'
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(page, "utf-8")
    (folder / "own.css").write_text("", "utf-8")
    (folder / "a b.png").write_bytes(b"")
    found = links.problems(folder, URL, [LOCALES["en"], LOCALES["fr"]])
    return [f"{problem.where}: {problem.what}" for problem in found]


RIGHT = [
    "",
    '<a href="">this page</a>',
    '<a href="#trash">here</a>',
    '<a href="../fr/">the other</a>',
    f'<a href="{URL}fr/">the other, in full</a>',
    '<a href="../fr/?q=1">with a question</a>',
    '<a href="https://elsewhere.example/">a link out</a>',
    '<a href="mailto:help@example.com">a letter</a>',
    '<img src="data:image/png;base64,AA==">',
    '<img src="../a%20b.png" srcset="../a%20b.png 2x,">',
    '<link rel="stylesheet" href="../own.css">',
    '<p id="fr&eacute;"></p><a href="#fr%C3%A9">a sign beyond ASCII</a>',
    "<a>no address</a><input disabled>",
]


@pytest.mark.parametrize("body", RIGHT)
def test_what_stays_in_the_site_or_is_only_linked_is_right(tmp_path: Path, body: str) -> None:
    assert problems(tmp_path, body) == []


X = "https://elsewhere.example/x"
LOADED = {
    "a stylesheet": f'<link rel="stylesheet" href="{X}">',
    "a script": f'<script src="{X}"></script>',
    "a picture": f'<img src="{X}">',
    "a frame": f'<iframe src="{X}"></iframe>',
    "a source": f'<source src="{X}">',
    "a film": f'<video src="{X}"></video>',
    "a sound": f'<audio src="{X}"></audio>',
    "something embedded": f'<embed src="{X}">',
    "an object": f'<object data="{X}"></object>',
    "a picture in a drawing": f'<svg><image href="{X}"/></svg>',
    "a part of a drawing": f'<svg><use href="{X}"/></svg>',
    "a part of an older drawing": f'<svg><use xlink:href="{X}"/></svg>',
    "one picture of several": f'<img src="../a%20b.png" srcset="../a%20b.png 1x, {X} 2x">',
}


@pytest.mark.parametrize("what", LOADED)
def test_a_page_that_loads_from_another_site_tells_it_who_reads_the_page(
    tmp_path: Path, what: str
) -> None:
    assert problems(tmp_path, f"\n{LOADED[what]}") == [
        f"en/index.html:3: {X!r} is loaded from another site"
    ]


WRONG = [
    ('<a href="../de/">', "link '../de/' leads nowhere"),
    ('<a href="none.html">', "link 'none.html' leads nowhere"),
    ('<img src="none.png">', "link 'none.png' leads nowhere"),
    ('<a href="#none">', "link '#none' leads to no anchor of en/index.html"),
    ('<a href="../fr/#trash">', "link '../fr/#trash' leads to no anchor of fr/index.html"),
    ('<a href="/other/">', "link '/other/' leads out of the site"),
]


@pytest.mark.parametrize(("body", "what"), WRONG, ids=[what for _, what in WRONG])
def test_a_link_that_leads_to_nothing_is_told(tmp_path: Path, body: str, what: str) -> None:
    assert problems(tmp_path, body) == [f"en/index.html:2: {what}"]


def test_a_page_in_another_language_than_its_folder_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "", language="fr")
    assert "en/index.html:1: the page says lang='fr' and not 'en'" in found


def test_a_page_without_an_alternate_is_told_and_those_that_name_it(tmp_path: Path) -> None:
    head = ALTERNATES.replace('hreflang="fr"', 'hreflang="de"')
    found = problems(tmp_path, "", head=head)
    assert "en/index.html:1: has alternates in de, en, x-default and not en, fr, x-default" in found
    other = "its alternate in 'en', en/index.html, names other alternates"
    assert f"fr/index.html:1: {other}" in found
    assert f"index.html:1: {other}" in found


def test_a_page_without_any_alternate_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "", head="")
    assert "en/index.html:1: has alternates in no language and not en, fr, x-default" in found
    assert f"en/index.html:1: names None as itself and not '{URL}en/'" in found


def test_an_alternate_that_does_not_exist_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "", head=ALTERNATES.replace(f"{URL}fr/", f"{URL}de/"))
    assert f"en/index.html:1: its alternate in 'fr' does not exist: '{URL}de/'" in found


def test_a_page_that_names_another_as_itself_is_told(tmp_path: Path) -> None:
    head = ALTERNATES.replace(f'"{URL}en/"', f'"{URL}fr/"')
    found = problems(tmp_path, "", head=head)
    assert f"en/index.html:1: names '{URL}fr/' as itself and not '{URL}en/'" in found


@pytest.mark.parametrize(
    ("head", "passed"),
    [
        ('<meta name="robots" content="noindex">', True),
        ('<meta name="robots" content="follow, noindex">', True),
        ('<meta name="robots" content="follow">', False),
        ('<meta name="robots">', False),
        ('<meta name="description" content="noindex">', False),
    ],
)
def test_a_page_that_search_engines_pass_over_needs_no_alternates(
    tmp_path: Path, head: str, passed: bool
) -> None:
    told = [found for found in problems(tmp_path, "", head=head) if "en/index.html:" in found[:14]]
    assert (told == []) == passed
