"""What templates see of a declared overview: its words, and the entries that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from kb_tools.content.model import KnowledgeBase, Page, Source
from kb_tools.content.settings import endonym
from kb_tools.content.values import Duration
from kb_tools.content.views import (
    Column,
    Conflicts,
    Documents,
    Matrix,
    Periods,
    Row,
    Switches,
    View,
)
from kb_tools.entry import Entry, Said
from kb_tools.language.localize import kind_of_source
from kb_tools.language.voice import Voice
from kb_tools.site import picture
from kb_tools.site.picture import Bar


@dataclass(frozen=True)
class Overview:
    """An overview in one language; `title_language` is the code of the language that its title is
    in, `parts` are what its template needs besides, `facts` the ids of those that it is made of.
    """

    view: str
    id: str
    title: str
    title_language: str
    parts: Mapping[str, object]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a matrix: values, or the title of a fact; `fact` is where it leads, if anywhere.

    `said` are its values in words; `note` stands before them, or alone.
    """

    values: tuple[Said, ...] = ()
    said: str = ""
    fact: Entry | None = None
    note: str = ""
    otherwise: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a matrix: its subject by name, the main fact, and its cells."""

    name: str
    fact: Entry
    cells: tuple[Cell, ...]


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


@dataclass
class Overviews:
    """Makes the overviews of one language."""

    knowledge: KnowledgeBase
    voice: Voice
    entries: Mapping[str, Entry]

    def of(self, page: Page) -> list[Overview]:
        """The overviews that a page declares; one that has nothing to show is left out."""
        made = [self._overview(page, view) for view in page.views]
        return [overview for overview in made if overview is not None]

    def documents(self, ids: Sequence[str]) -> list[DocumentCard]:
        """Source documents in the order in which they are stored."""
        return [self._document(self.knowledge.sources[key]) for key in ids]

    def _overview(self, page: Page, view: View) -> Overview | None:
        entries = [self.entries[fact.id] for fact in page.facts]
        match view:
            case Matrix():
                parts, title = self._matrix(page, view), ""
            case Periods():
                parts, title = self._periods(view), self.voice.label("picture")
            case Switches():
                parts, title = self._switches(page, view, entries), ""
            case Conflicts():
                parts, title = {"conflicts": _conflicts(entries)}, self.voice.label("conflicts")
            case Documents():
                parts, title = self._documents(entries), self.voice.label("sources")
            case _:
                assert_never(view)
        if not any(parts.values()):
            return None
        language = self.voice.spoken.code
        if view.title:
            title = self._text(page, view.title)
            language = self.voice.language_of(f"view/{page.page}", view.title)
        facts = tuple(self._facts(page, view))
        return Overview(view.view, view.id, title, language, parts, facts)

    def _facts(self, page: Page, view: View) -> Iterator[str]:
        """The ids of the facts that an overview is made of; of sources it has none."""
        entries = [self.entries[fact.id] for fact in page.facts]
        match view:
            case Matrix():
                for row in view.rows:
                    yield from (row.fact, *row.cells.values())
            case Periods():
                for fact in self.knowledge.facts:
                    if any(isinstance(value, Duration) for value in fact.values.values()):
                        yield fact.id
            case Switches():
                yield from (entry.id for entry in entries if _has_variable(entry))
            case Conflicts():
                yield from (entry.id for entry in entries if entry.conflicts)
            case Documents():
                pass
            case _:
                assert_never(view)

    def _text(self, page: Page, msgid: str) -> str:
        return self.voice.text(f"view/{page.page}", msgid)

    def _matrix(self, page: Page, view: Matrix) -> dict[str, object]:
        columns = view.columns.values()
        headings = [view.subject, *(column.heading for column in columns)]
        return {
            "headings": [self._text(page, heading) for heading in headings],
            "lines": [self._line(page, view, row) for row in view.rows],
        }

    def _line(self, page: Page, view: Matrix, row: Row) -> Line:
        subject = self.knowledge.subjects[row.subject]
        return Line(
            name=self.voice.text(f"subject/{subject.id}", subject.name),
            fact=self.entries[row.fact],
            cells=tuple(self._cell(page, column, row, key) for key, column in view.columns.items()),
        )

    def _cell(self, page: Page, column: Column, row: Row, key: str) -> Cell:
        """A cell shows values of its fact, the row's main one unless it names another."""
        other = row.cells.get(key)
        note = self._text(page, row.notes[key]) if key in row.notes else ""
        otherwise = self._text(page, column.otherwise) if column.otherwise else ""
        if not column.shows_values:
            fact = self.entries[other] if other else None
            return Cell(fact=fact, note=note, otherwise=otherwise)
        entry = self.entries[other or row.fact]
        values = tuple(
            said for said in entry.values if said.name in column.values or said.kind == column.kind
        )
        leads = column.link and (values or note)
        return Cell(values, self._listed(values), entry if leads else None, note, otherwise)

    def _listed(self, values: Sequence[Said]) -> str:
        """A value in words; where there are several, each with what it is."""
        colon, semicolon = self.voice.label("colon"), self.voice.label("semicolon")
        if len(values) == 1:
            return values[0].text
        return semicolon.join(f"{value.label}{colon}{value.text}" for value in values)

    def _periods(self, view: Periods) -> dict[str, object]:
        """Every fact's periods that have a length, shortest first."""
        found = [
            (self.entries[fact.id], self.voice.say(value), value.minutes)
            for fact in self.knowledge.facts
            for value in fact.values.values()
            if isinstance(value, Duration) and value.length
        ]
        found.sort(key=lambda period: (period[2], period[0].id))
        if not found:
            return {}
        bars = [
            Bar(entry.title, minutes, text, entry.text_language) for entry, text, minutes in found
        ]
        lengths = [Duration(kind="duration", length=tick, label=None) for tick in view.ticks]
        spoken = self.voice.spoken.code
        ticks = [Bar("", length.minutes, self.voice.say(length), spoken) for length in lengths]
        dash, semicolon = self.voice.label("dash"), self.voice.label("semicolon")
        description = semicolon.join(f"{bar.name}{dash}{bar.said}" for bar in bars)
        return {
            "periods": found,
            "open": self._open_periods(),
            "heading": self.voice.kind("duration"),
            "drawing": picture.draw(bars, ticks, description),
        }

    def _open_periods(self) -> list[Entry]:
        """Facts with a period that has no length, which no picture shows."""
        return [
            self.entries[fact.id]
            for fact in self.knowledge.facts
            if any(
                isinstance(value, Duration) and not value.length for value in fact.values.values()
            )
        ]

    def _switches(self, page: Page, view: Switches, entries: Sequence[Entry]) -> dict[str, object]:
        """The facts whose switches go with a variable, each by the name of what is switched."""
        facts = [(self._named(entry), entry) for entry in entries if _has_variable(entry)]
        return {"facts": facts, "subject": self._text(page, view.subject)} if facts else {}

    def _named(self, entry: Entry) -> str:
        """The first subject of a fact that the settings call named; else its title."""
        kinds = self.voice.settings.subjects.named
        named = (subject.name for subject in entry.about if subject.kind in kinds)
        return next(named, entry.title)

    def _documents(self, entries: Sequence[Entry]) -> dict[str, object]:
        cited = {citation.document for entry in entries for citation in entry.sources}
        return {
            "documents": self.documents([key for key in self.knowledge.sources if key in cited])
        }

    def _document(self, source: Source) -> DocumentCard:
        context, voice = f"source/{source.id}", self.voice
        number = sum(
            any(key.startswith(f"{source.id}/") for key in fact.sources)
            for fact in self.knowledge.facts
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
            sections=tuple(self._sections(source)),
        )

    def _sections(self, source: Source) -> Iterator[Section]:
        """The sections of a document that facts rest on, in its order."""
        for section in source.sections:
            key = f"{source.id}/{section}"
            entries = [self.entries[f.id] for f in self.knowledge.facts if key in f.sources]
            titles = (
                citation.section_title
                for entry in entries
                for citation in entry.sources
                if (citation.document, citation.section) == (source.id, section)
            )
            if entries:
                yield Section(next(titles), tuple(entries))


def _has_variable(entry: Entry) -> bool:
    return any(said.raw.get("variable") for said in entry.values)


def _conflicts(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of entries that contradict each other, each pair once."""
    by_id = {entry.id: entry for entry in entries}
    return [
        (entry, by_id[other])
        for entry in entries
        for other in entry.conflicts
        if other in by_id and entry.id < other
    ]
