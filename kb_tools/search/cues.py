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


_BEGINNING = re.compile(r"[a-z0-9]+|[^a-z0-9]")
"""What a term begins with, and what it may begin at in a text: a word, or a character of a script
that does without spaces.
"""


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
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for term in sorted(names, key=lambda term: (-len(term), term)):
            self._by_beginning[_BEGINNING.match(term)[0]].append(term)  # type: ignore[index]

    def find(self, folded: str) -> Iterator[Cue]:
        """The cues of a text, in order, none overlapping."""
        text, at = straight(folded), 0
        for beginning in _BEGINNING.finditer(text):
            start = beginning.start()
            if start < at:
                continue
            for term in self._by_beginning.get(beginning[0], ()):
                if text.startswith(term, start) and _is_whole(term, text, start + len(term)):
                    at = start + len(term)
                    yield Cue(self._names[term], start, at)
                    break


def _is_whole(term: str, text: str, end: int) -> bool:
    """Tell whether a term that stands in a text ends there as a whole word, but for scripts that do
    without spaces.
    """
    return not (end < len(text) and _is_latin(term[-1]) and _is_latin(text[end]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
