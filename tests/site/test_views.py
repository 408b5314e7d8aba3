"""Overviews that pages declare, and the language that a page is in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from small import LANGUAGES, spoil

from kb_tools.project import Project
from kb_tools.site import pages
from kb_tools.site.pages import Renderer

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
    lines = [line for line in below(page, anchor).split("\n") if line.startswith("<tr")]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", _NO_BAR.sub("", line)) for line in lines]


_NO_BAR = re.compile(r"<svg.*</svg>")


def headings(page: str) -> list[str]:
    """The anchors of the overviews of a page, in their order."""
    return re.findall(r"^## .* \{ #([a-z-]+)(?: \.kb-group-title)? \}$", page, re.MULTILINE)


# -- the small base

NO = '<span class="kb-sign kb-sign--no" aria-hidden="true">✗</span> '
YES = '<span class="kb-sign kb-sign--yes" aria-hidden="true">✓</span> '
OTHERWISE = '<span class="kb-sign kb-sign--otherwise" aria-hidden="true">◐</span> '
DELETED, COPIES = "(handling.md#deleted-files)", "(handling.md#offline-copies)"
LINKS, REVIEW = "(handling.md#shared-links)", "(handling.md#shared-links-review)"
STAY, COPY = "How long deleted files stay in the trash", "How long offline copies stay on a device"
SHARED = "Lifetime and encryption of shared links"
MATRIX = [
    ["Feature", "Endpoint", "End-to-end encrypted", "How long", "Read also"],
    [
        f"[Trash]{DELETED}",
        "`DELETE /v1/files` + `skip_trash`",
        f"{OTHERWISE}no separate rule",
        f"[30 days]{DELETED}",
        f"[{COPY}]{COPIES}",
    ],
    [
        f"[Offline copies]{COPIES}",
        "—",
        f"{OTHERWISE}no separate rule",
        f"[up to 30 days]{COPIES}",
        f"[{STAY}]{DELETED}",
    ],
    [
        f"[Shared links]{LINKS}",
        "`POST /v1/links`",
        f"{NO}**no**",
        f"[14 days]{LINKS}",
        f"[Shared links according to a review]{REVIEW}",
    ],
]
PERIODS = [
    ["Fact", "Retention period"],
    ["[Requesting an archive by e-mail](choices.md#archive-by-mail)", "**48 hours**"],
    [f"[{SHARED}]{LINKS}", "**14 days**"],
    [f"[{STAY} (Retention period)]{DELETED}", "**30 days**"],
    [f"[{COPY}]{COPIES}", "**up to 30 days**"],
    [f"[{STAY} (Time in backups)]{DELETED}", "**up to 90 days**"],
    ["[Crash reports: on or off by default](choices.md#crash-reports)", "**not stated**"],
    [f"[Shared links according to a review]{REVIEW}", "**until explicitly deleted**"],
]
REPORTS = "[Crash reports](choices.md#crash-reports)"
DEFAULTS = [
    ["Feature", "Harbor Notes Cloud", "Harbor Notes Server"],
    [
        REPORTS,
        f"{YES}**on**<br>off with `HARBOR_NOTES_CRASH_REPORTS=off`",
        f"{NO}**off**<br>when `HARBOR_NOTES_EDITION=server`",
    ],
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
    ("choices", "defaults", DEFAULTS),
    ("choices", "documents", DOCUMENTS),
]
CLAIMS = [
    f"- [A shared link, created with `POST /v1/links`, works for **14 days**; the file behind it is"
    f" not end-to-end encrypted, because a browser has to show it without a key.]{LINKS}"
    ' <span class="kb-claimed">Harbor Notes data policy, Sharing (primary: Harbor Notes, received'
    " March 10, 2025)</span>",
    f"- [According to the review, shared links stay valid **until explicitly deleted**.]{REVIEW}"
    ' <span class="kb-claimed">Note services compared: a review, Sharing (secondary: reported by a'
    " third party, received May 22, 2025)</span>",
]


def claims(page: str, anchor: str = "conflicts") -> list[str]:
    return [line for line in below(page, anchor).split("\n") if line.startswith("- ")]


def test_claims_that_contradict_each_other_stand_side_by_side(rendered: Pages) -> None:
    """With their documents, where these are several."""
    assert claims(rendered["en"]["handling.md"]) == CLAIMS


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
        [f"{OTHERWISE}not said", f"{NO}**no**"],
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
        [f"{OTHERWISE}not said", f"{NO}[no]{LINKS}"],
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
        [f"{OTHERWISE}[files only]{DELETED}", f"{NO}[no]{LINKS}"],
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
    (row,) = [line for line in lines if "[Offline" in line.partition("</th>")[0]]
    assert " markdown>`cat a | grep b`</td>" in row
    assert f" markdown>{OTHERWISE}none \\| all</td>" in row


# -- an overview without anything to show is left out

NOTHING = [
    ("conflicts", HANDLING, r"    conflicts: \[.*\]\n", "handling.md", "conflicts"),
    ("switches", CHOICES, r", variable: \w+\}", "choices.md", "defaults"),
]


@pytest.mark.parametrize(
    ("file", "pattern", "page", "anchor"), [row[1:] for row in NOTHING], ids=[r[0] for r in NOTHING]
)
def test_an_overview_with_nothing_to_show_is_left_out(
    copy: Path, rendered: Pages, file: str, pattern: str, page: str, anchor: str
) -> None:
    text = (copy / file).read_text("utf-8")
    put = {"defaults": "}"}.get(anchor, "")
    (copy / file).write_text(re.sub(pattern, put, text), "utf-8")
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
    assert ">0 facts</span>" in made["index.md"]


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


# -- bars of periods


def bars(page: str) -> dict[str, str]:
    """The drawing beside each period of the table, by how the period is said; none where it has
    none.
    """
    lines = re.findall(r"<td markdown>\*\*(.*?)\*\*(.*?)</td>", below(page, "periods"))
    return {said: re.sub(r"<svg class=[^>]*>(.*)</svg>", r"\1", drawn) for said, drawn in lines}


def test_the_end_of_a_bar_tells_the_bound_of_its_period(copy: Path) -> None:
    spoil(copy / HANDLING, "length: P14D, bound: exact", "length: P14D, bound: at-least")
    drawn = bars(english(copy)["handling.md"])
    width = re.compile(r'width="([\d.]+)%"')
    assert drawn["not stated"] == ""
    assert drawn["until explicitly deleted"] == '<path class="kb-bar-open" d="M0 5H10000"/>'
    assert 'class="kb-bar-most"' in drawn["up to 30 days"]
    assert 'class="kb-bar-most"' not in drawn["30 days"]
    assert width.findall(drawn["30 days"]) == width.findall(drawn["up to 30 days"])
    (least,) = width.findall(drawn["at least 14 days"])
    assert f'<svg x="{least}%" overflow="visible"><path ' in drawn["at least 14 days"]
    assert float(width.findall(drawn["up to 90 days"])[0]) < 100, "a full bar would be a year"


def test_longer_periods_have_longer_bars(rendered: Pages) -> None:
    found = re.findall(
        r'<rect[^>]*width="([\d.]+)%"', below(rendered["en"]["handling.md"], "periods")
    )
    assert [float(width) for width in found] == sorted(map(float, found))


def test_a_title_with_signs_of_html_is_text_beside_its_bar(copy: Path) -> None:
    spoil(copy / CHOICES, "title: Requesting an archive by e-mail", "title: '<R&D> \"archive\"'")
    page = english(copy)["handling.md"]
    assert "[&lt;R&amp;D\\> &quot;archive&quot;](choices.md#archive-by-mail)" in page


def test_periods_stand_below_the_first_group_that_has_a_subject_of_their_fact(copy: Path) -> None:
    groups = (
        "    groups:\n"
        "      - {title: In the trash, about: [trash]}\n"
        "      - {title: Everything else that is kept, about: [retention, trash]}\n"
        "  - view: conflicts"
    )
    spoil(copy / HANDLING, "  - view: conflicts", groups)
    heading, *rows = cells(english(copy)["handling.md"], "periods")
    assert heading == ["Fact", "Retention period"]
    titles = [row[0] for row in rows if len(row) == 1]
    assert titles == ["In the trash", "Everything else that is kept"]
    assert [row[1] for row in rows[1:3]] == ["**30 days**", "**up to 90 days**"]


# -- answers, dates, a data flow, questions

MORE_VIEWS = """\
  - view: verdicts
    id: verdicts
    title: What is encrypted end to end
    value: end_to_end
    otherwise: Nothing is said
    rows:
      - {subject: shared-links, fact: handling/shared-links}
      - {subject: [trash, offline-copies], when: on every plan, fact: handling/deleted-files}
      - {subject: encryption, fact: handling/encryption}
  - view: timeline
    id: dates
  - view: flow
    id: flow
    title: What leaves the device
    start: The device
    arrows:
      - to: Harbor Notes
        what: all notes
        fact: handling/offline-copies
        encryption: handling/encryption
        off: choices/crash-reports
"""


def more(root: Path) -> dict[str, str]:
    spoil(root / HANDLING, "views:\n", f"views:\n{MORE_VIEWS}")
    spoil(root / CHOICES, "views:\n", "views:\n  - {view: timeline, id: dates}\n")
    return english(root)


def test_subjects_stand_below_the_answers_that_their_facts_give(copy: Path) -> None:
    shown = below(more(copy)["handling.md"], "verdicts")
    found = re.findall(r"^(?:<span[^>]*>(.)</span> (.*)|- (.*))$", shown, re.M)
    assert found == [
        ("✓", "End-to-end encrypted: **yes**", ""),
        ("", "", "[Encryption](handling.md#encryption)"),
        ("◐", "Nothing is said", ""),
        ("", "", f"[Trash, Offline copies (on every plan)]{DELETED}"),
        ("✗", "End-to-end encrypted: **no**", ""),
        ("", "", f"[Shared links]{LINKS}"),
    ]


def test_dates_stand_in_their_order_and_a_page_without_any_shows_none(copy: Path) -> None:
    made = more(copy)
    assert "#dates }" not in made["handling.md"]
    lines = [line for line in below(made["choices.md"], "dates").split("\n") if line[:1] == "-"]
    assert lines == [
        "- **June 28, 2024, inclusive**"
        " [Requesting an archive by e-mail](choices.md#archive-by-mail)",
        "- **March 17, 2031** [Choosing how many versions are kept](choices.md#version-history)",
    ]


def test_a_data_flow_tells_where_to_what_and_how_it_is_protected(copy: Path) -> None:
    shown = below(more(copy)["handling.md"], "flow")
    assert "The device\n{ .kb-flow-start }" in shown
    (line,) = [line for line in shown.split("\n") if line.startswith("- ")]
    assert line.startswith(f"- **Harbor Notes** <span>[all notes]{COPIES}</span> <span>Encryption")
    assert "<span>Encryption at rest: **256-bit AES**</span>" in line
    assert "<span>off with `HARBOR_NOTES_CRASH_REPORTS=off`</span>" in line


def test_claims_stand_below_the_question_that_they_answer(copy: Path) -> None:
    questions = (
        "    questions:\n"
        "      - ask: How long does a shared link work?\n"
        "        claims: [handling/shared-links-review, handling/shared-links]\n"
    )
    spoil(copy / HANDLING, "    id: conflicts\n", f"    id: conflicts\n{questions}")
    page = english(copy)["handling.md"]
    assert "How long does a shared link work?\n{ .kb-dispute }" in below(page, "conflicts")
    assert claims(page) == CLAIMS[::-1]


# -- groups of facts


def test_facts_stand_below_the_heading_of_their_group(copy: Path) -> None:
    project = Project(copy)
    slugs = [fact.slug for fact in project.knowledge.pages[0].facts]
    groups = (
        f"groups:\n  - {{id: last, title: Read first, facts: [{slugs[-1]}]}}\n"
        f"  - {{id: rest, title: The rest, intro: All else., facts: [{', '.join(slugs[:-1])}]}}\n"
        "facts:\n"
    )
    spoil(copy / HANDLING, "facts:\n", groups)
    page = english(copy)["handling.md"]
    found = re.findall(r"^(##+) .* \{ #([a-z-]+) \.kb-(fact|group-title) \}$", page, re.M)
    assert found == [
        ("##", "last", "group-title"),
        ("###", slugs[-1], "fact"),
        ("##", "rest", "group-title"),
        *(("###", slug, "fact") for slug in slugs[:-1]),
    ]
    assert "{ #rest .kb-group-title }\n\nAll else.\n" in page


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
        if name == "embed.md":
            continue  # it names the languages of the site, each in itself
        marked = re.findall(r"lang=[\w-]+", text.replace('lang="en"', "lang=en"))
        assert marked == [], f"{name} is all in English"
    for language in LANGUAGES:
        others = {name: text for name, text in rendered[language].items() if name != "embed.md"}
        assert {name: made[language][name] for name in others} == others


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
