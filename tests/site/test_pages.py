"""The pages: every fact is on them in every language, they are fresh, and a change of one number
changes what says it and nothing else.
"""

from __future__ import annotations

import difflib
import html
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import markdown
import pytest
import yaml
from small import LANGUAGES, said, spoil

from kb_tools import layout
from kb_tools.errors import InvalidSource
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.site import pages
from kb_tools.site.markdown import plain
from kb_tools.site.pages import Editions, Renderer

EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "toc"]
TEMPLATES = "docs/templates"
Pages = Mapping[str, Mapping[str, str]]

by_language = pytest.mark.parametrize("language", LANGUAGES)


@by_language
def test_every_fact_has_an_anchor_and_a_statement(
    base: Path, project: Project, language: str
) -> None:
    for fact in project.knowledge.facts:
        text = (base / f"docs/{language}/{fact.page}.md").read_text("utf-8")
        found = re.findall(
            rf"^## \S.* \{{ #{fact.slug} \.kb-fact \}}\n\n(\S.+)\n\{{ \.kb-statement \}}$",
            text,
            re.MULTILINE,
        )
        assert len(found) == 1, f"{fact.id} in {language}: {len(found)} statements"


@by_language
def test_every_fact_names_its_sources(base: Path, project: Project, language: str) -> None:
    for page in project.knowledge.pages:
        text = (base / f"docs/{language}/{page.page}.md").read_text("utf-8")
        for fact in page.facts:
            block = re.search(
                rf"\{{ #{fact.slug} \.kb-fact.*?(?=^###? |\Z)", text, re.MULTILINE | re.DOTALL
            )
            assert block
            cited = re.findall(r"\[(\d+)\]\(#source-([a-z-]+) \"[^\"]+\"\)", block[0])
            assert {name for _, name in cited} == {each.partition("/")[0] for each in fact.sources}
            for number, name in cited:
                told = rf'^{number}\. <span id="source-{name}"></span>\[[^\]]+\]\('
                assert re.search(rf"{told}sources\.md#{name}\)", text, re.MULTILINE)


def test_built_pages_are_fresh(base: Path, rendered: Pages) -> None:
    assert pages.outdated(base, rendered) == []


def test_an_edited_a_lost_and_a_stray_page_are_told(copy: Path, rendered: Pages) -> None:
    edited = copy / "docs/fr/handling.md"
    edited.write_text(edited.read_text("utf-8").replace("\n# ", "\n# À propos : "), "utf-8")
    (copy / "docs/ja/handling.md").unlink()
    (copy / "docs/zh/draft.md").write_text("# 草稿\n", "utf-8")
    assert said(pages.outdated(copy, rendered)) == [
        "docs/fr/handling.md:7: out of date",
        "docs/ja/handling.md:1: out of date",
        "docs/zh/draft.md:1: no template makes this page",
    ]


def test_writing_makes_pages_fresh_and_touches_no_other_file(copy: Path, rendered: Pages) -> None:
    assert pages.write(copy, rendered) == []
    (copy / "docs/fr/handling.md").write_text("", "utf-8")
    (copy / "docs/zh/draft.md").write_text(f"---\n{pages.MARK}---\n# 草稿\n", "utf-8")
    changed = pages.write(copy, rendered)
    assert sorted(path.relative_to(copy).as_posix() for path in changed) == [
        "docs/fr/handling.md",
        "docs/zh/draft.md",
    ]
    assert pages.outdated(copy, rendered) == []


# -- templates of the base's own


def english(root: Path) -> dict[str, str]:
    project = Project(root)
    return Renderer(project, project.locales[0], project.editions["en"]).pages()


def own_template(root: Path, name: str) -> Path:
    """A template of the package as one of the base's own, to be changed."""
    (root / TEMPLATES).mkdir(exist_ok=True)
    return Path(shutil.copy(pages.PACKAGE / name, root / TEMPLATES / name))


def test_a_template_of_the_base_takes_the_place_of_that_of_the_package(
    copy: Path, rendered: Pages
) -> None:
    spoil(own_template(copy, "search.md.j2"), '# {{ label("search") }}', "# Look it up")
    made = english(copy)
    changed = [name for name, text in made.items() if text != rendered["en"][name]]
    assert changed == ["search.md"]
    assert "\n# Look it up\n" in made["search.md"]


def test_a_template_of_the_base_is_used_where_others_include_it(copy: Path) -> None:
    spoil(
        own_template(copy, "view-periods.md.j2"),
        "{ .kb-hint }\n\n",
        "{ .kb-hint }\n\nMine.\n\n",
    )
    assert "\nMine.\n" in english(copy)["handling.md"]


TEMPLATE_FAULTS = [
    # file, what is put into it as a line of its own, what is told
    ("home.md.j2", "{% if %}", "Expected an expression"),
    ("home.md.j2", "{% endfor %}", "unknown tag 'endfor'"),
    ("topic.md.j2", "{{ topic.titel }}", "has no attribute 'titel'"),
    ("topic.md.j2", "{{ nothing }}", "'nothing' is undefined"),
    ("topic.md.j2", "{{ label('titel') }}", "unknown label 'titel'"),
    ("topic.md.j2", "{{ label('home-facts') }}", "label 'home-facts' counts"),
    ("topic.md.j2", "{{ counted('home', 3) }}", "label 'home' does not count"),
    ("topic.md.j2", "{{ counted('titel', 3) }}", "unknown label 'titel'"),
    ("topic.md.j2", "{{ label('received') }}", "label 'received' needs date"),
    ("topic.md.j2", "{{ topic.title | plian }}", "No filter named 'plian'"),
    ("topic.md.j2", '{% include "nothing.md.j2" %}', "nothing.md.j2"),
    ("sources.md.j2", "{{ 1 / 0 }}", "division by zero"),
    ("sources.md.j2", "{% for n in range(10 ** 9) %}{% endfor %}", "Range too big"),
    ("sources.md.j2", "{{ ''.__class__.__mro__ }}", "access to attribute '__class__'"),
    ("search.md.j2", '{% include "search.md.j2" %}', "it includes itself"),
    ("search.md.j2", "{{ entry['handling/gone'].title }}", "'handling/gone'"),
    # in a template that another one includes or imports from, the fault is told where it is
    ("view-matrix.md.j2", "{{ nothing }}", "'nothing' is undefined"),
    ("view-matrix.md.j2", "{% if %}", "Expected an expression"),
    ("view-conflicts.md.j2", "{{ label('titel') }}", "unknown label 'titel'"),
]


def place_fault(root: Path, template: str, line: str) -> int:
    """Put a line into a template of the base's own after its first line; return its number."""
    path = own_template(root, template)
    first, *others = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([first, line, *others]), "utf-8")
    return 2


@pytest.mark.parametrize(
    ("template", "line", "expected"),
    TEMPLATE_FAULTS,
    ids=[f"{name} {what}" for name, _, what in TEMPLATE_FAULTS],
)
def test_a_template_that_fails_is_told_with_its_line(
    copy: Path, template: str, line: str, expected: str
) -> None:
    number = place_fault(copy, template, line)
    with pytest.raises(InvalidSource) as caught:
        english(copy)
    (problem,) = caught.value.problems
    assert problem.where == f"{TEMPLATES}/{template}:{number}"
    assert problem.what.startswith("the template fails: ")
    assert expected in problem.what
    assert problem.hint.endswith(".")


def test_a_fault_in_a_macro_is_told_where_the_macro_is(copy: Path) -> None:
    path = own_template(copy, "fact.md.j2")
    line = spoil(path, "\n{ .kb-reported }\n", "\n{{ e.statment }}\n{ .kb-reported }\n") + 1
    with pytest.raises(
        InvalidSource,
        match=rf"^{TEMPLATES}/fact.md.j2:{line}: the template fails: .* 'statment'",
    ):
        english(copy)


def test_a_template_that_is_not_utf_8_is_told(copy: Path) -> None:
    own_template(copy, "home.md.j2").write_bytes(b"# R\xe9tention\n")
    with pytest.raises(InvalidSource, match=rf"^{TEMPLATES}/home.md.j2:1: the template fails"):
        english(copy)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (lambda path: path.unlink(), "kb_tools/site/templates/home.md.j2:1: the template fails"),
        (
            lambda path: path.write_text("# Home\n\n{{ nothing }}\n"),
            "kb_tools/site/templates/home.md.j2:3: the template fails: 'nothing' is undefined",
        ),
    ],
    ids=["missing", "broken"],
)
def test_a_fault_of_a_template_of_the_package_is_told_as_such(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: object, expected: str
) -> None:
    templates = Path(shutil.copytree(pages.PACKAGE, tmp_path / "templates"))
    monkeypatch.setattr(pages, "PACKAGE", templates)
    assert callable(fault)
    fault(templates / "home.md.j2")
    with pytest.raises(InvalidSource, match=f"^{expected}"):
        english(base)


def test_where_a_template_fails_no_page_is_written(copy: Path) -> None:
    place_fault(copy, "sources.md.j2", "{{ nothing }}")
    before = {path: path.read_bytes() for path in copy.glob("docs/*/*.md")}
    found = check.check(Project(copy)).problems
    assert any("the template fails" in problem.what for problem in found)
    assert {path: path.read_bytes() for path in copy.glob("docs/*/*.md")} == before


# -- one number changes


@dataclass(frozen=True)
class Number:
    """A number in a file of facts that becomes another one, how each is said, and the lines that
    say it: page, how the line begins, how often it says it.
    """

    why: str
    file: str
    stored: tuple[str, str]
    said: Mapping[str, tuple[str, str]]
    saying: tuple[tuple[str, str, int], ...]


NUMBERS = [
    Number(
        "a period that is contradicted",
        "handling",
        ("length: P14D", "length: P15D"),
        dict(
            en=("14 days", "15 days"),
            fr=("14\xa0jours", "15\xa0jours"),
            ja=("14日間", "15日間"),
            zh=("14 天", "15 天"),
            de=("14 Tage", "15 Tage"),
        ),
        (
            ("handling.md", "<tr markdown>", 1),  # the matrix
            ("handling.md", "<tr markdown>", 1),  # the table of periods
            ("handling.md", "- ", 1),  # the claims that contradict each other
            ("handling.md", "", 1),  # the statement
        ),
    ),
    Number(
        "a period in a condition, of a fact that is easily taken for another one",
        "handling",
        ("length: P90D", "length: P91D"),
        dict(
            en=("up to 90 days", "up to 91 days"),
            fr=("90\xa0jours au plus", "91\xa0jours au plus"),
            ja=("最長90日間", "最長91日間"),
            zh=("最长 90 天", "最长 91 天"),
            de=("höchstens 90 Tage", "höchstens 91 Tage"),
        ),
        (
            ("handling.md", "<tr markdown>", 1),
            ("handling.md", "- ", 1),
            ("handling.md", "", 1),  # the condition
            ("handling.md", "", 1),  # not to be confused with
        ),
    ),
    Number(
        "a period of another page than that of the table",
        "choices",
        ("length: PT48H", "length: PT47H"),
        dict(
            en=("48 hours", "47 hours"),
            fr=("48\xa0heures", "47\xa0heures"),
            ja=("48時間", "47時間"),
            zh=("48 小时", "47 小时"),
            de=("48 Stunden", "47 Stunden"),
        ),
        (
            ("handling.md", "<tr markdown>", 1),
            ("choices.md", "", 1),
        ),
    ),
]


@dataclass(frozen=True)
class Shift:
    """A changed number with the pages that say it."""

    number: Number
    pages: Pages

    def changed(self, rendered: Pages, language: str) -> list[str]:
        """The pages that are not what they were."""
        now = self.pages[language]
        return [name for name, text in rendered[language].items() if now[name] != text]


@pytest.fixture(scope="module", params=NUMBERS, ids=lambda number: number.why)
def shift(
    base: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Shift:
    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("shifted") / "kb"))
    number: Number = request.param
    spoil(folder / f"docs/facts/{number.file}.yml", *number.stored)
    return Shift(number, pages.render(Project(folder)))


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    lines = [
        line
        for line in difflib.ndiff(before.split("\n"), after.split("\n"))
        if line[:2] in ("- ", "+ ")
    ]
    went = [line[2:] for line in lines if line[0] == "-"]
    return went, [line[2:] for line in lines if line[0] == "+"]


@by_language
def test_one_changed_number_changes_the_lines_that_say_it(
    rendered: Pages, shift: Shift, language: str
) -> None:
    old, new = shift.number.said[language]
    told = []
    for name in dict.fromkeys(name for name, _, _ in shift.number.saying):
        went, came = difference(rendered[language][name], shift.pages[language][name])
        assert len(went) == len(came)
        for line in went:
            # beside a period its bar moves as well: the next test
            assert "<svg" in line or line.replace(old, new) in came
        told += [(name, line) for line in came]
    assert [
        (name, line[: len(start)], line.count(new))
        for (name, line), (_, start, _) in zip(told, shift.number.saying, strict=True)
    ] == list(shift.number.saying)


@by_language
def test_one_changed_number_changes_the_pages_that_say_it(
    rendered: Pages, shift: Shift, language: str
) -> None:
    saying = {name for name, _, _ in shift.number.saying}
    assert set(shift.changed(rendered, language)) == saying


@by_language
def test_beside_a_changed_period_its_bar_changes_and_no_other(
    rendered: Pages, shift: Shift, language: str
) -> None:
    went, came = difference(rendered[language]["handling.md"], shift.pages[language]["handling.md"])
    (one,), (other,) = ([line for line in lines if "<svg" in line] for lines in (went, came))
    bar = re.compile(r'width="[\d.]+%"')
    assert bar.findall(one) != bar.findall(other)


def test_building_after_a_changed_number_writes_these_files_only(copy: Path, shift: Shift) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    pages.write(copy, shift.pages)
    changed = {
        path.relative_to(copy).as_posix()
        for path, content in before.items()
        if path.read_bytes() != content
    }
    saying = {name for name, _, _ in shift.number.saying}
    assert changed == {f"docs/{language}/{name}" for language in LANGUAGES for name in saying}
    assert {path for path in copy.rglob("*") if path.is_file()} == set(before)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.why)
def test_one_number_stands_in_one_place(base: Path, number: Number) -> None:
    """In no other fact, and in no text or translation at all."""
    stored = number.stored[0].removeprefix("length: ")
    paths = [*(base / "docs/facts").glob("*.yml"), *(base / "i18n").rglob("*.po")]
    assert sum(path.read_text("utf-8").count(stored) for path in paths) == 1


# -- text is text

LOOKS_LIKE_MARKUP = [
    "*stars* and **more**",
    "_one_ __two__",
    "`code`",
    "[text](https://example.com) and ![image](x.png)",
    "[text]: https://example.com",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<https://example.com>",
    "# heading",
    "> quote",
    "- item",
    "+ item",
    "29. item",
    "--- rule",
    "---",
    "***",
    "!!! note",
    "=== tab",
    "a | b | c",
    "~~gone~~",
    "{ .kb-past }",
    "{{ topic }} and {% if %}",
    "&lt; &amp; &copy; &",
    "back\\slash and \\*",
    "R&D",
    "a < b > c",
    ": definition",
    "*[API]: abbreviation",
    "[^1]: note",
    "[TOC]",
]


@pytest.mark.parametrize("text", LOOKS_LIKE_MARKUP)
def test_text_that_looks_like_markup_is_shown_as_text(text: str) -> None:
    page = markdown.markdown(f"{plain(text)}\n{{ .kb-statement }}\n", extensions=EXTENSIONS)
    shown = re.fullmatch(r'<p class="kb-statement">([^<]*)</p>', page)
    assert shown, page
    assert html.unescape(shown[1]) == text


@pytest.mark.parametrize("text", LOOKS_LIKE_MARKUP)
def test_text_that_looks_like_markup_is_shown_as_text_in_a_table(text: str) -> None:
    page = markdown.markdown(
        f"| a | b |\n|---|---|\n| {plain(text)} | c |\n", extensions=EXTENSIONS
    )
    cells = re.findall(r"<td>(.*?)</td>", page)
    assert [html.unescape(cell) for cell in cells] == [text, "c"]


def shown(text: str) -> str:
    """A page as a browser gets it, without its front matter."""
    return markdown.markdown(text.partition("---\n\n")[2], extensions=EXTENSIONS)


def test_a_statement_with_markup_is_shown_as_text_on_its_page(copy: Path) -> None:
    path = copy / "docs/facts/handling.yml"
    path.write_text(
        path.read_text("utf-8")
        + '  - id: handling/odd\n    title: "<i>Odd</i> *title*"\n'
        + '    statement: "- <b>R&D</b> keeps %(name)s, `x` | _y_ { .z }"\n'
        + "    values:\n      name: {kind: file, name: a_b_c.json}\n"
        + "    about: [trash]\n    sources: [policy/deletion]\n",
        "utf-8",
    )
    page = shown(english(copy)["handling.md"])
    assert (
        '<p class="kb-statement">- &lt;b&gt;R&amp;D&lt;/b&gt; keeps <code>a_b_c.json</code>, `x` |'
        " _y_ { .z }</p>" in page
    )
    assert '<h2 class="kb-fact" id="odd">&lt;i&gt;Odd&lt;/i&gt; *title*</h2>' in page


def test_a_line_break_in_a_text_is_a_space() -> None:
    """What stood in a paragraph of its own would be no part of the statement."""
    assert plain("One.\n\nTwo.\n  Three.") == "One. Two. Three."


def test_a_title_with_quotes_leaves_the_front_matter_readable(copy: Path) -> None:
    spoil(
        copy / "docs/facts/handling.yml",
        "\ntitle: Storage",
        '\ntitle: >-\n  "Storage": what it is, \\ and – Storage',
    )
    front = yaml.safe_load(english(copy)["handling.md"].split("---\n")[1])
    assert front["title"] == '"Storage": what it is, \\ and – Storage and sharing'


# -- what else a page tells of a fact


def block(text: str, slug: str) -> str:
    """What a page says of a fact, below its heading."""
    found = re.search(
        rf"^## .*\{{ #{slug} \.kb-fact.*?\}}\n(.*?)</section>", text, re.MULTILINE | re.DOTALL
    )
    assert found, slug
    return found[1]


def spaced(text: str) -> str:
    """A text with all its spaces alike."""
    return re.sub(r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", text)


REPORTED = dict(
    en="Reported by a third party, Nowhere Reviews; not a statement by Harbor Notes.",
    fr="Rapporté par un tiers, Nowhere Reviews ; il ne s’agit pas d’une déclaration de l’éditeur,"
    " Harbor Notes.",
    ja="第三者（Nowhere Reviews）による報告であり、Harbor Notesの発表ではありません。",
    zh="由第三方（Nowhere Reviews）报道，并非 Harbor Notes 的声明。",
    de="Von Dritten berichtet (Nowhere Reviews); keine Aussage des Herausgebers Harbor Notes.",
)


@by_language
def test_what_third_parties_alone_report_is_marked_as_such(rendered: Pages, language: str) -> None:
    """A fact that a primary document tells as well is not."""
    page = rendered[language]["handling.md"]
    marked = {
        slug
        for slug in re.findall(r"\{ #([a-z-]+) \.kb-fact", page)
        if ".kb-reported" in block(page, slug)
    }
    assert marked == {"shared-links-review"}
    note = spaced(block(page, "shared-links-review")).partition("\n{ .kb-reported }")[0]
    assert note.rpartition("\n")[2] == REPORTED[language]
    assert {"policy", "review"} == set(re.findall(r"#source-(\w+)", block(page, "encryption"))), (
        "the one with both kinds of sources"
    )


# choices that a review alone reports: whether they contradict each other, and what the page says
SECONDARY = "Everything on this page is reported by a third party, Nowhere Reviews, and is not a"
CONTRADICTS = "The report contradicts itself in places, which are marked."


@pytest.mark.parametrize("contradicts", [False, True])
def test_a_page_that_third_parties_alone_report_says_so_above_its_facts(
    copy: Path, rendered: Pages, contradicts: bool
) -> None:
    path = copy / "docs/facts/choices.yml"
    text = re.sub(r"sources: \[policy/\w+\]", "sources: [review/sharing]", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    if contradicts:
        one, other = "choices/crash-reports", "choices/archive-by-mail"
        spoil(path, "    about: [team-plan]\n", f"    about: [trash]\n    conflicts: [{one}]\n")
        spoil(path, "    about: [crash-", f"    conflicts: [{other}]\n    about: [crash-")
    above = english(copy)["choices.md"].partition("\n## ")[0]
    assert f"\n{SECONDARY}" in above
    assert (CONTRADICTS in above) == contradicts
    assert "{ .kb-notice }" not in rendered["en"]["choices.md"].partition("\n## ")[0]


def test_one_fact_of_a_primary_source_makes_a_page_more_than_a_report(copy: Path) -> None:
    path = copy / "docs/facts/choices.yml"
    text = path.read_text("utf-8").replace("[policy/changes]", "[review/sharing]")
    path.write_text(text, "utf-8")
    assert "{ .kb-notice }" not in english(copy)["choices.md"].partition("\n## ")[0]


TOLD_APART = dict(
    en=("up to 30 days", "30 days; up to 90 days"),
    fr=("30\xa0jours au plus", "30\xa0jours\xa0; 90\xa0jours au plus"),
    ja=("最長30日間", "30日間；最長90日間"),
    zh=("最长 30 天", "30 天；最长 90 天"),
    de=("höchstens 30 Tage", "30 Tage; höchstens 90 Tage"),
)


@by_language
def test_a_fact_that_is_easily_taken_for_another_is_shown_with_its_periods(
    rendered: Pages, language: str
) -> None:
    page = rendered[language]["handling.md"]
    for slug, other, told in zip(
        ("deleted-files", "offline-copies"),
        ("offline-copies", "deleted-files"),
        TOLD_APART[language],
        strict=True,
    ):
        related = [
            line for line in block(page, slug).split("\n") if f"(handling.md#{other})" in line
        ]
        assert len(related) == 1
        assert re.search(rf"\)\s?[(（]{told}[)）]$", related[0]), related[0]


def test_a_fact_that_is_easily_taken_for_another_is_shown_with_its_dates(copy: Path) -> None:
    """And without brackets where it has neither periods nor dates."""
    path = copy / "docs/facts/choices.yml"
    archive, versions = "choices/archive-by-mail", "choices/version-history"
    for own, other in ((archive, versions), (versions, archive)):
        spoil(path, f"  - id: {own}\n", f"  - id: {own}\n    not_to_be_confused_with: [{other}]\n")
    page = english(copy)["choices.md"]
    assert "(choices.md#version-history) (March 17, 2031)\n" in block(page, "archive-by-mail")
    assert "(choices.md#archive-by-mail) (June 28, 2024, inclusive; 48 hours)\n" in block(
        page, "version-history"
    )
    twins = "    not_to_be_confused_with: [handling/shared-links]\n"
    path = copy / "docs/facts/handling.yml"
    spoil(
        path,
        "    see_also: [handling/shared-links] ",
        f"{twins}    see_also: [handling/deleted-files] ",
    )
    spoil(
        path,
        "    conflicts: [handling/shared-links-review]\n",
        "    conflicts: [handling/shared-links-review]\n"
        "    not_to_be_confused_with: [handling/encryption]\n",
    )
    links = block(english(copy)["handling.md"], "shared-links")
    assert (
        "\nNot to be confused with: [Encryption of notes and files](handling.md#encryption)\n"
        in links
    )


# what is told of a fact that has ended, or has not begun: by language, the line above its mark
PAST = dict(
    en="Past: this ended on June 28, 2024.",
    fr="Révolu : ceci a pris fin le 28 juin 2024.",
    ja="過去の内容です。2024年6月28日に終了しました。",
    zh="已结束：止于2024年6月28日。",
    de="Vergangen: Dies endete am 28. Juni 2024.",
)
FUTURE = dict(
    en="Not yet in force: this begins on March 17, 2031.",
    fr="Pas encore en vigueur : prise d’effet le 17 mars 2031.",
    ja="まだ有効ではありません。2031年3月17日に始まります。",
    zh="尚未生效：自2031年3月17日起生效。",
    de="Noch nicht in Kraft: Dies beginnt am 17. März 2031.",
)


@by_language
def test_a_fact_that_ends_and_one_that_begins_tell_it_with_the_day(
    rendered: Pages, language: str
) -> None:
    page = spaced(rendered[language]["choices.md"])
    past, future = block(page, "archive-by-mail"), block(page, "version-history")
    assert f"\n{PAST[language]}\n{{ .kb-past data-until=2024-06-28 }}\n" in past
    assert f"\n{FUTURE[language]}\n{{ .kb-future data-from=2031-03-17 }}\n" in future
    assert ".kb-future" not in past
    assert ".kb-past" not in future
    assert not re.search(r"\.kb-(past|future)", block(page, "crash-reports"))
    assert ".kb-disputed" not in page
    assert '<p class="kb-future" data-from="2031-03-17">' in shown(page)


def test_a_fact_of_which_the_sources_differ_on_when_it_holds_tells_the_days(copy: Path) -> None:
    spoil(
        copy / "docs/facts/choices.yml",
        "    until: deadline ",
        "    from: [2020-02-01, 2020-01-01]\n    until: [deadline, 2024-06-20] ",
    )
    told = block(english(copy)["choices.md"], "archive-by-mail")
    assert (
        "\nDisputed: in force by one date in the sources, not by the other.\n"
        "{ .kb-disputed data-from=2020-01-01 data-agreed-from=2020-02-01"
        " data-agreed-until=2024-06-20 data-until=2024-06-28 }\n"
    ) in told
    assert "{ .kb-past data-until=2024-06-28 }" in told
    assert "{ .kb-future data-from=2020-01-01 }" in told


def test_a_fact_that_begins_and_ends_tells_both(copy: Path) -> None:
    spoil(
        copy / "docs/facts/choices.yml",
        "    until: deadline ",
        "    from: 2020-01-01\n    until: deadline ",
    )
    told = block(english(copy)["choices.md"], "archive-by-mail")
    assert "{ .kb-future data-from=2020-01-01 }" in told
    assert "{ .kb-past data-until=2024-06-28 }" in told


def test_a_page_of_somebody_elses_is_neither_replaced_nor_removed(
    copy: Path, rendered: Editions
) -> None:
    folder = copy / layout.DOCS / "fr"
    for name in ("index.md", "notes.md"):
        (folder / name).write_text("---\ntitle: Mine\n---\nMine.\n", "utf-8")
    with pytest.raises(InvalidSource, match=r"docs/fr/index\.md:1: not a page of ours"):
        pages.write(copy, rendered)
    (folder / "index.md").unlink()
    pages.write(copy, rendered)
    assert (folder / "notes.md").read_text("utf-8").endswith("Mine.\n")
    (told,) = pages.outdated(copy, rendered)
    assert "Move it to another folder" in told.hint
