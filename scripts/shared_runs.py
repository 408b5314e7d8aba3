"""Tell the longest runs of words that texts share with their sources.

    scripts/shared_runs.py FOLDER [--longer-than N] [--root BASE]

FOLDER holds the source documents, which are not in the repository: one file each, named by the id
of the document, such as zdr-fr.md or policy.txt. A title, statement or condition is compared with
the documents that its fact cites, where they are in its own language. A run is counted in words, in
Chinese and Japanese in characters; names of subjects and values that it holds are not counted. Exit
status 1 where a run is longer than N words (8), or N + 7 characters.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_tools.entry import Entry
from kb_tools.project import Project

_UNIT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆ー]|[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SHOWN = 5


@dataclass(frozen=True)
class Run:
    """A run that a fact shares with a document; `length` is without names."""

    fact: str
    document: str
    text: str
    length: int


def main() -> None:
    """Print the longest runs of each language."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the source documents, named by their ids")
    parser.add_argument(
        "--longer-than", type=int, default=8, metavar="N", help="words, or N + 7 characters"
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the knowledge base")
    asked = parser.parse_args()
    project, too_long = Project(asked.root), False
    for language, entries in project.editions.items():
        most = asked.longer_than + 7 * (language in ("ja", "zh"))
        found = sorted(
            runs(entries, documents(project, asked.folder, language)), key=lambda run: -run.length
        )
        print(f"{language}: longest {found[0].length if found else 0}, at most {most}")
        for run in found[:_SHOWN]:
            print(f"  {run.length}  {run.fact}, {run.document}: {run.text}")
        too_long |= bool(found) and found[0].length > most
    sys.exit(too_long)


def documents(project: Project, folder: Path, language: str) -> dict[str, str]:
    """The documents in a language that the folder holds, by id, as units with spaces between."""
    held = {path.stem: path for path in folder.iterdir() if path.is_file()}
    return {
        source.id: _spaced(units(held[source.id].read_text("utf-8")))
        for source in project.knowledge.sources.values()
        if source.language == language and source.id in held
    }


def runs(entries: Sequence[Entry], documents: dict[str, str]) -> Iterator[Run]:
    """The longest run of each text with each document that its fact cites."""
    for entry in entries:
        names = {tuple(units(name)) for name in _names(entry)} - {()}
        for document in {citation.document for citation in entry.sources} & documents.keys():
            for text in (entry.title, entry.text, *(passage.text for passage in entry.conditions)):
                shared = list(_shared(units(text), documents[document]))
                if shared:
                    best = max(shared, key=lambda run: _length(run, names))
                    yield Run(entry.id, document, _joined(best), _length(best, names))


def units(text: str) -> list[str]:
    """What runs are counted in: words in lower case, and each character of Chinese and Japanese."""
    return _UNIT.findall(text.lower())


def _names(entry: Entry) -> Iterator[str]:
    yield from (subject.name for subject in entry.about)
    yield from (re.sub(r"\(.*\)|（.*）", "", subject.name) for subject in entry.about)
    yield from (said.text for said in entry.values)


def _shared(own: Sequence[str], document: str) -> Iterator[Sequence[str]]:
    """The runs of units that stand in the document too, none a part of another."""
    end = 0
    for start in range(len(own)):
        longest = start
        while longest < len(own) and _spaced(own[start : longest + 1]) in document:
            longest += 1
        if longest > max(end, start):
            yield own[start:longest]
            end = longest


def _length(run: Sequence[str], names: set[tuple[str, ...]]) -> int:
    """How long a run is without the names in it."""
    text = _spaced(run)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(_spaced(name), " ")
    words = text.split()
    return len([word for word in words if _CJK.match(word)]) or len(words)


def _joined(run: Sequence[str]) -> str:
    """A run as it is read: characters of Chinese and Japanese stand without spaces."""
    return re.sub(rf"(?<={_CJK.pattern}) (?={_CJK.pattern})", "", " ".join(run))


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


if __name__ == "__main__":
    main()
