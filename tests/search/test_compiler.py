"""Entries to an index: which characters tell a language, and what is read as what."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import spoil

from kb_tools import builder, layout
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.search.answer import Answerer


def lexicon(root: Path, folder: Path) -> dict[str, str]:
    """The characters that tell a language, of a new index."""
    project = Project(root)
    builder.build_index(project, folder, project.locales)
    own: dict[str, str] = store.open_index(folder).lexicon["characters"]
    return own


@pytest.mark.parametrize(("times", "tells"), [(2, False), (3, True), (4, True)])
def test_a_character_must_be_used_three_times_to_tell_a_language(
    copy: Path, tmp_path: Path, times: int, tells: bool
) -> None:
    asked = copy / layout.QUESTIONS / "ja.yml"
    spoil(asked, "  - ゴミ箱はいつ空になる？\n", f"  - {'鯨' * times}\n")
    own = lexicon(copy, tmp_path / "index")
    assert ("鯨" in own["ja"]) == tells
    assert "鯨" not in own["zh"]


def test_a_character_of_two_languages_tells_neither(copy: Path, tmp_path: Path) -> None:
    for code, question in (("ja", "ゴミ箱はいつ空になる？"), ("zh", "回收站什么时候清空")):
        asked = copy / layout.QUESTIONS / f"{code}.yml"
        spoil(asked, f"  - {question}\n", f"  - {'鯨' * 10}\n")
    own = lexicon(copy, tmp_path / "index")
    assert not any("鯨" in characters for characters in own.values())


def test_no_letter_and_no_sign_tells_a_language(answerer: Answerer) -> None:
    own = answerer.index.lexicon["characters"]
    assert set(own) == {"ja", "zh"}
    assert not any(sign.isascii() or sign in "éß？。「" for text in own.values() for sign in text)


def test_the_folding_table_holds_no_more_than_what_occurs(answerer: Answerer) -> None:
    folding = answerer.ranker.folding
    assert folding[ord("離")] == "离"
    assert ord("鯨") not in folding, "no text has it"
    assert len(folding) < 2000


def test_a_concept_that_no_fact_covers_has_no_weight_though_a_question_names_it(
    copy: Path, tmp_path: Path
) -> None:
    spoil(copy / layout.QUESTIONS / "en.yml", "when is the trash emptied", "the price of the trash")
    project = Project(copy)
    builder.build_index(project, tmp_path / "index", project.locales)
    answerer = Answerer.open(tmp_path / "index")
    assert "price" in answerer.index.concepts.values()
    assert "#price" not in answerer.index.offsets
    assert "#trash" in answerer.index.offsets
    assert not answerer.ask("the price of the trash").answered


def test_what_likeness_must_not_overrule_is_what_the_settings_name(answerer: Answerer) -> None:
    assert answerer.index.lexicon["named"] == [
        "#crash-reports",
        "#offline-copies",
        "#shared-links",
        "#trash",
        "#version-history",
    ]
