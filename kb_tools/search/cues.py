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
        self._pattern = re.compile(_pattern(self._names))

    def find(self, folded: str) -> Iterator[Cue]:
        """The cues of a text, in order, none overlapping."""
        for match in self._pattern.finditer(straight(folded)):
            yield Cue(self._names[match[0]], match.start(), match.end())


def _pattern(terms: Iterable[str]) -> str:
    """A pattern of terms, the longest first: whole words, but not in scripts that do without
    spaces. Terms of one first character stand together, so that few are tried at a place.
    """
    by_first: dict[str, list[str]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: (-len(term), term)):
        after = r"(?![a-z0-9])" if _is_latin(term[-1]) else ""
        by_first[term[0]].append(re.escape(term[1:]) + after)
    groups = {first: f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()}
    words = [group for first, group in groups.items() if _is_latin(first)]
    others = [group for first, group in groups.items() if not _is_latin(first)]
    if words:
        others.append(rf"(?<![a-z0-9])(?:{'|'.join(words)})")
    return "|".join(others) or r"(?!)"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
