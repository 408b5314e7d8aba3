"""Translations that say otherwise than the English are told, and those that declare it are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from small import said, spoil
from torture import mutations

from kb_tools import layout
from kb_tools.project import Project
from kb_tools.proof import check, reader, wording
from kb_tools.proof.reader import Reader

CATALOG = layout.catalog("fr", "facts")
STAYS = "Un fichier supprimé reste dans la corbeille pendant %(period)s"


@pytest.mark.parametrize("code", ["fr", "ja", "zh"])
def test_changed_translations_are_told(root: Path, code: str) -> None:
    number, missed, kinds = mutations.measured(root, code)
    assert number >= 150
    assert len(missed) <= 0.05 * number, missed
    assert all(caught >= 0.8 * all_ for caught, all_ in kinds.values()), kinds


def test_a_changed_translation_is_told_with_its_place_and_what_to_do(copy: Path) -> None:
    line = spoil(copy / CATALOG, STAYS, f"{STAYS.replace('pendant', 'pendant plus de')}")
    found = [each for each in check.check(Project(copy)).problems if "parity" in each.what]
    (told,) = found
    assert told.where.startswith(str(CATALOG))
    assert abs(int(told.where.rpartition(":")[2]) - line) <= 5
    assert told.what == "'handling/deleted-files': parity is more-than+1 (plus de)"
    assert "# parity: more-than+1" in told.hint


def test_a_difference_that_is_declared_is_none(copy: Path) -> None:
    spoil(copy / CATALOG, STAYS, f"{STAYS.replace('pendant', 'pendant plus de')}")
    text = (copy / CATALOG).read_text("utf-8")
    place = text.index('msgctxt "handling/deleted-files"\nmsgid "A deleted file')
    declared = f"{text[:place]}# parity: more-than+1\n{text[place:]}"
    (copy / CATALOG).write_text(declared, "utf-8")
    assert not [each for each in said(check.check(Project(copy)).problems) if "parity" in each]


def test_a_declaration_of_what_is_no_difference_is_told(copy: Path) -> None:
    text = (copy / CATALOG).read_text("utf-8")
    place = text.index("# parity: ")
    (copy / CATALOG).write_text(f"{text[:place]}# parity: until+7\n{text[place:]}", "utf-8")
    (told,) = [each for each in check.check(Project(copy)).problems if "until+7" in each.what]
    assert "declared" in told.what


def test_a_language_without_senses_is_not_compared(copy: Path) -> None:
    own = copy / layout.READERS / "fr.yml"
    own.parent.mkdir()
    text = (reader.PACKAGE / "fr.yml").read_text("utf-8")
    own.write_text(text.partition("# See en.yml.")[0], "utf-8")
    spoil(copy / CATALOG, STAYS, f"{STAYS.replace('pendant', 'pendant plus de')}")
    found = check.check(Project(copy))
    assert not [each for each in found.problems if "parity is" in each.what]
    assert [note for note in found.notes if "senses" in note and note.startswith("fr")]


@pytest.fixture(scope="module")
def english(project: Project) -> Reader:
    found = reader.load(project.root, project.locales[0])
    assert found
    return found


def unit(english: str, translation: str, *comments: str) -> Message:
    return Message(english, translation, context="x/y", user_comments=comments)


ORDERS = [
    ("%(a)s then %(b)s", "%(a)s then %(b)s", ""),
    ("%(a)s then %(b)s", "%(b)s then %(a)s", "order:2-1"),
    ("%(a)s and %(a)s", "%(a)s", "order:1"),
    ("%(a)s", "%(a)s or %(a)s", "order:1-x"),
    ("Pro and Team", "Team and Pro", "order:2-1"),
    ("Proper Teams", "Teams Proper", ""),
    ("it is on here and off there", "it is off here and is on there", "order:2-1"),
    ("kept until %(a)s", "kept from %(a)s", "from+1 until-1"),
    ("not kept", "kept", "negation-1"),
    ("%(a)s", "", "order:0"),
]


@pytest.mark.parametrize(("source", "translation", "told"), ORDERS)
def test_a_difference_is_told_by_senses_and_places(
    english: Reader, source: str, translation: str, told: str
) -> None:
    """By English in the place of another language."""
    names = ["Pro", "Team"]
    assert wording.difference(unit(source, translation), english, english, names) == told


def test_what_a_translator_declares_is_read_from_all_comments() -> None:
    message = unit("a", "b", "please check", "parity:  until+1", " parity: order:2-1 ")
    assert wording.declared(message) == "until+1 order:2-1"
    assert wording.declared(unit("a", "b", "parity")) == ""


def test_names_are_words_that_tell_subjects_apart() -> None:
    pairs = [
        ("Pro plan", "Forfait Pro"),
        ("Claude API", "API Claude"),
        ("Claude Code", "Claude Code"),
        ("Claude Gov", "Claude Gov"),
        ("Team plan", "Forfait d’équipe"),
    ]
    assert wording.names_of(pairs) == ["API", "Code", "Gov", "Pro"]


def test_what_is_fuzzy_or_not_translated_is_not_compared(english: Reader) -> None:
    catalog = Catalog(locale="fr")
    catalog.add("not kept", "", context="a/a")
    catalog.add("not stored", "kept", context="a/b", flags=["fuzzy"])
    assert not list(wording.problems("x.po", catalog, english, english))
