"""XLIFF for agencies goes out and comes back whole, and is checked before a catalog changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import LOCALES, said, spoil
from terminal import kb, kb_without

from kb_tools import layout
from kb_tools.errors import InvalidSource
from kb_tools.language import catalog, xliff
from kb_tools.project import Project
from kb_tools.starter import create

CODES = [code for code in LOCALES if code != "en"]
STAYS = "How long deleted files stay in the trash"
RESTE = "Combien de temps les fichiers supprimés restent dans la corbeille"


def exported(root: Path, code: str, *, everything: bool = True) -> list[Path]:
    """Write the files of a language; return them."""
    project = Project(root)
    made = xliff.exported(project.upkeep, project.locale(code), everything=everything)
    for name, content in made.items():
        (root / name).write_bytes(content)
    return [root / name for name in made]


def emptied(root: Path, code: str, domain: str = "facts") -> bytes:
    """Remove all translations from a catalog; return it as it was."""
    path = root / layout.catalog(LOCALES[code].catalog, domain)
    before = path.read_bytes()
    project = Project(root)
    held = project.upkeep.catalogs.read(project.locale(code), domain)
    assert held
    for message in held:
        if message.id:
            message.string = ("",) * held.num_plurals if message.pluralizable else ""
    path.write_bytes(catalog.rendered(held))
    return before


def taken(root: Path, *paths: Path) -> list[tuple[int, int, int, list[str]]]:
    found = xliff.take_in(Project(root).upkeep, paths).values()
    return [(each.new, each.same, each.unfinished, each.gone) for each in found]


@pytest.mark.parametrize("code", CODES)
def test_what_goes_out_comes_back_byte_by_byte(copy: Path, code: str) -> None:
    (path,) = exported(copy, code)
    number = len(Project(copy).upkeep.content)
    assert taken(copy, path) == [(0, number, 0, [])]
    before = emptied(copy, code)
    assert taken(copy, path) == [(number, 0, 0, [])]
    assert (copy / layout.catalog(LOCALES[code].catalog, "facts")).read_bytes() == before


@pytest.mark.parametrize(
    ("code", "tag", "written"),
    [("fr", "fr", "fr-FR"), ("zh", "zh-Hans", "zh-CN"), ("ja", "ja", "JA_JP")],
)
def test_a_language_may_come_back_with_another_region(
    copy: Path, code: str, tag: str, written: str
) -> None:
    (path,) = exported(copy, code)
    spoil(path, f'target-language="{tag}"', f'target-language="{written}"')
    ((_, same, _, _),) = taken(copy, path)
    assert same == len(Project(copy).upkeep.content)


def test_only_what_is_to_be_translated_goes_out(copy: Path) -> None:
    assert exported(copy, "fr", everything=False) == []
    spoil(copy / layout.page_file("handling"), f"title: {STAYS}", "title: In the trash")
    (path,) = exported(copy, "fr", everything=False)
    text = path.read_text("utf-8")
    assert text.count("<trans-unit ") == 1
    assert "<source>In the trash</source>" in text
    assert "Context: handling/deleted-files" in text
    assert "<target" not in text


def test_plurals_go_out_and_come_back(tmp_path: Path) -> None:
    create.create(tmp_path / "kb", ["en", "es"])
    root, number = tmp_path / "kb", "%(n)s"
    facts, words = exported(root, "es")
    assert (facts.name, words.name) == ("facts.es.xlf", "interface.es.xlf")
    text = words.read_text("utf-8")
    assert text.count('restype="x-gettext-plurals"') == text.count("[0]") == text.count("[1]") > 5
    for english, spanish in ((f"{number} day", "día"), (f"{number} days", "días")):
        source = f"<source>{english}</source>"
        text = text.replace(source, f"{source}<target>{number} {spanish}</target>")
    words.write_text(text, "utf-8")
    ((new, _, _, gone),) = taken(root, words)
    assert (new, gone) == (1, [])
    held = Project(root).upkeep.catalogs.read(Project(root).locale("es"), "interface")
    assert held
    message = held.get(f"{number} day", "duration")
    assert message
    assert message.string == (f"{number} día", f"{number} días")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"<target[^>]*>[^<]*</target>", ""),
        (r"<target[^>]*>[^<]*</target>", "<target/>"),
        (r'state="translated"', 'state="needs-review-translation"'),
        (r'state="translated"', 'state="new"'),
    ],
)
def test_what_is_unfinished_stays_as_it_was(copy: Path, old: str, new: str) -> None:
    (path,) = exported(copy, "fr")
    path.write_text(re.sub(old, new, path.read_text("utf-8")), "utf-8")
    before = (copy / layout.catalog("fr", "facts")).read_bytes()
    assert taken(copy, path) == [(0, 0, len(Project(copy).upkeep.content), [])]
    assert (copy / layout.catalog("fr", "facts")).read_bytes() == before


def test_what_has_changed_in_english_since_is_left_out_and_told(copy: Path) -> None:
    (path,) = exported(copy, "fr")
    spoil(copy / layout.page_file("handling"), f"title: {STAYS}", "title: In the trash")
    spoil(path, RESTE, "Autre chose")
    ((_, same, _, gone),) = taken(copy, path)
    assert gone == ["handling/deleted-files"]
    assert same == len(Project(copy).upkeep.content) - 1


BAD = [
    # what an agency may send, and what is told of it
    (
        "another language",
        'target-language="fr"',
        'target-language="pt"',
        "no language is called 'pt'",
    ),
    ("another catalog", 'original="facts"', 'original="mail"', "no catalog is called 'mail'"),
    ("a placeholder gone", "%(period)s", "30", "value without placeholder: '%(period)s'"),
    ("another version", 'version="1.2"', 'version="2.0"', "not XLIFF 1.2 but version 2.0"),
    ("another format", "xliff", "html", "not XLIFF 1.2 but the element 'html'"),
    ("no XML", "</file>", "</fil>", "not XML: "),
    ("an entity", "<xliff", '<!DOCTYPE x [<!ENTITY a "b">]><xliff', "a document type, which"),
    ("markup", f">{RESTE}<", f">{RESTE} <g id='1'>!</g><", ": elements in its target"),
    ("a changed source", f">{STAYS}<", ">How long<", ": its source is not what was exported"),
    ("leftovers of a merge", f">{RESTE}<", ">#-#-#-#-#  a<", "leftovers of a merge in"),
]


@pytest.mark.parametrize(
    ("old", "new", "told"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_a_file_with_a_fault_changes_nothing_and_is_told(
    copy: Path, old: str, new: str, told: str
) -> None:
    (path,) = exported(copy, "fr")
    before = emptied(copy, "fr")
    text = path.read_text("utf-8")
    targets = re.sub(r"(<target[^>]*>)([^<]*)", lambda found: found[0].replace(old, new), text)
    path.write_text(targets if old == "%(period)s" else text.replace(old, new), "utf-8")
    empty = (copy / layout.catalog("fr", "facts")).read_bytes()
    with pytest.raises(InvalidSource) as failure:
        taken(copy, path)
    assert any(told in line for line in said(failure.value.problems)), said(failure.value.problems)
    assert (copy / layout.catalog("fr", "facts")).read_bytes() == empty != before


def test_a_unit_that_stands_twice_is_told(copy: Path) -> None:
    (path,) = exported(copy, "fr")
    text = path.read_text("utf-8")
    unit = re.search(r"<trans-unit .*?</trans-unit>", text, re.DOTALL)
    assert unit
    path.write_text(text.replace(unit[0], unit[0] * 2), "utf-8")
    with pytest.raises(InvalidSource, match="stands twice"):
        taken(copy, path)


def test_the_problems_of_all_files_are_told_together(copy: Path) -> None:
    (path,) = exported(copy, "fr")
    spoil(path, 'target-language="fr"', 'target-language="pt"')
    with pytest.raises(InvalidSource) as failure:
        taken(copy, path, copy / "missing.xlf")
    assert len(failure.value.problems) == 2


def test_the_commands_say_what_they_wrote_and_took(copy: Path) -> None:
    written = kb("i18n", "export", "--lang", "fr", "--lang", "ja", "--all", folder=copy)
    assert written.stdout.splitlines() == ["xliff/facts.fr.xlf", "xliff/facts.ja.xlf"]
    assert kb("i18n", "export", folder=copy).stderr.count("nothing to translate") == len(CODES)
    number = len(Project(copy).upkeep.content)
    took = kb("i18n", "import", "xliff/facts.fr.xlf", folder=copy)
    assert took.stdout == (
        f"xliff/facts.fr.xlf: 0 taken, {number} the same, 0 unfinished, 0 no longer asked for\n"
    )
    unknown = kb("i18n", "export", "--lang", "pt", folder=copy)
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("kb: no language 'pt'\n    Use one of fr, ja, zh, de.")


def test_without_the_extra_the_commands_name_it(copy: Path) -> None:
    for library in ("lxml", "translate"):
        run = kb_without([library], "i18n", "export", folder=copy)
        assert run.returncode == 1
        assert "pip install 'kb-tools[xliff]'" in run.stderr
        assert "Traceback" not in run.stderr
