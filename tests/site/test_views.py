"""Overviews that pages declare, and the language that a page is in."""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from small import LANGUAGES, spoil

from kb_tools.project import Project
from kb_tools.site import pages, picture
from kb_tools.site.pages import Renderer
from kb_tools.site.picture import Bar

Pages = Mapping[str, Mapping[str, str]]
HANDLING, CHOICES = "docs/facts/handling.yml", "docs/facts/choices.yml"
by_language = pytest.mark.parametrize("language", LANGUAGES)


def english(root: Path) -> dict[str, str]:
    project = Project(root)
    return Renderer(project, project.locales[0], project.editions["en"]).pages()


def below(page: str, anchor: str) -> str:
    """What stands below the heading of an overview, up to the next one."""
    found = re.search(rf"^## .* \{{ #{anchor} \}}\n(.*?)^(?:## |<section)", page, re.M | re.S)
    assert found, f"no overview {anchor!r}"
    return found[1]


def cells(page: str, anchor: str) -> list[list[str]]:
    """The rows of the table of an overview, its heading first, cell by cell."""
    lines = [line for line in below(page, anchor).split("\n") if line.startswith("|")]
    assert re.fullmatch(r"\|(---\|)+", lines[1])
    return [line.strip("| ").split(" | ") for line in [lines[0], *lines[2:]]]


def headings(page: str) -> list[str]:
    """The anchors of the overviews of a page, in their order."""
    return re.findall(r"^## .* \{ #([a-z-]+) \}$", page, re.MULTILINE)


# -- the small base

DELETED, COPIES = "(handling.md#deleted-files)", "(handling.md#offline-copies)"
LINKS, REVIEW = "(handling.md#shared-links)", "(handling.md#shared-links-review)"
STAY, COPY = "How long deleted files stay in the trash", "How long offline copies stay on a device"
SHARED = "Lifetime and encryption of shared links"
MATRIX = [
    ["Feature", "Endpoint", "End-to-end encrypted", "How long", "Read also"],
    [
        f"[Trash]{DELETED}",
        "`DELETE /v1/files` + `skip_trash`",
        "no separate rule",
        f"[30 days]{DELETED}",
        f"[{COPY}]{COPIES}",
    ],
    [
        f"[Offline copies]{COPIES}",
        "—",
        "no separate rule",
        f"[up to 30 days]{COPIES}",
        f"[{STAY}]{DELETED}",
    ],
    [
        f"[Shared links]{LINKS}",
        "`POST /v1/links`",
        "**no**",
        f"[14 days]{LINKS}",
        f"[Shared links according to a review]{REVIEW}",
    ],
]
PERIODS = [
    ["Fact", "Retention period"],
    ["[Requesting an archive by e-mail](choices.md#archive-by-mail)", "**48 hours**"],
    [f"[{SHARED}]{LINKS}", "**14 days**"],
    [f"[{STAY}]{DELETED}", "**30 days**"],
    [f"[{COPY}]{COPIES}", "**up to 30 days**"],
    [f"[{STAY}]{DELETED}", "**up to 90 days**"],
]
CONTRADICTIONS = [
    ["Claim", "Contradicting claim", "Source", "Kind of source"],
    [
        f"[{SHARED}]{LINKS} – A shared link, created with `POST /v1/links`, works for **14 days**;"
        " the file behind it is not end-to-end encrypted, because a browser has to show it without"
        " a key.",
        f"[Shared links according to a review]{REVIEW} – According to the review, shared links stay"
        " valid **until explicitly deleted**.",
        "Harbor Notes data policy: Sharing ↔ Sharing",
        "primary: Harbor Notes",
    ],
]
REPORTS = "[Crash reports](choices.md#crash-reports)"
DEFAULTS = [
    ["Feature", "Provider", "Default", "Setting"],
    [REPORTS, "Harbor Notes Cloud", "**on**", "off with `HARBOR_NOTES_CRASH_REPORTS=off`"],
    [REPORTS, "Harbor Notes Server", "**off**", "when `HARBOR_NOTES_EDITION=server`"],
]
DOCUMENTS = [
    ["Document", "Publisher", "Kind of source", "Date"],
    [
        "[Harbor Notes data policy](sources.md#policy)",
        "Harbor Notes",
        "primary: Harbor Notes",
        "received March 10, 2025",
    ],
]
OVERVIEWS = [
    ("handling", "overview", MATRIX),
    ("handling", "periods", PERIODS),
    ("handling", "conflicts", CONTRADICTIONS),
    ("choices", "defaults", DEFAULTS),
    ("choices", "documents", DOCUMENTS),
]


@pytest.mark.parametrize(
    ("page", "anchor", "table"), OVERVIEWS, ids=[anchor for _, anchor, _ in OVERVIEWS]
)
def test_an_overview_shows_what_the_facts_say(
    rendered: Pages, page: str, anchor: str, table: list[list[str]]
) -> None:
    assert cells(rendered["en"][f"{page}.md"], anchor) == table


@by_language
def test_overviews_stand_above_the_facts_in_the_order_in_which_they_are_declared(
    rendered: Pages, language: str
) -> None:
    handling, choices = (rendered[language][f"{page}.md"] for page in ("handling", "choices"))
    assert headings(handling) == ["overview", "periods", "conflicts", "references"]
    assert headings(choices) == ["defaults", "documents", "references"]
    assert handling.rindex("#conflicts }") < handling.index("<section")


# -- cells of a matrix

CELLS = """\
  - view: matrix
    id: cells
    title: Cells
    subject: Subject
    columns:
      column: {COLUMN}
    rows:
      - {subject: trash, fact: handling/deleted-files, cells: {CELLS}}
      - {subject: shared-links, fact: handling/shared-links}
"""
# a column, the cells that name another fact for it, and what it shows in two rows
COLUMNS = [
    (
        "values by name, in the order of the fact",
        "heading: One, values: [parameter, period]",
        "",
        ["**30 days** + `skip_trash`", "**14 days**"],
    ),
    (
        "all values of a kind",
        "heading: One, kind: duration",
        "",
        ["**30 days** + **up to 90 days**", "**14 days**"],
    ),
    (
        "values by name and all of a kind",
        "heading: One, values: [parameter], kind: endpoint",
        "",
        ["`DELETE /v1/files` + `skip_trash`", "`POST /v1/links`"],
    ),
    (
        "a fact without such a value",
        "heading: One, kind: parameter",
        "",
        ["`skip_trash`", "—"],
    ),
    (
        "what is said otherwise",
        "heading: One, kind: yes-no, otherwise: not said",
        "",
        ["not said", "**no**"],
    ),
    (
        "a link to the fact",
        "heading: One, kind: duration, link: true",
        "",
        [
            f"[Retention period: 30 days; Time in backups: up to 90 days]{DELETED}",
            f"[14 days]{LINKS}",
        ],
    ),
    (
        "no link where there is no value",
        "heading: One, kind: yes-no, link: true, otherwise: not said",
        "",
        ["not said", f"[no]{LINKS}"],
    ),
    (
        "a value of another fact than that of the row",
        "heading: One, kind: duration",
        "column: handling/offline-copies",
        ["**up to 30 days**", "**14 days**"],
    ),
    (
        "a link to another fact than that of the row",
        "heading: One, kind: duration, link: true",
        "column: handling/offline-copies",
        [f"[up to 30 days]{COPIES}", f"[14 days]{LINKS}"],
    ),
    (
        "the title of a fact where a row names one",
        "heading: One",
        "column: handling/offline-copies",
        [f"[{COPY}]{COPIES}", "—"],
    ),
    (
        "a note before the values",
        "heading: One, kind: endpoint, link: true",
        "}, notes: {column: files only",
        [f"[files only: DELETE /v1/files]{DELETED}", f"[POST /v1/links]{LINKS}"],
    ),
    (
        "a note where there are no values",
        "heading: One, kind: yes-no, link: true, otherwise: not said",
        "}, notes: {column: files only",
        [f"[files only]{DELETED}", f"[no]{LINKS}"],
    ),
    (
        "a note in place of a title",
        "heading: One, link: true",
        "column: handling/offline-copies}, notes: {column: on devices",
        [f"[on devices]{COPIES}", "—"],
    ),
    (
        "the title of a fact, or what is said otherwise",
        "heading: One, otherwise: nothing else",
        "column: handling/offline-copies",
        [f"[{COPY}]{COPIES}", "nothing else"],
    ),
]


@pytest.mark.parametrize(
    ("column", "named", "expected"), [row[1:] for row in COLUMNS], ids=[row[0] for row in COLUMNS]
)
def test_a_cell_of_a_matrix(copy: Path, column: str, named: str, expected: list[str]) -> None:
    view = CELLS.replace("COLUMN", column).replace("{CELLS}", f"{{{named}}}")
    spoil(copy / HANDLING, "views:\n", f"views:\n{view}")
    heading, *rows = cells(english(copy)["handling.md"], "cells")
    assert heading == ["Subject", "One"]
    assert [row[1] for row in rows] == expected
    assert [row[0] for row in rows] == [f"[Trash]{DELETED}", f"[Shared links]{LINKS}"]


def test_a_sign_of_a_table_in_a_cell_parts_no_cell(copy: Path) -> None:
    spoil(copy / HANDLING, "command: harbor-notes clear-offline", "command: cat a | grep b")
    spoil(copy / HANDLING, "values: [endpoint, parameter]", "values: [command, endpoint]")
    spoil(copy / HANDLING, "otherwise: no separate rule", 'otherwise: "none | all"')
    lines = below(english(copy)["handling.md"], "overview").split("\n")
    (row,) = [line for line in lines if line.startswith("| [Offline")]
    assert "| `cat a | grep b` | none \\| all |" in row


# -- an overview without anything to show is left out

NOTHING = [
    ("conflicts", HANDLING, r"    conflicts: \[.*\]\n", "handling.md", "conflicts"),
    ("switches", CHOICES, r", variable: \w+\}", "choices.md", "defaults"),
    ("periods", "", r"length: \w+(, bound: [\w-]+)?", "handling.md", "periods"),
]


@pytest.mark.parametrize(
    ("file", "pattern", "page", "anchor"), [row[1:] for row in NOTHING], ids=[r[0] for r in NOTHING]
)
def test_an_overview_with_nothing_to_show_is_left_out(
    copy: Path, rendered: Pages, file: str, pattern: str, page: str, anchor: str
) -> None:
    for name in [file] if file else [HANDLING, CHOICES]:
        text = (copy / name).read_text("utf-8")
        put = {"periods": "bound: unspecified", "defaults": "}"}.get(anchor, "")
        (copy / name).write_text(re.sub(pattern, put, text), "utf-8")
    shown = headings(english(copy)[page])
    assert anchor not in shown
    assert shown == [each for each in headings(rendered["en"][page]) if each != anchor]


def test_the_sources_of_a_page_without_facts_are_left_out(copy: Path) -> None:
    path = copy / CHOICES
    text, _, _ = path.read_text("utf-8").partition("facts:\n")
    path.write_text(f"{text}facts: []\n", "utf-8")
    shutil.rmtree(copy / "i18n/questions")
    made = english(copy)
    assert headings(made["choices.md"]) == []
    assert "<section" not in made["choices.md"]
    assert "\n    0 facts\n" in made["index.md"]


def test_the_sources_of_a_page_are_those_that_its_facts_cite(copy: Path) -> None:
    """In the order in which they are stored."""
    spoil(copy / CHOICES, "[policy/reports]", "[review/security, policy/reports]")
    _, *rows = cells(english(copy)["choices.md"], "documents")
    assert [row[0] for row in rows] == [
        "[Harbor Notes data policy](sources.md#policy)",
        "[Note services compared: a review](sources.md#review)",
    ]


def test_an_overview_without_a_title_has_that_of_the_program(copy: Path, rendered: Pages) -> None:
    assert "## The periods compared { #periods }" in rendered["en"]["handling.md"]
    assert "## Sources { #documents }" in rendered["en"]["choices.md"]
    spoil(copy / HANDLING, "    title: Where the sources contradict each other\n", "")
    spoil(
        copy / CHOICES, "    id: documents\n", "    id: documents\n    title: Read for yourself\n"
    )
    made = english(copy)
    assert "## Claims that contradict each other { #conflicts }" in made["handling.md"]
    assert "## Read for yourself { #documents }" in made["choices.md"]


# -- the picture


def bars(*minutes: int) -> list[Bar]:
    return [Bar(str(number), number, f"{number} min", "en") for number in minutes]


def test_longer_periods_have_longer_bars() -> None:
    drawn = picture.draw(bars(0, 1, 60, 1440, 525_960), bars(60), "All periods.")
    ends = [placed.x for placed in drawn.bars]
    assert ends == sorted(ends)
    assert ends[:2] == [picture.LEFT, picture.LEFT]
    assert picture.LEFT < ends[2] < ends[4] < picture.LEFT + picture.WIDTH < drawn.width
    assert [tick.x for tick in drawn.ticks] == [ends[2]]


def test_bars_stand_below_each_other_within_the_drawing() -> None:
    drawn = picture.draw(bars(60, 1440), bars(525_960), "All periods.")
    assert [placed.y for placed in drawn.bars] == [picture.TOP, picture.TOP + picture.STEP]
    assert drawn.height >= picture.TOP + 2 * picture.STEP
    assert max(placed.x for placed in drawn.ticks) < drawn.width


def test_periods_without_any_length_can_be_drawn() -> None:
    assert [placed.x for placed in picture.draw(bars(0), [], "").bars] == [picture.LEFT]


@pytest.mark.parametrize("minutes", [2, 60, 525_960])
def test_the_longest_period_leaves_the_same_room_whatever_its_length(minutes: int) -> None:
    (drawn,) = picture.draw(bars(minutes), [], "").bars
    length = math.log(minutes) / math.log(minutes * 1.2)
    assert drawn.x == pytest.approx(picture.LEFT + picture.WIDTH * length, abs=0.1)


SPOKEN = dict(
    en=("How long deleted files stay in the trash – up to 90 days", "1 year"),
    fr=("restent dans la corbeille – 90 jours au plus", "1 an"),
    ja=("削除したファイルがゴミ箱に残る期間 — 最長90日間", "1年間"),
    zh=("已删除的文件在回收站中保留多久 — 最长 90 天", "1 年"),
    de=("Dateien im Papierkorb bleiben – höchstens 90 Tage", "1 Jahr"),
)


@by_language
def test_the_picture_speaks_the_language_of_its_page(rendered: Pages, language: str) -> None:
    """In its text alternative, its bars and its ticks."""
    alternative, tick = SPOKEN[language]
    page = re.sub(r"[\u00a0\u202f]", " ", rendered[language]["handling.md"])
    label = re.search(r'<svg role="img" aria-label="([^"]*)"', page)
    assert label
    assert alternative in label[1]
    assert f'font-size="12">{tick}</text>' in page
    assert " lang=" not in page[page.index("<figure") : page.index("</figure>")]


def test_a_title_with_signs_of_html_is_text_in_the_picture(copy: Path) -> None:
    spoil(copy / CHOICES, "title: Requesting an archive by e-mail", "title: '<R&D> \"archive\"'")
    page = english(copy)["handling.md"]
    assert 'aria-label="&lt;R&amp;D&gt; &#34;archive&#34; – 48 hours; ' in page
    assert ">&lt;R&amp;D&gt; &#34;archive&#34;</text>" in page


@pytest.mark.parametrize(
    ("ticks", "shown"),
    [("[P1D, P2W]", ["1 day", "2 weeks"]), ("[]", [])],
)
def test_the_scale_of_the_picture_has_the_ticks_that_are_asked_for(
    copy: Path, ticks: str, shown: list[str]
) -> None:
    spoil(copy / HANDLING, "ticks: [PT1H, P1D, P7D, P30D, P1Y]", f"ticks: {ticks}")
    page = english(copy)["handling.md"]
    assert re.findall(r'text-anchor="middle" font-size="12">([^<]*)<', page) == shown


# -- the language of a page


def front(page: str) -> list[str]:
    return page.split("---\n")[1].splitlines()


@pytest.fixture
def spanish(copy: Path) -> Path:
    """The small base with a language that the program has no words in."""
    spoil(copy / "kb.yml", "pages: [", "  - {code: es, html: es-419, partial: true}\npages: [")
    return copy


def test_pages_of_a_language_without_words_say_that_they_are_in_english(
    spanish: Path, rendered: Pages
) -> None:
    made = pages.render(Project(spanish))
    assert made["es"].keys() == rendered["en"].keys()
    for name, text in made["es"].items():
        assert "lang: en" in front(text), name
        marked = re.findall(r"lang=[\w-]+", text.replace('lang="en"', "lang=en"))
        assert marked == [], f"{name} is all in English"
    assert {language: made[language] for language in LANGUAGES} == rendered


@by_language
def test_pages_of_a_language_with_words_name_no_other_one(rendered: Pages, language: str) -> None:
    assert [
        text for text in rendered[language].values() if "lang: " in "\n".join(front(text))
    ] == []


def test_questions_of_a_language_without_words_are_asked_in_it(spanish: Path) -> None:
    (spanish / "i18n/questions/es.yml").write_text(
        "handling/deleted-files:\n  - ¿Cuánto tiempo quedan los archivos en la papelera?\n", "utf-8"
    )
    made = pages.render(Project(spanish))["es"]["index.md"]
    assert "[¿Cuánto tiempo quedan los archivos en la papelera?](handling.md#deleted-files)" in made


def test_every_text_of_a_language_without_words_says_that_it_is_not_translated(
    spanish: Path,
) -> None:
    page = pages.render(Project(spanish))["es"]["choices.md"]
    note = "This text is not available in your language; it is shown in English."
    assert page.count(f"\n{note}\n{{ .kb-untranslated }}\n") == 3
