"""What every kind of value sounds like in every language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import TypeAdapter
from small import LANGUAGES, spoil

from kb_tools.content import values
from kb_tools.content.model import Validity
from kb_tools.content.values import KINDS, Value
from kb_tools.language.voice import Voice
from kb_tools.project import Project

READ: TypeAdapter[Any] = TypeAdapter(Value)


def value(kind: str, **keys: str | list[str]) -> Any:
    """A value as it is written in YAML."""
    return READ.validate_python({"kind": kind, **keys})


def duration(length: str, bound: str = "exact") -> Any:
    return value("duration", length=length, bound=bound)


def same(text: str) -> dict[str, str]:
    """What is said alike in every language: what people type."""
    return dict.fromkeys(LANGUAGES, text)


# a new kind of value is one row here; a value with a bound is one row for each bound
SPOKEN = [
    # durations: units, and where a plural begins - in French 0 is singular, as 1 is
    (duration("P29D"), dict(en="29 days", fr="29\xa0jours", ja="29日間", zh="29 天", de="29 Tage")),
    (duration("P0D"), dict(en="0 days", fr="0\xa0jour", ja="0日間", zh="0 天", de="0 Tage")),
    (duration("P1D"), dict(en="1 day", fr="1\xa0jour", ja="1日間", zh="1 天", de="1 Tag")),
    (duration("P2D"), dict(en="2 days", fr="2\xa0jours", ja="2日間", zh="2 天", de="2 Tage")),
    (
        duration("PT0M"),
        dict(en="0 minutes", fr="0\xa0minute", ja="0分間", zh="0 分钟", de="0 Minuten"),
    ),  # spelled as in English, yet singular
    (
        duration("PT1M"),
        dict(en="1 minute", fr="1\xa0minute", ja="1分間", zh="1 分钟", de="1 Minute"),
    ),
    (
        duration("PT5M"),
        dict(en="5 minutes", fr="5\xa0minutes", ja="5分間", zh="5 分钟", de="5 Minuten"),
    ),
    (duration("PT1H"), dict(en="1 hour", fr="1\xa0heure", ja="1時間", zh="1 小时", de="1 Stunde")),
    (
        duration("PT24H"),
        dict(en="24 hours", fr="24\xa0heures", ja="24時間", zh="24 小时", de="24 Stunden"),
    ),
    (duration("P1W"), dict(en="1 week", fr="1\xa0semaine", ja="1週間", zh="1 周", de="1 Woche")),
    (duration("P3W"), dict(en="3 weeks", fr="3\xa0semaines", ja="3週間", zh="3 周", de="3 Wochen")),
    (duration("P1M"), dict(en="1 month", fr="1\xa0mois", ja="1か月", zh="1 个月", de="1 Monat")),
    (duration("P6M"), dict(en="6 months", fr="6\xa0mois", ja="6か月", zh="6 个月", de="6 Monate")),
    (duration("P1Y"), dict(en="1 year", fr="1\xa0an", ja="1年間", zh="1 年", de="1 Jahr")),
    (duration("P5Y"), dict(en="5 years", fr="5\xa0ans", ja="5年間", zh="5 年", de="5 Jahre")),
    # 28 to 31 days are never "1 month"
    (duration("P28D"), dict(en="28 days", fr="28\xa0jours", ja="28日間", zh="28 天", de="28 Tage")),
    (duration("P30D"), dict(en="30 days", fr="30\xa0jours", ja="30日間", zh="30 天", de="30 Tage")),
    (
        duration("PT60M"),
        dict(en="60 minutes", fr="60\xa0minutes", ja="60分間", zh="60 分钟", de="60 Minuten"),
    ),
    # bounds
    (
        duration("P2Y", "at-most"),
        dict(
            en="up to 2 years",
            fr="2\xa0ans au plus",
            ja="最長2年間",
            zh="最长 2 年",
            de="höchstens 2 Jahre",
        ),
    ),
    (
        duration("P1D", "at-most"),
        dict(
            en="up to 1 day",
            fr="1\xa0jour au plus",
            ja="最長1日間",
            zh="最长 1 天",
            de="höchstens 1 Tag",
        ),
    ),
    (
        duration("PT5M", "at-least"),
        dict(
            en="at least 5 minutes",
            fr="5\xa0minutes au moins",
            ja="5分間以上",
            zh="至少 5 分钟",
            de="mindestens 5 Minuten",
        ),
    ),
    (
        value("duration", bound="until-deleted"),
        dict(
            en="until explicitly deleted",
            fr="jusqu’à suppression explicite",
            ja="明示的に削除されるまで",
            zh="直到被明确删除",
            de="bis zur ausdrücklichen Löschung",
        ),
    ),
    (
        value("duration", bound="unspecified"),
        dict(en="not stated", fr="non précisée", ja="記載なし", zh="未说明", de="nicht angegeben"),
    ),
    # dates, as CLDR writes them in full
    (
        value("date", date="2025-09-19"),
        dict(
            en="September 19, 2025",
            fr="19\xa0septembre 2025",
            ja="2025年9月19日",
            zh="2025年9月19日",
            de="19. September 2025",
        ),
    ),
    (
        value("date", date="2025-08-01"),
        dict(
            en="August 1, 2025",
            fr="1\xa0août 2025",
            ja="2025年8月1日",
            zh="2025年8月1日",
            de="1. August 2025",
        ),
    ),
    (
        value("date", date="2024-02-29"),
        dict(
            en="February 29, 2024",
            fr="29\xa0février 2024",
            ja="2024年2月29日",
            zh="2024年2月29日",
            de="29. Februar 2024",
        ),
    ),
    # words
    (
        value("yes-no", label="Encrypted", **{"is": "yes"}),
        dict(en="yes", fr="oui", ja="はい", zh="是", de="ja"),
    ),
    (
        value("yes-no", label="Encrypted", **{"is": "no"}),
        dict(en="no", fr="non", ja="いいえ", zh="否", de="nein"),
    ),
    (
        value("yes-no", label="Encrypted", **{"is": "partly"}),
        dict(en="partly", fr="en partie", ja="一部", zh="部分符合", de="teilweise"),
    ),
    (
        value("switch", provider="harbor-notes-cloud", default="on"),
        dict(en="on", fr="activé", ja="オン", zh="开启", de="ein"),
    ),
    (
        value("switch", provider="harbor-notes-cloud", default="off"),
        dict(en="off", fr="désactivé", ja="オフ", zh="关闭", de="aus"),
    ),
    (value("encryption", where="in-transit", method="TLS"), same("TLS")),
    (
        value("encryption", where="at-rest", method="AES-256"),
        dict(
            en="256-bit AES",
            fr="AES 256\xa0bits",
            ja="256ビットAES",
            zh="256 位 AES",
            de="AES mit 256 Bit",
        ),
    ),
    (
        value("encryption", where="at-rest", method="unspecified"),
        dict(
            en="encrypted, method not stated",
            fr="données chiffrées, méthode non précisée",
            ja="暗号化あり（方式の記載なし）",
            zh="已加密，未说明加密方式",
            de="verschlüsselt, Verfahren nicht angegeben",
        ),
    ),
    (
        value("encryption", where="at-rest", method="none"),
        dict(
            en="not encrypted",
            fr="données non chiffrées",
            ja="暗号化なし",
            zh="未加密",
            de="unverschlüsselt",
        ),
    ),
    (
        value("choices", options=["1", "2", "3", "all"]),
        dict(
            en="1, 2, 3, or all",
            fr="1, 2, 3 ou toutes",
            ja="1、2、3、またはすべて",
            zh="1、2、3或全部",
            de="1, 2, 3 oder alle",
        ),
    ),
    (
        value("choices", options=["1", "2"]),
        dict(en="1 or 2", fr="1 ou 2", ja="1または2", zh="1或2", de="1 oder 2"),
    ),
    # what people type is the same everywhere
    (value("endpoint", path="/v1/files"), same("/v1/files")),
    (
        value("endpoint", path="/v1/links", method="DELETE"),
        same("DELETE /v1/links"),
    ),
    (value("variable", name="HARBOR_NOTES_EDITION"), same("HARBOR_NOTES_EDITION")),
    (value("variable", name="HARBOR_NOTES_EDITION", set_to="1"), same("HARBOR_NOTES_EDITION=1")),
    (value("command", command="harbor-notes clear-offline"), same("harbor-notes clear-offline")),
    (value("parameter", name="skip_trash"), same("skip_trash")),
    (value("file", name="offline.db"), same("offline.db")),
    (value("email", address="archive@example.com"), same("archive@example.com")),
    (value("url", address="notes.example.com/settings"), same("notes.example.com/settings")),
]

# a date in a sentence says no bound, the sentence does; in a list of values it says its own
ALONE = [
    (
        value("date", date="2025-09-19"),
        dict(
            en="September 19, 2025",
            fr="19\xa0septembre 2025",
            ja="2025年9月19日",
            zh="2025年9月19日",
            de="19. September 2025",
        ),
    ),
    (
        value("date", date="2025-10-08", bound="inclusive"),
        dict(
            en="October 8, 2025, inclusive",
            fr="8\xa0octobre 2025 inclus",
            ja="2025年10月8日、当日を含む",
            zh="2025年10月8日，含当日",
            de="8. Oktober 2025, einschließlich",
        ),
    ),
    (
        value("date", date="2025-08-01", bound="exclusive"),
        dict(
            en="before August 1, 2025",
            fr="avant le 1\xa0août 2025",
            ja="2025年8月1日より前",
            zh="2025年8月1日之前",
            de="vor dem 1. August 2025",
        ),
    ),
    (
        duration("P2Y", "at-most"),
        dict(
            en="up to 2 years",
            fr="2\xa0ans au plus",
            ja="最長2年間",
            zh="最长 2 年",
            de="höchstens 2 Jahre",
        ),
    ),
]

SINCE, TO = (dt.date(2024, 3, 1), dt.date(2024, 4, 1)), (dt.date(2024, 6, 1), dt.date(2024, 7, 1))
# a validity as start, agreed start, agreed end and end; what is said of it
VALIDITIES = [
    ((None, None, None, None), dict(en="", fr="", ja="", zh="", de="")),
    (
        (SINCE[0], SINCE[0], None, None),
        dict(
            en="since March 1, 2024",
            fr="depuis le 1\xa0mars 2024",
            ja="2024年3月1日から",
            zh="自2024年3月1日起",
            de="seit dem 1. März 2024",
        ),
    ),
    (
        (SINCE[0], SINCE[0], TO[1], TO[1]),
        dict(
            en="from March 1, 2024 through July 1, 2024",
            fr="du 1\xa0mars 2024 au 1\xa0juillet 2024 inclus",
            ja="2024年3月1日から2024年7月1日まで（両日を含む）",
            zh="自2024年3月1日至2024年7月1日（含首尾两日）",
            de="vom 1. März 2024 bis einschließlich 1. Juli 2024",
        ),
    ),
    (
        (None, None, *TO),
        dict(
            en="through June 1, 2024 or July 1, 2024 (the sources differ)",
            fr="jusqu’au 1\xa0juin 2024 ou au 1\xa0juillet 2024 inclus (les sources divergent)",
            ja="2024年6月1日または2024年7月1日まで（当日を含む、出典により異なる）",
            zh="至2024年6月1日或2024年7月1日（含当日；出处说法不一）",
            de="bis einschließlich 1. Juni 2024 oder 1. Juli 2024"
            " (die Quellen weichen voneinander ab)",
        ),
    ),
]
BOTH_DISPUTED = Validity(start=SINCE[0], agreed_start=SINCE[1], agreed_end=TO[0], end=TO[1])

by_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def voices(project: Project) -> dict[str, Voice]:
    return {locale.code: project.voice(locale) for locale in project.locales}


def named(rows: list[tuple[Any, dict[str, str]]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("stored", "said"), rows, ids=[said["en"] for _, said in rows])


@by_language
@named(SPOKEN)
def test_a_value_is_said_in_every_language(
    voices: dict[str, Voice], language: str, stored: Any, said: dict[str, str]
) -> None:
    assert voices[language].say(stored) == said[language]


@by_language
@named(ALONE)
def test_a_value_alone_says_its_bound(
    voices: dict[str, Voice], language: str, stored: Any, said: dict[str, str]
) -> None:
    assert voices[language].say_alone(stored) == said[language]


@by_language
def test_saying_a_date_with_a_bound_in_a_sentence_leaves_the_bound_to_the_sentence(
    voices: dict[str, Voice], language: str
) -> None:
    voice = voices[language]
    assert {
        voice.say(value("date", date="2025-10-08", bound=bound))
        for bound in ("exact", "inclusive", "exclusive")
    } == {voice.say(value("date", date="2025-10-08"))}


@by_language
@named(VALIDITIES)
def test_a_validity_is_said_in_every_language(
    voices: dict[str, Voice], language: str, stored: Any, said: dict[str, str]
) -> None:
    names = ("start", "agreed_start", "agreed_end", "end")
    validity = Validity(**dict(zip(names, stored, strict=True)))
    assert voices[language].validity(validity) == said[language]
    assert validity.disputed == (stored == (None, None, *TO))


def test_a_validity_whose_both_ends_are_disputed_says_all_four_days(
    voices: dict[str, Voice],
) -> None:
    assert voices["en"].validity(BOTH_DISPUTED) == (
        "since March 1, 2024 or April 1, 2024 (the sources differ), through June 1, 2024 or July 1,"
        " 2024 (the sources differ)"
    )


@by_language
def test_what_is_said_before_and_after_a_disputed_validity_names_the_outermost_days(
    voices: dict[str, Voice], language: str
) -> None:
    voice = voices[language]
    told = voice.statuses(BOTH_DISPUTED)
    assert voice.day(TO[1]) in told["status_past"]
    assert voice.day(SINCE[0]) in told["status_future"]
    assert told["status_disputed"] == voice.label("disputed")
    certain = Validity(start=SINCE[0], agreed_start=SINCE[0], agreed_end=TO[1], end=TO[1])
    assert voice.statuses(certain)["status_past"] != told["status_past"]
    assert voice.statuses(certain)["status_future"] != told["status_future"]
    assert voice.statuses(certain)["status_disputed"] == ""
    assert set(voice.statuses(Validity()).values()) == {""}


def test_every_kind_of_value_has_a_row() -> None:
    assert set(KINDS.values()) == {type(stored) for stored, _ in SPOKEN}


def test_every_row_has_every_language() -> None:
    assert [
        said for _, said in [*SPOKEN, *ALONE, *VALIDITIES] if said.keys() != set(LANGUAGES)
    ] == []


def alternatives() -> list[tuple[type, str, str]]:
    """Every word that a field of a value may be: kind of value, field, word."""
    found = []
    for kind in KINDS.values():
        for name, field in kind.model_fields.items():
            for choice in (field.annotation, *get_args(field.annotation)):
                if get_origin(choice) is Literal and name != "kind":
                    found += [(kind, name, word) for word in get_args(choice)]
    return found


# said as they are, so one of them stands for all
UNTRANSLATED = {
    ("Endpoint", "method", "GET"),
    ("Endpoint", "method", "POST"),
    ("Endpoint", "method", "PUT"),
    ("Endpoint", "method", "PATCH"),
}


@pytest.mark.parametrize(
    ("kind", "field", "word"), alternatives(), ids=lambda part: getattr(part, "__name__", part)
)
def test_every_alternative_of_a_value_has_a_row(kind: type, field: str, word: str) -> None:
    shown = {getattr(stored, field) for stored, _ in [*SPOKEN, *ALONE] if isinstance(stored, kind)}
    assert word in shown or (kind.__name__, field, word) in UNTRANSLATED


def test_every_kind_of_value_can_be_written() -> None:
    """A class that is forgotten in `Value` could be neither written nor said."""
    classes = {
        kind
        for kind in vars(values).values()
        if isinstance(kind, type) and issubclass(kind, values._Value)
    }
    assert classes - {values._Value} == set(get_args(get_args(Value)[0]))
    assert get_origin(Value) is Annotated


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_value_is_known_by_the_name_that_is_written(kind: str) -> None:
    assert KINDS[kind].model_fields["kind"].annotation == Literal[kind]


# what readers see before a value: as the base says in kb.yml, else as the program does
CALLED = [
    (
        "duration",
        dict(
            en="Retention period",
            fr="Durée de conservation",
            ja="保持期間",
            zh="保留期",
            de="Aufbewahrungsdauer",
        ),
    ),
    ("date", dict(en="Date", fr="Date", ja="日付", zh="日期", de="Datum")),
]


@by_language
@pytest.mark.parametrize(("kind", "called"), CALLED, ids=[kind for kind, _ in CALLED])
def test_a_kind_of_value_is_called_as_the_base_says(
    voices: dict[str, Voice], language: str, kind: str, called: dict[str, str]
) -> None:
    assert voices[language].kind(kind) == called[language]


def test_a_kind_of_value_that_the_base_does_not_name_is_called_as_the_program_says(
    copy: Path,
) -> None:
    spoil(copy / "kb.yml", "labels:\n  duration: Retention period", "labels:\n  date: Day")
    made = Project(copy)
    assert [made.voice(locale).kind("duration") for locale in made.locales[:2]] == [
        "Period",
        "Période",
    ]
