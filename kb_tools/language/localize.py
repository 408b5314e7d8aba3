"""Facts and a locale to Entries: values said, statements filled in. From here on nothing knows
about locales.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import assert_never

from babel.dates import format_date
from babel.lists import format_list

from kb_tools.content.model import (
    PLACEHOLDER,
    Choices,
    Command,
    Day,
    Duration,
    Email,
    Encryption,
    Endpoint,
    Fact,
    File,
    KnowledgeBase,
    Parameter,
    Switch,
    Url,
    Validity,
    Value,
    Variable,
    YesNo,
)
from kb_tools.entry import Citation, Entry, Mark, Said, Subject
from kb_tools.language.catalog import Translations
from kb_tools.language.labels import LABELS, UNITS
from kb_tools.locales import SOURCE, Locale


class Voice:
    """Says values in one language."""

    def __init__(self, locale: Locale, translations: Translations) -> None:
        self.locale = locale
        self.translations = translations

    def label(self, key: str, **values: str) -> str:
        """A word of the interface, with its placeholders filled in."""
        text = self.translations.label(key)
        return text % values if values else text

    def day(self, day: dt.date) -> str:
        """A date in full, such as 19 septembre 2025."""
        return format_date(day, "long", locale=self.locale.babel)

    def counted(self, key: str, number: int) -> str:
        """A word of the interface that counts, such as 129 facts."""
        pair = LABELS[key]
        assert isinstance(pair, tuple), f"{key} has no plural: use label()"
        return self.translations.counted(f"interface/{key}", pair, number)

    def say(self, value: Value) -> str:  # noqa: C901 - one case a kind of value
        """The value in words of the language, its bound included."""
        match value:
            case Duration():
                return self._duration(value)
            case Day():
                return self.day(value.date)
            case YesNo():
                return self.label(value.is_)
            case Endpoint():
                return f"{value.method} {value.path}" if value.method else value.path
            case Variable():
                return f"{value.name}={value.set_to}" if value.set_to else value.name
            case Command():
                return value.command
            case Parameter() | File():
                return value.name
            case Email() | Url():
                return value.address
            case Encryption():
                return self._encryption(value)
            case Switch():
                return self.label(value.default)
            case Choices():
                return self._choices(value)
            case _:
                assert_never(value)

    def say_alone(self, value: Value) -> str:
        """The value where no sentence around it tells its bound."""
        if isinstance(value, Day) and value.bound != "exact":
            return self.label(value.bound, date=self.say(value))
        return self.say(value)

    def _duration(self, value: Duration) -> str:
        if value.length is None:
            return self.label(value.bound)
        said = self.translations.counted("duration", UNITS[value.unit], value.amount)
        return said if value.bound == "exact" else self.label(value.bound, duration=said)

    def _encryption(self, value: Encryption) -> str:
        match value.method:
            case "none":
                return self.label("not-encrypted")
            case "unspecified":
                return self.label("encrypted")
            case method:
                cipher, _, bits = method.partition("-")
                return self.label("cipher", cipher=cipher, bits=bits) if bits else cipher

    def _choices(self, value: Choices) -> str:
        said = [self.label(option) if option in LABELS else option for option in value.options]
        return format_list(said, style="or", locale=self.locale.babel)

    def validity(self, validity: Validity) -> str:
        """When a fact holds, in words; empty where it is open on both sides."""
        start = self.day(validity.start) if validity.start else ""
        end = self.day(validity.end) if validity.end else ""
        if start and end:
            return self.label("valid-between", start=start, end=end)
        if start:
            return self.label("valid-from", start=start)
        return self.label("valid-until", end=end) if end else ""


def entries(
    knowledge: KnowledgeBase, voice: Voice, questions: Mapping[str, Sequence[str]], site_url: str
) -> tuple[Entry, ...]:
    """All facts as Entries of one language; `questions` maps fact ids to what people ask in it."""
    english = Voice(SOURCE, Translations())
    return tuple(
        _entry(fact, knowledge, voice, english, tuple(questions.get(fact.id, ())), site_url)
        for fact in knowledge.facts
    )


def _entry(
    fact: Fact,
    knowledge: KnowledgeBase,
    voice: Voice,
    english: Voice,
    questions: tuple[str, ...],
    site_url: str,
) -> Entry:
    messages = [voice.translations.text(fact.id, msgid) for msgid in fact.messages()]
    complete = all(message is not None for message in messages)
    speaker = voice if complete else english
    title, statement, *conditions = (
        [message or "" for message in messages] if complete else fact.messages()
    )
    text, marks = fill(statement, fact.values, speaker)
    validity = knowledge.validity(fact)
    citations = tuple(_citation(key, knowledge, voice) for key in fact.sources)
    third_parties = {citation.publisher for citation in citations}
    return Entry(
        id=fact.id,
        language=voice.locale.code,
        text_language=speaker.locale.code,
        title=fill(title, fact.values, speaker)[0],
        text=text,
        marks=marks,
        conditions=tuple(fill(condition, fact.values, speaker)[0] for condition in conditions),
        values=tuple(_said(name, value, knowledge, voice) for name, value in fact.values.items()),
        about=tuple(_subject(subject, knowledge, voice) for subject in fact.about),
        sources=citations,
        start=validity.start.isoformat() if validity.start else None,
        end=validity.end.isoformat() if validity.end else None,
        validity=voice.validity(validity),
        status_past=voice.label("past", end=voice.day(validity.end)) if validity.end else "",
        status_future=voice.label("future", start=voice.day(validity.start))
        if validity.start
        else "",
        reported=(
            voice.label("reported", publisher=", ".join(sorted(third_parties)))
            if all(citation.kind == "secondary" for citation in citations)
            else ""
        ),
        conflicts=fact.conflicts,
        twins=fact.not_to_be_confused_with,
        see_also=fact.see_also,
        questions=questions,
        url=f"{site_url}{voice.locale.code}/{fact.page}/#{fact.slug}",
    )


def fill(message: str, values: Mapping[str, Value], voice: Voice) -> tuple[str, tuple[Mark, ...]]:
    """Put the values into a message; return the text and where the values stand in it."""
    text, marks = "", []
    # split with one group: text and placeholder names take turns
    for number, part in enumerate(PLACEHOLDER.split(message)):
        if number % 2 == 0:
            text += part.replace("%%", "%")
            continue
        said = voice.say(values[part])
        marks.append(Mark(len(text), len(text) + len(said), values[part].kind))
        text += said
    return text, tuple(marks)


def _said(name: str, value: Value, knowledge: KnowledgeBase, voice: Voice) -> Said:
    raw = value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"label", "kind"})
    provider = _subject(value.provider, knowledge, voice).name if isinstance(value, Switch) else ""
    return Said(
        name,
        value.kind,
        _value_label(value, knowledge, voice),
        voice.say_alone(value),
        raw,
        provider,
    )


def _value_label(value: Value, knowledge: KnowledgeBase, voice: Voice) -> str:
    if value.label:
        return voice.translations.text("label", value.label) or value.label
    match value:
        case Encryption():
            return voice.label(value.where)
        case Switch():
            return voice.label("switch", provider=_subject(value.provider, knowledge, voice).name)
        case _:
            return voice.label(value.kind)


def _subject(key: str, knowledge: KnowledgeBase, voice: Voice) -> Subject:
    subject = knowledge.subjects[key]
    return Subject(
        key, subject.kind, voice.translations.text(f"subject/{key}", subject.name) or subject.name
    )


def _citation(key: str, knowledge: KnowledgeBase, voice: Voice) -> Citation:
    document, _, section = key.partition("/")
    source = knowledge.sources[document]
    return Citation(
        document=document,
        section=section,
        title=voice.translations.text(f"source/{document}", source.title) or source.title,
        section_title=voice.translations.text("section", source.sections[section])
        or source.sections[section],
        publisher=source.publisher,
        kind=source.kind,
        kind_text=voice.label(source.kind),
        language=source.language,
        received=source.received.isoformat(),
        received_text=voice.label("received", date=voice.day(source.received)),
    )
