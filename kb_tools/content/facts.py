"""The YAML files of facts, sources and subjects to one knowledge base, all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb_tools.content.model import (
    PLACEHOLDER,
    Fact,
    KnowledgeBase,
    Page,
    Source,
    SourceList,
    Subject,
    SubjectList,
    Switch,
    needs_placeholder,
)
from kb_tools.content.source import Document, Loc
from kb_tools.errors import InvalidSource, Problem
from kb_tools.locales import LOCALES

FACTS = Path("docs/facts")
PAGES = ("zdr", "features", "retention", "training", "claude-code", "telemetry", "regions")
"""The topic pages, in the order of the navigation."""


def load(root: Path) -> KnowledgeBase:
    """Read and check all facts below a project's root; raise `InvalidSource` with every problem."""
    documents = {
        name: Document(root / FACTS / f"{name}.yml", root)
        for name in (*PAGES, "sources", "subjects")
    }
    strays = [
        Problem(
            f"{FACTS}/{path.name}:1",
            f"unknown page {path.stem!r}",
            f"Pages are {', '.join(PAGES)}; add a new one to PAGES in facts.py.",
        )
        for path in sorted((root / FACTS).glob("*.y*ml"))
        if path.name.removesuffix(".yml") not in documents
    ]
    sources = documents["sources"].parse(SourceList)
    subjects = documents["subjects"].parse(SubjectList)
    pages = {name: documents[name].parse(Page) for name in PAGES}
    if sources and subjects:
        found = _Checker(
            documents,
            {name: page for name, page in pages.items() if page},
            sources.sources,
            subjects.subjects,
        )
        found.check(complete=all(pages.values()))
    problems = [
        *strays,
        *(problem for document in documents.values() for problem in document.problems),
    ]
    if problems or not (sources and subjects):
        raise InvalidSource(problems)
    return KnowledgeBase(
        pages=tuple(page for page in pages.values() if page),
        sources={source.id: source for source in sources.sources},
        subjects={subject.id: subject for subject in subjects.subjects},
    )


def line_of(root: Path, fact: Fact) -> str:
    """The file and line where a fact is stored."""
    document = Document(root / FACTS / f"{fact.page}.yml", root)
    numbers = [
        number for number, item in enumerate(document.data["facts"]) if item["id"] == fact.id
    ]
    return document.where(("facts", numbers[0]))


class _Checker:
    """Checks of the files against each other; notes problems in the documents."""

    def __init__(
        self,
        documents: dict[str, Document],
        pages: dict[str, Page],
        sources: tuple[Source, ...],
        subjects: tuple[Subject, ...],
    ) -> None:
        self.documents = documents
        self.pages = pages
        self.sections = {
            f"{source.id}/{section}" for source in sources for section in source.sections
        }
        self.documents_known = {source.id for source in sources}
        self.subjects = {subject.id for subject in subjects}
        self.facts: dict[str, Fact] = {}
        self.knowledge = KnowledgeBase(
            pages=tuple(pages.values()),
            sources={s.id: s for s in sources},
            subjects={s.id: s for s in subjects},
        )

    def check(self, *, complete: bool) -> None:
        """Check every fact; links between facts only where all pages could be read."""
        for name in ("sources", "subjects"):
            self._unique(self.documents[name], name)
        for name, page in self.pages.items():
            if page.page != name:
                self.documents[name].problem(
                    ("page",), f"unknown page {page.page!r}", f"This file holds the page {name!r}."
                )
        for number, source in enumerate(self.knowledge.sources.values()):
            if source.language not in LOCALES:
                self.documents["sources"].problem(
                    ("sources", number, "language"),
                    f"unknown language {source.language!r}",
                    f"Use one of {', '.join(LOCALES)}.",
                )
        for place in self._places():
            self._identity(place)
        for place in self._places():
            self._references(place)
            self._placeholders(place)
            if complete:
                self._links(place)
                self._validity(place)
        if complete:
            self._matrix()

    def _places(self) -> Iterator[_Place]:
        for name, page in self.pages.items():
            for number, fact in enumerate(page.facts):
                yield _Place(self.documents[name], number, fact)

    def _unique(self, document: Document, name: str) -> None:
        seen: set[str] = set()
        for number, item in enumerate(document.data[name]):
            if item["id"] in seen:
                document.problem(
                    (name, number, "id"), f"duplicate id {item['id']!r}", "Give each its own id."
                )
            seen.add(item["id"])

    def _identity(self, place: _Place) -> None:
        fact = place.fact
        page = Path(place.document.name).stem
        if fact.page != page:
            place.problem(
                ("id",),
                f"unknown page {fact.page!r} for this file",
                f"An id here begins with '{page}/'.",
            )
        if fact.id in self.facts:
            place.problem(
                ("id",),
                "duplicate id",
                "Give each fact its own slug; an id is an address and is never used again.",
            )
        self.facts.setdefault(fact.id, fact)

    def _references(self, place: _Place) -> None:
        for number, source in enumerate(place.fact.sources):
            if source not in self.sections:
                document = source.partition("/")[0]
                known = document in self.documents_known
                what = f"unknown section {source!r}" if known else f"unknown source {document!r}"
                place.problem(("sources", number), what, "Name it in docs/facts/sources.yml first.")
        for number, subject in enumerate(place.fact.about):
            if subject not in self.subjects:
                place.problem(
                    ("about", number),
                    f"unknown subject {subject!r}",
                    "Name it in docs/facts/subjects.yml first.",
                )
        for name, value in place.fact.values.items():
            if isinstance(value, Switch):
                if value.provider not in self.subjects:
                    place.problem(
                        ("values", name),
                        f"unknown provider {value.provider!r}",
                        "Name it in docs/facts/subjects.yml first.",
                    )
                if value.variable and value.variable not in place.fact.values:
                    place.problem(
                        ("values", name),
                        f"unknown value {value.variable!r}",
                        "Name a variable among the fact's values.",
                    )

    def _placeholders(self, place: _Place) -> None:
        fact = place.fact
        texts: list[tuple[Loc, str]] = [(("title",), fact.title), (("statement",), fact.statement)]
        texts += [(("conditions", number), text) for number, text in enumerate(fact.conditions)]
        used = {name: loc for loc, text in reversed(texts) for name in PLACEHOLDER.findall(text)}
        for name in sorted(used.keys() - fact.values.keys()):
            place.problem(
                used[name],
                f"placeholder '%({name})s' without value",
                f"Values here: {', '.join(fact.values) or 'none'}.",
            )
        for name, value in fact.values.items():
            if name not in used and needs_placeholder(value):
                place.problem(
                    ("values", name),
                    f"value {name!r} without placeholder",
                    f"Say it in the statement as %({name})s, or remove it.",
                )

    def _links(self, place: _Place) -> None:
        fact = place.fact
        for key in ("conflicts", "not_to_be_confused_with", "see_also"):
            for number, other in enumerate(getattr(fact, key)):
                self._link(place, key, number, other)

    def _link(self, place: _Place, key: str, number: int, other: str) -> None:
        fact = self.facts.get(other)
        if fact is None or other == place.fact.id:
            place.problem(
                (key, number),
                f"{key} names unknown fact {other!r}",
                "Use the id of another fact, page/slug.",
            )
        elif key != "see_also" and place.fact.id not in getattr(fact, key):
            place.problem(
                (key, number),
                f"{key} is not mutual: {other!r} does not name this fact",
                f"Add {place.fact.id} to it, or remove it here.",
            )

    def _validity(self, place: _Place) -> None:
        hint = (
            "Write a date such as 2025-09-19, or name a date value: deadline, page/slug.deadline."
        )
        wrong = False
        for key, said in (("from", place.fact.from_), ("until", place.fact.until)):
            try:
                self.knowledge.day(place.fact, said)
            except ValueError as error:
                place.problem((key,), str(error).partition(": ")[0], hint)
                wrong = True
        if wrong:
            return
        validity = self.knowledge.validity(place.fact)
        if validity.start and validity.end and validity.start > validity.end:
            place.problem(
                ("until",),
                f"ends on {validity.end}, before it starts on {validity.start}",
                "Correct one of the two dates.",
            )

    def _matrix(self) -> None:
        for name, page in self.pages.items():
            for number, row in enumerate(page.matrix):
                for key in ("eligible", "period", "reason"):
                    if getattr(row, key) is not None and getattr(row, key) not in self.facts:
                        self.documents[name].problem(
                            ("matrix", number, key),
                            f"matrix names unknown fact {getattr(row, key)!r}",
                            "Use the id of a fact, page/slug.",
                        )
                if row.subject not in self.subjects:
                    self.documents[name].problem(
                        ("matrix", number, "subject"),
                        f"unknown subject {row.subject!r}",
                        "Name it in docs/facts/subjects.yml first.",
                    )


class _Place:
    """A fact with where it stands."""

    def __init__(self, document: Document, number: int, fact: Fact) -> None:
        self.document = document
        self.number = number
        self.fact = fact

    def problem(self, loc: Loc, what: str, hint: str) -> None:
        """Note a problem at one of the fact's keys."""
        self.document.problem(("facts", self.number, *loc), f"fact {self.fact.id!r}: {what}", hint)
