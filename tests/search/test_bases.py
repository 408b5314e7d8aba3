"""Bases of another shape than most: of one fact, of one language and of twelve, with parts missing,
with texts that are not translated, and with a fit of their own or a broken one.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import bases
import pytest
from small import spoil

from kb_tools import builder, layout
from kb_tools.errors import InvalidSource
from kb_tools.project import Project
from kb_tools.search import fitted, generations
from kb_tools.search import index as whoosh
from kb_tools.search.answer import Answerer

TRASH = "How long do deleted files stay in the trash?"


DEFAULT = json.loads(fitted.DEFAULT.read_text("utf-8"))


def fit(**changes: object) -> bytes:
    """The fit of the package, changed."""
    return json.dumps({**DEFAULT, **changes}).encode()


def indexed(root: Path, folder: Path, *, semantic: bool = False) -> Answerer:
    """The answers of a base, from a new index."""
    project = Project(root)
    builder.build_index(project, folder, project.locales, semantic=semantic)
    return Answerer.open(folder, semantic=semantic)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answerer]:
    """A base of twelve languages, of which the tenth has questions of its own, and its index."""
    folder = tmp_path_factory.mktemp("twelve")
    root = bases.of_languages(folder / "kb", bases.TWELVE)
    asked = "choices/version-history:\n  - 예전 버전은 몇 개까지 남아 있나요?\n  - 예전 버전 설정\n"
    (root / layout.QUESTIONS / "ko.yml").write_text(asked, "utf-8")
    return folder / "index", indexed(root, folder / "index")


def test_a_base_of_one_fact_tells_it(tmp_path: Path) -> None:
    answerer = indexed(bases.of_one_fact(tmp_path / "kb"), tmp_path / "index")
    for question in (TRASH, "trash", "30 days", "what is the weather like"):
        reply = answerer.ask(question)
        assert [answer.entry.slug for answer in reply.answers] == ["deleted-files"]
        assert 0 < reply.confidence < 1
    assert not reply.answered, "it is not what is asked for"


def test_a_base_of_one_fact_has_no_rival_in_meaning(tmp_path: Path, encoder: None) -> None:
    answerer = indexed(bases.of_one_fact(tmp_path / "kb"), tmp_path / "index", semantic=True)
    near, far = (
        answerer.ask(question) for question in ("deleted files in the trash", "an apple pie")
    )
    assert near.semantic
    assert [answer.entry.slug for answer in near.answers] == ["deleted-files"]
    assert near.confidence > far.confidence
    assert not far.answered


def test_a_base_of_one_language_answers_in_it_whatever_is_asked(tmp_path: Path) -> None:
    answerer = indexed(bases.of_languages(tmp_path / "kb", ["en"]), tmp_path / "index")
    assert answerer.index.manifest["languages"] == ["en"]
    assert set(answerer.index.postings.masks) == {1}
    for question in (TRASH, "ゴミ箱", "corbeille"):
        assert answerer.ask(question).language == "en"
    assert answerer.ask(TRASH).answered


def test_a_base_without_questions_finds_its_facts_by_their_texts(
    copy: Path, tmp_path: Path
) -> None:
    shutil.rmtree(copy / layout.QUESTIONS)
    answerer = indexed(copy, tmp_path / "index")
    for question in (TRASH, "ゴミ箱", "Absturzberichte HARBOR_NOTES_CRASH_REPORTS"):
        assert answerer.ask(question).answers[0].entry.slug in ("deleted-files", "crash-reports")
    assert answerer.ask(TRASH).answered


def test_a_base_without_a_glossary_finds_its_facts_by_their_words(
    copy: Path, tmp_path: Path
) -> None:
    (copy / layout.GLOSSARY).unlink()
    answerer = indexed(copy, tmp_path / "index")
    reply = answerer.ask(TRASH)
    assert reply.answered
    assert reply.answers[0].entry.slug == "deleted-files"
    assert answerer.index.concepts == {}
    assert not answerer.ask("How much does it cost?").uncovered


def test_a_fact_that_names_no_glossary_term_is_found(answerer: Answerer) -> None:
    (number,) = [
        number
        for number, fact in enumerate(answerer.index.manifest["facts"])
        if fact == "choices/version-history"
    ]
    concepts = [term for term in answerer.index.offsets if term.startswith("#")]
    assert concepts
    assert not answerer.ranker.held(concepts, [number])[number]
    assert answerer.ask("Versionsverlauf").answers[0].entry.slug == "version-history"


def test_a_base_of_twelve_languages_is_asked_in_any_of_them(
    twelve: tuple[Path, Answerer],
) -> None:
    _, answerer = twelve
    assert answerer.index.manifest["languages"] == list(bases.TWELVE)
    korean = answerer.ask("예전 버전은 몇 개까지 남아 있나요?")
    assert (korean.asked_in, korean.answers[0].entry.slug) == ("ko", "version-history")
    assert korean.answers[0].language == "ko"
    for code in bases.TWELVE:
        reply = answerer.ask(TRASH, language=code)
        assert reply.answered
        assert reply.answers[0].entry.language == code


def test_the_languages_of_a_term_are_told_beyond_the_eighth(
    twelve: tuple[Path, Answerer],
) -> None:
    index = twelve[1].index
    masks = {term: index.postings.masks[number] for term, number in index.offsets.items()}
    assert masks["papierkorb"] == 1 << bases.TWELVE.index("de")
    assert masks["버전"] == 1 << bases.TWELVE.index("ko")


def test_a_text_that_is_not_translated_is_shown_and_not_searched(
    twelve: tuple[Path, Answerer],
) -> None:
    folder, answerer = twelve
    entry = answerer.ask(TRASH, language="es").answers[0].entry
    assert (entry.language, entry.text_language) == ("es", "en")
    assert entry.title == "How long deleted files stay in the trash"
    hits, _ = whoosh.search(generations.held(folder), "trash", limit=100)
    assert {hit.language for hit in hits} == {"en"}, "of no language that it stands in for"
    (shown, *others), _ = whoosh.search(generations.held(folder), "about:trash", languages=["es"])
    assert (shown.title, others) == (entry.title, []), "but it is found by what it is about"


def test_a_text_that_is_not_translated_counts_in_no_language_twice(
    project: Project, twelve: tuple[Path, Answerer], index: Path
) -> None:
    frequencies = [
        whoosh.statistics(generations.held(folder).folder / layout.WHOOSH).frequencies
        for folder in (index, twelve[0])
    ]
    for field in ("title", "statement", "concepts"):
        assert frequencies[0][field] == frequencies[1][field]


def test_one_text_that_lacks_its_translation_is_shown_in_english(
    copy: Path, tmp_path: Path
) -> None:
    catalog = copy / layout.catalog("fr", "facts")
    title = "Combien de temps les fichiers supprimés restent dans la corbeille"
    spoil(catalog, f'msgstr "{title}"', 'msgstr ""')
    answerer = indexed(copy, tmp_path / "index")
    entry = answerer.ask("corbeille").answers[0].entry
    assert (entry.language, entry.text_language) == ("fr", "en")
    assert entry.title == "How long deleted files stay in the trash"
    assert "stays in the trash for 30" in entry.text, "as a whole, so that it is of one language"


def test_a_base_without_a_fit_takes_the_one_of_the_package(copy: Path) -> None:
    assert not (copy / layout.FITTED).exists()
    assert Project(copy).fitted == DEFAULT


def test_a_base_with_a_fit_of_its_own_takes_that(copy: Path, tmp_path: Path) -> None:
    surer = {"brief": 1.1, "long": 1.2}
    words = DEFAULT["decision"]["words"]
    raised = {length: {**words[length], "threshold": least} for length, least in surer.items()}
    (copy / layout.FITTED).write_bytes(fit(decision={**DEFAULT["decision"], "words": raised}))
    answerer = indexed(copy, tmp_path / "index")
    long = f"{TRASH} We share many folders with customers and would like to restore one of them."
    for text, threshold in (("deleted files trash", 1.1), (long, 1.2)):
        reply = answerer.ask(text)
        assert reply.threshold == threshold, "a brief text has a decision of its own"
        assert not reply.answered, "nothing is ever as sure as that"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not a fit: Invalid JSON: EOF"),
        (b"\xff\xfe", "not a fit: Invalid JSON"),
        (b"", "not a fit: Invalid JSON"),
        (b"[]", "not a fit: Input should be an object"),
        (b"{}", "not a fit: decision: Field required"),
        (fit(near="0.6"), "not a fit: near: Input should be a valid number"),
        (fit(near=float("nan")), "not a fit: near: Input should be a finite number"),
        (fit(near=float("inf")), "not a fit: near: Input should be a finite number"),
        (fit(fusion={"trust": 3.0}), "not a fit: fusion.likeness: Field required"),
        (fit(decision={}), "not a fit: decision.meaning: Field required"),
        (fit(decision={"words": DEFAULT["decision"]["words"]}), "not a fit: decision.meaning"),
        (fit(decision=dict.fromkeys(["words", "meaning"])), "not a fit: decision.meaning"),
        (
            fit(decision=DEFAULT["decision"] | {"meaning": DEFAULT["decision"]["words"]}),
            "not a fit: decision.meaning.long.coefficients: List should have at least 8",
        ),
    ],
    ids=lambda value: value.decode("utf-8", "replace")[-60:] if isinstance(value, bytes) else "",
)
def test_a_broken_fit_is_told_with_what_to_do(copy: Path, content: bytes, told: str) -> None:
    (copy / layout.FITTED).write_bytes(content)
    with pytest.raises(InvalidSource, match=f"i18n/fitted.json:1: {told}") as refused:
        builder.build_index(Project(copy), copy / layout.INDEX, Project(copy).locales)
    assert "Restore the file, or remove it to take the program's own." in str(refused.value)
    assert not (copy / layout.INDEX).exists()


def test_a_base_without_facts_is_told(copy: Path) -> None:
    for page in ("handling", "choices"):
        text = (copy / layout.page_file(page)).read_text("utf-8")
        kept = text.partition("views:")[0] + "facts: []\n"
        (copy / layout.page_file(page)).write_text(kept, "utf-8")
    spoil(copy / layout.SETTINGS, "usual: [handling/deleted-files]", "#")
    shutil.rmtree(copy / layout.QUESTIONS)
    with pytest.raises(InvalidSource, match="there are no facts"):
        builder.build_index(Project(copy), copy / layout.INDEX, Project(copy).locales)
