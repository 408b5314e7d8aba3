"""Facts to take along: as a table for spreadsheets, as JSON lines, and as plain Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from kb_tools.entry import Entry

COLUMNS = (
    *("fact", "language", "page", "title", "text", "conditions", "values", "valid", "from"),
    *("until", "kind", "sources", "contradicts", "address"),
)
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet compute a cell, or run what it says."""
_MARK = "\ufeff"
"""By the mark of the byte order Excel knows that a file is UTF-8."""
_SPECIAL = "\\`*_[]<>#|"


def as_csv(entries: Sequence[Entry], topics: Mapping[str, str]) -> str:
    """A table of facts, one a row, that spreadsheets open as it is: UTF-8 with its mark, and no
    cell that is computed; several things in a cell stand on lines of their own.
    """
    made = io.StringIO()
    made.write(_MARK)
    rows = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([_inert(cell) for cell in _cells(entry, topics)] for entry in entries)
    return made.getvalue()


def _cells(entry: Entry, topics: Mapping[str, str]) -> Iterator[str]:
    yield from (entry.id, entry.text_language, topics[entry.page], entry.title, entry.text)
    yield "\n".join(passage.text for passage in entry.conditions)
    yield "\n".join(f"{said.label}: {said.text}" for said in entry.values)
    yield from (entry.validity, entry.start or "", entry.end or "")
    yield "\n".join(dict.fromkeys(citation.kind for citation in entry.sources))
    yield "\n".join(entry.cited)
    yield "\n".join(entry.conflicts)
    yield entry.url


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


def as_jsonl(entries: Sequence[Entry], topics: Mapping[str, str]) -> str:
    """The facts as every interface tells them, one JSON object a line."""
    return "".join(json.dumps(entry.record(), ensure_ascii=False) + "\n" for entry in entries)


def as_markdown(entries: Sequence[Entry], topics: Mapping[str, str]) -> str:
    """The facts by topic as Markdown that any program reads."""
    parts = []
    for page, facts in groupby(entries, lambda entry: entry.page):
        parts.append(f"# {_literal(topics[page])}")
        parts += [part for entry in facts for part in _sections(entry)]
    return "\n\n".join(parts) + "\n"


def _sections(entry: Entry) -> Iterator[str]:
    yield f"## {_literal(entry.title)}"
    yield _literal(entry.text)
    lists = (
        [passage.text for passage in entry.conditions],
        [f"{said.label}: {said.text}" for said in entry.values],
        [entry.validity, entry.reported],
        entry.cited,
    )
    for items in lists:
        told = [f"- {_literal(item)}" for item in items if item]
        if told:
            yield "\n".join(told)
    yield f"<{entry.url}>"


def _literal(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in text)


FORMATS: Mapping[str, Callable[[Sequence[Entry], Mapping[str, str]], str]] = {
    "csv": as_csv,
    "jsonl": as_jsonl,
    "markdown": as_markdown,
}
"""By the name of a format: what makes it of facts and the titles of their pages."""
