"""Where to read on, besides facts: the page of a topic, the overview that a table is part of, the
notice on which text is authoritative. The widget's `targets.mjs` mirrors it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb_tools.search.judging import Judgment
from kb_tools.search.reply import Target
from kb_tools.search.store import AnswerIndex

MOST_OF = 0.5
"""The share of a table's facts that an overview must have."""


def found(index: AnswerIndex, judged: Judgment, language: str, base: str) -> Iterator[Target]:
    """What leads further from a judged text, in a language; `base` is what addresses begin with."""
    edition = index.edition(language)
    if "authority" in judged.ranking.asked.cues:
        notice = edition["notice"]
        yield Target(notice["title"], notice["text"], base + notice["address"])
    reaction = judged.reaction
    if reaction and reaction.kind == "topic":
        title = edition["topics"].get(reaction.topic)
        if title:
            yield Target(title, "", f"{base}{reaction.topic}/")
    if reaction and reaction.kind in ("choice", "list", "compare"):
        shown = [index.manifest["facts"][number] for number in judged.reacting]
        overview = _overview(edition["overviews"], shown)
        if overview:
            yield Target(overview["title"], "", base + overview["address"])


def _overview(
    overviews: Sequence[Mapping[str, Any]], shown: Sequence[str]
) -> Mapping[str, Any] | None:
    """The overview that has the most of the facts that are shown, of several the smallest one."""
    best = None
    for overview in overviews:
        held = sum(fact in overview["facts"] for fact in shown)
        rank = (held, -len(overview["facts"]))
        if held >= MOST_OF * len(shown) and (best is None or rank > best[0]):
            best = (rank, overview)
    return best[1] if best else None
