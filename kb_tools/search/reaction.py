"""What a reaction to a question is, and what it is made from: the question's words ranked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

ReactionKind = Literal["answer", "choice", "list", "compare", "topic"]
TWIN_NEAR = 0.9
"""The share of the best score from which a fact that is easily taken for the best is as good."""
NEAR, NEARER = 0.5, 0.75
"""The share of the best fact's score that one of a list must have, if that is none of them: where
a set is asked for, and where it is asked which.
"""


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
    """What to show: rows, the best first; for a topic its concept."""

    kind: ReactionKind
    rows: tuple[Row, ...]
    topic: str = ""


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
    holders: Callable[[str], frozenset[int]]
    """The facts that hold a concept, and not only in passing."""

    @property
    def best(self) -> int:
        """The best answer, or the best fact where nothing surely answers."""
        return self.order[0] if self.answer is None else self.answer

    def misses(self, found: Iterable[int], near: float) -> bool:
        """Tell whether facts are beside the point: the best fact is not among them, and none of
        them comes near it.
        """
        return max(self.scores[n] for n in found) < near * self.scores[self.best]

    def tells_apart(self, concepts: Iterable[str], numbers: Collection[int]) -> bool:
        """Tell whether one of some concepts is held by some of these facts and not by all."""
        held = (len(self.holders(concept) & set(numbers)) for concept in concepts)
        return any(0 < count < len(numbers) for count in held)
