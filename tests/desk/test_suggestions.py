"""Suggestions for tickets: an answer to each question of the new part, in the customer's
language.
"""

from __future__ import annotations

import pytest

from kb_tools.desk.suggestions import Ticket, suggest
from kb_tools.errors import UnknownLanguage
from kb_tools.search.answer import Answerer

TRASH, OFFLINE = "handling/deleted-files", "handling/offline-copies"
TICKETS = {
    "en": "Hello,\n\nHow long do deleted files stay in the trash? And how long are offline copies"
    " kept on a device?\n\nKind regards\nJane",
    "fr": "Bonjour,\n\nCombien de temps les fichiers supprimés restent-ils dans la corbeille ?"
    " Et combien de temps les copies hors connexion sont-elles conservées ?\n\nCordialement\nJo",
    "ja": "お世話になっております。\n\n削除したファイルはゴミ箱に何日間残りますか？"
    "オフラインコピーは端末にどのくらい残りますか？\n\n以上",
    "zh": "您好，\n\n删除的文件在回收站里保留多少天？离线副本在设备上保留多久？\n\n谢谢",
}


def facts(made: dict[str, list[dict[str, list[dict[str, str]]]]]) -> list[str]:
    """The fact that leads each suggestion."""
    return [one["answers"][0]["fact"] for one in made["suggestions"]]


@pytest.mark.parametrize("language", TICKETS)
def test_each_question_of_a_ticket_gets_its_answer_in_the_language_of_the_ticket(
    answerer: Answerer, language: str
) -> None:
    made = suggest(answerer, Ticket("", TICKETS[language]))
    assert made["language"] == made["asked_in"] == language
    assert facts(made) == [TRASH, OFFLINE]


@pytest.mark.parametrize("wanted", TICKETS)
def test_an_agent_answers_in_a_language_that_the_ticket_is_not_in(
    answerer: Answerer, wanted: str
) -> None:
    made = suggest(answerer, Ticket("", TICKETS["ja"], wanted))
    assert (made["language"], made["asked_in"]) == (wanted, "ja")
    entry = answerer.entry(TRASH, wanted)
    text = made["suggestions"][0]["text"]
    assert entry.text in text
    assert text.endswith(entry.url)
    assert all(cited in text for cited in entry.cited)


def test_what_was_quoted_is_not_answered_again(answerer: Answerer) -> None:
    body = "Thanks, that helps!\n\nOn Tue, 4 Nov 2025, Support wrote:\n> " + TICKETS["en"]
    assert suggest(answerer, Ticket("Re: files", body))["suggestions"] == []


def test_a_subject_alone_is_answered(answerer: Answerer) -> None:
    made = suggest(answerer, Ticket("How long do deleted files stay in the trash?", ""))
    assert facts(made) == [TRASH]


def test_a_subject_that_the_body_repeats_is_answered_once(answerer: Answerer) -> None:
    question = "How long do deleted files stay in the trash?"
    assert facts(suggest(answerer, Ticket(question, f"Hi,\n{question}"))) == [TRASH]


def test_contradicting_claims_and_third_parties_are_told_as_unsure(answerer: Answerer) -> None:
    made = suggest(answerer, Ticket("", "How long does a shared link work?"))
    for one in made["suggestions"]:
        pasted = [fact["url"] for fact in one["answers"] if fact["url"] in one["text"]]
        assert len(pasted) == len(one["table"]["rows"]), "what is only near is not pasted"
    codes = {remark["code"] for one in made["suggestions"] for remark in one["unsure"]}
    assert {"choice", "conflict", "reported"} <= codes


@pytest.mark.parametrize("text", ["", " \n", "Thank you!", "!!!", "Where can I park my bicycle?"])
def test_a_ticket_that_asks_nothing_that_is_covered_gets_none(
    answerer: Answerer, text: str
) -> None:
    assert suggest(answerer, Ticket("", text))["suggestions"] == []


def test_a_language_that_there_is_not_is_refused(answerer: Answerer) -> None:
    with pytest.raises(UnknownLanguage, match="has no language 'xx'"):
        suggest(answerer, Ticket("", "trash", "xx"))
