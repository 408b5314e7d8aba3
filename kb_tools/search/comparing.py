"""Things that a question holds beside each other, and the facts to compare them by. Part of
`reaction.mjs` in the widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb_tools.search.asking import Asked
from kb_tools.search.reaction import NEAR, TWIN_NEAR, Ranked, Reaction, Row
from kb_tools.search.typed import Typed
from kb_tools.search.wanted import Wanted, Wants, sort_of

MOST_COMPARED = 4
"""Facts of each thing that is compared."""


@dataclass(frozen=True)
class Thing:
    """Something that may be compared: a concept, the kind of its subjects, or nothing where it has
    none, and the facts about it, the best first.
    """

    concept: str
    kind: str
    facts: tuple[int, ...]

    @property
    def named(self) -> bool:
        """Whether it has a name: it stands for subjects."""
        return bool(self.kind)


@dataclass(frozen=True)
class Comparer:
    """Compares the things that a question names."""

    typed: Typed
    wants: Wants

    def reaction(self, asked: Asked, ranked: Ranked) -> Reaction | None:
        """Two or more named things: by the attribute that is asked for, by those they share, or by
        the best facts of each.
        """
        explicit = "compare" in asked.cues
        things = self.things(asked, ranked)
        if len(things) < 2:
            return None
        covering = set.intersection(*(set(thing.facts) for thing in things))
        if not explicit and ranked.order[0] in covering:
            return None
        # what is part of another thing has nothing to itself: its facts are those of both
        own = [[n for n in t.facts if n not in covering] or list(t.facts) for t in things]
        wanted = self._compared(asked, things, [facts[0] for facts in own if facts])
        if wanted is None:
            return self._best_of_each(things, own, ranked, explicit=explicit)
        of_each = [
            [n for n in thing.facts if self.wants.places(n, wanted)][:MOST_COMPARED]
            for thing in things
        ]
        if ranked.misses([n for facts in of_each for n in facts], NEAR):
            return None
        rows = [
            Row(
                number,
                () if self._is_conditional(facts) else (thing.concept,),
                self.wants.places(number, wanted),
            )
            for thing, facts in zip(things, of_each, strict=True)
            for number in facts
        ]
        return Reaction("compare", tuple(rows))

    def _compared(
        self, asked: Asked, things: Sequence[Thing], best: Sequence[int]
    ) -> Wanted | None:
        """The values by which things are compared, where each has some: those that are asked for,
        if one of the best facts has them; those they share, if the question says no more.
        """
        wanted = None if "why" in asked.cues else self.wants.attribute(asked)
        if wanted and not any(self.wants.places(n, wanted) for n in best):
            wanted = None
        elif wanted is None and not set(asked.concepts) - {thing.concept for thing in things}:
            wanted = self.wants.shared(thing.facts for thing in things)
        of_all = wanted and all(
            any(self.wants.places(n, wanted) for n in thing.facts) for thing in things
        )
        return wanted if of_all else None

    def _best_of_each(
        self,
        things: Sequence[Thing],
        own: Sequence[Sequence[int]],
        ranked: Ranked,
        *,
        explicit: bool,
    ) -> Reaction | None:
        """The best facts that each thing has to itself, with all their values, and the best of all;
        without a word that compares, only where one of each is among the best.
        """
        best = ranked.order[0]
        least = NEAR * ranked.scores[best]
        rows = []
        for thing, facts in zip(things, own, strict=True):
            near = [
                n
                for n in facts
                if ranked.scores[n] >= max(least, TWIN_NEAR * ranked.scores[facts[0]])
            ]
            rows += [
                Row(n, (thing.concept,) if thing.named else (), self.wants.places(n, None))
                for n in near[:2]
            ]
            if not near and not explicit:
                return None
        if best not in (row.fact for row in rows):
            rows.insert(0, Row(best, (), self.wants.places(best, None)))
        return Reaction("compare", tuple(rows))

    def things(self, asked: Asked, ranked: Ranked) -> list[Thing]:
        """The things that may be compared, with the facts about each: of one kind, as most of those
        that are named, else what is joined. Without a word that compares, joined ones only.
        """
        explicit = "compare" in asked.cues
        named = [self.thing(c, ranked) for c in asked.concepts if c in asked.things]
        named = [thing for thing in named if thing.facts]
        joined = [thing for thing in named if thing.concept in asked.joined]
        kinds = [thing.kind for thing in named if thing.named]
        common = max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)), default="")
        alike = [t for t in (named if explicit else joined) if t.named and t.kind == common]
        if len(alike) >= 2 or not explicit:
            return alike if len(alike) >= 2 else joined
        untold = [t for t in named if t.named and t.concept not in self.wants.told]
        return untold if len(untold) >= 2 else joined

    def thing(self, concept: str, ranked: Ranked) -> Thing:
        """What a concept stands for: its subjects, or without any the facts that hold it."""
        subjects = self.wants.subjects(concept)
        if not subjects:
            held = ranked.holders(concept)
            return Thing(concept, "", tuple(n for n in ranked.order if n in held))
        about = (n for n in ranked.order if subjects & set(self.typed.facts[n].about))
        return Thing(concept, self.typed.kinds[min(subjects)], tuple(about))

    def _is_conditional(self, facts: Sequence[int]) -> bool:
        """Tell whether facts about one thing say different values of one sort."""
        said: dict[object, set[frozenset[str]]] = {}
        for number in facts:
            values = self.typed.facts[number].values
            for sort in {sort_of(value) for value in values}:
                keys = frozenset(value.key for value in values if sort_of(value) == sort)
                said.setdefault(sort, set()).add(keys)
        return any(len(keys) > 1 for keys in said.values())
