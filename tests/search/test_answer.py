"""Questions to answers, asked of the real index: what comes first and why, when nothing is
answered, and in which language.
"""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_tools.errors import BadQuestion, UnknownFact, UnknownLanguage
from kb_tools.search.answer import LONGEST_QUESTION

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
    ("how to requst ZDR arangement", "zdr/how-to-request", "two misspelt words"),
    ("ﾌﾟﾛﾝﾌﾟﾄｷｬｯｼｭの有効期間", "features/prompt-caching-lifetime", "half-width katakana"),
    ("數據保留 批次", "features/batch-retention", "Traditional Chinese"),
]


@pytest.mark.parametrize(
    ("question", "fact", "why"), FIRST, ids=[question for question, _, _ in FIRST]
)
def test_the_right_fact_comes_first(answerer, question, fact, why):
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
def test_what_is_not_covered_is_not_answered(answerer, question, why):
    reply = answerer.ask(question)
    assert not reply.answered, why
    assert reply.answers, "the nearest topics are still told"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How long are files kept?", "en"),
        ("Combien de temps les fichiers sont-ils conservés ?", "fr"),
        ("ファイルはいつまで保持されますか", "ja"),
        ("保持期間", "ja"),
        ("文件会保留多久", "zh"),
        ("檔案會保留多久", "zh"),
        ("Wie lange werden Dateien aufbewahrt?", "en"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(answerer, question, language):
    reply = answerer.ask(question)
    assert reply.language == language
    assert all(answer.entry.language == language for answer in reply.answers)


def test_the_answer_is_in_the_language_wanted(answerer):
    english, japanese = (
        answerer.ask("message batches kept how long", language=language)
        for language in ("en", "ja")
    )
    assert [answer.entry.id for answer in english.answers] == [
        answer.entry.id for answer in japanese.answers
    ]
    assert "29日間" in japanese.answers[0].entry.text
    assert japanese.answers[0].language == "en", "it matched in English"


def test_a_mail_with_two_questions_gets_both_answers(answerer):
    mail = (
        "Hello team, I hope you are well; our office moved last week and everything is upside down."
        " How many days are message batches kept before they go? And which environment variable"
        " turns off Statsig telemetry in Claude Code? Many thanks, Anna"
    )
    assert {answer.entry.id for answer in answerer.ask(mail).answers} >= {
        "features/batch-retention",
        "telemetry/statsig-opt-out",
    }


def test_conflicting_claims_and_twins_come_with_the_answer(answerer):
    answer = answerer.ask("Where is EU data stored when using the Claude API?").answers[0]
    assert answer.entry.reported
    assert answer.conflicts
    assert all(other.text for other in answer.conflicts)
    local = answerer.ask("How long does Claude Code store sessions locally?").answers[0]
    assert "retention/commercial-standard" in {twin.id for twin in local.twins}


def test_a_choice_whose_deadline_has_passed_is_told_as_past(answerer):
    today = answerer.ask("until when can Pro users choose about model training").answers[0]
    assert today.entry.id == "training/choice-deadline"
    assert "October 8, 2025" in today.status


def test_an_answer_as_of_a_day_uses_what_was_valid_on_it(answerer):
    question = "Where was Claude API data processed and stored before multi-region processing?"
    before = answerer.ask(question, as_of=dt.date(2025, 8, 1))
    after = answerer.ask(question, as_of=dt.date(2025, 9, 20))
    assert before.answers[0].entry.id == "regions/before"
    assert "regions/before" not in {answer.entry.id for answer in after.answers}
    assert "regions/before" in {answer.entry.id for answer in after.not_in_force}
    last = answerer.ask("deadline to choose model training Pro", as_of=dt.date(2025, 10, 8))
    assert last.answers[0].entry.id == "training/choice-deadline", "the last day is included"
    assert not last.answers[0].status


@pytest.mark.parametrize(
    "question", ["", "   ", "?!…", "\u202e\u200f", "\ud800", "\x00\x01", "🙂🙂"]
)
def test_a_question_without_words_is_refused_with_what_to_do(answerer, question):
    with pytest.raises(BadQuestion, match="Ask in words"):
        answerer.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "batch " * 20_000,
        "保" * 100_000,
        "x" * 100_000,
        "\u200fbatch retention\u202e",
        "ba\x00tch reten\ud800tion",
        "a_b." * 25_000,
    ],
)
def test_odd_and_endless_questions_are_survived(answerer, question):
    reply = answerer.ask(question)
    assert reply.cut == (len(question) > LONGEST_QUESTION)


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_ranked(answerer, text):
    answered, hits = answerer.best_guesses(text)
    assert len(hits) == 10
    assert answered in (True, False)


def test_an_unknown_fact_or_language_is_told_with_what_is_known(answerer):
    with pytest.raises(UnknownFact, match="features/batch-retention"):
        answerer.entry("features/batch-retentoin", "en")
    with pytest.raises(UnknownLanguage, match="en, fr, ja, zh"):
        answerer.ask("batch", language="xx")


def test_every_title_and_statement_finds_its_own_fact_first(answerer, project):
    texts = [
        (entry.id, text)
        for edition in project.editions.values()
        for entry in edition
        for text in (entry.title, entry.text)
    ]
    facts = answerer.index.manifest["facts"]
    right = sum(facts[answerer.ranker.rank(text).order[0]] == fact for fact, text in texts)
    assert right / len(texts) >= 0.97


def test_every_question_of_the_editors_finds_its_own_fact_first(answerer, project):
    texts = [
        (entry.id, question)
        for edition in project.editions.values()
        for entry in edition
        for question in entry.questions
    ]
    facts = answerer.index.manifest["facts"]
    right = sum(facts[answerer.ranker.rank(text).order[0]] == fact for fact, text in texts)
    assert right / len(texts) >= 0.97


@pytest.mark.parametrize(
    "variant",
    [
        str.upper,
        str.lower,
        str.title,
        lambda text: text.replace(" ", "  "),
        lambda text: f"\u200b{text}\u202c",
    ],
)
def test_variants_of_writing_do_not_change_the_first_fact(answerer, project, variant):
    questions = [entry.questions[1] for edition in project.editions.values() for entry in edition][
        ::7
    ]
    for question in questions:
        assert (
            answerer.ranker.rank(variant(question)).order[0]
            == answerer.ranker.rank(question).order[0]
        ), question


FLOORS = {"success@1": 0.93, "success@3": 0.97, "answered": 0.96, "unanswerable answered": 0.05}
"""What words alone reach on the tuning set in the four languages; the first three only rise, the
last only falls.
"""


def test_the_tuning_set_is_answered_at_least_as_well_as_before(answerer, root: Path):
    rows = [
        json.loads(line) for line in (root / "tests/queries.jsonl").read_text("utf-8").splitlines()
    ]
    rows = [
        row for row in rows if row["lang"].partition("-")[0] in answerer.index.manifest["languages"]
    ]
    asked = [(row["gold"], *answerer.best_guesses(row["text"])) for row in rows]
    answerable = [
        (gold, answered, [hit["fact"] for hit in hits]) for gold, answered, hits in asked if gold
    ]
    unanswerable = [answered for gold, answered, _ in asked if not gold]
    assert (
        sum(hits[0] in gold for gold, _, hits in answerable) / len(answerable)
        >= FLOORS["success@1"]
    )
    assert (
        sum(bool({*gold} & {*hits[:3]}) for gold, _, hits in answerable) / len(answerable)
        >= FLOORS["success@3"]
    )
    assert sum(answered for _, answered, _ in answerable) / len(answerable) >= FLOORS["answered"]
    assert sum(unanswerable) / len(unanswerable) <= FLOORS["unanswerable answered"]
