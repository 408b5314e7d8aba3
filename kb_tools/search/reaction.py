"""How to react to a question that one fact does not answer alone: a choice, a list, a comparison or
a topic, told by the types of facts; the widget's `reaction.mjs` mirrors it.

Nothing here knows what the facts of a knowledge base are about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kb_tools.search.asking import Asked
from kb_tools.search.typed import Typed, TypedFact
from kb_tools.search.wanted import Wanted, Wants, sort_of

ReactionKind = Literal["answer", "choice", "list", "compare", "topic"]
TWIN_NEAR = 0.9
"""The share of the best score from which a fact that is easily taken for the best is as good."""
CONFLICT_NEAR = 0.45
"""The share from which a contradicting claim is on what is asked."""
CONFLICT_ALONG = 0.3
"""The share from which other contradicting claims are told with it."""
TURNED_NEAR = 0.4
"""The share where the question denies what the facts differ in."""
NEAR, NEARER = 0.5, 0.75
"""The share of the best fact's score that one of a list must have, if that is none of them: where
a set is asked for, and where it is asked which.
"""
MOST_OPEN = 6
"""Facts that a question may leave open to choose from; of more, it means none in particular."""
MOST_COMPARED = 4
"""Facts of each thing that is compared."""


@dataclass(frozen=True)
class Row:
    """A fact of a reaction by its number, the subjects or concepts that it stands for (none for
    itself), and the places of the values that are told.
    """

    fact: int
    subjects: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True)
class Reaction:
    """What to show: rows, the best first; for a topic its concept, and all its facts by number."""

    kind: ReactionKind
    rows: tuple[Row, ...]
    topic: str = ""
    facts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """What the search found: scores by fact number, numbers best first, the best answer (None where
    nothing surely answers), the quantities that the question says, and whether it names a single
    thing by an identifier. `short` is a question of one sentence.
    """

    scores: Sequence[float]
    order: Sequence[int]
    answer: int | None
    quantities: frozenset[str]
    named: bool
    short: bool
    lean: Callable[[int], float]
    """How much more a fact says of the concepts that the question names than of their opposites,
    those left out that a yes or no is about.
    """
    tells_apart: Callable[[Collection[int]], bool]
    """Whether a concept that the question names is held by some of these facts and not by all."""


@dataclass(frozen=True)
class Reactor:
    """Finds the reaction to a question."""

    typed: Typed

    @cached_property
    def wants(self) -> Wants:
        """What questions ask for, by the types of facts."""
        return Wants(self.typed)

    def react(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """The reaction to a question; None where one fact, or none, answers."""
        if ranked.short:
            found = (
                self._topic(asked, ranked)
                or self._comparison(asked, ranked)
                or self._list(asked, ranked)
            )
            if found:
                return found
        return self._choice(asked, ranked)

    def _topic(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """A question that names one concept and says no more; one that asks what it is has the
        fact as its answer that an editor put first.
        """
        if len(asked.concepts) != 1 or not asked.bare or ranked.named:
            return None
        (concept,) = asked.concepts
        main = list(self.typed.main.get(concept, ()))
        if "define" in asked.cues:
            rows = tuple(Row(number, (), ()) for number in main[:1])
            return Reaction("answer", rows) if rows else None
        subjects = self.wants.subjects(concept)
        about = [n for n in ranked.order if subjects & set(self.typed.facts[n].about)]
        page = set(self.typed.pages.get(concept, ()))
        rest = [n for n in ranked.order if n in page or n in about]
        facts = tuple(dict.fromkeys([*main, *rest]))
        if len(facts) < 2:
            return None
        return Reaction("topic", tuple(Row(n, (), ()) for n in facts), concept, facts)

    def _comparison(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """Two or more named things, by the attribute that is asked for, or by those they share."""
        things = self._things(asked)
        explicit = "compare" in asked.cues
        attribute = self.wants.attribute(asked)
        if not explicit:
            things = [thing for thing in things if thing[0] in asked.joined and attribute]
        if len(things) < 2 or (not explicit and self._covers_all(ranked.order[0], things)):
            return None
        wanted: Wanted | None = attribute or self.wants.shared(things)
        of_each = [self._facts_about(subjects, wanted, ranked) for _, subjects in things]
        if not all(of_each) and explicit:
            wanted = None
            of_each = [self._facts_about(subjects, wanted, ranked) for _, subjects in things]
        if not all(of_each) or self._misses([n for facts in of_each for n in facts], ranked, NEAR):
            return None
        rows = [
            Row(
                number,
                () if self._is_conditional(facts[:MOST_COMPARED]) else (concept,),
                self.wants.places(number, wanted),
            )
            for (concept, _), facts in zip(things, of_each, strict=True)
            for number in facts[:MOST_COMPARED]
        ]
        return Reaction("compare", tuple(rows))

    def _list(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """All facts that have the value that is asked for."""
        conflict = "conflict" in asked.cues
        kinds = self.wants.kinds(asked)
        told = "what" in asked.cues and (
            "switch" in asked.cues or ranked.quantities or self.wants.labels(asked)
        )
        several = bool(kinds) or "several" in asked.cues
        if ranked.named or not (conflict or told or "set" in asked.cues or several):
            return None
        found = (
            self.wants.conflicting() if conflict else self.wants.having(asked, ranked.quantities)
        )
        found = self.wants.narrowed(found, asked)
        explicit = conflict or "set" in asked.cues or asked.plain
        near = NEAR if explicit else NEARER if several and "what" in asked.cues else 1.0
        fewest = 2 if near == 1.0 else 1
        if len(found) < fewest or (not conflict and self._misses(found, ranked, near)):
            return None

        def place(number: int) -> tuple[bool, bool, float, int]:
            fits = self.wants.is_of(number, kinds)
            return (number != ranked.answer, not fits, -ranked.scores[number], number)

        rows = (
            Row(number, self._row_subjects(number, asked, found[number]), found[number])
            for number in sorted(found, key=place)
        )
        return Reaction("list" if len(found) > 1 else "answer", tuple(rows))

    def _choice(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """The best fact, and those that differ from it by a condition which the question leaves
        open or turns round, or contradict it on what is asked.
        """
        best = ranked.answer
        if best is None and asked.turned:
            best = ranked.order[0]
        if best is None:
            return None
        fact, score = self.typed.facts[best], ranked.scores[best]
        others = []
        if any(ranked.scores[n] >= CONFLICT_NEAR * score for n in fact.conflicts):
            others = [n for n in fact.conflicts if ranked.scores[n] >= CONFLICT_ALONG * score]
        for twin in fact.twins:
            doubted = asked.turned or ranked.lean(twin) > ranked.lean(best)
            near = TURNED_NEAR if doubted else TWIN_NEAR
            if ranked.scores[twin] >= near * score and _differ(fact, self.typed.facts[twin]):
                others.append(twin)
        if not others:
            return self._open_choice(asked, ranked, best)
        first = sorted({best, *others}, key=lambda n: (-ranked.lean(n), -ranked.scores[n], n))
        rows = (Row(n, (), tuple(range(len(self.typed.facts[n].values)))) for n in first)
        return Reaction("choice", tuple(rows))

    def _open_choice(self, asked: Asked, ranked: Ranked, best: int) -> Reaction | None:
        """The facts that a question leaves open to choose from: all that it names they are about,
        and nothing else that it says tells them apart.
        """
        found = self.wants.open(asked, ranked.quantities) if ranked.short else {}
        about = set(self.typed.facts[best].about)
        beside = best not in found and not any(
            about <= set(self.typed.facts[n].about) for n in found
        )
        if not 1 < len(found) <= MOST_OPEN or beside or ranked.tells_apart(found):
            return None
        rows = (
            Row(n, (), places)
            for n, places in sorted(found.items(), key=lambda item: -ranked.scores[item[0]])
        )
        return Reaction("choice", tuple(rows))

    def _things(self, asked: Asked) -> list[tuple[str, set[str]]]:
        """The things that may be compared: of one kind, as most of those that are named; of any
        kind where the question says that it compares.
        """
        named = [(c, self.wants.subjects(c)) for c in asked.concepts if c in asked.things]
        named = [(concept, subjects) for concept, subjects in named if subjects]
        kinds = [self.typed.kinds[min(subjects)] for _, subjects in named]
        common = max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)), default="")
        alike = [thing for thing, kind in zip(named, kinds, strict=True) if kind == common]
        if len(alike) >= 2 or "compare" not in asked.cues:
            return alike
        return [thing for thing in named if thing[0] not in self.wants.told]

    def _covers_all(self, number: int, things: Iterable[tuple[str, set[str]]]) -> bool:
        about = set(self.typed.facts[number].about)
        return all(subjects & about for _, subjects in things)

    def _facts_about(self, subjects: set[str], wanted: Wanted | None, ranked: Ranked) -> list[int]:
        return [
            number
            for number in ranked.order
            if subjects & set(self.typed.facts[number].about)
            and (wanted is None or any(map(wanted, self.typed.facts[number].values)))
        ]

    def _misses(self, found: Iterable[int], ranked: Ranked, near: float) -> bool:
        """Tell whether facts are beside the point: the best fact is not among them, and none of
        them comes near it.
        """
        best = ranked.order[0] if ranked.answer is None else ranked.answer
        return max(ranked.scores[n] for n in found) < near * ranked.scores[best]

    def _row_subjects(self, number: int, asked: Asked, places: tuple[int, ...]) -> tuple[str, ...]:
        """The subjects that a row is named by: those of one kind that the question does not name,
        of which no other fact says such a value. Else the fact's title, which tells the condition.
        """
        fact = self.typed.facts[number]
        sorts = {sort_of(fact.values[at]) for at in places}
        said = {
            subject
            for other in self.typed.facts
            if other is not fact and any(sort_of(value) in sorts for value in other.values)
            for subject in other.about
        }
        own = [s for s in fact.about if s not in asked.concepts and s not in said]
        return tuple(own) if len({self.typed.kinds[subject] for subject in own}) == 1 else ()

    def _is_conditional(self, facts: Sequence[int]) -> bool:
        """Tell whether facts about one thing say different values of one sort."""
        said: dict[object, set[frozenset[str]]] = {}
        for number in facts:
            values = self.typed.facts[number].values
            for sort in {sort_of(value) for value in values}:
                keys = frozenset(value.key for value in values if sort_of(value) == sort)
                said.setdefault(sort, set()).add(keys)
        return any(len(keys) > 1 for keys in said.values())


def _differ(one: TypedFact, other: TypedFact) -> bool:
    """Tell whether two facts have different values of one kind."""
    return any(
        mine.kind == theirs.kind and mine.key != theirs.key
        for mine in one.values
        for theirs in other.values
    )
