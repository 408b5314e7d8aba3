"""Languages that are asked in and have no pages: their questions and terms find facts, told in
another language.
"""

from __future__ import annotations

from pathlib import Path

import javascript
import pytest
from small import spoil

from kb_tools import builder, layout
from kb_tools.errors import InvalidSource
from kb_tools.project import Project
from kb_tools.search import generations, index
from kb_tools.search.answer import Answerer

QUESTIONS = """\
handling/deleted-files:
  - ¿Cuánto tiempo quedan los archivos borrados en la papelera?
  - papelera archivos borrados
handling/encryption:
  - ¿Están cifradas mis notas?
"""
TERMS = "trash: [papelera, papelera de reciclaje]\nencryption: [cifrado, cifradas]\n"


@pytest.fixture
def base(copy: Path) -> Path:
    """The small base, asked in Spanish too."""
    spoil(copy / layout.SETTINGS, "  at_least: 3", "  also: [es]\n  at_least: 3")
    (copy / layout.QUESTIONS / "es.yml").write_text(QUESTIONS, "utf-8")
    (copy / layout.GLOSSARIES).mkdir()
    (copy / layout.GLOSSARIES / "es.yml").write_text(TERMS, "utf-8")
    return copy


@pytest.fixture
def built(base: Path, tmp_path: Path) -> Path:
    project = Project(base)
    builder.build_index(project, tmp_path / "index", project.locales)
    return tmp_path / "index"


def test_a_question_is_answered_in_the_first_language(built: Path) -> None:
    answerer = Answerer.open(built)
    reply = answerer.ask("¿Cuántos días quedan los archivos borrados en la papelera?")
    assert (reply.asked_in, reply.language) == ("es", "en")
    assert reply.answers[0].entry.id == "handling/deleted-files"
    assert reply.answers[0].entry.language == "en"
    assert answerer.ask("papelera", language="fr").answers[0].entry.language == "fr"


def test_the_terms_of_a_language_are_concepts_like_others(built: Path) -> None:
    asked = Answerer.open(built).judge("papelera de reciclaje").ranking.asked
    assert asked.concepts == ("trash",)


def test_the_search_tells_nothing_in_a_language_without_pages(built: Path) -> None:
    hits, _ = index.search(generations.held(built), "papelera", languages=["en", "fr"])
    assert not hits
    hits, _ = index.search(generations.held(built), "papelera")
    assert {hit.language for hit in hits} == {"es"}


def test_the_browser_replies_the_same(built: Path, tmp_path: Path) -> None:
    texts = ["papelera", "archivos borrados papelera cuánto tiempo", "cifrado", "trash", "コピー"]
    questions = javascript.written(tmp_path, ({"text": text} for text in texts))
    javascript.compare(built, tmp_path)(questions)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (layout.SETTINGS, "also: [es]", "also: [xx]", "unknown language 'xx'"),
        (layout.SETTINGS, "also: [es]", "also: [es, es]", "language 'es' stands twice"),
        (layout.SETTINGS, "also: [es]", "also: [fr]", "language 'fr' stands twice"),
        (layout.GLOSSARIES / "es.yml", "trash:", "none:", "es.yml:1: unknown concept 'none'"),
        (layout.QUESTIONS / "es.yml", "handling/encryption", "handling/x", "unknown fact"),
    ],
)
def test_what_is_wrong_is_told(base: Path, file: Path, old: str, new: str, told: str) -> None:
    spoil(base / file, old, new)
    with pytest.raises(InvalidSource, match=told):
        _ = Project(base).editions
