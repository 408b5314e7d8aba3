"""What templates see of a declared overview: its words, and the entries that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from kb_tools.content.model import KnowledgeBase, Page
from kb_tools.content.values import Duration
from kb_tools.content.views import (
    Column,
    Conflicts,
    Documents,
    Flow,
    Matrix,
    Named,
    Periods,
    Row,
    Switches,
    Timeline,
    Verdicts,
    View,
)
from kb_tools.entry import Entry, Said
from kb_tools.language.voice import Voice
from kb_tools.site import drawings
from kb_tools.site.documents import cards

ANSWERS = ("yes", "partly", "otherwise", "no")
"""What subjects of a verdict stand below, in this order."""


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

    `said` are its values in words; `note` stands before them, or alone; `sign` is the answer that a
    sign stands for: yes, no, partly or otherwise.
    """

    values: tuple[Said, ...] = ()
    said: str = ""
    fact: Entry | None = None
    note: str = ""
    otherwise: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a matrix: its subject by name, the main fact, and its cells."""

    name: str
    fact: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Verdict:
    """Subjects that get the same answer: the answer as stored, what is asked, and what is said; the
    rows are names and facts.
    """

    answer: str
    label: str
    text: str
    rows: list[tuple[str, Entry]]


@dataclass(frozen=True)
class Arrow:
    """An arrow of a data flow: where to, what, the fact that tells it, and values of others."""

    to: str
    what: str
    fact: Entry
    encryption: tuple[Said, ...]
    off: tuple[Said, ...]


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

    def _overview(self, page: Page, view: View) -> Overview | None:  # noqa: C901 - one case a view
        entries = [self.entries[fact.id] for fact in page.facts]
        match view:
            case Matrix():
                parts, title = self._matrix(page, view), ""
            case Verdicts():
                parts, title = {"verdicts": self._verdicts(page, view)}, ""
            case Periods():
                parts, title = self._periods(page, view), self.voice.label("periods")
            case Timeline():
                parts, title = {"dates": drawings.dates(entries)}, self.voice.label("timeline")
            case Flow():
                parts, title = self._flow(page, view), ""
            case Switches():
                parts, title = self._switches(page, view, entries), ""
            case Conflicts():
                parts = self._conflicts(page, view, entries)
                title = self.voice.label("conflicts")
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
            case Matrix() | Verdicts() | Flow():
                yield from view.named()
            case Timeline():
                yield from (each.entry.id for each in drawings.dates(entries))
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
        cells = (self._cell(page, column, row, key) for key, column in view.columns.items())
        return Line(self._names(page, row), self.entries[row.fact], tuple(cells))

    def _names(self, page: Page, named: Named) -> str:
        """The subjects of a row by name, and under which condition."""
        subjects = [self.knowledge.subjects[key] for key in named.subject]
        said = [self.voice.text(f"subject/{each.id}", each.name) for each in subjects]
        names = self.voice.label("comma").join(said)
        if not named.when:
            return names
        return self.voice.label("named", title=names, values=self._text(page, named.when))

    def _verdicts(self, page: Page, view: Verdicts) -> list[Verdict]:
        """The rows below the answers that their facts give: yes, partly or otherwise, no."""
        found: dict[str, Verdict] = {}
        for row in view.rows:
            entry = self.entries[row.fact]
            said = entry.value(view.value)
            answer = str(said.raw["is"]) if said and said.kind == "yes-no" else "otherwise"
            text = said.text if said else ""
            otherwise = self._text(page, view.otherwise) if view.otherwise else ""
            label = said.label if said else otherwise
            verdict = found.setdefault(answer, Verdict(answer, label, text, []))
            verdict.rows.append((self._names(page, row), entry))
        return [found[answer] for answer in ANSWERS if answer in found]

    def _periods(self, page: Page, view: Periods) -> dict[str, object]:
        titles = [(self._text(page, each.title), each.about) for each in view.groups]
        every = [self.entries[fact.id] for fact in self.knowledge.facts]
        return {
            "heading": self.voice.kind("duration"),
            "groups": drawings.periods(every, titles, self.voice),
        }

    def _flow(self, page: Page, view: Flow) -> dict[str, object]:
        return {
            "start": self._text(page, view.start),
            "arrows": [
                Arrow(
                    to=self._text(page, arrow.to),
                    what=self._text(page, arrow.what),
                    fact=self.entries[arrow.fact],
                    encryption=self._of_kind(arrow.encryption, "encryption"),
                    off=self._of_kind(arrow.off, "variable"),
                )
                for arrow in view.arrows
            ],
        }

    def _of_kind(self, fact: str | None, kind: str) -> tuple[Said, ...]:
        values = self.entries[fact].values if fact else ()
        return tuple(said for said in values if said.kind == kind)

    def _conflicts(
        self, page: Page, view: Conflicts, entries: Sequence[Entry]
    ) -> dict[str, object]:
        """Claims by question, and whether they cite more than one document."""
        disputes = list(self._disputes(page, view, entries))
        cited = {each.document for _, claims in disputes for e in claims for each in e.sources}
        return {"disputes": disputes, "mixed": len(cited) > 1}

    def _disputes(
        self, page: Page, view: Conflicts, entries: Sequence[Entry]
    ) -> Iterator[tuple[str, list[Entry]]]:
        """Questions with the claims that answer them; without questions, all that are connected."""
        for dispute in view.questions:
            claims = [self.entries[claim] for claim in dispute.claims]
            yield self._text(page, dispute.ask), claims
        if not view.questions:
            yield from (("", claims) for claims in drawings.connected(entries))

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
        answers = {str(said.raw["is"]) for said in values if said.kind == "yes-no"}
        sign = answers.pop() if len(answers) == 1 else ""
        if otherwise and not values:
            sign = "otherwise"
        return Cell(values, self._listed(values), entry if leads else None, note, otherwise, sign)

    def _listed(self, values: Sequence[Said]) -> str:
        """A value in words; where there are several, each with what it is."""
        colon, semicolon = self.voice.label("colon"), self.voice.label("semicolon")
        if len(values) == 1:
            return values[0].text
        return semicolon.join(f"{value.label}{colon}{value.text}" for value in values)

    def _switches(self, page: Page, view: Switches, entries: Sequence[Entry]) -> dict[str, object]:
        """The facts whose switches go with a variable, each by the name of what is switched."""
        facts = [(self._named(entry), entry) for entry in entries if _has_variable(entry)]
        providers = dict.fromkeys(
            said.provider for _, entry in facts for said in entry.values if said.kind == "switch"
        )
        subject = self._text(page, view.subject)
        rows = [
            (name, entry, [_switched(entry, provider) for provider in providers])
            for name, entry in facts
        ]
        return {"rows": rows, "providers": list(providers), "subject": subject} if facts else {}

    def _named(self, entry: Entry) -> str:
        """The first subject of a fact that the settings call named; else its title."""
        kinds = self.voice.settings.subjects.named
        named = (subject.name for subject in entry.about if subject.kind in kinds)
        return next(named, entry.title)

    def _documents(self, entries: Sequence[Entry]) -> dict[str, object]:
        cited = {citation.document for entry in entries for citation in entry.sources}
        return {
            "documents": cards(
                [key for key in self.knowledge.sources if key in cited],
                self.knowledge,
                self.voice,
                self.entries,
            )
        }


def _has_variable(entry: Entry) -> bool:
    return any(said.raw.get("variable") for said in entry.values)


def _switched(entry: Entry, provider: str) -> tuple[Said, Said | None] | None:
    """The switch of a fact for a provider, with the variable that it names."""
    for said in entry.values:
        if said.kind == "switch" and said.provider == provider:
            return said, entry.value(said.raw.get("variable") or "")
    return None
