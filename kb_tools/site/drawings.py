"""What drawings on pages are made of: periods as bars, dates as a line, and claims that contradict
each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_tools.content.values import Duration
from kb_tools.entry import Entry, Said
from kb_tools.language.voice import Voice

_SCALES = ("PT1H", "P1D", "P30D", "P1Y", "P10Y", "P100Y", "P1000Y")
"""What a full bar may be: the first of these that no period is longer than, so that bars stay as
they are when the longest period changes a little.
"""


@dataclass(frozen=True)
class Bar:
    """A period: the fact that says it, its name, how it is said, its bound, and how much of the
    room its bar takes, in per cent.
    """

    entry: Entry
    name: str
    said: str
    bound: str
    width: float


@dataclass(frozen=True)
class Bars:
    """Periods that are read together, shortest first; those without a length stand last."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Dated:
    """A date that a fact says."""

    entry: Entry
    said: Said


def periods(
    entries: Sequence[Entry], titles: Sequence[tuple[str, Sequence[str]]], voice: Voice
) -> list[Bars]:
    """Every period, on one logarithmic scale: below the first title that has a subject of its
    fact, or below none.
    """
    found = [(entry, said) for entry in entries for said in entry.values if said.kind == "duration"]
    full = _scale(max((_minutes(said) for _, said in found), default=0))
    groups: dict[str, list[tuple[int, Bar]]] = {title: [] for title, _ in titles}
    for entry, said in found:
        minutes = _minutes(said)
        subjects = {subject.id for subject in entry.about}
        title = next((title for title, about in titles if subjects & set(about)), "")
        bar = Bar(entry, _name(entry, said, voice), said.text, _bound(said), _room(minutes, full))
        groups.setdefault(title, []).append((minutes, bar))
    return [
        Bars(title, tuple(bar for _, bar in sorted(bars, key=_order)))
        for title, bars in groups.items()
        if bars
    ]


def _scale(longest: int) -> int:
    lengths = [_minutes_of(length) for length in _SCALES]
    return next((length for length in lengths if length >= longest), longest)


def _minutes_of(length: str) -> int:
    return Duration.model_validate({"kind": "duration", "length": length}).minutes


def _minutes(said: Said) -> int:
    return Duration.model_validate({"kind": "duration", **said.raw}).minutes


def _bound(said: Said) -> str:
    return str(said.raw.get("bound", "exact"))


def _room(minutes: int, full: int) -> float:
    return round(100 * math.log(max(1, minutes)) / math.log(full), 1)


def _order(placed: tuple[int, Bar]) -> tuple[bool, int, str]:
    minutes, bar = placed
    return (not minutes, minutes, bar.entry.id)


def _name(entry: Entry, said: Said, voice: Voice) -> str:
    """The title of the fact; where it says several periods, with what this one is."""
    several = sum(other.kind == "duration" for other in entry.values) > 1
    return voice.label("named", title=entry.title, values=said.label) if several else entry.title


def dates(entries: Sequence[Entry]) -> list[Dated]:
    """The dates that facts say, the earliest first."""
    found = [
        Dated(entry, said) for entry in entries for said in entry.values if said.kind == "date"
    ]
    return sorted(found, key=lambda dated: str(dated.said.raw["date"]))


def connected(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Claims that contradict each other, directly or through others, together."""
    by_id = {entry.id: entry for entry in entries}
    told: set[str] = set()
    for entry in entries:
        if entry.id in told or not any(other in by_id for other in entry.conflicts):
            continue
        reached, waiting = [], [entry.id]
        while waiting:
            each = waiting.pop(0)
            if each in told:
                continue
            told.add(each)
            reached.append(by_id[each])
            waiting += [other for other in by_id[each].conflicts if other in by_id]
        yield reached
