"""Periods as bars on a logarithmic scale: where each part of the drawing stands.

Labels stand above the bars and the size is fixed, so the drawing does not depend on the fonts of
the machine that draws it. The template `picture.svg.j2` draws it in the page's own colors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, STEP, TOP, LEFT, RIGHT = 480, 46, 28, 6, 150
"""Of the scale, of a bar with its label, and of the room around them, in units of the drawing."""
_ROOM = 1.2
"""How much longer than the longest period the scale is."""


@dataclass(frozen=True)
class Bar:
    """One period: its name, its length in minutes, how it is said, and the code of the language
    that its name is in.
    """

    name: str
    minutes: int
    said: str
    language: str


@dataclass(frozen=True)
class Placed:
    """A bar or a tick with its end on the scale and, of a bar, its upper edge."""

    bar: Bar
    x: float
    y: int


@dataclass(frozen=True)
class Picture:
    """A drawing: its size, its bars from top to bottom, and the ticks of its scale."""

    width: int
    height: int
    left: int
    top: int
    bars: tuple[Placed, ...]
    ticks: tuple[Placed, ...]
    description: str


def draw(bars: Sequence[Bar], ticks: Sequence[Bar], description: str) -> Picture:
    """Place bars on a scale; `description` is the drawing's text alternative."""
    longest = max(1, *(bar.minutes for bar in [*bars, *ticks])) * _ROOM

    def x(bar: Bar) -> float:
        return round(LEFT + WIDTH * math.log(max(1, bar.minutes)) / math.log(longest), 1)

    return Picture(
        width=LEFT + WIDTH + RIGHT,
        height=TOP + STEP * len(bars) + LEFT,
        left=LEFT,
        top=TOP,
        bars=tuple(Placed(bar, x(bar), TOP + STEP * row) for row, bar in enumerate(bars)),
        ticks=tuple(Placed(tick, x(tick), TOP) for tick in ticks),
        description=description,
    )
