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

    def narrowed(self, found: Places, asked: Asked) -> Places:
        """The facts that are about what else is named, for each name that leaves any."""
        labels = {concept for label in self.labels(asked) for concept in label}
        for concept in asked.concepts:
            subjects = self.subjects(concept)
            if not subjects or concept in labels or concept not in asked.things:
                continue
            fitting = {
                number: places
                for number, places in found.items()
                if subjects & set(self.typed.facts[number].about)
            }
            found = fitting or found
        return found

    def kinds(self, asked: Asked) -> frozenset[str]:
        """The kinds of subjects that are asked for: not one of which a subject is named."""
        named = {self.typed.kinds[s] for c in asked.concepts for s in self.subjects(c)}
        return asked.kinds - named

    def places(self, number: int, wanted: Wanted | None) -> tuple[int, ...]:
        """Where a fact has values as wanted; all where nothing is."""
        values = self.typed.facts[number].values
        return tuple(at for at, value in enumerate(values) if wanted is None or wanted(value))

    def shared(self, things: Iterable[tuple[str, set[str]]]) -> Wanted:
        """Values of the sorts that all of some things have."""
        sorts = [
            {
                _sort(value)
                for fact in self.typed.facts
                if subjects & set(fact.about)
                for value in fact.values
            }
            for _, subjects in things
        ]
        common = set.intersection(*sorts)
        return lambda value: _sort(value) in common


def _sort(value: TypedValue) -> tuple[str, tuple[str, ...]]:
    return value.kind, value.concepts
