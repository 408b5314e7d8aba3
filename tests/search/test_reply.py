"""A Reply as people read it in a terminal, and as programs do."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from kb_tools.search import reply
from kb_tools.search.answer import Answerer

TRASH = "How long do deleted files stay in the trash?"
REVIEW = "what does the review say about shared links"
CLOSE = "shared link colors"
ARCHIVE = "archive of all files by e-mail until when"
URL = "https://policies.example.com/en"


def told(answerer: Answerer, question: str, **options: Any) -> list[str]:
    """The lines of a reply, with what stands out between asterisks."""
    answered = answerer.ask(question, **options)
    labels = answerer.index.labels(answered.language)
    return list(reply.lines(answered, labels, lambda text: f"*{text}*"))


def test_an_answer_is_told_with_its_values_conditions_and_sources(answerer: Answerer) -> None:
    assert told(answerer, TRASH) == [
        "1. *How long deleted files stay in the trash*",
        "   A deleted file stays in the trash for *30 days*; during this time it can be restored.",
        "   Retention period: *30 days* · Time in backups: *up to 90 days*"
        " · Endpoint: *DELETE /v1/files* · Parameter: *skip_trash*",
        "   Please note: After that, a backup copy is kept for *up to 90 days*.",
        "   Please note: A *DELETE /v1/files* request with the parameter *skip_trash* deletes a"
        " file at once, without the trash.",
        "   Not to be confused with: How long offline copies stay on a device (up to 30 days)",
        "   Sources: Harbor Notes data policy, Deleting and restoring"
        " (primary: Harbor Notes, received March 10, 2025)",
        f"   Link: {URL}/handling/#deleted-files",
        "",
    ]


TWINS = [
    ("fr", "copies hors connexion restent sur un appareil (30\xa0jours au plus)"),
    ("ja", "オフラインコピーが端末に残る期間（最長30日間）"),
    ("zh", "离线副本在设备上保留多久（最长 30 天）"),
    ("de", "Wie lange Offline-Kopien auf einem Gerät bleiben (höchstens 30 Tage)"),
]


@pytest.mark.parametrize(("language", "named"), TWINS, ids=[code for code, _ in TWINS])
def test_twins_are_told_apart_by_their_periods_in_every_language(
    answerer: Answerer, language: str, named: str
) -> None:
    label = answerer.index.labels(language)["twins"]
    lines = [line for line in told(answerer, TRASH, language=language) if label in line]
    assert len(lines) == 1
    assert lines[0].endswith(named)


def test_twins_are_told_apart_by_their_dates_too(answerer: Answerer) -> None:
    answered = answerer.ask(TRASH, limit=1)
    twins = [
        answerer.entry(f"choices/{slug}", "en") for slug in ("archive-by-mail", "crash-reports")
    ]
    changed = dataclasses.replace(answered.answers[0], twins=tuple(twins))
    made = dataclasses.replace(answered, answers=(changed,))
    assert (
        "   Not to be confused with: Requesting an archive by e-mail (June 28, 2024,"
        " inclusive; 48 hours) · Crash reports: on or off by default (not stated)"
    ) in list(reply.lines(made, answerer.index.labels("en"), str))


def test_claims_that_contradict_an_answer_are_told_with_it(answerer: Answerer) -> None:
    lines = told(answerer, REVIEW, limit=1)
    assert (
        "   Reported by a third party, Nowhere Reviews; not a statement by Harbor Notes." in lines
    )
    other, _ = [line for line in lines if line.startswith("   Contradicted by another claim: ")]
    assert "works for 14 days" in other
    assert other.endswith(f"  {URL}/handling/#shared-links")


def test_several_answers_are_counted(answerer: Answerer) -> None:
    lines = told(answerer, REVIEW)
    assert [line for line in lines if line[:1].isdigit()] == [
        "1. *Shared links according to a review*",
        "2. *Lifetime and encryption of shared links*",
    ]


def test_what_is_past_is_told_before_the_statement(answerer: Answerer) -> None:
    first, second, *others = told(answerer, ARCHIVE)
    assert first == "1. *Requesting an archive by e-mail*"
    assert second == "   *Past: this ended on June 28, 2024.*"
    assert "   Validity: through June 28, 2024" in others


def test_what_did_not_hold_on_the_day_is_told_at_the_end(answerer: Answerer) -> None:
    assert told(answerer, ARCHIVE, as_of=dt.date(2025, 1, 1)) == [
        "*As of January 1, 2025*",
        "",
        "Not in force on January 1, 2025:",
        "   Requesting an archive by e-mail – Past: this ended on June 28, 2024."
        f"  {URL}/choices/#archive-by-mail",
    ]


def test_where_there_is_no_answer_the_nearest_topics_are_told(answerer: Answerer) -> None:
    assert told(answerer, "price of the trash") == [
        "*No answer found: the knowledge base does not seem to cover this question.*",
        "Nearest topics: ",
        f"   How long deleted files stay in the trash  {URL}/handling/#deleted-files",
        "For anything that is not covered here, ask the Harbor Notes help desk at"
        " help@example.com.",
    ]
    assert len(told(answerer, "xyzzy")) == 2, "there is nothing near"


def test_facts_that_come_closest_are_told_in_full_under_a_sentence_that_says_so(
    answerer: Answerer,
) -> None:
    lines = told(answerer, CLOSE)
    assert lines[:2] == ["*No fact answers this for certain; these come closest.*", ""]
    assert lines[2].startswith("1. *")
    assert lines[-1].startswith("For anything that is not covered here, ask")
    assert not any("No answer found" in line for line in lines)
    record = reply.record(answerer.ask(CLOSE))
    assert (record["kind"], record["answered"], record["nearest"]) == ("closest", False, [])
    assert record["answers"]


def test_a_fact_is_shown_by_itself(answerer: Answerer) -> None:
    entry, labels = answerer.entry("handling/encryption", "en"), answerer.index.labels("en")
    lines = list(reply.show_lines(entry, "OVER", labels, lambda text: f"*{text}*"))
    assert lines[:2] == ["*Encryption of notes and files*", "*OVER*"]
    assert "See also: handling/shared-links" in lines
    assert lines[-2] == (
        "Sources: Harbor Notes data policy, Encryption (primary: Harbor Notes, received March 10,"
        " 2025) · Note services compared: a review, Security (secondary: reported by a third party,"
        " received May 22, 2025)"
    )
    twin = reply.show_lines(answerer.entry("handling/offline-copies", "en"), "", labels, str)
    assert "Not to be confused with: handling/deleted-files" in list(twin)


def test_a_text_that_is_not_translated_says_so(answerer: Answerer) -> None:
    entry = dataclasses.replace(answerer.entry("handling/encryption", "fr"), text_language="en")
    first, *_ = reply.entry_lines(entry, answerer.index.labels("fr"), str)
    assert first == answerer.index.labels("fr")["untranslated"]
    assert "anglais" in first


def test_the_reasons_of_an_answer_are_explained(answerer: Answerer) -> None:
    asked = answerer.ask("price of the trash")
    first, second, fact, terms = reply.explanation(asked)
    assert first == f"confidence 0.00, answered from {asked.threshold:.2f} on; words alone"
    assert second == "names what no fact covers: price"
    assert fact.startswith("handling/deleted-files: score ")
    assert terms.split()[:1] == ["#trash"]


def test_a_program_is_told_the_same(answerer: Answerer) -> None:
    record = reply.record(answerer.ask(REVIEW, limit=1))
    assert record["kind"] == "choice"
    answer, _ = record["answers"]
    assert (record["answered"], record["nearest"], record["not_in_force"]) == (True, [], [])
    assert answer["fact"] == "handling/shared-links-review"
    assert answer["conflicts"] == [
        {
            "fact": "handling/shared-links",
            "title": "Lifetime and encryption of shared links",
            "url": f"{URL}/handling/#shared-links",
            "text": answerer.entry("handling/shared-links", "en").text,
        }
    ]
    assert answer["matched"]["language"] == "en"
    assert "#shared-links" in answer["matched"]["text"].split()
    assert answer["reasons"]["terms"]["#shared-links"] > 0


def test_what_programs_rely_on_keeps_its_names(answerer: Answerer) -> None:
    record = reply.record(answerer.ask(REVIEW, limit=1))
    assert list(record) == [
        "question",
        "language",
        "asked_in",
        "kind",
        "answered",
        "confidence",
        "corrected",
        "semantic",
        "count",
        "table",
        "targets",
        "as_of",
        "answers",
        "nearest",
        "not_in_force",
    ]
    assert (record["semantic"], record["as_of"], record["corrected"]) == (False, None, {})
    answer, other = record["answers"]
    assert other["fact"] == "handling/shared-links"
    assert {"score", "matched", "status", "reasons", "conflicts", "not_to_be_confused_with"} < set(
        answer
    )
    assert set(answer["reasons"]) == {"terms", "words", "likeness"}


@pytest.mark.parametrize(
    ("question", "options", "answers", "nearest", "others"),
    [
        (TRASH, {}, ["handling/deleted-files"], [], []),
        ("price of the trash", {}, [], ["handling/deleted-files"], []),
        (ARCHIVE, {"as_of": dt.date(2025, 1, 1)}, [], [], ["choices/archive-by-mail"]),
    ],
    ids=["answered", "not answered", "not in force"],
)
def test_a_program_is_told_what_is_an_answer_and_what_is_not(
    answerer: Answerer,
    question: str,
    options: dict[str, Any],
    answers: list[str],
    nearest: list[str],
    others: list[str],
) -> None:
    record = reply.record(answerer.ask(question, **options))
    assert record["answered"] == bool(answers)
    assert [answer["fact"] for answer in record["answers"]] == answers
    assert [near["fact"] for near in record["nearest"]] == nearest
    assert [answer["fact"] for answer in record["not_in_force"]] == others
