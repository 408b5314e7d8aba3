"""Cues: the words of a question that tell what kind of reply it wants, in each language that is
asked in.

A term may be a cue of several kinds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SAYS_NOTHING = frozenset({"filler", "define"})
"""Cues whose words do not narrow what is asked."""
KIND = "kind:"
"""What the cue of a kind of subject begins with."""


def straight(folded: str) -> str:
    """A text with straight apostrophes, which cues are written with."""
    return folded.replace("’", "'")


@dataclass(frozen=True)
class Cue:
    """The cues that a term is one of, and where it stands in a folded text."""

    names: frozenset[str]
    start: int
    end: int


class Finder:
    """Finds cues in folded text, leftmost and longest first; `tables` have the terms of each cue in
    a language.
    """

    def __init__(self, tables: Iterable[Mapping[str, Sequence[str]]]) -> None:
        names: dict[str, set[str]] = defaultdict(set)
        for cue, words in (each for table in tables for each in table.items()):
            for word in words:
                names[word].add(cue)
        self._names = {word: frozenset(cues) for word, cues in names.items()}
        longest = sorted(self._names, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(_bounded, longest)) or r"(?!)")

    def find(self, folded: str) -> Iterator[Cue]:
        """The cues of a text, in order, none overlapping."""
        for match in self._pattern.finditer(straight(folded)):
            yield Cue(self._names[match[0]], match.start(), match.end())


def _bounded(term: str) -> str:
    """A term as a pattern: whole words, but not in scripts that do without spaces."""
    before = r"(?<![a-z0-9])" if _is_latin(term[0]) else ""
    after = r"(?![a-z0-9])" if _is_latin(term[-1]) else ""
    return f"{before}{re.escape(term)}{after}"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
