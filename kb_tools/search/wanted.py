"""What a question asks for, by the types of facts: an attribute, a condition on values, kinds of
subjects. Part of `reaction.mjs` in the widget.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from kb_tools.search.asking import ATTRIBUTES, Asked
from kb_tools.search.typed import Typed, TypedValue

Wanted = Callable[[TypedValue], bool]
Places = dict[int, tuple[int, ...]]
"""Facts by number, with the places of those of their values that are told."""


@dataclass(frozen=True)
class Wants:
    """Reads what is asked for against the types of all facts."""

    typed: Typed

    @cached_property
    def told(self) -> frozenset[str]:
        """The concepts that the labels of a yes or no name."""
        return frozenset(c for fact in self.typed.facts for v in fact.values for c in v.concepts)

    def subjects(self, concept: str) -> set[str]:
        """The subjects that a concept stands for."""
        own = {concept} if concept in self.typed.kinds else set()
        return own | set(self.typed.groups.get(concept, ()))

    def attribute(self, asked: Asked) -> Wanted | None:
        """Whether a value is of the attribute that is asked for, whatever it says."""
        labels = self.labels(asked)
        if labels:
            return lambda value: bool(value.concepts) and value.concepts in labels
        for kind in ATTRIBUTES:
            if kind in asked.cues:
                return lambda value, kind=kind: value.kind == kind  # type: ignore[misc]
        return None

    def having(self, asked: Asked, quantities: Collection[str]) -> Places:
        """The facts with values as asked for, with the places of these."""
        wanted = self.condition(asked, quantities)
        if wanted is None:
            return {}
        places = {n: self.places(n, wanted) for n in range(len(self.typed.facts))}
        return {number: found for number, found in places.items() if found}

    def condition(self, asked: Asked, quantities: Collection[str]) -> Wanted | None:
        """What the values must be that a question asks for; None where it does not say."""
        if quantities:
            return lambda value: value.key in quantities
        labels = self.labels(asked)
        if labels:
            return lambda value: labels.get(value.concepts) == value.key
        attribute = self.attribute(asked)
        states = {"on", "off"} & asked.cues
        if attribute and "switch" in asked.cues and len(states) == 1:
            named = {s for concept in asked.concepts for s in self.subjects(concept)}
            providers = {v.provider for fact in self.typed.facts for v in fact.values} & named
            return lambda value: (
                value.kind == "switch"
                and value.key in states
                and (not providers or value.provider in providers)
            )
        return attribute

    def labels(self, asked: Asked) -> dict[tuple[str, ...], str]:
        """The labels of a yes or no that are asked for, by their concepts, with yes, or with no
        where the question names the opposite.
        """
        found = {}
        labels = {value.concepts for fact in self.typed.facts for value in fact.values}
        for label in labels - {()}:
            telling = [concept for concept in label if not self.subjects(concept)] or label
            if any(concept in asked.concepts for concept in telling):
                found[label] = "yes"
            if any(self.typed.opposites.get(concept) in telling for concept in asked.concepts):
                found[label] = "no"
        return found

    def conflicting(self) -> Places:
        """The facts that others contradict, with all their values."""
        return {
            number: self.places(number, None)
            for number, fact in enumerate(self.typed.facts)
            if fact.conflicts
        }

    def narrowed(
        self, found: Places, asked: Asked, holders: Callable[[str], Collection[int]]
    ) -> Places:
        """The facts that are about one of the things that are named besides, or hold it where it is
        no subject; all where no subject fits, or none of the kind that is asked for.
        """
        named = self.others(asked)
        labels = {concept for label in self.labels(asked) for concept in label}
        free = [c for c in asked.concepts if c in asked.things and not self.subjects(c)]
        held = {n for concept in free if concept not in labels for n in holders(concept)}
        fitting = {
            number: places
            for number, places in found.items()
            if named & set(self.typed.facts[number].about) or number in held
        }
        kinds = self.kinds(asked)
        if kinds and not any(self.is_of(number, kinds) for number in fitting):
            return found
        return fitting if fitting or held else found

    def others(self, asked: Asked) -> set[str]:
        """The subjects that a question names besides those that a yes or no is about."""
        labels = {concept for label in self.labels(asked) for concept in label}
        return {
            subject
            for concept in asked.concepts
            if concept in asked.things and concept not in labels
            for subject in self.subjects(concept)
        }

    def is_of(self, number: int, kinds: Collection[str]) -> bool:
        """Tell whether a fact is about a subject of some kinds."""
        return any(self.typed.kinds[subject] in kinds for subject in self.typed.facts[number].about)

    def open(self, asked: Asked, quantities: Collection[str]) -> Places:
        """The facts about all that is named which have the attribute that is asked for, with other
        values: where the question leaves open which of them it means.
        """
        wanted = self.attribute(asked)
        labels = {concept for label in self.labels(asked) for concept in label}
        named = self.others(asked) | {
            s for c in labels & set(asked.concepts) for s in self.subjects(c)
        }
        if wanted is None or not named or quantities:
            return {}
        found: Places = {}
        for number, fact in enumerate(self.typed.facts):
            places = self.places(number, wanted)
            if places and named <= set(fact.about):
                found[number] = places
        said = {self.typed.facts[n].values[at].key for n, places in found.items() for at in places}
        return found if len(said) > 1 else {}

    def kinds(self, asked: Asked) -> frozenset[str]:
        """The kinds of subjects that are asked for: not one of which a subject is named."""
        named = {self.typed.kinds[s] for c in asked.concepts for s in self.subjects(c)}
        return asked.kinds - named

    def places(self, number: int, wanted: Wanted | None) -> tuple[int, ...]:
        """Where a fact has values as wanted; all where nothing is."""
        values = self.typed.facts[number].values
        return tuple(at for at, value in enumerate(values) if wanted is None or wanted(value))

    def shared(self, groups: Iterable[Iterable[int]]) -> Wanted:
        """Values of the sorts that facts of all groups have."""
        sorts = [
            {sort_of(value) for number in group for value in self.typed.facts[number].values}
            for group in groups
        ]
        common = set.intersection(*sorts)
        return lambda value: sort_of(value) in common


def sort_of(value: TypedValue) -> tuple[str, tuple[str, ...]]:
    """What a value is of: its kind, and what its label names."""
    return value.kind, value.concepts
