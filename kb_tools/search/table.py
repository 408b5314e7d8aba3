"""The table of a list, a comparison or a choice, in the words of a language: a row a fact, a column
a label of its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb_tools.entry import Entry
from kb_tools.search.reaction import Reaction


@dataclass(frozen=True)
class Line:
    """A row: a fact, what it stands for by name, and what its values say, a cell a column."""

    fact: str
    subject: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Columns by the labels of values, and a row for each fact."""

    columns: tuple[str, ...]
    rows: tuple[Line, ...]


def made_of(
    reaction: Reaction,
    entries: Mapping[int, Entry],
    groups: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
    comma: str,
) -> Table:
    """The table of a reaction, of its facts in a language by number; `groups` are the subjects of
    concepts that stand for several, `names` those of all subjects.
    """

    def named(concept: str) -> str:
        return names.get(concept) or comma.join(names[s] for s in groups.get(concept, ()))

    told = [
        (entries[row.fact], row.subjects, [entries[row.fact].values[at] for at in row.values])
        for row in reaction.rows
    ]
    columns = tuple(dict.fromkeys(said.label for _, _, values in told for said in values))
    return Table(
        columns,
        tuple(
            Line(
                entry.id,
                comma.join(map(named, subjects)) or entry.title,
                tuple(
                    comma.join(said.text for said in values if said.label == column)
                    for column in columns
                ),
            )
            for entry, subjects, values in told
        ),
    )
