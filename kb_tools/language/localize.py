"""Facts and a locale to Entries: values said, statements filled in. From here on nothing knows
about locales.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from babel.dates import format_date, get_date_format, get_month_names
from babel.lists import format_list

from kb_tools.content.model import Fact, KnowledgeBase, Source, Validity
from kb_tools.content.settings import Settings
from kb_tools.content.values import (
    PLACEHOLDER,
    Choices,
    Command,
    Day,
    Duration,
    Email,
    Encryption,
    Endpoint,
    File,
    Parameter,
    Switch,
    Url,
    Value,
    Variable,
    YesNo,
)
from kb_tools.entry import Citation, Cited, Entry, Mark, Passage, Said, Subject, documents
from kb_tools.language.catalog import Translations
from kb_tools.language.labels import LABELS, UNITS
from kb_tools.language.messages import is_word, label_context
from kb_tools.locales import SOURCE, Locale

_CLDR_FIELD = re.compile(r"'([^']*)'|M+|d+|y+")
"""A field of a CLDR pattern of dates, or text in quotes."""


def _as_placeholder(field: re.Match[str]) -> str:
    if field[1] is not None:
        return field[1]
    names = {"y": "year", "d": "day", "M": "number" if len(field[0]) < 3 else "month"}
    return f"%({names[field[0][0]]})s"


class Voice:
    """Says values and words of the interface in one language.

    `spoken` is the language that it says them in: English where the language's interface is not
    translated, so that no page mixes dates of one language with units of another.
    """

    def __init__(self, locale: Locale, translations: Translations, settings: Settings) -> None:
        self.locale = locale
        self.translations = translations
        self.settings = settings
        self.spoken = locale if translations.has_interface else SOURCE

    def label(self, key: str, **values: str) -> str:
        """A word of the interface, with its placeholders filled in."""
        text = self.translations.label(key)
        return text % values if values else text

    def text(self, context: str, msgid: str) -> str:
        """A text of the knowledge base; in English where it is not translated."""
        return self.translations.text(context, msgid) or msgid

    def language_of(self, context: str, msgid: str) -> str:
        """The code of the language that `text` says a text in."""
        known = self.translations.text(context, msgid) is not None
        return self.locale.code if known else SOURCE.code

    def kind(self, kind: str) -> str:
        """What readers see before a value of a kind that has no label of its own."""
        own = self.settings.labels.get(kind)
        return self.text("label", own) if own else self.label(kind)

    def day(self, day: dt.date) -> str:
        """A date in full, such as 19 septembre 2025."""
        return format_date(day, "long", locale=self.spoken.catalog)

    def calendar(self) -> dict[str, str]:
        """How a day is said, for those who have no CLDR: `day` with the placeholders year, month,
        number and day, and `months`, their names with a bar between them.
        """
        pattern = get_date_format("long", locale=self.spoken.catalog).pattern
        months = get_month_names("wide", "format", self.spoken.catalog)
        return {
            "day": _CLDR_FIELD.sub(_as_placeholder, pattern),
            "months": "|".join(months[number] for number in range(1, 13)),
        }

    def counted(self, key: str, number: int) -> str:
        """A word of the interface that counts, such as 129 facts."""
        pair = LABELS[key]
        assert isinstance(pair, tuple), f"{key} has no plural: use label()"
        return self.translations.counted(label_context(key), pair, number)

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
        said = [
            self.text("option", option) if is_word(option) else option for option in value.options
        ]
        return format_list(said, style="or", locale=self.spoken.catalog)

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
    knowledge: KnowledgeBase,
    voice: Voice,
    questions: Mapping[str, Sequence[str]],
    site_url: str,
) -> tuple[Entry, ...]:
    """All facts as Entries of one language; `questions` maps fact ids to what people ask in it."""
    maker = _Maker(knowledge, voice, site_url)
    return tuple(maker.entry(fact, tuple(questions.get(fact.id, ()))) for fact in knowledge.facts)


class _Maker:
    """Makes Entries of one language."""

    def __init__(self, knowledge: KnowledgeBase, voice: Voice, site_url: str) -> None:
        self.knowledge = knowledge
        self.voice = voice
        self.english = Voice(SOURCE, Translations(), voice.settings)
        self.address = f"{site_url}{voice.locale.code}/"

    def entry(self, fact: Fact, questions: tuple[str, ...]) -> Entry:
        """One fact, with what people ask."""
        voice = self.voice
        speaker, (title, statement, *conditions) = self._texts(fact)
        text, marks = fill(statement, fact.values, speaker)
        validity = self.knowledge.validity(fact)
        citations = tuple(self._citation(key) for key in fact.sources)
        start, end = validity.start, validity.end
        return Entry(
            id=fact.id,
            language=voice.locale.code,
            text_language=speaker.locale.code,
            title=fill(title, fact.values, speaker)[0],
            text=text,
            marks=marks,
            conditions=tuple(Passage(*fill(each, fact.values, speaker)) for each in conditions),
            values=tuple(self._said(name, value) for name, value in fact.values.items()),
            about=tuple(self._subject(subject) for subject in fact.about),
            sources=citations,
            cited=tuple(self._cited(document) for document in documents(citations)),
            start=start.isoformat() if start else None,
            end=end.isoformat() if end else None,
            validity=voice.validity(validity),
            status_past=voice.label("past", end=voice.day(end)) if end else "",
            status_future=voice.label("future", start=voice.day(start)) if start else "",
            reported=self._reported(citations),
            conflicts=fact.conflicts,
            twins=fact.not_to_be_confused_with,
            see_also=fact.see_also,
            questions=questions,
            url=f"{self.address}{fact.page}/#{fact.slug}",
        )

    def _texts(self, fact: Fact) -> tuple[Voice, Sequence[str]]:
        """The messages of a fact and who says them: in English, all of them, where one is not
        translated, or where nobody can say the values.
        """
        if self.voice.spoken is not self.voice.locale:
            return self.english, fact.messages()
        messages = [self.voice.translations.text(fact.id, msgid) for msgid in fact.messages()]
        translated = [message for message in messages if message is not None]
        if len(translated) == len(messages):
            return self.voice, translated
        return self.english, fact.messages()

    def _reported(self, citations: Sequence[Citation]) -> str:
        """What the reader is told where all sources are third parties', and not only some."""
        if any(citation.kind == "primary" for citation in citations):
            return ""
        publishers = ", ".join(sorted({citation.publisher for citation in citations}))
        owner = self.voice.settings.publisher
        return self.voice.label("reported", publisher=publishers, owner=owner)

    def _cited(self, document: Cited) -> str:
        return self.voice.label(
            "cited",
            title=document.title,
            sections=self.voice.label("comma").join(document.sections),
            kind=document.kind,
            received=document.received,
        )

    def _said(self, name: str, value: Value) -> Said:
        raw = value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=_UNSAID)
        provider = self._subject(value.provider).name if isinstance(value, Switch) else ""
        label, text = self._label(value), self.voice.say_alone(value)
        return Said(name, value.kind, value.form, label, text, raw, provider)

    def _label(self, value: Value) -> str:
        if value.label:
            return self.voice.text("label", value.label)
        match value:
            case Encryption():
                return self.voice.label(value.where)
            case Switch():
                return self.voice.label("switch", provider=self._subject(value.provider).name)
            case _:
                return self.voice.kind(value.kind)

    def _subject(self, key: str) -> Subject:
        subject = self.knowledge.subjects[key]
        return Subject(key, subject.kind, self.voice.text(f"subject/{key}", subject.name))

    def _citation(self, key: str) -> Citation:
        document, _, section = key.partition("/")
        source, voice = self.knowledge.sources[document], self.voice
        return Citation(
            document=document,
            section=section,
            title=voice.text(f"source/{document}", source.title),
            section_title=voice.text("section", source.sections[section]),
            publisher=source.publisher,
            kind=source.kind,
            kind_text=kind_of_source(source, voice),
            language=source.language,
            received=source.received.isoformat(),
            received_text=voice.label("received", date=voice.day(source.received)),
        )


_UNSAID = {"label", "kind", "negates"}
"""Keys of a value that are no part of what it is."""


def kind_of_source(source: Source, voice: Voice) -> str:
    """The kind of a source document in words; a primary one names its publisher."""
    values = {"publisher": source.publisher} if source.kind == "primary" else {}
    return voice.label(source.kind, **values)


def fill(message: str, values: Mapping[str, Value], voice: Voice) -> tuple[str, tuple[Mark, ...]]:
    """Put the values into a message; return the text and where the values stand in it."""
    text, marks = "", []
    # split with one group: text and placeholder names take turns
    for number, part in enumerate(PLACEHOLDER.split(message)):
        if number % 2 == 0:
            text += part.replace("%%", "%")
            continue
        said, value = voice.say(values[part]), values[part]
        marks.append(Mark(len(text), len(text) + len(said), value.kind, value.form))
        text += said
    return text, tuple(marks)
