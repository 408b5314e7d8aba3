"""What a changed number changes on the pages, and what the rest of a build makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kb_tools import layout

Lines = Mapping[Path, list[str]]
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def pages(root: Path) -> Lines:
    """The lines of all pages of a knowledge base."""
    return {
        path.relative_to(root / layout.DOCS): path.read_text("utf-8").splitlines()
        for path in (root / layout.DOCS).rglob("*.md")
    }


def check_lines(before: Lines, after: Lines, said: Mapping[str, tuple[str, str]]) -> set[str]:
    """Check that the lines that differ say the new words in place of the old ones, and nothing
    else; return the names of the pages that have such lines, the same in every language.
    """
    assert before.keys() == after.keys()
    changed: dict[str, set[str]] = {code: set() for code in said}
    for path, lines in before.items():
        for old, new in zip(lines, after[path], strict=True):
            if old != new:
                code = path.parts[0]
                changed[code].add(path.name)
                _check_line(old, new, *said[code])
    names = set.union(*changed.values())
    assert all(found == names for found in changed.values()), changed
    return names


def _check_line(old: str, new: str, was: str, now: str) -> None:
    if "<svg" in old:
        assert _FIGURE.sub("", old) == _FIGURE.sub("", new), (
            "the bar has another length, and the period its new figure"
        )
        assert new.count(now) - old.count(now) == old.count(was) - new.count(was) > 0
    else:
        assert old.replace(was, now) == new
