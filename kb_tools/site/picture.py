"""Periods as bars on a logarithmic scale: the picture of the retention page. The home of Vega.

Labels stand above the bars and the size is fixed, so the drawing does not depend on the fonts of
the machine that draws it.
Colours are the page's own (`currentColor`), so it can be read in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import vl_convert

_WIDTH, _STEP, _RIGHT = 480, 46, 150
_BAR = "#5c6bc0"


@dataclass(frozen=True)
class Bar:
    """One period: its name, its length in minutes and how it is said."""

    name: str
    minutes: int
    said: str


def draw(bars: Sequence[Bar], ticks: Sequence[Bar], description: str) -> str:
    """An SVG picture of the bars, for the text of a page; `description` is its text alternative."""
    svg: str = vl_convert.vegalite_to_svg(_specification(bars, ticks))
    attributes = f'role="img" aria-label={quoteattr(description)}'
    svg = re.sub(
        r' (?:role|aria-roledescription)="[^"]*"', "", svg
    )  # roles without names; the whole picture has one
    return re.sub(
        r'<svg ([^>]*?)width="(\d+)" height="(\d+)"', rf"<svg {attributes} \1", svg, count=1
    )


def _specification(bars: Sequence[Bar], ticks: Sequence[Bar]) -> dict[str, object]:
    longest = max(bar.minutes for bar in [*bars, *ticks])
    scale = {"type": "log", "domain": [1, longest * 1.2], "nice": False}
    names = "{" + ",".join(f"{tick.minutes}:{tick.said!r}" for tick in ticks) + "}[datum.value]"
    rows = [
        {"row": number, "name": bar.name, "minutes": bar.minutes, "said": bar.said}
        for number, bar in enumerate(bars)
    ]
    text = {"type": "text", "align": "left"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH,
        "height": {"step": _STEP},
        "autosize": {"type": "none"},
        "padding": {"left": 6, "right": _RIGHT, "top": 28, "bottom": 6},
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "row", "type": "ordinal", "sort": None, "axis": None},
            "x": {
                "field": "minutes",
                "type": "quantitative",
                "scale": scale,
                "axis": {
                    "orient": "top",
                    "title": None,
                    "values": [tick.minutes for tick in ticks],
                    "labelExpr": names,
                },
            },
        },
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "height": 12,
                    "yOffset": 9,
                    "cornerRadiusEnd": 3,
                    "color": _BAR,
                },
                "encoding": {"x2": {"datum": 1}},
            },
            {
                "mark": {**text, "dy": -9},
                "encoding": {
                    "text": {"field": "name"},
                    "x": {"datum": 1, "type": "quantitative", "scale": scale},
                },
            },
            {
                "mark": {**text, "dx": 7, "dy": 10, "fontWeight": "bold"},
                "encoding": {"text": {"field": "said"}},
            },
        ],
        "config": {
            "aria": False,
            "background": None,
            "font": "inherit",
            "view": {"stroke": None},
            "text": {"color": "currentColor", "fontSize": 13},
            "axis": {
                "labelColor": "currentColor",
                "labelFontSize": 12,
                "labelOverlap": False,
                "gridColor": "currentColor",
                "gridOpacity": 0.2,
                "gridDash": [2, 3],
                "domain": False,
                "ticks": False,
            },
        },
    }
