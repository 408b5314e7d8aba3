"""Addresses that facts had: what leads from them to where a fact is now, and those that would be
lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb_tools import layout, textfile
from kb_tools.entry import Entry
from kb_tools.errors import Problem
from kb_tools.locales import SOURCE
from kb_tools.project import Project

_ANCHOR = re.compile(
    r"\{ #(?P<fact>[a-z0-9-]+) \.kb-(?:fact|moved)"
    r'|<span class="kb-former" id="(?P<former>[a-z0-9-]+)">'
)


@dataclass(frozen=True)
class Moved:
    """An anchor on a page whose fact is on another one now, or nowhere."""

    slug: str
    entry: Entry | None


def moved(project: Project, entries: Mapping[str, Entry]) -> dict[str, list[Moved]]:
    """What once stood on each page and stands there no longer, in the order of the facts."""
    found: dict[str, list[Moved]] = {}
    for old, now in project.knowledge.former.items():
        page, _, slug = old.partition("/")
        if page != entries[now].page:
            found.setdefault(page, []).append(Moved(slug, entries[now]))
    for gone in project.settings.withdrawn:
        page, _, slug = gone.partition("/")
        found.setdefault(page, []).append(Moved(slug, None))
    return found


def lost(project: Project) -> list[Problem]:
    """Ids that the pages have on disk and that lead nowhere by what the sources say now."""
    knowledge = project.knowledge
    known = {*knowledge.places, *knowledge.former, *project.settings.withdrawn}
    return [
        Problem(
            place,
            f"the address of {old!r} would lead to nothing",
            "Name it in `formerly` of the fact that says it now, or in `withdrawn` in"
            f" {layout.SETTINGS}; where it was never published, remove it from this page.",
        )
        for old, place in _on_disk(project)
        if old not in known
    ]


def _on_disk(project: Project) -> Iterator[tuple[str, str]]:
    """Every id that the pages of the reference language hold, with its place."""
    folder = layout.DOCS / SOURCE.code
    for path in sorted((project.root / folder).glob("*.md")):
        for number, line in enumerate(textfile.read_leniently(path).splitlines(), 1):
            for found in _ANCHOR.finditer(line):
                slug = found["fact"] or found["former"]
                yield f"{path.stem}/{slug}", f"{folder / path.name}:{number}"
