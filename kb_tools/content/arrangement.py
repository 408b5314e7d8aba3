"""How a page arranges its facts, checked against what there is: groups and overviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb_tools import layout
from kb_tools.content.model import Fact, KnowledgeBase, Page
from kb_tools.content.source import Document, Loc
from kb_tools.content.values import YesNo
from kb_tools.content.views import Conflicts, Flow, Matrix, Named, Periods, Row, Verdicts, View

_NAME_SUBJECT = f"Name it in {layout.SUBJECTS} first."
_NAME_FACT = "Use the id of a fact, page/slug."


def check(
    document: Document,
    page: Page,
    facts: Mapping[str, Fact],
    knowledge: KnowledgeBase,
    complete: bool,
) -> None:
    """Note what groups and overviews of a page name that there is not; what they name of other
    pages only where all could be read.
    """
    arrangement = _Arrangement(document, page, facts, knowledge)
    arrangement.anchors()
    arrangement.groups()
    if complete:
        for number, view in enumerate(page.views):
            arrangement.view(("views", number), view)


class _Arrangement:
    """The groups and overviews of one page; notes problems in its document."""

    def __init__(
        self,
        document: Document,
        page: Page,
        facts: Mapping[str, Fact],
        knowledge: KnowledgeBase,
    ) -> None:
        self.document = document
        self.page = page
        self.facts = facts
        self.knowledge = knowledge

    def anchors(self) -> None:
        """Every overview, group and fact of a page has an anchor of its own."""
        taken = {fact.slug for fact in self.page.facts}
        for key, parts in (("views", self.page.views), ("groups", self.page.groups)):
            for number, part in enumerate(parts):
                if part.id in taken:
                    self.document.problem(
                        (key, number, "id"),
                        f"{key[:-1]} {part.id!r}: the id stands twice on this page",
                        "Give each view, each group and each fact of a page its own.",
                    )
                taken.add(part.id)

    def groups(self) -> None:
        """Every fact stands in one group, where there are any."""
        if not self.page.groups:
            return
        known, seen = {fact.slug for fact in self.page.facts}, set[str]()
        for number, group in enumerate(self.page.groups):
            for place, slug in enumerate(group.facts):
                loc: Loc = ("groups", number, "facts", place)
                if slug not in known:
                    what = f"group {group.id!r}: this page has no fact {slug!r}"
                    self.document.problem(loc, what, "Use the slug of a fact of this page.")
                elif slug in seen:
                    what = f"group {group.id!r}: fact {slug!r} stands in two groups"
                    self.document.problem(loc, what, "Name it in one of them.")
                seen.add(slug)
        for number, fact in enumerate(self.page.facts):
            if fact.slug not in seen:
                what = f"fact {fact.id!r}: in no group of this page"
                self.document.problem(("facts", number, "id"), what, "Add its slug to a group.")

    def view(self, loc: Loc, view: View) -> None:
        """Whatever an overview names is there, and has what it is to show."""
        match view:
            case Matrix():
                self._columns(loc, view)
                for number, row in enumerate(view.rows):
                    self._row((*loc, "rows", number), view, row)
            case Verdicts():
                for number, named in enumerate(view.rows):
                    self._named((*loc, "rows", number), view, named)
                self._verdicts(loc, view)
            case Periods():
                for number, group in enumerate(view.groups):
                    self._subjects((*loc, "groups", number, "about"), view, group.about)
            case Flow():
                self._arrows(loc, view)
            case Conflicts():
                self._disputes(loc, view)

    def _problem(self, loc: Loc, view: View, what: str, hint: str) -> None:
        self.document.problem(loc, f"view {view.id!r}: {what}", hint)

    def _fact(self, loc: Loc, view: View, fact: str) -> Fact | None:
        if fact not in self.facts:
            self._problem(loc, view, f"unknown fact {fact!r}", _NAME_FACT)
        return self.facts.get(fact)

    def _subjects(self, loc: Loc, view: View, subjects: tuple[str, ...]) -> None:
        for subject in subjects:
            if subject not in self.knowledge.subjects:
                self._problem(loc, view, f"unknown subject {subject!r}", _NAME_SUBJECT)

    def _named(self, loc: Loc, view: View, named: Named) -> None:
        self._subjects((*loc, "subject"), view, named.subject)
        self._fact((*loc, "fact"), view, named.fact)

    def _row(self, loc: Loc, view: Matrix, row: Row) -> None:
        self._named(loc, view, row)
        for key, fact in row.cells.items():
            self._fact((*loc, "cells", key), view, fact)
        for part, keys in (("cells", row.cells), ("notes", row.notes)):
            for key in keys - view.columns.keys():
                what, hint = f"unknown column {key!r}", f"Columns are {', '.join(view.columns)}."
                self._problem((*loc, part, key), view, what, hint)

    def _columns(self, loc: Loc, view: Matrix) -> None:
        """Every column shows a value that a fact of some row has."""
        for key, column in view.columns.items():
            shown = [row.cells.get(key, row.fact) for row in view.rows]
            if not self.facts.keys() >= set(shown):
                continue  # told of the row
            values = [item for fact in shown for item in self.facts[fact].values.items()]
            names, kinds = {name for name, _ in values}, {value.kind for _, value in values}
            missing = [repr(name) for name in column.values if name not in names]
            if column.kind and column.kind not in kinds:
                missing.append(f"of kind {column.kind!r}")
            if missing:
                what = f"no fact of column {key!r} has a value {', '.join(missing)}"
                hint = "Name a value that facts of the rows have, or remove it."
                self._problem((*loc, "columns", key), view, what, hint)

    def _verdicts(self, loc: Loc, view: Verdicts) -> None:
        """A row is below an answer, or below what is said otherwise."""
        for number, row in enumerate(view.rows):
            fact = self.facts.get(row.fact)
            if not fact or isinstance(fact.values.get(view.value), YesNo) or view.otherwise:
                continue
            what = f"fact {row.fact!r} has no yes-no value {view.value!r}"
            hint = "Name another fact, or say with 'otherwise' what stands above such rows."
            self._problem((*loc, "rows", number, "fact"), view, what, hint)

    def _arrows(self, loc: Loc, view: Flow) -> None:
        for number, arrow in enumerate(view.arrows):
            at = (*loc, "arrows", number)
            self._fact((*at, "fact"), view, arrow.fact)
            wanted = (("encryption", arrow.encryption), ("variable", arrow.off))
            for (kind, name), key in zip(wanted, ("encryption", "off"), strict=True):
                fact = self._fact((*at, key), view, name) if name else None
                if fact and all(value.kind != kind for value in fact.values.values()):
                    what = f"fact {name!r} has no value of kind {kind!r}"
                    self._problem((*at, key), view, what, "Name a fact that has one.")

    def _disputes(self, loc: Loc, view: Conflicts) -> None:
        """The claims that contradict each other stand below a question together."""
        for number, dispute in enumerate(view.questions):
            for place, claim in enumerate(dispute.claims):
                self._fact((*loc, "questions", number, "claims", place), view, claim)
        if not view.questions:
            return
        for one, other in _pairs(self.page):
            if not any({one, other} <= set(dispute.claims) for dispute in view.questions):
                what = f"no question has both {one!r} and {other!r}, which contradict each other"
                hint = "Add both to the claims of a question."
                self._problem((*loc, "questions"), view, what, hint)


def _pairs(page: Page) -> Iterator[tuple[str, str]]:
    """The facts of a page that contradict each other, each pair once."""
    own = {fact.id for fact in page.facts}
    for fact in page.facts:
        yield from ((fact.id, other) for other in fact.conflicts if fact.id < other in own)
