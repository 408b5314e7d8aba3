"""How to react to a question that one fact does not answer alone: a choice, a list, a comparison or
a topic, told by the types of facts; the widget's `reaction.mjs` mirrors it.

Nothing here knows what the facts of a knowledge base are about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kb_tools.search.asking import Asked
from kb_tools.search.comparing import Comparer
from kb_tools.search.reaction import NEAR, NEARER, TWIN_NEAR, Ranked, Reaction, Row
from kb_tools.search.typed import Typed, TypedFact
from kb_tools.search.wanted import Wants, sort_of

CONFLICT_NEAR = 0.45
"""The share from which a contradicting claim is on what is asked."""
TURNED_NEAR = 0.4
"""The share where the question denies what the facts differ in."""
MOST_OPEN = 6
"""Facts that a question may leave open to choose from; of more, it means none in particular."""
MOST_LISTED = 12
"""Facts about a thing that are listed whatever their scores."""


@dataclass(frozen=True)
class Reactor:
    """Finds the reaction to a question."""

    typed: Typed

    @cached_property
    def wants(self) -> Wants:
        """What questions ask for, by the types of facts."""
        return Wants(self.typed)

    @cached_property
    def _comparer(self) -> Comparer:
        return Comparer(self.typed, self.wants)

    def react(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """The reaction to a question; None where one fact, or none, answers."""
        if ranked.short:
            found = (
                self._topic(asked, ranked)
                or self._comparer.reaction(asked, ranked)
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
        facts = list(dict.fromkeys([*main, *rest]))
        if len(facts) < 2:
            return None
        return Reaction("topic", tuple(Row(n, (), ()) for n in facts), concept)

    def _list(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """All facts that have the value that is asked for; no value tells why."""
        conflict = "conflict" in asked.cues
        kinds = self.wants.kinds(asked)
        told = "what" in asked.cues and (
            "switch" in asked.cues or ranked.quantities or self.wants.labels(asked)
        )
        several = bool(kinds) or "several" in asked.cues
        if ranked.named or not (conflict or told or "set" in asked.cues or several):
            return None
        if "why" in asked.cues:
            return self._all_about(asked, ranked) if "set" in asked.cues else None
        found = (
            self.wants.conflicting() if conflict else self.wants.having(asked, ranked.quantities)
        )
        found = self.wants.narrowed(found, asked, ranked.holders)
        explicit = conflict or "set" in asked.cues or asked.plain
        near = NEAR if explicit else NEARER if several and "what" in asked.cues else 1.0
        fewest = 2 if near == 1.0 else 1
        if len(found) < fewest or (not conflict and ranked.misses(found, near)):
            return self._all_about(asked, ranked) if "set" in asked.cues else None

        def place(number: int) -> tuple[bool, bool, float, int]:
            fits = self.wants.is_of(number, kinds)
            return (number != ranked.answer, not fits, -ranked.scores[number], number)

        rows = (
            Row(number, self._row_subjects(number, asked, found[number]), found[number])
            for number in sorted(found, key=place)
        )
        return Reaction("list" if len(found) > 1 else "answer", tuple(rows))

    def _all_about(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """All facts about what is named, or about the rarest of it, where one of them surely
        answers or nothing else is said.
        """
        things = [self._comparer.thing(c, ranked) for c in asked.concepts if c in asked.things]
        named = [set(thing.facts) for thing in things if thing.named]
        if not named or (ranked.answer is None and not asked.plain):
            return None
        facts = set.intersection(*named) or min(named, key=len)
        if len(facts) > MOST_LISTED:
            facts = {n for n in facts if ranked.scores[n] >= NEAR * ranked.scores[ranked.best]}
        if len(facts) < 2 or ranked.misses(facts, NEARER):
            return None
        first = [n for n in ranked.order if n in facts]
        return Reaction("list", tuple(Row(n, (), ()) for n in first))

    def _choice(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """The best fact, and those that differ from it by a condition which the question leaves
        open or turns round, or contradict it on what is asked.
        """
        best = ranked.answer
        if best is None and (asked.turned or (asked.plain and self.wants.attribute(asked))):
            best = ranked.order[0]
        if best is None:
            return None
        fact, score = self.typed.facts[best], ranked.scores[best]
        others = []
        if any(ranked.scores[n] >= CONFLICT_NEAR * score for n in fact.conflicts):
            others = list(fact.conflicts)
        for twin in self._twins(best):
            doubted = asked.turned or ranked.lean(twin) > ranked.lean(best)
            near = TURNED_NEAR if doubted else TWIN_NEAR
            if ranked.scores[twin] >= near * score and _differ(fact, self.typed.facts[twin]):
                others.append(twin)
        if not others:
            return self._open_choice(asked, ranked, best)
        first = sorted({best, *others}, key=lambda n: (-ranked.lean(n), -ranked.scores[n], n))
        rows = (Row(n, (), tuple(range(len(self.typed.facts[n].values)))) for n in first)
        return Reaction("choice", tuple(rows))

    def _twins(self, number: int) -> list[int]:
        """The facts that are easily taken for one, and those for these."""
        near = self.typed.facts[number].twins
        further = (n for twin in near for n in self.typed.facts[twin].twins)
        return [n for n in dict.fromkeys((*near, *further)) if n != number]

    def _open_choice(self, asked: Asked, ranked: Ranked, best: int) -> Reaction | None:
        """The facts that a question leaves open to choose from: all that it names they are about,
        and nothing else that it says tells them apart.
        """
        found = self.wants.open(asked, ranked.quantities) if ranked.short else {}
        if found and asked.plain:
            most = max(ranked.scores[n] for n in found)
            found = {n: at for n, at in found.items() if ranked.scores[n] >= NEARER * most}
        about = set(self.typed.facts[best].about)
        beside = best not in found and (
            "define" in asked.cues  # what a thing is; its name may hold the word for an attribute
            or not any(about <= set(self.typed.facts[n].about) for n in found)
        )
        if not 1 < len(found) <= MOST_OPEN or beside or ranked.tells_apart(asked.concepts, found):
            return None
        rows = (
            Row(n, (), places)
            for n, places in sorted(found.items(), key=lambda item: -ranked.scores[item[0]])
        )
        return Reaction("choice", tuple(rows))

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


def _differ(one: TypedFact, other: TypedFact) -> bool:
    """Tell whether two facts have different values of one kind."""
    return any(
        mine.kind == theirs.kind and mine.key != theirs.key
        for mine in one.values
        for theirs in other.values
    )
