"""Source documents as pages tell of them: what they are, and the facts that rest on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb_tools.content.model import KnowledgeBase, Source
from kb_tools.content.settings import endonym
from kb_tools.entry import Entry
from kb_tools.language.localize import kind_of_source
from kb_tools.language.voice import Voice


@dataclass(frozen=True)
class Section:
    """A section of a source document by its name in a language, and the facts that rest on it."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class DocumentCard:
    """A source document in one language, how many facts rest on it, and which on each section."""

    source: Source
    title: str
    note: str
    language: str
    received: str
    kind: str
    facts: str
    sections: tuple[Section, ...]


def cards(
    ids: Sequence[str],
    knowledge: KnowledgeBase,
    voice: Voice,
    entries: Mapping[str, Entry],
) -> list[DocumentCard]:
    """Source documents by their ids, in the order of these."""
    return [_card(knowledge.sources[key], knowledge, voice, entries) for key in ids]


def _card(
    source: Source, knowledge: KnowledgeBase, voice: Voice, entries: Mapping[str, Entry]
) -> DocumentCard:
    context = f"source/{source.id}"
    number = sum(
        any(key.startswith(f"{source.id}/") for key in fact.sources) for fact in knowledge.facts
    )
    rows = {row.code: row.name for row in voice.settings.locales}
    return DocumentCard(
        source=source,
        title=voice.text(context, source.title),
        note=voice.text(context, source.note),
        language=rows.get(source.language) or endonym(source.language) or source.language,
        received=voice.day(source.received),
        kind=kind_of_source(source, voice),
        facts=voice.counted("facts-from", number),
        sections=tuple(_sections(source, knowledge, entries)),
    )


def _sections(
    source: Source, knowledge: KnowledgeBase, entries: Mapping[str, Entry]
) -> Iterator[Section]:
    """The sections of a document that facts rest on, in its order."""
    for section in source.sections:
        key = f"{source.id}/{section}"
        resting = [entries[fact.id] for fact in knowledge.facts if key in fact.sources]
        titles = (
            citation.section_title
            for entry in resting
            for citation in entry.sources
            if (citation.document, citation.section) == (source.id, section)
        )
        if resting:
            yield Section(next(titles), tuple(resting))
