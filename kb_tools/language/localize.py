"""Facts and a locale to Entries: statements filled in with their values. From here on nothing knows
about locales.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb_tools.content.model import Fact, KnowledgeBase, Source
from kb_tools.content.values import PLACEHOLDER, Encryption, Switch, Value
from kb_tools.entry import Citation, Cited, Entry, Mark, Passage, Said, Subject, documents
from kb_tools.language.catalog import Translations
from kb_tools.language.voice import Voice
from kb_tools.locales import SOURCE


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
            **validity.model_dump(mode="json"),
            validity=voice.validity(validity),
            **voice.statuses(validity),
            reported=self._reported(citations),
            conflicts=fact.conflicts,
            twins=fact.not_to_be_confused_with,
            see_also=fact.see_also,
            formerly=fact.formerly,
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
