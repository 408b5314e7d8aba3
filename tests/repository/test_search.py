"""How well the repository's own knowledge base answers: what comes first, what is not answered, and
how many of the questions of the tuning and calibration sets come out right.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_tools import builder, layout
from kb_tools.project import Project
from kb_tools.search import evaluation, meaning
from kb_tools.search.answer import Answerer

FIRST = [
    # question, fact that comes first, why
    (
        "How long are message batches kept?",
        "features/batch-retention",
        "the period, not the reason or the deletion",
    ),
    (
        "why is the batch api not covered by zdr",
        "features/batch-reason",
        "the reason, not the period",
    ),
    (
        "保持期間は何日ですか Batch API",
        "features/batch-retention",
        "Japanese words beside an English name",
    ),
    ("批处理数据保留多久", "features/batch-retention", "Chinese, without the name"),
    ("combien de temps sont conservés les lots de messages", "features/batch-retention", "French"),
    (
        "sessions on my own disk claude code how long",
        "retention/local-cache",
        "30 days on disk, not on servers",
    ),
    (
        "standard retention commercial users claude code",
        "retention/commercial-standard",
        "30 days on servers, not on disk",
    ),
    ("DISABLE_ERROR_REPORTING", "telemetry/sentry-opt-out", "an identifier alone finds its fact"),
    ("/v1/files", "features/files-retention", "an endpoint alone"),
    ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "telemetry/disable-all", "a variable alone"),
    (
        "クロードコード ゼロデータリテンション OAuth",
        "zdr/claude-code-oauth",
        "katakana names, another form of ZDR",
    ),
    ("ベッドロックでZDRは使えますか", "zdr/bedrock-vertex", "a product name in katakana"),
    ("how to requst ZDR arangement", "zdr/how-to-request", "two misspelled words"),
    ("ﾌﾟﾛﾝﾌﾟﾄｷｬｯｼｭの有効期間", "features/prompt-caching-lifetime", "half-width katakana"),
    ("數據保留 批次", "features/batch-retention", "Traditional Chinese"),
    ("until when can Pro users choose about training", "training/choice-deadline", "a deadline"),
]


@pytest.mark.parametrize(
    ("question", "fact", "why"), FIRST, ids=[question for question, _, _ in FIRST]
)
def test_the_right_fact_comes_first(answerer: Answerer, question: str, fact: str, why: str) -> None:
    reply = answerer.ask(question)
    assert reply.answered, why
    assert reply.answers[0].entry.id == fact, why


UNANSWERED = [
    ("What's the weather like in Lisbon?", "far from everything"),
    ("How much does the API cost per million tokens?", "prices are not covered"),
    ("OpenAIのAPIに送った内容は何日保存されますか", "another vendor, in the very words of a fact"),
    ("Quelle est la limite de requêtes par minute ?", "rate limits are not covered"),
    ("请问你们的SLA承诺几个9", "availability is not covered"),
    ("Will you sign a HIPAA BAA?", "HIPAA is not covered"),
]


@pytest.mark.parametrize(
    ("question", "why"), UNANSWERED, ids=[question for question, _ in UNANSWERED]
)
def test_what_is_not_covered_is_not_answered(answerer: Answerer, question: str, why: str) -> None:
    reply = answerer.ask(question)
    assert not reply.answered, why
    assert reply.answers, "the nearest topics are still told"


def test_a_mail_with_two_questions_gets_both_answers(answerer: Answerer) -> None:
    mail = (
        "Hello team, I hope you are well; our office moved last week and everything is upside down."
        " How many days are message batches kept before they go? And which environment variable"
        " turns off Statsig telemetry in Claude Code? Many thanks, Anna"
    )
    assert {answer.entry.id for answer in answerer.ask(mail).answers} >= {
        "features/batch-retention",
        "telemetry/statsig-opt-out",
    }


def _texts(project: Project, *, questions: bool) -> Iterator[tuple[str, str]]:
    for edition in project.editions.values():
        for entry in edition:
            texts = entry.questions if questions else (entry.title, entry.text)
            yield from ((entry.id, text) for text in texts)


@pytest.mark.parametrize("questions", [False, True], ids=["texts", "questions"])
def test_what_the_editors_wrote_of_a_fact_finds_it_first(
    answerer: Answerer, project: Project, questions: bool
) -> None:
    texts = list(_texts(project, questions=questions))
    facts = answerer.index.manifest["facts"]
    right = sum(facts[answerer.ranker.rank(text).order[0]] == fact for fact, text in texts)
    assert right / len(texts) >= 0.97


def test_a_usual_question_is_answered_by_its_own_fact_first(
    answerer: Answerer, project: Project
) -> None:
    """The box offers it before anything is typed, and the home page lists it."""
    for locale in project.locales:
        entries = {entry.id: entry for entry in project.editions[locale.code]}
        for fact in project.settings.usual:
            question = entries[fact].first_question
            reply = answerer.ask(question, language=locale.code)
            assert reply.kind in ("answer", "list"), question
            assert reply.answers[0].entry.id == fact, question


def test_the_glossary_names_every_subject_of_the_facts(project: Project) -> None:
    """Every product, plan, service and programme that facts are about is a concept that the search
    knows in all languages.
    """
    concepts = {concept.id for concept in project.glossary.concepts}
    kinds = {"product", "feature", "plan", "service", "programme"}
    subjects = project.knowledge.subjects.values()
    assert not {subject.id for subject in subjects if subject.kind in kinds} - concepts
    codes = {locale.code for locale in project.locales}
    assert all(concept.terms.keys() >= codes for concept in project.glossary.concepts)


FLOORS = [
    # file, with meaning, least success@1 and @3, least success@1 in languages that the index lacks,
    # least share of the answerable that is answered, most of the unanswerable
    ("queries", False, 0.93, 0.965, 0.66, 0.935, 0.06),
    ("queries", True, 0.945, 0.985, 0.83, 0.94, 0.06),
    ("calibration", False, 0.93, 0.97, 0.81, 0.95, 0.08),
    ("calibration", True, 0.95, 0.975, 0.85, 0.96, 0.08),
]
"""What was reached, less two questions of the set (one, of those in languages that the index
lacks): a fact that is added is one more that can come first, and whoever adds it need not retune.
A fault in the analysis or in the ranking costs many more.
"""


@pytest.fixture(scope="module")
def semantic(project: Project, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """An index with vectors; those of the index in the repository are taken, if there is one."""
    if not meaning.available():
        pytest.skip("NOT TESTED: the semantic extra is not installed; run make setup")
    folder = tmp_path_factory.mktemp("repository-meaning") / "index"
    if (root / layout.INDEX).exists():
        shutil.copytree(root / layout.INDEX, folder)
    builder.build_index(project, folder, project.locales, semantic=True)
    return Answerer.open(folder, semantic=True)


@pytest.mark.parametrize(
    ("name", "with_meaning", "first", "three", "others", "answered", "wrongly"),
    FLOORS,
    ids=[f"{name} with {'meaning' if alike else 'words alone'}" for name, alike, *_ in FLOORS],
)
def test_a_set_of_questions_is_answered_at_least_as_well_as_before(
    request: pytest.FixtureRequest,
    root: Path,
    name: str,
    with_meaning: bool,
    first: float,
    three: float,
    others: float,
    answered: float,
    wrongly: float,
) -> None:
    asked: Answerer = request.getfixturevalue("semantic" if with_meaning else "answerer")
    report = evaluation.evaluate(asked, evaluation.read(root / f"tests/{name}.jsonl"))
    assert report.groups[evaluation.ALL]["success@1"] >= first
    assert report.groups[evaluation.ALL]["success@3"] >= three
    assert report.groups[evaluation.OTHER]["success@1"] >= others
    assert report.answered[f"answerable, {evaluation.ALL}"] >= answered
    assert report.answered["unanswerable"] <= wrongly


@pytest.mark.parametrize("with_meaning", [False, True], ids=["words alone", "meaning"])
def test_of_what_people_type_first_hardly_anything_is_called_not_covered(
    request: pytest.FixtureRequest, root: Path, with_meaning: bool
) -> None:
    asked: Answerer = request.getfixturevalue("semantic" if with_meaning else "answerer")
    questions = evaluation.read(root / "tests/queries-2.jsonl")
    heads = [each for each in questions if each.id.startswith("head-")]
    kinds = [asked.best_guesses(each.text).kind for each in heads]
    assert len(kinds) == 131
    assert kinds.count("none") <= 3
    first = [asked.best_guesses(each.text).hits[0]["fact"] in each.gold for each in heads]
    assert sum(first) / len(first) >= 0.9
    uncovered = [each for each in questions if not each.gold]
    told = [asked.best_guesses(each.text).kind for each in uncovered]
    assert told.count("answer") <= 2


@pytest.mark.parametrize("with_meaning", [False, True], ids=["words alone", "meaning"])
def test_sets_comparisons_and_choices_are_seen_as_often_as_before(
    request: pytest.FixtureRequest, root: Path, with_meaning: bool
) -> None:
    """Asked by somebody who knew the inventory only; a third are not seen as what they are."""
    asked: Answerer = request.getfixturevalue("semantic" if with_meaning else "answerer")
    report = evaluation.evaluate(asked, evaluation.read(root / "tests/reactions.jsonl"))
    found = report.reactions[evaluation.ALL]
    assert found["questions"] == 72
    assert found["right"] >= 0.63
    assert found["shown"] >= 0.78
    assert report.groups[evaluation.ALL]["success@1"] >= 0.86


OTHERS = [
    (
        "Wie lange werden hochgeladene Dateien in der Files API aufbewahrt?",
        "features/files-retention",
        "German",
    ),
    (
        "¿Puedo borrar un lote de mensajes de la Batch API después de procesarlo?",
        "features/batch-deletion",
        "Spanish",
    ),
    ("Claude for Excel은 ZDR 대상인가요?", "zdr/excel", "Korean"),
    (
        "Come si disattiva la telemetria Statsig di Claude Code?",
        "telemetry/statsig-opt-out",
        "Italian",
    ),
    ("Welke API's vallen onder Zero Data Retention?", "zdr/covers-api", "Dutch"),
    ("Por que a Batch API não é elegível para ZDR?", "features/batch-reason", "Portuguese"),
]


@pytest.mark.parametrize(
    ("question", "fact", "language"), OTHERS, ids=[language for _, _, language in OTHERS]
)
def test_a_question_in_another_language_finds_its_fact(
    semantic: Answerer, question: str, fact: str, language: str
) -> None:
    reply = semantic.ask(question, language="fr")
    assert reply.answers[0].entry.id == fact, language
    assert reply.answers[0].entry.language == "fr"


NAMED = [
    (
        "What does DISABLE_ERROR_REPORTING turn off?",
        "telemetry/sentry-opt-out",
        "not the telemetry that a like sentence is about",
    ),
    (
        "How long does the Files API keep things?",
        "features/files-retention",
        "not batches, which are kept for a like time",
    ),
    ("Why is Skills not eligible?", "features/skills-reason", "not the Batch API's reason"),
    (
        "Is Sentry data encrypted at rest?",
        "telemetry/sentry-encryption",
        "not Statsig's, in the very same words",
    ),
]


@pytest.mark.parametrize(
    ("question", "fact", "why"), NAMED, ids=[question for question, _, _ in NAMED]
)
def test_likeness_does_not_overrule_what_the_question_names(
    semantic: Answerer, question: str, fact: str, why: str
) -> None:
    assert semantic.ask(question).answers[0].entry.id == fact, why
