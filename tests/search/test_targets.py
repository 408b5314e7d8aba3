"""Where to read on: pages of topics, overviews, and the notice on authority."""

from __future__ import annotations

import pytest

from kb_tools.search.answer import Answerer


@pytest.mark.parametrize(
    ("question", "title", "address"),
    [
        ("What are all the retention periods?", "The periods compared", "/en/handling/#periods"),
        ("is there a contradiction?", "Where the sources contradict", "/en/handling/#conflicts"),
        ("矛盾はありますか", "出典", "/ja/handling/#conflicts"),
    ],
)
def test_a_table_leads_to_the_overview_that_has_its_facts(
    answerer: Answerer, question: str, title: str, address: str
) -> None:
    [target] = answerer.ask(question).targets
    assert target.title.startswith(title)
    assert target.url.endswith(address)
    assert not target.text


@pytest.mark.parametrize(
    ("question", "said", "address"),
    [
        ("Which document prevails?", "a signed contract counts more", "/en/sources/#authority"),
        (
            "Entre le contrat et les documents, lequel prévaut ?",
            "contrat",
            "/fr/sources/#authority",
        ),
        ("どちらが優先されますか", "契約", "/ja/sources/#authority"),
    ],
)
def test_which_text_is_authoritative_is_told_by_the_notice_and_by_no_fact(
    answerer: Answerer, question: str, said: str, address: str
) -> None:
    reply = answerer.ask(question)
    assert not reply.answered
    [target] = reply.targets
    assert said in target.text
    assert target.url.endswith(address)


def test_one_fact_that_answers_leads_nowhere_else(answerer: Answerer) -> None:
    assert answerer.ask("How long are deleted files kept?").targets == ()
