"""The source files checked against each other: ids, references, placeholders, links, validity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kb_tools import layout
from kb_tools.content import arrangement
from kb_tools.content.model import Fact, KnowledgeBase, Page
from kb_tools.content.settings import Settings, endonym
from kb_tools.content.source import Document, Loc
from kb_tools.content.values import PLACEHOLDER, Switch, needs_placeholder

_OTHER_FACT = "Use the id of another fact, page/slug."
_NAME_SUBJECT = f"Name it in {layout.SUBJECTS} first."


class Checker:
    """Checks of the files against each other; notes problems in the documents.

    `pages` are those that could be read, by name.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        pages: Mapping[str, Page],
        knowledge: KnowledgeBase,
        settings: Settings,
    ) -> None:
        self.documents = documents
        self.pages = pages
        self.knowledge = knowledge
        self.settings = settings
        self.facts: dict[str, Fact] = {}
        self.sections = {
            f"{source.id}/{section}"
            for source in knowledge.sources.values()
            for section in source.sections
        }

    def check(self, *, complete: bool) -> None:
        """Check every fact; links between facts only where all pages could be read."""
        for name in ("sources", "subjects"):
            self._unique(self.documents[name], name)
        self._lists()
        for name, page in self.pages.items():
            if page.page != name:
                self.documents[name].problem(
                    ("page",), f"unknown page {page.page!r}", f"This file holds the page {name!r}."
                )
        for place in self._places():
            self._identity(place)
        for place in self._places():
            self._references(place)
            self._switches(place)
            self._placeholders(place)
            if complete:
                self._links(place)
                self._former(place)
                self._validity(place)
        for name, page in self.pages.items():
            arrangement.check(self.documents[name], page, self.facts, self.knowledge, complete)

    def _lists(self) -> None:
        """Check what sources and subjects say beyond their shape."""
        for number, source in enumerate(self.documents["sources"].data["sources"]):
            if endonym(source["language"]) is None:
                self.documents["sources"].problem(
                    ("sources", number, "language"),
                    f"unknown language {source['language']!r}",
                    "Use a code such as en, fr or ja.",
                )
        kinds = self.settings.subjects.kinds
        for number, subject in enumerate(self.documents["subjects"].data["subjects"]):
            if subject["kind"] not in kinds:
                self.documents["subjects"].problem(
                    ("subjects", number, "kind"),
                    f"subject {subject['id']!r}: unknown kind {subject['kind']!r}",
                    f"Use one of {', '.join(kinds)}, or add it to subjects in {layout.SETTINGS}.",
                )

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
                known = document in self.knowledge.sources
                what = f"unknown section {source!r}" if known else f"unknown source {document!r}"
                place.problem(("sources", number), what, f"Name it in {layout.SOURCES} first.")
        for number, subject in enumerate(place.fact.about):
            if subject not in self.knowledge.subjects:
                place.problem(("about", number), f"unknown subject {subject!r}", _NAME_SUBJECT)

    def _switches(self, place: _Place) -> None:
        for name, value in place.fact.values.items():
            if not isinstance(value, Switch):
                continue
            if value.provider not in self.knowledge.subjects:
                what = f"unknown provider {value.provider!r}"
                place.problem(("values", name), what, _NAME_SUBJECT)
            if value.variable and value.variable not in place.fact.values:
                what = f"unknown value {value.variable!r}"
                place.problem(("values", name), what, "Name a variable among the fact's values.")

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
        for loc, text in texts:
            if "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
                hint = "Write %(name)s for a value or %% for a per cent sign."
                place.problem(loc, f"a stray % in {text[:60]!r}", hint)
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

    def _former(self, place: _Place) -> None:
        """An id that a fact had before is nobody's now, and led to one fact only."""
        for number, old in enumerate(place.fact.formerly):
            if old in self.facts:
                what, hint = f"{old!r} is the id of a fact", "Name ids that are used no longer."
            elif self.knowledge.former[old] != place.fact.id or old in place.fact.formerly[:number]:
                what = f"{old!r} is named twice as a former id"
                hint = "Keep it with the fact that says what it said."
            elif old in self.settings.withdrawn:
                what, hint = f"{old!r} is withdrawn too", f"Remove it from {layout.SETTINGS}."
            else:
                continue
            place.problem(("formerly", number), what, hint)

    def _link(self, place: _Place, key: str, number: int, other: str) -> None:
        fact = self.facts.get(other)
        if fact is None or other == place.fact.id:
            now = self.knowledge.former.get(other)
            hint = f"Use {now}, as it is called now." if now else _OTHER_FACT
            place.problem((key, number), f"{key} names unknown fact {other!r}", hint)
        elif key != "see_also" and place.fact.id not in getattr(fact, key):
            place.problem(
                (key, number),
                f"{key} is not mutual: {other!r} does not name this fact",
                f"Add {place.fact.id} to it, or remove it here.",
            )

    def _validity(self, place: _Place) -> None:
        hint = (
            "Write a date such as 2025-09-19, or name a date value: deadline, page/slug.deadline;"
            " or a list of two days that differ."
        )
        wrong = False
        for key, said in (("from", place.fact.from_), ("until", place.fact.until)):
            try:
                self.knowledge.limit(place.fact, said)
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


class _Place:
    """A fact with where it stands."""

    def __init__(self, document: Document, number: int, fact: Fact) -> None:
        self.document = document
        self.number = number
        self.fact = fact

    def problem(self, loc: Loc, what: str, hint: str) -> None:
        """Note a problem at one of the fact's keys."""
        self.document.problem(("facts", self.number, *loc), f"fact {self.fact.id!r}: {what}", hint)
