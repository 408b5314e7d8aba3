"""The pages: every fact is on them in every language, they are fresh, and a change of one number
changes what says it and nothing else.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Mapping
from pathlib import Path

import markdown
import pytest
import yaml

from kb_tools.errors import InvalidSource
from kb_tools.language import localize
from kb_tools.locales import LOCALES, SOURCE
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.site import pages
from kb_tools.site.pages import Renderer

IDS = (Path(__file__).parents[1] / "ids.txt").read_text("utf-8").split()
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "toc"]
Pages = Mapping[str, Mapping[str, str]]

by_language = pytest.mark.parametrize("language", LOCALES)


@by_language
def test_every_fact_has_an_anchor_and_a_statement(root: Path, language: str) -> None:
    assert len(IDS) == 129
    for fact in IDS:
        page, _, slug = fact.partition("/")
        text = (root / f"docs/{language}/{page}.md").read_text("utf-8")
        found = re.findall(
            rf"^## \S.* \{{ #{slug} \.kb-fact \}}\n\n(\S.+)\n\{{ \.kb-statement \}}$",
            text,
            re.MULTILINE,
        )
        assert len(found) == 1, f"{fact} in {language}: {len(found)} statements"


@by_language
def test_every_fact_names_its_sources(root: Path, project: Project, language: str) -> None:
    for page in project.knowledge.pages:
        text = (root / f"docs/{language}/{page.page}.md").read_text("utf-8")
        for fact in page.facts:
            block = re.search(
                rf"\{{ #{fact.slug} \.kb-fact.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
            )
            assert block
            cited = set(re.findall(r"\(sources\.md#([a-z-]+)\)", block[0]))
            assert cited == {source.partition("/")[0] for source in fact.sources}


def test_committed_pages_are_fresh(root: Path, rendered: Pages) -> None:
    assert pages.outdated(root, rendered) == []


def test_an_edited_a_lost_and_a_stray_page_are_told(copy: Path, rendered: Pages) -> None:
    pages.write(copy, rendered)
    edited = copy / "docs/fr/zdr.md"
    edited.write_text(edited.read_text("utf-8").replace("\n# ", "\n# À propos : "), "utf-8")
    (copy / "docs/ja/zdr.md").unlink()
    (copy / "docs/zh/draft.md").write_text("# 草稿\n", "utf-8")
    assert [f"{problem.where}: {problem.what}" for problem in pages.outdated(copy, rendered)] == [
        "docs/fr/zdr.md:6: out of date",
        "docs/ja/zdr.md:1: out of date",
        "docs/zh/draft.md:1: no template makes this page",
    ]


def test_writing_makes_pages_fresh_and_touches_no_other_file(copy: Path, rendered: Pages) -> None:
    pages.write(copy, rendered)
    assert pages.write(copy, rendered) == []
    (copy / "docs/fr/zdr.md").write_text("", "utf-8")
    (copy / "docs/zh/draft.md").write_text("# 草稿\n", "utf-8")
    changed = pages.write(copy, rendered)
    assert sorted(path.relative_to(copy).as_posix() for path in changed) == [
        "docs/fr/zdr.md",
        "docs/zh/draft.md",
    ]
    assert pages.outdated(copy, rendered) == []


# -- templates that fail

TEMPLATE_FAULTS = [
    # file, what is put into it as a line of its own, what is told
    ("home.md.j2", "{% if %}", "Expected an expression"),
    ("home.md.j2", "{% endfor %}", "unknown tag 'endfor'"),
    ("topic.md.j2", "{{ topic.titel }}", "has no attribute 'titel'"),
    ("topic.md.j2", "{{ nothing }}", "'nothing' is undefined"),
    ("topic.md.j2", "{{ label('titel') }}", "unknown label 'titel'"),
    ("topic.md.j2", "{{ label('home-facts') }}", "label 'home-facts' counts"),
    ("topic.md.j2", "{{ counted('home', 3) }}", "label 'home' does not count"),
    ("topic.md.j2", "{{ label('received') }}", "label 'received' needs date"),
    ("topic.md.j2", "{{ topic.title | plian }}", "No filter named 'plian'"),
    ("topic.md.j2", '{% include "nothing.md.j2" %}', "nothing.md.j2"),
    ("sources.md.j2", "{{ 1 / 0 }}", "division by zero"),
    # in a template that another one includes or imports from, the fault is told where it is
    ("features.md.j2", "{{ nothing }}", "'nothing' is undefined"),
    ("features.md.j2", "{% if %}", "Expected an expression"),
    ("conflicts.md.j2", "{{ label('titel') }}", "unknown label 'titel'"),
]


def place_fault(root: Path, template: str, line: str) -> int:
    """Put a line into a template after its third line; return its number."""
    path = root / pages.TEMPLATES / template
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*lines[:3], line, *lines[3:]]), "utf-8")
    return 4


def english(root: Path, project: Project) -> dict[str, str]:
    return Renderer(
        root, project.knowledge, project.voice(SOURCE), project.editions[SOURCE.code]
    ).pages()


@pytest.mark.parametrize(
    ("template", "line", "expected"),
    TEMPLATE_FAULTS,
    ids=[f"{name} {what}" for name, _, what in TEMPLATE_FAULTS],
)
def test_a_template_that_fails_is_told_with_its_line(
    copy: Path, project: Project, template: str, line: str, expected: str
) -> None:
    number = place_fault(copy, template, line)
    with pytest.raises(InvalidSource) as caught:
        english(copy, project)
    (problem,) = caught.value.problems
    assert problem.where == f"docs/templates/{template}:{number}"
    assert problem.what.startswith("the template fails: ")
    assert expected in problem.what
    assert problem.hint.endswith(".")


def test_a_fault_in_a_macro_is_told_where_the_macro_is(copy: Path, project: Project) -> None:
    path = copy / pages.TEMPLATES / "fact.md.j2"
    before, statement, after = path.read_text("utf-8").partition("{{ e | marked }}\n")
    path.write_text(f"{before}{{{{ e.statment }}}}\n{statement}{after}", "utf-8")
    with pytest.raises(
        InvalidSource,
        match=(
            rf"^docs/templates/fact.md.j2:{before.count(chr(10)) + 1}: the template fails: .*"
            r" 'statment'"
        ),
    ):
        english(copy, project)


def test_a_template_that_is_not_there_is_told(copy: Path, project: Project) -> None:
    (copy / pages.TEMPLATES / "home.md.j2").unlink()
    with pytest.raises(InvalidSource, match=r"^docs/templates/home.md.j2:1: the template fails"):
        english(copy, project)


def test_a_template_that_is_not_utf_8_is_told(copy: Path, project: Project) -> None:
    (copy / pages.TEMPLATES / "home.md.j2").write_bytes(b"# R\xe9tention\n")
    with pytest.raises(InvalidSource, match=r"^docs/templates/home.md.j2:1: the template fails"):
        english(copy, project)


def test_where_a_template_fails_no_page_is_written(copy: Path) -> None:
    place_fault(copy, "sources.md.j2", "{{ nothing }}")
    before = {path: path.read_bytes() for path in copy.glob("docs/*/*.md")}
    assert any("the template fails" in problem.what for problem in check.check(Project(copy)))
    assert {path: path.read_bytes() for path in copy.glob("docs/*/*.md")} == before


# -- one number changes

# what 29 days and 31 days are in each language
SAID = dict(
    en=("29 days", "31 days"),
    fr=("29 jours", "31 jours"),
    ja=("29日間", "31日間"),
    zh=("29 天", "31 天"),
)

# the lines that say it: page, how the line begins, how often it says it
SAYING = [
    ("features.md", "| ", 1),  # the matrix
    ("features.md", "", 1),  # the statement
    ("features.md", "- ", 1),  # the list of values
    ("retention.md", "<figure", 2),  # the picture and its text alternative
    ("retention.md", "| ", 1),  # the table of periods
]
# the title and the period of facts that warn of a mix-up with this one
TWINS = {"retention.md": 2}


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    lines = [
        line
        for line in difflib.ndiff(before.split("\n"), after.split("\n"))
        if line[:2] in ("- ", "+ ")
    ]
    return [line[2:] for line in lines if line[0] == "-"], [
        line[2:] for line in lines if line[0] == "+"
    ]


@pytest.fixture(scope="module")
def shifted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """All pages where the Batch API keeps data for 31 days."""
    folder = tmp_path_factory.mktemp("shifted")
    for name in ("docs", "i18n", "mkdocs.yml"):
        (folder / name).symlink_to(root / name)
    (folder / "docs").unlink()
    (folder / "docs").mkdir()
    (folder / "docs/templates").symlink_to(root / "docs/templates")
    (folder / "docs/facts").mkdir()
    for path in (root / "docs/facts").glob("*.yml"):
        (folder / "docs/facts" / path.name).write_text(
            path.read_text("utf-8").replace("length: P29D", "length: P31D"), "utf-8"
        )
    return check.render(Project(folder))


def test_one_number_stands_in_one_place(root: Path) -> None:
    assert (
        sum(path.read_text("utf-8").count("P29D") for path in (root / "docs/facts").glob("*.yml"))
        == 1
    )


@by_language
def test_one_changed_number_changes_two_pages(
    rendered: Pages, shifted: Pages, language: str
) -> None:
    changed = [name for name, text in rendered[language].items() if shifted[language][name] != text]
    assert changed == ["features.md", "retention.md"]


@by_language
def test_one_changed_number_changes_the_lines_that_say_it(
    rendered: Pages, shifted: Pages, language: str
) -> None:
    old, new = SAID[language]
    told = []
    for name in ("features.md", "retention.md"):
        went, came = difference(rendered[language][name], shifted[language][name])
        assert len(went) == len(came)
        twins = [
            line
            for line in came
            if "(features.md#batch-retention)" in line and not line.startswith("|")
        ]
        assert len(twins) == TWINS.get(name, 0)
        for line in went:
            if line.startswith("<figure"):
                continue  # 31 is more than 30, so a bar moves: the next test
            assert line.count(old) == 1
            assert line.replace(old, new) in came
        told += [(name, line) for line in came if line not in twins]
    assert [
        (name, line[: len(start)], line.count(new))
        for (name, line), (_, start, _) in zip(told, SAYING, strict=True)
    ] == SAYING


@by_language
def test_in_the_picture_one_bar_changes_and_moves(
    rendered: Pages, shifted: Pages, language: str
) -> None:
    old, new = SAID[language]

    def words(page: str) -> list[str]:
        figure = page[page.index("<figure") : page.index("</figure>")]
        return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", figure)]

    before, after = (
        words(rendered[language]["retention.md"]),
        words(shifted[language]["retention.md"]),
    )
    assert before != after
    assert sorted(old if text == new else text for text in after) == sorted(before)


def test_building_after_a_changed_number_writes_these_files_only(
    copy: Path, rendered: Pages, shifted: Pages
) -> None:
    pages.write(copy, rendered)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    pages.write(copy, shifted)
    changed = [
        path.relative_to(copy).as_posix()
        for path, content in before.items()
        if path.read_bytes() != content
    ]
    assert sorted(changed) == sorted(
        f"docs/{language}/{name}.md" for language in LOCALES for name in ("features", "retention")
    )
    assert {path for path in copy.rglob("*") if path.is_file()} == set(before)


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
    "*[ZDR]: abbreviation",
    "[^1]: note",
    "[TOC]",
]


@pytest.mark.parametrize("text", LOOKS_LIKE_MARKUP)
def test_text_that_looks_like_markup_is_shown_as_text(text: str) -> None:
    page = markdown.markdown(f"{pages.plain(text)}\n{{ .kb-statement }}\n", extensions=EXTENSIONS)
    shown = re.fullmatch(r'<p class="kb-statement">([^<]*)</p>', page)
    assert shown, page
    assert html.unescape(shown[1]) == text


@pytest.mark.parametrize("text", LOOKS_LIKE_MARKUP)
def test_text_that_looks_like_markup_is_shown_as_text_in_a_table(text: str) -> None:
    page = markdown.markdown(
        f"| a | b |\n|---|---|\n| {pages.plain(text)} | c |\n", extensions=EXTENSIONS
    )
    cells = re.findall(r"<td>(.*?)</td>", page)
    assert [html.unescape(cell) for cell in cells] == [text, "c"]


def test_a_statement_with_markup_is_shown_as_text_on_its_page(copy: Path) -> None:
    path = copy / "docs/facts/zdr.yml"
    path.write_text(
        path.read_text("utf-8")
        + '  - id: zdr/odd\n    title: "<i>Odd</i> *title*"\n    statement: "- <b>R&D</b> keeps'
        ' %(name)s, `x` | _y_ { .z }"\n'
        + "    values:\n      name: {kind: file, name: a_b_c.json}\n    about: [zdr]\n    sources:"
        " [zdr-fr/intro]\n",
        "utf-8",
    )
    project = Project(copy)
    voice = project.voice(SOURCE)
    made = Renderer(
        copy,
        project.knowledge,
        voice,
        localize.entries(project.knowledge, voice, {}, project.site_url),
    ).pages()["zdr.md"]
    page = markdown.markdown(made.partition("---\n\n")[2], extensions=EXTENSIONS)
    assert (
        '<p class="kb-statement">- &lt;b&gt;R&amp;D&lt;/b&gt; keeps <code>a_b_c.json</code>, `x` |'
        " _y_ { .z }</p>" in page
    )
    assert '<h2 class="kb-fact" id="odd">&lt;i&gt;Odd&lt;/i&gt; *title*</h2>' in page


def test_a_line_break_in_a_text_is_a_space() -> None:
    """What stood in a paragraph of its own would be no part of the statement."""
    assert pages.plain("One.\n\nTwo.\n  Three.") == "One. Two. Three."


def test_a_title_with_quotes_leaves_the_front_matter_readable(copy: Path) -> None:
    path = copy / "docs/facts/zdr.yml"
    path.write_text(
        path.read_text("utf-8").replace(
            "\ntitle: ", '\ntitle: >-\n  "ZDR": what it is, \\ and – ', 1
        ),
        "utf-8",
    )
    project = Project(copy)
    voice = project.voice(SOURCE)
    made = Renderer(
        copy,
        project.knowledge,
        voice,
        localize.entries(project.knowledge, voice, {}, project.site_url),
    ).pages()["zdr.md"]
    front = yaml.safe_load(made.split("---\n")[1])
    assert front["title"].startswith('"ZDR": what it is, \\ and – Zero')
