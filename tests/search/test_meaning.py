"""Likeness of meaning on top of the words: other languages, what it must not overrule, and that all
works without it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small import spoil

from kb_tools import builder, layout
from kb_tools.errors import IndexUnusable, InvalidSource
from kb_tools.project import Project
from kb_tools.search import meaning, store
from kb_tools.search.answer import LONGEST_QUESTION, Answerer
from kb_tools.search.meaning import Encoder

pytestmark = pytest.mark.skipif(
    not meaning.available(),
    reason="NOT TESTED: the semantic extra is not installed; run make setup",
)
CODES = ("en", "fr")
"""The languages of the index with vectors."""

OTHERS = [
    ("Wie lange bleiben gelöschte Dateien im Mülleimer?", "deleted-files", "German"),
    ("¿Cómo desactivo los informes de fallos?", "crash-reports", "Spanish"),
    ("휴지통의 파일은 며칠 후에 삭제되나요?", "deleted-files", "Korean"),
    ("Per quanto tempo funziona un collegamento condiviso?", "shared-links", "Italian"),
    ("Zijn mijn notities end-to-end versleuteld?", "encryption", "Dutch"),
    (
        "Até quando um administrador podia pedir um arquivo por e-mail?",
        "archive-by-mail",
        "Portuguese",
    ),
    ("Сколько дней хранится удалённый файл в корзине?", "deleted-files", "Russian"),
    ("ノートは暗号化されていますか？", "encryption", "Japanese"),
    ("可以选择保留多少个旧版本？", "version-history", "Chinese"),
]


@pytest.mark.parametrize(("question", "slug", "language"), OTHERS, ids=[row[-1] for row in OTHERS])
def test_a_question_in_another_language_finds_its_fact(
    semantic: Answerer, question: str, slug: str, language: str
) -> None:
    reply = semantic.ask(question, language="fr")
    assert reply.semantic
    assert reply.answers[0].entry.slug == slug, language
    assert reply.answers[0].entry.language == "fr"


NAMED = [
    # question, fact that comes first, fact that would come first without what it names, what names
    (
        "Which encryption protects offline.db in transit?",
        "offline-copies",
        "encryption",
        "a file",
    ),
    (
        "Are my notes and files encrypted by HARBOR_NOTES_EDITION?",
        "crash-reports",
        "encryption",
        "a variable",
    ),
    (
        "Can the administrator request the trash by e-mail?",
        "deleted-files",
        "archive-by-mail",
        "a feature",
    ),
    (
        "How many earlier versions of a shared link are kept?",
        "shared-links",
        "version-history",
        "a feature of several facts",
    ),
]


@pytest.mark.parametrize(
    ("question", "slug", "other", "what"), NAMED, ids=[question for question, *_ in NAMED]
)
def test_likeness_does_not_overrule_what_the_question_names(
    semantic: Answerer, question: str, slug: str, other: str, what: str
) -> None:
    judged, ranking = semantic.judge(question), semantic.ranker.rank(question)
    assert judged.likeness
    best = max(ranking.scores)
    free = [
        words / best + 2 * like for words, like in zip(ranking.scores, judged.likeness, strict=True)
    ]
    facts = semantic.index.manifest["facts"]
    assert facts[free.index(max(free))].partition("/")[2] == other, "else it proves nothing"
    assert semantic.ask(question).answers[0].entry.slug == slug, what


@pytest.mark.parametrize(
    ("question", "trust"),
    [
        ("deleted files in the trash", 1.0),
        ("restore a file from the trash zzzzzz", 1.0),
        ("trash zzzzzz yyyyyy xxxxxx wwwwww vvvvvv", 0.4),
    ],
)
def test_words_count_in_full_until_many_of_them_are_unknown(
    semantic: Answerer, question: str, trust: float
) -> None:
    judged = semantic.judge(question)
    ranking, fusion = judged.ranking, semantic.index.manifest["parameters"]["fusion"]
    best = ranking.order[0]
    assert judged.likeness
    assert best == judged.order[0]
    known = 1 - semantic.ranker.evidence(ranking, best).unknown
    assert (3 * known > 1) == (trust == 1.0)
    assert min(1.0, fusion["trust"] * known) == pytest.approx(trust, abs=0.2)
    words = judged.scores[best] - fusion["likeness"] * judged.likeness[best]
    assert words == pytest.approx(min(1.0, 3 * known))


def test_the_reasons_tell_words_and_likeness(semantic: Answerer, answerer: Answerer) -> None:
    with_meaning = semantic.ask("deleted files in the trash").answers[0].reasons
    assert with_meaning.likeness is not None
    assert 0.3 < with_meaning.likeness <= 1
    assert with_meaning.terms["#trash"] > 0
    assert answerer.ask("deleted files in the trash").answers[0].reasons.likeness is None


def test_without_vectors_or_without_wanting_them_words_do_alone(
    index: Path, semantic_index: Path
) -> None:
    assert Answerer.open(index, semantic=True).meaning is None
    assert Answerer.open(semantic_index, semantic=False).meaning is None


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch, encoder: None) -> list[str]:
    """The texts that are encoded from now on."""
    found: list[str] = []
    original = Encoder.encode

    def spied(self: Encoder, sentences: Sequence[str]) -> Any:
        found.extend(sentences)
        return original(self, sentences)

    monkeypatch.setattr(Encoder, "encode", spied)
    return found


def test_vectors_of_unchanged_texts_are_kept(
    copy: Path, semantic_index: Path, tmp_path: Path, encoded: list[str]
) -> None:
    made = Path(shutil.copytree(semantic_index, tmp_path / "index"))
    before = next(made.glob("*/vectors-*"))
    project = Project(copy)
    builder.build_index(project, made, [project.locale(code) for code in CODES], semantic=True)
    assert not encoded
    assert next(made.glob("*/vectors-*")).name == before.name
    spoil(copy / layout.QUESTIONS / "en.yml", "when is the trash emptied", "is it emptied")
    project = Project(copy)
    builder.build_index(project, made, [project.locale(code) for code in CODES], semantic=True)
    assert encoded == ["is it emptied"], "only what is new"
    assert not before.exists()


def test_a_likeness_is_the_mean_of_the_five_likest_texts(
    semantic: Answerer, project: Project
) -> None:
    question = "Which variable turns off crash reports?"
    assert semantic.meaning
    (row,) = semantic.meaning.likeness([question])
    (asked,) = Encoder().encode([question])
    for number, fact in enumerate(semantic.index.manifest["facts"]):
        entries = [entry for code in CODES for entry in project.editions[code] if entry.id == fact]
        texts = [text for entry in entries for text in entry.searched]
        likest = sorted(Encoder().encode(texts) @ asked)[-5:]
        assert row[number] == pytest.approx(np.mean(likest), abs=0.02)


def test_vectors_that_are_none_are_refused(encoder: None) -> None:
    with pytest.raises(IndexUnusable, match="Run kb index"):
        meaning.Meaning(b"PK nothing", 8)


def test_vectors_that_are_broken_are_refused_and_made_anew(
    project: Project, semantic_index: Path, tmp_path: Path, encoded: list[str]
) -> None:
    made = Path(shutil.copytree(semantic_index, tmp_path / "index"))
    next(made.glob("*/vectors-*")).write_bytes(b"PK nothing")
    with pytest.raises(IndexUnusable, match="truncated or changed"):
        Answerer.open(made, semantic=True)
    builder.build_index(project, made, [project.locale("en")], semantic=True)
    assert len(encoded) == 8 * 6, "all of one language"
    assert store.open_index(made).has_vectors
    assert Answerer.open(made, semantic=True).meaning


@pytest.mark.parametrize(
    "question",
    ["\ud800 trash", "保" * (LONGEST_QUESTION + 1000), "trash\x00", "🙂 trash 🙂", "a " * 4000],
    ids=["a surrogate", "an endless word", "a control", "signs", "many words"],
)
def test_odd_questions_are_survived(semantic: Answerer, question: str) -> None:
    hits = semantic.best_guesses(question).hits
    assert {hit["fact"] for hit in hits} == set(semantic.index.manifest["facts"])
    assert all(-3 <= hit["score"] <= 3 for hit in hits)


def test_vectors_go_through_the_map_of_the_knowledge_base(
    copy: Path, semantic_index: Path, tmp_path: Path, encoded: list[str]
) -> None:
    mapping = np.random.default_rng(1).normal(size=(meaning.WIDTH, 64)).astype(np.float16)
    np.save(copy / layout.MAP, mapping)
    made = Path(shutil.copytree(semantic_index, tmp_path / "index"))
    project = Project(copy)
    builder.build_index(project, made, [project.locale("en")], semantic=True)
    assert len(encoded) == 8 * 6, "vectors without the map, or through another, are of no use"
    answerer = Answerer.open(made, semantic=True)
    assert answerer.meaning
    question = "Which variable turns off crash reports?"
    (row,) = answerer.meaning.likeness([question])
    (asked,) = Encoder(mapping).encode([question])
    assert asked.shape == (64,)
    assert np.linalg.norm(asked) == pytest.approx(1)
    assert asked == pytest.approx(_through(mapping, question), abs=1e-5)
    own = project.editions["en"][0].searched
    likest = sorted(Encoder(mapping).encode(own) @ asked)[-5:]
    assert row[0] == pytest.approx(np.mean(likest), abs=0.03)


def _through(mapping: Any, text: str) -> Any:
    (plain,) = Encoder().encode([text])
    mapped = plain @ mapping.astype(np.float32)
    return mapped / np.linalg.norm(mapped)


@pytest.mark.parametrize("content", [b"", b"nothing", "wide", "endless"])
def test_a_map_that_is_none_is_refused(copy: Path, content: bytes | str) -> None:
    if isinstance(content, bytes):
        (copy / layout.MAP).write_bytes(content)
    else:
        rows = np.ones((meaning.WIDTH + (content == "wide"), 3), np.float16)
        rows[0, 0] = np.inf if content == "endless" else 1
        np.save(copy / layout.MAP, rows)
    with pytest.raises(InvalidSource, match=r"meaning\.npy:1: not a map of meanings"):
        meaning.read_map(copy / layout.MAP)
