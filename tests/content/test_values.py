"""What every kind of value sounds like in every language."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import TypeAdapter

from kb_tools.content import model
from kb_tools.content.model import Value
from kb_tools.language.localize import Voice
from kb_tools.locales import LOCALES
from kb_tools.project import Project

READ: TypeAdapter[Any] = TypeAdapter(Value)


def value(kind: str, **keys: str | list[str]) -> Any:
    """A value as it is written in YAML."""
    return READ.validate_python({"kind": kind, **keys})


def duration(length: str, bound: str = "exact") -> Any:
    return value("duration", length=length, bound=bound)


def same(text: str) -> dict[str, str]:
    """What is said alike in every language: what people type."""
    return dict.fromkeys(LOCALES, text)


# a new kind of value is one row here; a value with a bound is one row for each bound
SPOKEN = [
    # durations: units, and where a plural begins - in French 0 is singular, as 1 is
    (duration("P29D"), dict(en="29 days", fr="29 jours", ja="29日間", zh="29 天")),
    (duration("P0D"), dict(en="0 days", fr="0 jour", ja="0日間", zh="0 天")),
    (duration("P1D"), dict(en="1 day", fr="1 jour", ja="1日間", zh="1 天")),
    (duration("P2D"), dict(en="2 days", fr="2 jours", ja="2日間", zh="2 天")),
    (
        duration("PT0M"),
        dict(en="0 minutes", fr="0 minute", ja="0分間", zh="0 分钟"),
    ),  # spelled as in English, yet singular
    (duration("PT1M"), dict(en="1 minute", fr="1 minute", ja="1分間", zh="1 分钟")),
    (duration("PT5M"), dict(en="5 minutes", fr="5 minutes", ja="5分間", zh="5 分钟")),
    (duration("PT1H"), dict(en="1 hour", fr="1 heure", ja="1時間", zh="1 小时")),
    (duration("PT24H"), dict(en="24 hours", fr="24 heures", ja="24時間", zh="24 小时")),
    (duration("P1W"), dict(en="1 week", fr="1 semaine", ja="1週間", zh="1 周")),
    (duration("P3W"), dict(en="3 weeks", fr="3 semaines", ja="3週間", zh="3 周")),
    (duration("P1M"), dict(en="1 month", fr="1 mois", ja="1か月", zh="1 个月")),
    (duration("P6M"), dict(en="6 months", fr="6 mois", ja="6か月", zh="6 个月")),
    (duration("P1Y"), dict(en="1 year", fr="1 an", ja="1年間", zh="1 年")),
    (duration("P5Y"), dict(en="5 years", fr="5 ans", ja="5年間", zh="5 年")),
    # 28 to 31 days are never "1 month"
    (duration("P28D"), dict(en="28 days", fr="28 jours", ja="28日間", zh="28 天")),
    (duration("P30D"), dict(en="30 days", fr="30 jours", ja="30日間", zh="30 天")),
    (duration("PT60M"), dict(en="60 minutes", fr="60 minutes", ja="60分間", zh="60 分钟")),
    # bounds
    (
        duration("P2Y", "at-most"),
        dict(en="up to 2 years", fr="2 ans au plus", ja="最長2年間", zh="最长 2 年"),
    ),
    (
        duration("P1D", "at-most"),
        dict(en="up to 1 day", fr="1 jour au plus", ja="最長1日間", zh="最长 1 天"),
    ),
    (
        duration("PT5M", "at-least"),
        dict(en="at least 5 minutes", fr="5 minutes au moins", ja="5分間以上", zh="至少 5 分钟"),
    ),
    (
        value("duration", bound="until-deleted"),
        dict(
            en="until explicitly deleted",
            fr="jusqu’à leur suppression explicite",
            ja="明示的に削除されるまで",
            zh="直到被明确删除",
        ),
    ),
    (
        value("duration", bound="unspecified"),
        dict(en="not stated", fr="non précisée", ja="記載なし", zh="未说明"),
    ),
    # dates, as CLDR writes them in full
    (
        value("date", date="2025-09-19"),
        dict(
            en="September 19, 2025", fr="19 septembre 2025", ja="2025年9月19日", zh="2025年9月19日"
        ),
    ),
    (
        value("date", date="2025-08-01"),
        dict(en="August 1, 2025", fr="1 août 2025", ja="2025年8月1日", zh="2025年8月1日"),
    ),
    (
        value("date", date="2024-02-29"),
        dict(en="February 29, 2024", fr="29 février 2024", ja="2024年2月29日", zh="2024年2月29日"),
    ),
    # words
    (
        value("yes-no", label="Eligible", **{"is": "yes"}),
        dict(en="yes", fr="oui", ja="はい", zh="是"),
    ),
    (
        value("yes-no", label="Eligible", **{"is": "no"}),
        dict(en="no", fr="non", ja="いいえ", zh="否"),
    ),
    (
        value("yes-no", label="Eligible", **{"is": "partly"}),
        dict(en="partly", fr="en partie", ja="一部", zh="部分符合"),
    ),
    (
        value("switch", provider="bedrock", default="on"),
        dict(en="on", fr="activé", ja="オン", zh="开启"),
    ),
    (
        value("switch", provider="bedrock", default="off"),
        dict(en="off", fr="désactivé", ja="オフ", zh="关闭"),
    ),
    (value("encryption", where="in-transit", method="TLS"), same("TLS")),
    (
        value("encryption", where="at-rest", method="AES-256"),
        dict(en="256-bit AES", fr="AES 256 bits", ja="256ビットAES", zh="256 位 AES"),
    ),
    (
        value("encryption", where="at-rest", method="unspecified"),
        dict(
            en="encrypted, method not stated",
            fr="données chiffrées, méthode non précisée",
            ja="暗号化あり（方式の記載なし）",
            zh="已加密，未说明加密方式",
        ),
    ),
    (
        value("encryption", where="at-rest", method="none"),
        dict(en="not encrypted", fr="données non chiffrées", ja="暗号化なし", zh="未加密"),
    ),
    (
        value("choices", options=["1", "2", "3", "dismiss"]),
        dict(
            en="1, 2, 3, or dismiss",
            fr="1, 2, 3 ou fermer",
            ja="1、2、3、または閉じる",
            zh="1、2、3或关闭调查",
        ),
    ),
    (
        value("choices", options=["1", "2"]),
        dict(en="1 or 2", fr="1 ou 2", ja="1または2", zh="1或2"),
    ),
    # what people type is the same everywhere
    (value("endpoint", path="/v1/messages"), same("/v1/messages")),
    (
        value("endpoint", path="/v1/messages/batches", method="DELETE"),
        same("DELETE /v1/messages/batches"),
    ),
    (value("variable", name="DISABLE_TELEMETRY"), same("DISABLE_TELEMETRY")),
    (value("variable", name="DISABLE_TELEMETRY", set_to="1"), same("DISABLE_TELEMETRY=1")),
    (value("command", command="/bug"), same("/bug")),
    (value("parameter", name="context_management"), same("context_management")),
    (value("file", name="settings.json"), same("settings.json")),
    (value("email", address="claude-support@anthropic.com"), same("claude-support@anthropic.com")),
    (value("url", address="claude.ai/settings"), same("claude.ai/settings")),
]

# a date in a sentence says no bound, the sentence does; in a list of values it says its own
ALONE = [
    (
        value("date", date="2025-09-19"),
        dict(
            en="September 19, 2025", fr="19 septembre 2025", ja="2025年9月19日", zh="2025年9月19日"
        ),
    ),
    (
        value("date", date="2025-10-08", bound="inclusive"),
        dict(
            en="October 8, 2025, this day included",
            fr="8 octobre 2025, ce jour inclus",
            ja="2025年10月8日（当日を含む）",
            zh="2025年10月8日（含当日）",
        ),
    ),
    (
        value("date", date="2025-08-01", bound="exclusive"),
        dict(
            en="before August 1, 2025",
            fr="avant le 1 août 2025",
            ja="2025年8月1日より前",
            zh="2025年8月1日之前",
        ),
    ),
    (
        duration("P2Y", "at-most"),
        dict(en="up to 2 years", fr="2 ans au plus", ja="最長2年間", zh="最长 2 年"),
    ),
]

by_language = pytest.mark.parametrize("language", LOCALES)


@pytest.fixture(scope="module")
def voices(project: Project) -> dict[str, Voice]:
    return {code: project.voice(locale) for code, locale in LOCALES.items()}


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


def test_every_kind_of_value_has_a_row() -> None:
    kinds = {kind.__name__ for kind in get_args(get_args(Value)[0])}
    assert kinds == {type(stored).__name__ for stored, _ in SPOKEN}


def test_every_row_has_every_language() -> None:
    assert [said for _, said in [*SPOKEN, *ALONE] if said.keys() != LOCALES.keys()] == []


def alternatives() -> list[tuple[type, str, str]]:
    """Every word that a field of a value may be: kind of value, field, word."""
    found = []
    for kind in get_args(get_args(Value)[0]):
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


def test_the_kinds_of_the_model_are_all_in_the_union() -> None:
    """A class that is forgotten in `Value` could be neither written nor said."""
    classes = {
        kind
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, model._Value)
    }
    assert classes - {model._Value} == set(get_args(get_args(Value)[0]))
    assert get_origin(Value) is Annotated
