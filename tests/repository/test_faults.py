"""What was found wrong by trying: each input with the reply that is right, with words alone."""

from __future__ import annotations

import pytest

from kb_tools.search.answer import Answerer

DEFINITION, PROMPT_CACHE = "zdr/definition", "features/prompt-caching-stored"
BATCH, FILES = "features/batch-retention", "features/files-retention"
IN, OUT = "retention/consumer-opted-in", "retention/consumer-opted-out"

DEFINITIONS = [
    ("What is ZDR?", DEFINITION),
    ("Qu’est-ce que la ZDR ?", DEFINITION),
    ("ZDRとは何ですか", DEFINITION),
    ("什么是ZDR？", DEFINITION),
    ("ZDR是什么", DEFINITION),
    ("What is prompt caching?", PROMPT_CACHE),
    # its name holds the word for a period
    ("Que signifie exactement la zéro rétention de données (ZDR) ?", DEFINITION),
    ("ゼロデータ保持とは何ですか", DEFINITION),
    ("ZDR（零数据保留）到底是什么意思？", DEFINITION),
]


@pytest.mark.parametrize(("question", "fact"), DEFINITIONS)
def test_a_definition_is_answered(answerer: Answerer, question: str, fact: str) -> None:
    reply = answerer.ask(question)
    assert reply.kind == "answer"
    assert reply.answers[0].entry.id == fact


LANGUAGES = [
    ("export DISABLE_TELEMETRY=1", "en"),
    ("DISABLE_TELEMETRY=1", "en"),
    ("export DISABLE_ERROR_REPORTING=1", "en"),
    ("import os; os.environ['DISABLE_TELEMETRY']='1'", "en"),
    (
        'curl -X POST https://api.anthropic.com/v1/files -H "x-api-key: $KEY" -F "file=@doc.pdf"'
        " is this ZDR?",
        "en",
    ),
    ("https://docs.anthropic.com/en/api/messages", "en"),
]


@pytest.mark.parametrize(("question", "language"), LANGUAGES)
def test_code_is_read_in_the_language_of_its_words(
    answerer: Answerer, question: str, language: str
) -> None:
    assert answerer.ask(question).asked_in == language


MAIL = """\
Hi team,

we deleted our batch results yesterday but a colleague says they stay for a month. Which is right?

Best,
J. Doe
Acme GmbH | +49 000 0000000 | jdoe@example.com
--
This e-mail may contain confidential information. If you are not the intended recipient please \
delete it.

On Tue, 4 Nov 2025 at 09:12, Support <support@example.com> wrote:
> Hello,
> thank you for your message. Files uploaded by the Files API are kept until you delete them.
> Telemetry can be turned off with DISABLE_TELEMETRY.
"""
INVOICE = """\
Hello,

my invoice from October is wrong, please correct the address.

Kind regards
Jane Doe
https://www.example.com/docs/contact
"""
NOT_ASKED = [
    "Thanks, that solved it!\n\n> Files uploaded by the Files API are kept until you delete them.\n"
    "> Telemetry can be turned off with DISABLE_TELEMETRY.",
    "I am out of the office until 8 October 2025 and will have limited access to e-mail. In urgent"
    " cases please contact my colleague.",
    "I am out of the office until 8 October and will answer after my return.",
    "ただいま不在にしております。10月8日に戻りますので、それ以降にご連絡いたします。",
    "https://example.com/blog/2025/10/08/new-laptop",
    "https://support.anthropic.com/en/articles/10023565",
    INVOICE,
    "407 Proxy Authentication Required",
    "502 Bad Gateway",
]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_nobody_asks_is_not_answered(answerer: Answerer, text: str) -> None:
    assert not answerer.ask(text).answered


def test_the_new_part_of_a_mail_is_answered(answerer: Answerer) -> None:
    first = answerer.ask(MAIL).answers[0].entry.id
    assert first in ("features/batch-deletion", BATCH)


ASIDES = [
    ("This is not about pricing. How long are message batches kept?", BATCH),
    ("We do not use voice. How long are message batches kept?", BATCH),
    ("音声ではなくバッチ処理の結果は何日保存されますか？", BATCH),
    ("Not about batches: how long are files of the Files API kept?", FILES),
]


@pytest.mark.parametrize(("question", "fact"), ASIDES)
def test_what_is_set_aside_is_not_in_the_way(answerer: Answerer, question: str, fact: str) -> None:
    reply = answerer.ask(question)
    assert reply.answered
    assert reply.answers[0].entry.id == fact


CONDITIONS = [
    ("if i opt in how long is data kept", IN),
    ("we opted in, how long do you keep our data", IN),
    ("kept how long if I don't opt out", IN),
    ("if i opt out how long is data kept", OUT),
    ("学習を許可した場合の保持期間", IN),
]


@pytest.mark.parametrize(("question", "fact"), CONDITIONS)
def test_the_side_of_a_condition_that_is_meant_leads_and_the_opposite_is_never_alone(
    answerer: Answerer, question: str, fact: str
) -> None:
    reply = answerer.ask(question)
    shown = [answer.entry.id for answer in reply.answers]
    assert shown[0] == fact
    assert reply.kind == "answer" or {IN, OUT} <= set(shown)


SETS = [
    ("which features break ZDR", "list"),
    ("what is not covered by ZDR", "list"),
    ("features not eligible for zdr", "list"),
    ("ZDR対象外の機能", "list"),
    ("哪些功能不支持ZDR", "list"),
    ("what is on by default", "list"),
    ("is there a contradiction", "list"),
    ("Batch API と Files API の違い", "compare"),
    ("compare batch and files", "compare"),
    ("zdr", "topic"),
    ("retention", "topic"),
    ("保持期間", "topic"),
    ("数据保留", "topic"),
    ("训练", "topic"),
    ("télémétrie", "topic"),
    ("where is data stored EU", "choice"),
]


@pytest.mark.parametrize(("question", "kind"), SETS)
def test_the_reaction_fits(answerer: Answerer, question: str, kind: str) -> None:
    assert answerer.ask(question).kind == kind


COVERED = [
    "隐私",
    "conservation",
    "how to request zdr",
    "如何申请 ZDR",
    "comment demander la ZDR",
    "is zdr available on bedrock",
    "does anthropic train on my data",
    "ファイルはどのくらい保存されるか",
    "On what does the retention of Claude Code data depend?",
]


@pytest.mark.parametrize("question", COVERED)
def test_what_is_covered_is_never_called_not_covered(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question).kind != "none"


@pytest.mark.parametrize("question", ["reten", "promp", "telem", "how lon", "zdr bedr"])
def test_a_word_that_is_not_typed_to_its_end_is_completed(
    answerer: Answerer, question: str
) -> None:
    assert answerer.ask(question).kind != "none"


@pytest.mark.parametrize("question", ["which features are not eligible for ZDR", "ZDR対象外の機能"])
def test_a_row_is_never_named_by_a_subject_that_another_fact_says_otherwise_of(
    answerer: Answerer, question: str
) -> None:
    """The Messages API is eligible, and Claude Code by one way of signing in."""
    table = answerer.ask(question).table
    assert table
    subjects = {row.fact: row.subject for row in table.rows}
    assert subjects["features/batch-retention"] == "Batch API"
    assert not {"Messages API", "Claude Code", "Claude API"} & set(subjects.values())
    oauth = "zdr/claude-code-oauth"
    assert subjects[oauth] == answerer.entry(oauth, answerer.ask(question).language).title


def test_a_comparison_with_a_part_shows_both(answerer: Answerer) -> None:
    """Found by a blind set: all facts about the web version are about Claude Code, too."""
    asked = "What is the difference between local Claude Code and Claude Code on the web?"
    table = answerer.ask(asked).table
    assert table
    assert {row.subject for row in table.rows} == {"Claude Code", "Claude Code on the web"}
