"""How a question asks: what it sets aside and denies, its cues, and the concepts that it names.
Pure functions of folded text; the widget's `asking.mjs` mirrors them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb_tools.search.cues import KIND, SAYS_NOTHING, Cue, Finder

_CLAUSE_END = re.compile(r"[.,;:!?。、，；：！？\n]|—| - ")
_WORD = re.compile(r"\w")
AFTER, BEFORE = 30, 12
"""Characters after a denial, or before one that follows, in which it denies a concept."""
ATTRIBUTES = (
    "variable",
    "endpoint",
    "command",
    "url",
    "encryption",
    "switch",
    "date",
    "duration",
)
"""Cues that are kinds of values, the most telling first."""
REACH = 3
"""Words that a denial reaches."""


@dataclass(frozen=True)
class Asked:
    """What a question asks for, besides what its words say.

    `concepts` are those it names, a denied one as its opposite; `turned` tells that there was one.
    `things` are those that stand there as something else than what is asked of them; `joined` are
    those that it names beside each other, as in "files and folders". `kinds` are the kinds of
    subjects that it asks for; `bare` tells that it says nothing but concepts and words that narrow
    nothing, `plain` that it says nothing but concepts and cues.
    """

    cues: frozenset[str]
    kinds: frozenset[str]
    concepts: tuple[str, ...]
    things: frozenset[str]
    joined: frozenset[str]
    turned: bool
    bare: bool
    plain: bool


Named = Callable[[str], tuple[Sequence[str], str]]
"""Tells the concepts that a text names, and what is left of it."""


def without_asides(folded: str, finder: Finder) -> str:
    """A text without what it sets aside: up to the end of the clause, or from its beginning; whole
    where nothing else would be left.
    """
    kept = folded
    for cue in reversed(list(finder.find(folded))):
        if "aside" in cue.names:
            end = _CLAUSE_END.search(kept, cue.end)
            kept = f"{kept[: cue.start]} {kept[end.end() :] if end else ''}"
        elif "aside-before" in cue.names:
            starts = [match.end() for match in _CLAUSE_END.finditer(kept, 0, cue.start)]
            kept = f"{kept[: max(starts, default=0)]} {kept[cue.end :]}"
    return kept if len(_WORD.findall(kept)) > REACH else folded


def read(folded: str, finder: Finder, named: Named, opposites: Mapping[str, str]) -> Asked:
    """What a folded question asks for; `opposites` are those that a denied concept amounts to."""
    cues = list(finder.find(folded))
    found, rest = named(folded)
    concepts = list(dict.fromkeys(found))
    turned = False
    for denied in _denied(folded, cues, named):
        opposite = opposites.get(denied)
        if opposite and denied in concepts and opposite not in concepts:
            concepts[concepts.index(denied)] = opposite
            turned = True
    names = frozenset(name for cue in cues for name in cue.names)
    return Asked(
        cues=names,
        kinds=frozenset(name.removeprefix(KIND) for name in names if name.startswith(KIND)),
        concepts=tuple(concepts),
        things=frozenset(named(_without_attributes(folded, cues))[0]),
        joined=frozenset(_joined(folded, cues, named, finder)),
        turned=turned,
        bare=_says_nothing(rest, finder),
        plain=_says_nothing(rest, finder, any_cue=True),
    )


def _without_attributes(folded: str, cues: Sequence[Cue]) -> str:
    """A text without the words that say what is asked of things, such as how long."""
    for cue in reversed(cues):
        if cue.names.intersection(ATTRIBUTES):
            folded = f"{folded[: cue.start]} {folded[cue.end :]}"
    return folded


def _denied(folded: str, cues: Sequence[Cue], named: Named) -> list[str]:
    """The concepts that are denied: the first one after `not`, the last one before what denies."""
    found: list[str] = []
    for cue in cues:
        if "not" in cue.names:
            after = _CLAUSE_END.split(folded[cue.end : cue.end + AFTER])[0]
            found += named(" ".join(after.split()[:REACH]))[0][:1]
        if "denied" in cue.names:
            before = _CLAUSE_END.split(folded[max(0, cue.start - BEFORE) : cue.start])[-1]
            found += named(before)[0][-1:]
    return found


def _joined(folded: str, cues: Sequence[Cue], named: Named, finder: Finder) -> list[str]:
    """The concepts on both sides of a word that joins."""
    found: list[str] = []
    for cue in cues:
        if "joined" in cue.names:
            before, left = named(folded[max(0, cue.start - AFTER) : cue.start])
            after, right = named(folded[cue.end : cue.end + AFTER])
            between = left.split("\n")[-1] + right.split("\n")[0]
            if before and after and _says_nothing(between, finder):
                found += [before[-1], after[0]]
    return found


def _says_nothing(rest: str, finder: Finder, *, any_cue: bool = False) -> bool:
    """Tell whether what is left of a question has no word that says something."""
    text = re.sub(r"\s+", " ", rest)
    for cue in reversed(list(finder.find(text))):
        if any_cue or cue.names & SAYS_NOTHING:
            text = text[: cue.start] + text[cue.end :]
    return not _WORD.search(text)
