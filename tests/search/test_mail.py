"""What is asked in a mail: no quoted history, signature, small print or automatic reply."""

from __future__ import annotations

import pytest

from kb_tools.search.answer import Answerer
from kb_tools.search.mail import asked_in

ASKED = "How long do deleted files stay in the trash?"

HISTORIES = [
    "> Offline copies stay for 30 days.\n> Bye",
    "On Tue, 4 Nov 2025 at 09:12, Support <support@example.com> wrote:\n> Hello",
    "Le mar. 4 nov. 2025 à 09:12, Support a écrit :\n> Bonjour",
    "Am 04.11.2025 um 09:12 schrieb Support:\nOffline-Kopien",
    "El mar, 4 nov 2025, Soporte escribió:\ncopias",
    "Il giorno mar 4 nov 2025 Support ha scritto:\ncopie",
    "Op di 4 nov 2025 om 09:12 schreef Support:\nkopieën",
    "Em ter., 4 de nov. de 2025, Suporte escreveu:\ncópias",
    "2025年11月4日(火) 9:12 サポートさんは書きました:\nオフラインコピー",
    "在 2025年11月4日，客服 写道：\n离线副本",
    "-----Original Message-----\nOffline copies",
    "---------- Forwarded message ---------\nOffline copies",
    "-------- Message d’origine --------\ncopies hors connexion",
    "-----Ursprüngliche Nachricht-----\nOffline-Kopien",
    "----- 引用 -----\nオフラインコピー",
    "From: Support <support@example.com>\nSent: Tuesday\nSubject: offline copies\n\nText",
    "De : Support\nEnvoyé : mardi\nObjet : copies",
    "发件人: 客服\n发送时间: 星期二\n主题: 离线副本",
    "________________________________\nOffline copies",
]


@pytest.mark.parametrize("history", HISTORIES)
def test_quoted_history_is_not_asked(history: str) -> None:
    assert asked_in(f"{ASKED}\n\n{history}") == ASKED


SIGNATURES = [
    "Best,\nJ. Doe\nAcme | +49 000 | jdoe@example.com",
    "Kind regards\n\nJane Doe, encryption officer",
    "Cordialement,\nJeanne",
    "Mit freundlichen Grüßen\nJana",
    "-- \nJane Doe\nhttps://example.com/trash",
    "以上\n\n山田",
    "此致\n敬礼",
    "This e-mail may contain confidential information. If you are not the intended recipient, go.",
    "Ce message peut contenir des informations confidentielles.",
    "本メールには機密情報が含まれています。",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_and_small_print_are_not_asked(signature: str) -> None:
    assert asked_in(f"Hello,\n\n{ASKED}\n\n{signature}") == f"Hello,\n\n{ASKED}"


def test_what_is_written_below_a_signature_is_read() -> None:
    text = f"Hello\n\nBest,\nJane\n\nPS: {ASKED}"
    assert asked_in(text) == f"Hello\n\nPS: {ASKED}"


AUTOMATIC = [
    "I am out of the office until 8 October and will have limited access to e-mail.",
    "Automatic reply: trash",
    "Je suis absente du bureau jusqu’au 8 octobre.",
    "ただいま不在にしております。10月8日に戻ります。",
    "我不在办公室，10月8日回来。",
    "Abwesenheitsnotiz: Ich bin im Urlaub.",
]


@pytest.mark.parametrize("text", [*AUTOMATIC, "> How long do deleted files stay in the trash?"])
def test_where_nobody_asks_nothing_is_answered(answerer: Answerer, text: str) -> None:
    assert asked_in(text) == ""
    reply = answerer.ask(text)
    assert (reply.kind, reply.answered, reply.confidence) == ("none", False, 0.0)
    assert reply.answers, "the nearest topics are told all the same"


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        "これは引用です",
        "How long\nare files kept?",
        "a > b",
        "On Monday I wrote:\nhow long do files stay?"[:10],
        "Best regards to the trash team, how long do files stay?",
        "",
    ],
)
def test_what_is_no_mail_stays_as_it_is(text: str) -> None:
    assert asked_in(text) == text


def test_the_question_is_answered_and_not_what_is_quoted(answerer: Answerer) -> None:
    mail = f"{ASKED}\n\nBest,\nJane\n\n> Are notes and files end-to-end encrypted?"
    assert answerer.ask(mail).answers[0].entry.id == "handling/deleted-files"
    thanks = "Thanks, that solved it!\n\n> Are notes and files end-to-end encrypted?"
    assert answerer.ask(thanks).kind == "none"
