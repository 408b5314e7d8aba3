"""What is told of a `kb.yml` that is wrong, and of files that do not fit it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import LOCALES, said, spoil

from kb_tools import locales
from kb_tools.content import facts, settings
from kb_tools.content.settings import MOST_LANGUAGES
from kb_tools.errors import BadInput, InvalidSource, UnknownLanguage
from kb_tools.starter import create

CODES = "es it pt nl sv da fi nb pl cs sk hu ro bg el tr ru uk ar he hi th vi id ms ko et"
MANY = re.sub(r"(\w+) ?", r"  - {code: \1}\n", CODES)
LAST = "  - {code: de, name: Deutsch}\n"
PAGES = "pages: [handling, choices]"

# what stands in the small base's kb.yml, what is put in its place, what is told, and the text on
# whose line it is told; None is the first line
FAULTS = [
    ("publisher: Harbor Notes  ", "# publisher:", "key 'publisher' is missing", None),
    ("publisher:", "publsher: Harbor\npublisher:", "unknown key 'publsher'", "publsher"),
    (
        "title: What Harbor Notes does with your notes and files",
        'title: ""',
        "'title' is empty",
        "title",
    ),
    ("  kinds: [topic, product, feature, plan]", "", "key 'kinds' is missing", "subjects:"),
    ("id: harbor-notes", "id: Harbor Notes", "'id' is 'Harbor Notes'", "id:"),
    ("code: fr", "code: qq", "unknown language 'qq'", "code: qq"),
    ("code: fr", "code: FR", "'code' is 'FR'", "code: FR"),
    ("code: fr,", "", "key 'code' is missing", "name: Français"),
    ("catalog: zh_Hans", "catalog: xx_Hans", "unknown language 'xx_Hans'", "xx_Hans"),
    ("catalog: zh_Hans", "catalog: ../zh", "unknown language '../zh'", "../zh"),
    ("html: zh-Hans", "html: zh Hans", "'html' is 'zh Hans'", "zh Hans"),
    (LAST, LAST.replace("code: de", "code: fr"), "language 'fr' stands twice", "Deutsch"),
    ("  - {code: en, name: English}\n", "", "the first language is 'fr'", "code: fr"),
    (LAST, LAST + MANY, f"{MOST_LANGUAGES + 1} languages", "code: et"),
    (PAGES, "pages: []", "'pages' needs at least 1", "pages:"),
    (PAGES, "pages: [handling, choices, handling]", "page 'handling' stands twice", "pages:"),
    (PAGES, "pages: [handling, My Page]", "item 2 of 'pages' is 'My Page'", "pages:"),
    ("named: [feature]", "named: [animal]", "unknown kind of subject 'animal'", "named:"),
    ("kinds: [topic, product, feature, plan]", "kinds: []", "'kinds' needs at least 1", "kinds:"),
    ("  duration: Retention", "  durations: Retention", "unknown kind of value 'durations'", "ns:"),
    ("at_least: 3", "at_least: -1", "...", "at_least"),
    ("at_least: 3", "at_least: many", "...", "at_least"),
    ("usual: [handling/", "usual: [a b/", "item 1 of 'usual' is ...", "usual:"),
    ("languages:  ", "languages: [  ", "not valid YAML: ...", "code: en"),
]
FAULTS += [
    (PAGES, f"pages: [{page}]", f"page {page!r} is one that every knowledge base has", "pages:")
    for page in ("index", "search", "sources", "subjects")
]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with the settings of the small base and nothing else."""
    shutil.copy(create.BASE / "kb.yml", tmp_path / "kb.yml")
    return tmp_path


def test_the_settings_of_the_small_base_are_read(bare: Path) -> None:
    read = settings.load(bare)
    assert [locale.code for locale in read.locales] == ["en", "fr", "ja", "zh", "de"]
    assert read.pages == ("handling", "choices")


@pytest.mark.parametrize(
    ("old", "new", "told", "line"), FAULTS, ids=[told for _, _, told, _ in FAULTS]
)
def test_a_fault_of_the_settings_is_told_with_its_line_and_what_to_do(
    bare: Path, old: str, new: str, told: str, line: str | None
) -> None:
    path = bare / "kb.yml"
    spoil(path, old, new)
    with pytest.raises(InvalidSource) as caught:
        settings.load(bare)
    (problem,) = caught.value.problems
    before = path.read_text("utf-8").partition(line)[0] if line else ""
    assert problem.where == f"kb.yml:{before.count(chr(10)) + 1}"
    start, dots, _ = told.partition("...")
    assert problem.what.startswith(start) if dots else problem.what == told
    assert problem.hint.endswith(".")


def test_as_many_languages_as_the_index_can_tell_are_no_fault(bare: Path) -> None:
    """The last of those that are one too many is left out."""
    spoil(bare / "kb.yml", LAST, LAST + MANY.removesuffix("  - {code: et}\n"))
    assert len(settings.load(bare).locales) == MOST_LANGUAGES == 31


# what stands in the whole file, and what is told
FILES = [
    ("", "the file is empty"),
    ("- one\n", "not a mapping of keys to values"),
    ("id: [\n", "not valid YAML: did not find expected node content"),
]


@pytest.mark.parametrize(("text", "told"), FILES, ids=[told for _, told in FILES])
def test_settings_that_are_no_mapping_are_told(bare: Path, text: str, told: str) -> None:
    (bare / "kb.yml").write_text(text, "utf-8")
    with pytest.raises(InvalidSource) as caught:
        settings.load(bare)
    assert [problem.what for problem in caught.value.problems] == [told]


def test_missing_settings_are_told(bare: Path) -> None:
    (bare / "kb.yml").unlink()
    with pytest.raises(BadInput, match=r"there is no knowledge base here, no kb\.yml\n.*kb init"):
        settings.load(bare)


def test_of_a_knowledge_base_with_an_older_layout_it_is_told_what_to_do(bare: Path) -> None:
    (bare / "kb.yml").unlink()
    (bare / "docs/facts").mkdir(parents=True)
    with pytest.raises(BadInput) as caught:
        settings.load(bare)
    what, hint = str(caught.value).split("\n")
    assert what == f"{bare / 'kb.yml'}: missing; this knowledge base has an older layout"
    assert "kb init" in hint
    assert "'Your own knowledge base'" in hint


# what is changed in the small base's folder, and what is told of it beside its settings
MISFITS = [
    (
        lambda root: spoil(root / "kb.yml", "handling/deleted-files", "handling/deleted"),
        "kb.yml:1: usual names unknown fact 'handling/deleted'",
    ),
    (
        lambda root: spoil(root / "kb.yml", "pages: [handling, choices]", "pages: [handling]"),
        "docs/facts/choices.yml:1: unknown page 'choices'",
    ),
    (
        lambda root: spoil(root / "kb.yml", "choices]", "choices, prices]"),
        "docs/facts/prices.yml:1: cannot be read: No such file or directory",
    ),
    (
        lambda root: spoil(root / "kb.yml", "feature, plan]", "feature]"),
        "docs/facts/subjects.yml:17: subject 'team-plan': unknown kind 'plan'",
    ),
]


@pytest.mark.parametrize(("change", "told"), MISFITS, ids=[told for _, told in MISFITS])
def test_a_file_that_does_not_fit_the_settings_is_told(
    copy: Path, change: Callable[[Path], object], told: str
) -> None:
    change(copy)
    with pytest.raises(InvalidSource) as caught:
        facts.load(copy, settings.load(copy))
    assert said(caught.value.problems) == [told]


def test_a_language_that_is_unknown_is_told_with_those_that_are_known() -> None:
    known = [LOCALES["en"], LOCALES["fr"]]
    assert locales.get(known, "fr") is LOCALES["fr"]
    with pytest.raises(UnknownLanguage) as caught:
        locales.get(known, "xx")
    assert str(caught.value) == "unknown language 'xx'\n    Use one of en, fr."


@pytest.mark.parametrize(
    ("catalog", "name"),
    [("fr", "Français"), ("de", "Deutsch"), ("xx", None), ("cop", None), ("f r", None)],
    ids=[
        "one in small letters",
        "another",
        "no language",
        "one that CLDR has no name for",
        "no code",
    ],
)
def test_a_language_calls_itself_what_cldr_says_and_nothing_else(
    catalog: str, name: str | None
) -> None:
    assert settings.endonym(catalog) == name
