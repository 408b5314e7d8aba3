"""Questions to answers, asked of the small base in its five languages: what comes first and why,
when nothing is answered, and in which language.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import spoil

from kb_tools import builder
from kb_tools.errors import BadQuestion, UnknownFact, UnknownLanguage
from kb_tools.project import Project
from kb_tools.search import answer as answering
from kb_tools.search.answer import LONGEST_QUESTION, Answerer

FIRST = [
    # question, fact that comes first, why
    ("How long do deleted files stay in the trash?", "deleted-files", "not the offline copies"),
    ("How long do offline copies stay on my laptop?", "offline-copies", "not the trash"),
    ("how long does a shared link work", "shared-links", "the policy, not the review"),
    ("what does the review say about shared links", "shared-links-review", "not the policy"),
    ("Are my notes end-to-end encrypted?", "encryption", "not the link, which is the exception"),
    ("self-hosted crash reports default", "crash-reports", "a product by another name"),
    ("archive of all files by e-mail until when", "archive-by-mail", "what is past is found"),
    ("When can I choose how many versions are kept?", "version-history", "no glossary term at all"),
    ("HARBOR_NOTES_CRASH_REPORTS", "crash-reports", "a variable alone"),
    ("HARBOR_NOTES_EDITION", "crash-reports", "a variable that is only named in passing"),
    ("/v1/links", "shared-links", "an endpoint alone"),
    ("offline.db", "offline-copies", "a file alone"),
    ("harbor-notes clear-offline", "offline-copies", "a command alone"),
    ("archive@example.com", "archive-by-mail", "an e-mail address alone"),
    ("14 days", "shared-links", "a period alone"),
    ("encrytion of notes and filess", "encryption", "two misspelled words"),
    ("Combien de temps un fichier reste-t-il dans la corbeille ?", "deleted-files", "French"),
    ("RAPPORTS DE PLANTAGE DESACTIVER", "crash-reports", "French without accents"),
    ("comparatif durée des liens", "shared-links-review", "French, the review"),
    ("wie lange bleiben gelöschte Dateien im Papierkorb", "deleted-files", "German"),
    ("Ende-zu-Ende-Verschlüsselung der Notizen", "encryption", "a German compound"),
    ("Bis wann konnte man ein Archiv anfordern", "archive-by-mail", "German"),
    ("ゴミ箱のファイルは何日で消えますか", "deleted-files", "Japanese"),
    ("ごみばこに入れたファイルはいつまで残りますか", "deleted-files", "hiragana for katakana"),
    ("ｵﾌﾗｲﾝｺﾋﾟｰの保存期間", "offline-copies", "half-width katakana"),
    ("比較記事 リンク", "shared-links-review", "Japanese words alone"),
    ("何日で共有リンクは開けなくなりますか POST /v1/links", "shared-links", "with an endpoint"),
    ("回收站里的文件保留多久", "deleted-files", "Chinese"),
    ("離線副本 保留", "offline-copies", "Traditional Chinese"),
    ("崩溃日志 关闭", "crash-reports", "another Chinese name"),
]


@pytest.mark.parametrize(("question", "slug", "why"), FIRST, ids=[asked for asked, _, _ in FIRST])
def test_the_right_fact_comes_first(answerer: Answerer, question: str, slug: str, why: str) -> None:
    reply = answerer.ask(question)
    assert reply.answered, why
    assert reply.answers[0].entry.slug == slug, why


UNANSWERED = [
    ("What's the weather like in Lisbon?", "far from everything"),
    ("How much does the Team plan cost?", "prices are not covered"),
    ("price of the trash", "not covered, in the very words of a fact"),
    ("Quel est le prix du forfait Équipe ?", "prices in French"),
    ("recette de la tarte aux pommes", "far, in French"),
    ("チームプランの料金はいくらですか", "prices in Japanese"),
    ("明日の天気は？", "far, in Japanese"),
    ("共享链接收费吗", "prices in Chinese"),
    ("明天天气怎么样", "far, in Chinese"),
    ("Wie viel kostet der Team-Tarif?", "prices in German"),
    ("Wie wird das Wetter morgen?", "far, in German"),
    ("/v1/nothing", "an endpoint that there is not"),
]


@pytest.mark.parametrize(
    ("question", "why"), UNANSWERED, ids=[question for question, _ in UNANSWERED]
)
def test_what_is_not_covered_is_not_answered(answerer: Answerer, question: str, why: str) -> None:
    reply = answerer.ask(question)
    assert not reply.answered, why
    assert reply.answers, "the nearest topics are still told"


@pytest.mark.parametrize(
    ("question", "uncovered"),
    [
        ("How much does the Team plan cost?", ("price",)),
        ("How long do deleted files stay in the trash?", ()),
    ],
)
def test_what_no_fact_covers_is_named(
    answerer: Answerer, question: str, uncovered: tuple[str, ...]
) -> None:
    assert answerer.ask(question).uncovered == uncovered


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How long are files kept?", "en"),
        ("Combien de temps les fichiers sont-ils conservés ?", "fr"),
        ("ファイルはいつまで保存されますか", "ja"),
        ("保存期間", "ja"),
        ("文件会保留多久", "zh"),
        ("檔案會保留多久", "zh"),
        ("Wie lange werden Dateien aufbewahrt?", "de"),
        ("¿Cuánto tiempo se guardan los archivos?", "en"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(
    answerer: Answerer, question: str, language: str
) -> None:
    reply = answerer.ask(question)
    assert reply.language == language
    assert {answer.entry.language for answer in reply.answers} == {language}


def test_the_answer_is_in_the_language_wanted(answerer: Answerer) -> None:
    english, japanese = (
        answerer.ask("how long does a shared link work", language=language)
        for language in ("en", "ja")
    )
    assert [answer.entry.id for answer in english.answers] == [
        answer.entry.id for answer in japanese.answers
    ]
    assert "14日間" in japanese.answers[0].entry.text
    assert japanese.answers[0].language == "en", "it matched in English"


MAIL = (
    "Good morning, lovely weather today."
    " Are crash reports sent by default with Harbor Notes Cloud, and how do I turn off the crash"
    " reports with HARBOR_NOTES_CRASH_REPORTS? And how long do deleted files stay in the trash?"
    " Many thanks, Anna"
)


def test_a_mail_with_two_questions_gets_both_answers_and_no_third(answerer: Answerer) -> None:
    reply = answerer.ask(MAIL, limit=10)
    assert [answer.entry.slug for answer in reply.answers] == ["crash-reports", "deleted-files"]
    first, second = (answer.score for answer in reply.answers)
    near = answerer.index.manifest["parameters"]["near"]
    assert second < near * first, "the second is there because it is sure, not because it is near"


def test_an_answer_that_is_near_the_best_one_comes_with_it(answerer: Answerer) -> None:
    reply = answerer.ask("what does the review say about shared links", limit=10)
    assert [answer.entry.slug for answer in reply.answers] == [
        "shared-links-review",
        "shared-links",
    ]
    alone = answerer.ask("what does the review say about shared links", limit=1)
    assert len(alone.answers) == 2, "claims that contradict each other come together"
    assert len(answerer.ask("how long do deleted files stay in the trash", limit=1).answers) == 1


def test_conflicting_claims_and_twins_come_with_the_answer(answerer: Answerer) -> None:
    answer = answerer.ask("what does the review say about shared links").answers[0]
    assert "Nowhere Reviews" in answer.entry.reported
    assert [other.id for other in answer.conflicts] == ["handling/shared-links"]
    assert "14 days" in answer.conflicts[0].text
    trash = answerer.ask("How long do deleted files stay in the trash?").answers[0]
    assert [twin.id for twin in trash.twins] == ["handling/offline-copies"]


ARCHIVE = "Until when could an administrator request an archive of all files by e-mail?"
VERSIONS = "From when can I choose how many earlier versions of a note are kept?"


@pytest.fixture
def set_today(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the answers believe that it is another day."""

    def set_to(day: str) -> None:
        class Fixed(dt.date):
            @classmethod
            def today(cls) -> Fixed:
                return cls.fromisoformat(day)

        monkeypatch.setattr(answering, "dt", SimpleNamespace(date=Fixed))

    return set_to


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("export HARBOR_NOTES_CRASH_REPORTS=off", "en"),
        ("HARBOR_NOTES_CRASH_REPORTS=off", "en"),
        ("HARBOR_NOTES_CRASH_REPORTSをオフにしたい", "ja"),
        ("关闭 HARBOR_NOTES_CRASH_REPORTS", "zh"),
    ],
)
def test_latin_words_alone_are_not_japanese_or_chinese(
    answerer: Answerer, question: str, language: str
) -> None:
    assert answerer.ask(question).asked_in == language


@pytest.mark.parametrize(
    ("question", "kind", "why"),
    [
        (ARCHIVE, "answer", "one fact answers it"),
        ("shared link colors", "closest", "its subject is covered, the rest is not"),
        ("price of the trash", "none", "it names what no fact covers"),
        ("chiffrement de la cantine", "closest", "the same in French"),
        ("Wie wird das Wetter?", "none", "no subject of the base"),
        ("xyzzy", "none", "no word of the base"),
        ("https://example.com/deleted/files/trash/2025", "none", "an address is no question"),
        ("Please mail jane.trash@files.example.com", "none", "nor is one of mail"),
        ("www.example.com/shared-links", "none", "nor one without a scheme"),
        ("https://notes.example.com/settings/versions", "answer", "but one that a fact has"),
        ("archive@example.com", "answer", "the same"),
    ],
)
def test_the_reaction_fits_the_question(
    answerer: Answerer, question: str, kind: str, why: str
) -> None:
    reply = answerer.ask(question)
    assert reply.kind == kind, why
    assert reply.answered == (kind == "answer")
    assert bool(reply.shown) == (kind != "none")
    assert answerer.best_guesses(question).kind == kind


DISPUTED = "Disputed: in force by one date in the sources, not by the other."
PAST = "Past: this ended on June 28, 2024 at the latest; the sources differ on the date."


@pytest.fixture(scope="module")
def disputed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """An index of the base with a fact of which the sources differ on when it ended."""
    root = Path(shutil.copytree(base, tmp_path_factory.mktemp("disputed") / "kb"))
    until = "    until: [2024-06-20, deadline]"
    spoil(root / "docs/facts/choices.yml", "    until: deadline", until)
    project = Project(root)
    builder.build_index(project, root / "index", project.locales)
    return Answerer.open(root / "index")


@pytest.mark.parametrize(
    ("question", "today", "status"),
    [
        (ARCHIVE, "2024-06-28", ""),
        (ARCHIVE, "2024-06-29", "Past: this ended on June 28, 2024."),
        (VERSIONS, "2031-03-16", "Not yet in force: this begins on March 17, 2031."),
        (VERSIONS, "2031-03-17", ""),
    ],
)
def test_what_is_past_or_to_come_is_told_as_that(
    answerer: Answerer, set_today: Callable[[str], None], question: str, today: str, status: str
) -> None:
    set_today(today)
    reply = answerer.ask(question)
    assert reply.answered
    assert reply.answers[0].status == status
    assert not reply.not_in_force, "only as of a day"


@pytest.mark.parametrize(
    ("question", "day", "answers", "others"),
    [
        (ARCHIVE, "2024-06-28", ["archive-by-mail"], []),
        (ARCHIVE, "2024-06-29", [], ["archive-by-mail"]),
        (VERSIONS, "2031-03-16", [], ["version-history"]),
        (VERSIONS, "2031-03-17", ["version-history"], []),
        (f"{MAIL} {ARCHIVE}", "2025-01-01", ["crash-reports"], ["archive-by-mail"]),
    ],
)
def test_an_answer_as_of_a_day_uses_what_holds_on_it_and_names_what_does_not(
    answerer: Answerer, question: str, day: str, answers: list[str], others: list[str]
) -> None:
    reply = answerer.ask(question, as_of=dt.date.fromisoformat(day))
    assert [answer.entry.slug for answer in reply.answers][:1] == answers
    assert reply.answered == bool(answers), "nothing further off takes the place of what is past"
    assert [answer.entry.slug for answer in reply.not_in_force] == others
    assert not any(answer.status for answer in reply.answers)
    assert reply.as_of == day


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-06-20", ""),
        ("2024-06-21", DISPUTED),
        ("2024-06-28", DISPUTED),
        ("2024-06-29", PAST),
    ],
)
def test_on_a_day_on_which_the_sources_differ_the_answer_says_so(
    disputed: Answerer, set_today: Callable[[str], None], day: str, status: str
) -> None:
    asked = disputed.ask(ARCHIVE, as_of=dt.date.fromisoformat(day))
    found = asked.not_in_force if day == "2024-06-29" else asked.answers
    assert (found[0].entry.slug, found[0].status) == ("archive-by-mail", status)
    set_today(day)
    assert disputed.ask(ARCHIVE).answers[0].status == status
    assert found[0].entry.record()["valid"] == {
        "from": None,
        "agreed_from": None,
        "agreed_until": "2024-06-20",
        "until": "2024-06-28",
        "text": "through June 20, 2024 or June 28, 2024 (the sources differ)",
    }


@pytest.mark.parametrize(
    "question", ["", "   ", "?!…", "\u202e\u200f", "\ud800", "\x00\x01", "🙂🙂"], ids=ascii
)
def test_a_question_without_words_is_refused_with_what_to_do(
    answerer: Answerer, question: str
) -> None:
    with pytest.raises(BadQuestion, match="Ask in words"):
        answerer.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "trash " * 20_000,
        "保" * 100_000,
        "x" * 100_000,
        "\u200ftrash retention\u202e",
        "tr\x00ash reten\ud800tion",
        "a_b." * 25_000,
        "y" * LONGEST_QUESTION,
        "y" * (LONGEST_QUESTION + 1),
    ],
    ids=lambda question: ascii(question[:20]) + f" and so on to {len(question)}",
)
def test_odd_and_endless_questions_are_survived(answerer: Answerer, question: str) -> None:
    reply = answerer.ask(question)
    assert reply.cut == (len(question) > LONGEST_QUESTION)


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_ranked(answerer: Answerer, text: str) -> None:
    guesses = answerer.best_guesses(text)
    kind, hits = guesses.kind, guesses.hits
    assert kind == "none" or hits[0]["score"] > 0
    assert {hit["fact"] for hit in hits} == set(answerer.index.manifest["facts"])
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_fact_or_language_is_told_with_what_is_known(answerer: Answerer) -> None:
    with pytest.raises(UnknownFact, match="Did you mean handling/deleted-files"):
        answerer.entry("handling/deleted-flies", "en")
    with pytest.raises(UnknownFact, match="An id is page/slug"):
        answerer.entry("xyz", "en")
    with pytest.raises(UnknownLanguage, match="Use one of en, fr, ja, zh, de"):
        answerer.ask("trash", language="xx")


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    """Every text of every language that has a fact of its own, with the fact."""
    for edition in project.editions.values():
        for entry in edition:
            yield from ((entry.id, text) for text in entry.searched)


def test_every_text_and_question_of_the_editors_finds_its_own_fact_first(
    answerer: Answerer, project: Project
) -> None:
    facts = answerer.index.manifest["facts"]
    texts = list(_texts(project))
    assert len(texts) == 5 * 8 * 6
    wrong = [
        (fact, text) for fact, text in texts if facts[answerer.ranker.rank(text).order[0]] != fact
    ]
    assert not wrong


@pytest.mark.parametrize(
    "variant",
    [
        str.upper,
        str.lower,
        str.title,
        lambda text: text.replace(" ", "  "),
        lambda text: f"\u200b{text}\u202c",
    ],
    ids=["upper", "lower", "title", "two spaces", "format characters"],
)
def test_variants_of_writing_do_not_change_the_first_fact(
    answerer: Answerer, project: Project, variant: Callable[[str], str]
) -> None:
    for fact, text in _texts(project):
        order = answerer.ranker.rank(variant(text)).order
        assert answerer.index.manifest["facts"][order[0]] == fact, text
