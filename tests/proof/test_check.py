"""`kb check` tells everything that is wrong in one run, whatever file it is in, and what a language
still lacks.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import LOCALES, said, spoil

from kb_tools import builder, layout
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.starter import create

FRENCH = "i18n/fr/LC_MESSAGES/facts.po"
DELETED = "handling/deleted-files"
GERMAN_ROW = "  - {code: de, name: Deutsch}\n"


def told(root: Path) -> list[str]:
    return said(check.check(Project(root)).problems)


def build_pages(root: Path) -> None:
    builder.build_pages(Project(root), lambda _: None)


def test_the_small_base_has_no_problems_and_lacks_nothing(base: Path) -> None:
    assert check.check(Project(base)) == check.Result([], [])


def test_problems_of_several_fact_files_are_told_in_one_run(copy: Path) -> None:
    handling, choices = copy / "docs/facts/handling.yml", copy / "docs/facts/choices.yml"
    length = spoil(handling, "length: P90D", "length: P90X")
    key = spoil(choices, "    about: [team-plan]", "    abuot: [team-plan]")
    subject = spoil(copy / "docs/facts/subjects.yml", "kind: plan", "kind: offer")
    fact = choices.read_text("utf-8").partition("- id: choices/archive-by-mail")[0].count("\n") + 1
    assert told(copy) == [
        f"docs/facts/choices.yml:{fact}: fact 'choices/archive-by-mail': key 'about' is missing",
        f"docs/facts/choices.yml:{key}: fact 'choices/archive-by-mail': unknown key 'abuot'",
        f"docs/facts/handling.yml:{length}: fact '{DELETED}': invalid duration 'P90X'",
        f"docs/facts/subjects.yml:{subject}: subject 'team-plan': unknown kind 'offer'",
    ]


def test_problems_of_facts_catalogs_glossary_and_questions_are_told_in_one_run(copy: Path) -> None:
    fact = spoil(copy / "docs/facts/handling.yml", "length: P90D", "length: P90X")
    old = f'msgctxt "{DELETED}"\nmsgid "How'
    line = spoil(copy / FRENCH, old, old.replace("msgctxt", "msgctext"))
    old = "meaning: where deleted files wait"
    concept = spoil(copy / "i18n/glossary.yml", old, old.replace("meaning", "meening"))
    found = told(copy)
    assert (f"docs/facts/handling.yml:{fact}: fact '{DELETED}': invalid duration 'P90X'") in found
    assert f"{FRENCH}:{line}: not a valid PO file" in found
    assert f"i18n/glossary.yml:{concept}: concept 'trash': unknown key 'meening'" in found


def test_a_catalog_and_the_questions_of_one_language_are_both_told_once(copy: Path) -> None:
    old = f'msgctxt "{DELETED}"\nmsgid "How'
    line = spoil(copy / FRENCH, old, old.replace("msgctxt", "msgctext"))
    question = spoil(copy / "i18n/questions/fr.yml", f"{DELETED}:", "handling/deletde-files:")
    fuzzy = spoil(copy / "i18n/ja/LC_MESSAGES/facts.po", old, f"#, fuzzy\n{old}")
    assert [problem.partition(": ")[0] for problem in told(copy)] == [
        f"{FRENCH}:{line}",
        f"i18n/ja/LC_MESSAGES/facts.po:{fuzzy + 2}",  # the line of its msgid
        f"i18n/questions/fr.yml:{question}",
    ]


def test_problems_of_one_file_are_told_from_top_to_bottom(copy: Path) -> None:
    """Line 9 comes before line 10, as people mend them."""
    page = copy / "docs/en/handling.md"
    page.write_text(page.read_text("utf-8").replace("30 days", "31 days"), "utf-8")
    problems = check.check(Project(copy)).problems
    assert {problem.where.partition(":")[0] for problem in problems} == {"docs/en/handling.md"}
    lines = [int(problem.where.rpartition(":")[2]) for problem in problems]
    assert len(lines) > 5
    assert lines == sorted(lines)


ASKED = "  - wann wird der Papierkorb geleert\n  - gelöschte Dateien wie lange\n"

# what is changed in the small base, and the one thing that is told of it
ONE_PROBLEM = [
    (
        lambda root: spoil(root / "mkdocs.yml", "site_name: Harbor", "site_name: Haven"),
        "mkdocs.yml:4: site_name is 'Haven Notes policies' where kb.yml says 'Harbor Notes"
        " policies'",
    ),
    (
        lambda root: spoil(root / "mkdocs.yml", "example.com/en/", "example.com/"),
        "mkdocs.yml:5: site_url is 'https://policies.example.com/'",
    ),
    (
        lambda root: (root / "docs/schema/page.json").unlink(),
        "docs/schema/page.json:1: out of date",
    ),
    (lambda root: (root / "docs/ja/search.md").unlink(), "docs/ja/search.md:1: out of date"),
    (lambda root: (root / "i18n/facts.pot").unlink(), "i18n/facts.pot:1: out of date"),
    (
        lambda root: spoil(
            root / "i18n/glossary.yml", "      fr: [corbeille, poubelle]", "      fr: [panier]"
        ),
        f"{FRENCH}:1: '{DELETED}': names 'trash' by a term not in the glossary",
    ),
    (
        lambda root: spoil(root / "i18n/questions/de.yml", ASKED, ""),
        "i18n/questions/de.yml:1: 2 questions for 'handling/deleted-files'",
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), ONE_PROBLEM, ids=[expected for _, expected in ONE_PROBLEM]
)
def test_what_is_wrong_in_one_place_is_told_once(
    copy: Path, change: Callable[[Path], object], expected: str
) -> None:
    change(copy)
    found = check.check(Project(copy))
    assert said(found.problems) == [expected]
    assert [problem.hint[-1:] for problem in found.problems] == ["."]
    assert list(found.notes) == []


# -- a language is added


@pytest.fixture
def four(tmp_path: Path) -> Path:
    """The small base in all languages but German, with its pages."""
    folder = tmp_path / "four"
    create.create(folder, [code for code in LOCALES if code != "de"])
    build_pages(folder)
    return folder


def test_one_line_adds_a_language_and_the_check_lists_what_it_lacks(four: Path) -> None:
    assert check.check(Project(four)) == check.Result([], [])
    spoil(four / "kb.yml", "pages: [", f"{GERMAN_ROW}pages: [")
    project = Project(four)
    facts = [fact.id for fact in project.knowledge.facts]
    names = ("choices", "embed", "handling", "index", "search", "sources")
    build_pages(four)
    assert len(facts) == 8
    assert {path.name for path in (four / "docs/de").glob("*.md")} == {f"{n}.md" for n in names}
    assert sorted(told(four)) == sorted(
        [
            "i18n/de/LC_MESSAGES/facts.po:1: the catalog is missing",
            *(f"i18n/questions/de.yml:1: no questions for {fact!r}" for fact in facts),
            *(
                f"i18n/glossary.yml:1: concept {concept.id!r} has no term in 'de'"
                for concept in project.glossary.concepts
            ),
        ]
    )


def test_with_its_catalog_questions_and_terms_the_new_language_is_whole(four: Path) -> None:
    spoil(four / "kb.yml", "pages: [", f"{GERMAN_ROW}pages: [")
    for name in ("i18n/de/LC_MESSAGES/facts.po", "i18n/questions/de.yml", "i18n/glossary.yml"):
        (four / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(create.BASE / name, four / name)
    build_pages(four)
    assert check.check(Project(four)) == check.Result([], [])


def test_a_language_without_anything_is_told_and_the_check_goes_on(four: Path) -> None:
    """Without words of its own the language is spoken in English, which has a reader."""
    spoil(four / "kb.yml", "pages: [", "  - {code: es}\npages: [")
    found = told(four)
    lacking = {problem.partition(": ")[0] for problem in found}
    pages = {
        f"docs/es/{name}.md:1" for name in ("choices", "handling", "index", "search", "sources")
    }
    # the page that shows the search box names the languages of the site, each in itself
    embedding = {place for place in lacking if "/embed.md:" in place}
    assert len(embedding) == 5
    assert lacking - embedding == pages | {
        "i18n/es/LC_MESSAGES/facts.po:1",
        "i18n/es/LC_MESSAGES/interface.po:1",
        "i18n/questions/es.yml:1",
        "i18n/glossary.yml:1",
    }
    build_pages(four)
    assert {problem.partition(": ")[0] for problem in told(four)} == lacking - pages - embedding


def with_spanish_words(root: Path, row: str) -> None:
    """Add a language with a first word of the interface, so that it is spoken."""
    spoil(root / "kb.yml", "pages: [", f"{row}pages: [")
    project = Project(root)
    project.upkeep.update(project.locale("es"))
    spoil(
        root / "i18n/es/LC_MESSAGES/interface.po",
        'msgctxt "interface/yes"\nmsgid "yes"\nmsgstr ""',
        'msgctxt "interface/yes"\nmsgid "yes"\nmsgstr "sí"',
    )
    build_pages(root)


NO_READER = "kb.yml:1: no reader for 'es': what its pages say is not proved"


def test_a_language_that_is_spoken_needs_a_reader(four: Path) -> None:
    with_spanish_words(four, "  - {code: es}\n")
    assert NO_READER in told(four)
    (four / "i18n/readers").mkdir()
    shutil.copy(check.reader.PACKAGE / "en.yml", four / "i18n/readers/es.yml")
    assert NO_READER not in told(four)


def test_a_partial_language_needs_no_reader(four: Path) -> None:
    with_spanish_words(four, "  - {code: es, partial: true}\n")
    assert told(four) == []


# -- a partial language


def numbers(root: Path) -> tuple[int, int, int]:
    """How many texts, facts and concepts there are."""
    project = Project(root)
    texts = sum(1 for message in project.upkeep.content if message.id)
    return texts, len(list(project.knowledge.facts)), len(project.glossary.concepts)


def test_what_a_partial_language_lacks_is_noted_and_is_no_problem(four: Path) -> None:
    spoil(four / "kb.yml", "pages: [", "  - {code: de, name: Deutsch, partial: true}\npages: [")
    build_pages(four)
    texts, facts, concepts = numbers(four)
    assert check.check(Project(four)) == check.Result(
        [],
        [
            f"de (Deutsch) is partial: {texts} of {texts} texts of facts not translated,"
            f" {facts} of {facts} facts without questions,"
            f" {concepts} of {concepts} concepts without a term"
        ],
    )


def test_of_a_partial_language_only_what_it_lacks_is_noted(copy: Path) -> None:
    spoil(copy / "kb.yml", "name: Deutsch}", "name: Deutsch, partial: true}")
    assert check.check(Project(copy)) == check.Result([], [])
    spoil(
        copy / "i18n/de/LC_MESSAGES/facts.po",
        'msgstr "Wie lange gelöschte Dateien im Papierkorb bleiben"',
        'msgstr ""',
    )
    fuzzy = 'msgctxt "handling/encryption"\nmsgid "Encryption'
    spoil(copy / "i18n/de/LC_MESSAGES/facts.po", fuzzy, f"#, fuzzy\n{fuzzy}")
    build_pages(copy)
    texts, _, _ = numbers(copy)
    assert check.check(Project(copy)) == check.Result(
        [], [f"de (Deutsch) is partial: 2 of {texts} texts of facts not translated"]
    )


def test_a_value_that_a_partial_language_says_wrongly_is_a_problem(copy: Path) -> None:
    spoil(copy / "kb.yml", "name: Deutsch}", "name: Deutsch, partial: true}")
    page = copy / "docs/de/handling.md"
    page.write_text(
        page.read_text("utf-8").replace("**14 Tage** lang", "**15 Tage** lang"), "utf-8"
    )
    assert [problem.partition(": ")[2] for problem in told(copy)] == [
        "out of date",
        "overview 'conflicts': the row of 'handling/shared-links' says code POST /v1/links,"
        " duration exact 15 day where the facts say code POST /v1/links, duration exact 14 day",
        "fact 'handling/shared-links': the statement says duration exact 15 day where the fact"
        " says duration exact 14 day",
    ]


def test_what_is_wrong_in_every_file_is_told_although_others_are_broken(copy: Path) -> None:
    (copy / layout.page_file("handling")).write_text("page: [", "utf-8")
    questions = copy / layout.QUESTIONS / "fr.yml"
    questions.write_text(questions.read_text("utf-8") + "\nhandling/encryption: {a: b}\n", "utf-8")
    (copy / layout.GLOSSARY).write_text("concepts: 5\n", "utf-8")
    files = {each.partition(":")[0] for each in said(check.check(Project(copy)).problems)}
    assert {"docs/facts/handling.yml", "i18n/questions/fr.yml", "i18n/glossary.yml"} <= files
    (copy / layout.SETTINGS).write_text("id: [", "utf-8")
    files = {each.partition(":")[0] for each in said(check.check(Project(copy)).problems)}
    assert files >= {"kb.yml", "docs/facts/handling.yml", "i18n/questions/fr.yml"}
