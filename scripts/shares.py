"""Tell how much of each page's text are its facts, and how much are their sources.

    python scripts/shares.py [ROOT]

Characters of the rendered pages, without addresses and marks: titles, statements, values and
conditions of facts, and what names their sources.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_FACT = re.compile(r'<section class="kb-section" markdown>(.*?)</section>', re.DOTALL)
_ADDRESS = re.compile(r"\]\([^)]*\)|\{[^}]*\}|<[^>]*>")
_OWN = (
    re.compile(r"^## (.*?) \{ #", re.MULTILINE),
    re.compile(r"^(.*)\n\{ \.kb-statement", re.MULTILINE),
    re.compile(r"^    (?!\{)(.+)$", re.MULTILINE),
    re.compile(r"^- (.*)$", re.MULTILINE),
)
_SOURCES = re.compile(r"^(.*)\n+\{ \.kb-sources", re.MULTILINE)


def shares(text: str) -> tuple[int, int]:
    """The characters of facts and of their sources on a page."""
    blocks = _FACT.findall(text)
    facts = sum(len(_ADDRESS.sub("", f)) for b in blocks for p in _OWN for f in p.findall(b))
    return facts, sum(len(_ADDRESS.sub("", f)) for b in blocks for f in _SOURCES.findall(b))


def main() -> None:
    """Print a line a page."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for page in sorted(root.glob("docs/*/*.md")):
        facts, sources = shares(page.read_text("utf-8"))
        if facts and page.parent.name != "handbook":
            share = sources / (facts + sources)
            print(
                f"{page.parent.name}/{page.name:<16} facts {facts:>6}, sources {share:.0%} beside"
            )


if __name__ == "__main__":
    main()
