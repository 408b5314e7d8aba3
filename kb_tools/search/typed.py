"""What the reactions to a question rest on: facts by their types alone, in no language.

All facts are named by their numbers. The browser reads the same table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb_tools.entry import Entry, Said

_LENGTH = re.compile(r"P(\d+[YD]|T\d+[HM])")
_UNIT = {"Y": "y", "D": "d", "H": "h", "M": "i"}


@dataclass(frozen=True)
class TypedValue:
    """A value by its kind and its `key`, by which questions name it: yes or no, `on` or `off` of a
    provider, a quantity as in questions; empty for other kinds.

    `concepts` are those of the glossary that its label names, for a yes or no.
    """

    kind: str
    key: str
    provider: str = ""
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class TypedFact:
    """A fact: ids of the subjects it is about, its values, and the numbers of the facts that
    contradict it or are easily taken for it.
    """

    about: tuple[str, ...]
    values: tuple[TypedValue, ...]
    conflicts: tuple[int, ...]
    twins: tuple[int, ...]


@dataclass(frozen=True)
class Typed:
    """All facts by number, and what the glossary says of concepts.

    `kinds` has the kind of each subject, `main` the facts of a concept that an editor puts first,
    `opposites` the concept that a denied one amounts to, `groups` the subjects that a concept
    stands for, `pages` the facts of each page, `reported` those that third parties alone report.
    """

    facts: tuple[TypedFact, ...]
    kinds: Mapping[str, str]
    main: Mapping[str, Sequence[int]]
    opposites: Mapping[str, str]
    groups: Mapping[str, Sequence[str]]
    pages: Mapping[str, Sequence[int]]
    reported: frozenset[int]

    def best_first(self, scores: Sequence[float]) -> list[int]:
        """The numbers of facts by their scores; of equal ones, those of primary sources first."""
        return sorted(range(len(scores)), key=lambda n: (-scores[n], n in self.reported, n))


def compile_facts(
    entries: Sequence[Entry], concepts_of: Callable[[str], Sequence[str]]
) -> dict[str, Any]:
    """The table of facts as plain data; `concepts_of` tells the concepts that a text names."""
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    kinds = {subject.id: subject.kind for entry in entries for subject in entry.about}
    pages: dict[str, list[int]] = {}
    for entry in entries:
        pages.setdefault(entry.page, []).append(numbers[entry.id])
    return {
        "facts": [
            [
                [subject.id for subject in entry.about],
                [_value(said, concepts_of) for said in entry.values],
                [numbers[fact] for fact in entry.conflicts],
                [numbers[fact] for fact in entry.twins],
            ]
            for entry in entries
        ],
        "kinds": kinds,
        "pages": pages,
        "reported": [numbers[entry.id] for entry in entries if entry.reported],
    }


def _value(said: Said, concepts_of: Callable[[str], Sequence[str]]) -> list[Any]:
    match said.kind:
        case "yes-no":
            named = sorted(set(concepts_of(said.label)))
            return [said.kind, said.raw["is"], "", named]
        case "switch":
            return [said.kind, said.raw["default"], said.raw["provider"]]
        case "duration":
            return [said.kind, quantity(said.raw.get("length", ""))]
    return [said.kind, ""]


def quantity(length: str) -> str:
    """An ISO duration as the term that questions have for it; empty for one of several units.

    >>> quantity("P30D"), quantity("PT24H"), quantity("PT5M"), quantity("P2Y")
    ('=30d', '=24h', '=5i', '=2y')
    """
    match = _LENGTH.fullmatch(length)
    return f"={match[1][:-1].lstrip('T')}{_UNIT[match[1][-1]]}" if match else ""


def read(data: Mapping[str, Any]) -> Typed:
    """The table that `compile_facts` made, with what the glossary says."""
    return Typed(
        facts=tuple(
            TypedFact(
                tuple(about),
                tuple(
                    TypedValue(kind, key, *rest[:1], *map(tuple, rest[1:]))
                    for kind, key, *rest in values
                ),
                tuple(conflicts),
                tuple(twins),
            )
            for about, values, conflicts, twins in data["facts"]
        ),
        **{key: data[key] for key in ("kinds", "main", "opposites", "groups", "pages")},
        reported=frozenset(data["reported"]),
    )
