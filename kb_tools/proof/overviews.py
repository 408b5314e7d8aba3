"""Proof that overviews say the values of their facts: each row of each overview is read back, and
held against what its view makes it say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from kb_tools.content.model import Fact, KnowledgeBase, Page
from kb_tools.content.settings import Figure
from kb_tools.content.values import (
    PLACEHOLDER,
    Day,
    Duration,
    Encryption,
    Switch,
    Value,
    Variable,
    YesNo,
)
from kb_tools.content.views import (
    Conflicts,
    Documents,
    Flow,
    Matrix,
    Periods,
    Switches,
    Timeline,
    Verdicts,
    View,
)
from kb_tools.errors import Problem
from kb_tools.proof.canonical import canonical
from kb_tools.proof.reader import Found, Reader, unescaped

_INTERNAL = re.compile(
    r"\[(?P<label>(?:\\.|[^\]\\])*)\]\((?P<page>[a-z0-9-]+)\.md#(?P<slug>[a-z0-9-]+)\)"
)
_HEADING = re.compile(r"^#+ .*\{ #(?P<slug>[a-z0-9-]+)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>")
_UNREAD = re.compile(r"<svg.*</svg>|<span class=\"kb-claimed\">.*?</span>|<br>")
"""Parts of a row that say nothing of its facts."""
_FOREIGN = re.compile(r"\)\{ lang=(?P<lang>[\w-]+) \}")
_ANSWER = ".kb-verdict-title }"

Said = tuple[frozenset[Found], ...]
"""What the cells of a row say; a row without cells is one."""


@dataclass
class _Overview:
    """An overview of a page as it is read: the line of its heading, its rows with their lines."""

    line: int
    rows: list[tuple[str, Said]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def problems(
    text: str,
    name: str,
    page: Page,
    knowledge: KnowledgeBase,
    reader: Reader,
    readers: Mapping[str, Reader],
) -> Iterator[Problem]:
    """Every row of an overview that says other values than its facts, is missing or is made up."""
    facts = {fact.id: fact for fact in knowledge.facts}
    read = _read(text, page, reader, readers)
    for view in page.views:
        wanted = Counter(_wanted(view, page, facts))
        if view.id not in read:
            if wanted:
                yield Problem(f"{name}:1", f"overview {view.id!r} is missing", "Run kb build.")
            continue
        overview = read[view.id]
        for row, line in zip(overview.rows, overview.lines, strict=True):
            if wanted[row]:
                wanted[row] -= 1
                continue
            fact, said = row
            meant = [each for (other, each), number in wanted.items() if number and other == fact]
            what = f"overview {view.id!r}: the row of {fact!r} says {_told(said)}"
            what += f" where the facts say {_told(meant[0])}" if meant else ", which no fact says"
            yield Problem(f"{name}:{line}", what, "Run kb build.")
        if len(overview.rows) < len(list(_wanted(view, page, facts))):
            missing = ", ".join(sorted({fact for (fact, _), number in wanted.items() if number}))
            what = f"overview {view.id!r}: rows of {missing} are missing"
            yield Problem(f"{name}:{overview.line}", what, "Run kb build.")


def figure_problems(
    text: str, name: str, figures: Sequence[Figure], facts: Mapping[str, Fact], reader: Reader
) -> Iterator[Problem]:
    """Every figure of the home page that says another value than its fact, is missing or is made
    up.
    """
    wanted = Counter((each.fact, _said([facts[each.fact].values[each.value]])) for each in figures)
    for number, line in enumerate(text.split("\n"), 1):
        if not (line.startswith("- **") and (link := _INTERNAL.search(line))):
            continue
        fact = f"{link['page']}/{link['slug']}"
        said = frozenset(_values(line[: link.start()], reader))
        if wanted[fact, said]:
            wanted[fact, said] -= 1
        else:
            what = f"the figure of {fact!r} says {listed(said)}, which is none of the figures"
            yield Problem(f"{name}:{number}", what, "Run kb build.")
    for (fact, said), number in wanted.items():
        if number:
            what = f"the figure of {fact!r}, {listed(said)}, is missing"
            yield Problem(f"{name}:1", what, "Run kb build.")


def listed(found: set[Found] | frozenset[Found]) -> str:
    """Values for messages."""
    return ", ".join(" ".join(value) for value in sorted(found)) or "nothing"


def _told(said: Said) -> str:
    return " | ".join(listed(cell) for cell in said)


def _read(
    text: str, page: Page, reader: Reader, readers: Mapping[str, Reader]
) -> dict[str, _Overview]:
    """The overviews of a page by their anchors."""
    found: dict[str, _Overview] = {}
    views = {view.id: view for view in page.views if not isinstance(view, Documents)}
    view: View | None = None
    answer: frozenset[Found] = frozenset()
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if heading := _HEADING.match(line):
            view, answer = views.get(heading["slug"]), frozenset()
            if view:
                found[view.id] = _Overview(number)
        elif view and line.endswith(_ANSWER):
            answer = frozenset(_values(lines[number - 2], reader))
        elif view and line.startswith(("<tr markdown>", "- ")) and (link := _INTERNAL.search(line)):
            foreign = _FOREIGN.search(line) if isinstance(view, Conflicts) else None
            speaker = readers.get(foreign["lang"], reader) if foreign else reader
            said = (answer,) if isinstance(view, Verdicts) else _row(view, line, speaker)
            found[view.id].rows.append((f"{link['page']}/{link['slug']}", said))
            found[view.id].lines.append(number)
    return found


def _row(view: View, line: str, reader: Reader) -> Said:
    """What the cells of a row say, its heading left out."""
    line = _UNREAD.sub(" ", line)
    cells = _CELL.findall(line)[1:] if line.startswith("<tr") else [line]
    if isinstance(view, Conflicts):
        return tuple(frozenset(reader.scan(_INTERNAL.sub(r"\g<label>", c)).found) for c in cells)
    return tuple(frozenset(_values(cell, reader)) for cell in cells)


def _values(cell: str, reader: Reader) -> set[Found]:
    """What a cell says: words in bold or as a link, and the values in its text."""
    labels = [match["label"] for match in _INTERNAL.finditer(cell)]
    parts = [part for said in (*labels, *_BOLD.findall(cell)) for part in _parts(said, reader)]
    words = {reader.words.get(unescaped(part).strip(), "") for part in parts}
    found = reader.scan(_INTERNAL.sub(r"\g<label>", cell)).found
    words -= {"", "until-deleted"}
    return found | {("word", word) for word in words}


def _parts(said: str, reader: Reader) -> Iterator[str]:
    """What may be a word: all of it, or each part that stands after what it is about."""
    yield said
    for part in re.split("[;\uff1b]", said):
        yield re.split("[:\uff1a]", part)[-1]


def _wanted(view: View, page: Page, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Said]]:
    """What the rows of a view say: the fact that each begins with, and the values of its cells."""
    match view:
        case Matrix():
            yield from _matrix(view, facts)
        case Verdicts():
            for named in view.rows:
                value = facts[named.fact].values.get(view.value)
                yield named.fact, (_said([value] if isinstance(value, YesNo) else []),)
        case Periods():
            yield from _each(facts.values(), Duration)
        case Timeline():
            yield from _each(page.facts, Day)
        case Flow():
            yield from _flow(view, facts)
        case Switches():
            yield from _switches(page)
        case Conflicts():
            yield from _conflicts(view, page, facts)
        case Documents():
            return
        case _:
            assert_never(view)


def _said(values: Sequence[Value]) -> frozenset[Found]:
    """Values as a reader finds them in a cell."""
    found = {canonical(value) for value in values} - {()}
    unspecified: Found = ("duration", "unspecified")
    return frozenset(("word", "unspecified") if each == unspecified else each for each in found)


def _in_text(fact: Fact, text: str) -> frozenset[Found]:
    return _said([fact.values[name] for name in PLACEHOLDER.findall(text)])


def _matrix(view: Matrix, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Said]]:
    for row in view.rows:
        cells = []
        for key, column in view.columns.items():
            fact = facts[row.cells.get(key, row.fact)]
            if column.shows_values:
                shown = [
                    value
                    for name, value in fact.values.items()
                    if name in column.values or value.kind == column.kind
                ]
                cells.append(_said(shown))
            else:
                titled = key in row.cells and key not in row.notes
                cells.append(_in_text(fact, fact.title) if titled else frozenset())
        yield row.fact, tuple(cells)


def _each(facts: Iterable[Fact], kind: type[Value]) -> Iterator[tuple[str, Said]]:
    """A row for each value of a kind; dates stand beside the title of their fact."""
    for fact in facts:
        beside = _in_text(fact, fact.title) if kind is Day else frozenset()
        for value in fact.values.values():
            if isinstance(value, kind):
                yield fact.id, (_said([value]) | beside,)


def _flow(view: Flow, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Said]]:
    for arrow in view.arrows:
        said: list[Value] = []
        for other, kind in ((arrow.encryption, Encryption), (arrow.off, Variable)):
            values = facts[other].values.values() if other else ()
            said += [value for value in values if isinstance(value, kind)]
        yield arrow.fact, (_said(said),)


def _switches(page: Page) -> Iterator[tuple[str, Said]]:
    """A cell for each provider that a fact of the page names."""
    shown = [fact for fact in page.facts if any(_variable(v) for v in fact.values.values())]
    switches = [value for fact in shown for value in fact.values.values()]
    providers = dict.fromkeys(value.provider for value in switches if isinstance(value, Switch))
    for fact in shown:
        own: dict[str, list[Value]] = {provider: [] for provider in providers}
        for value in fact.values.values():
            if isinstance(value, Switch):
                own[value.provider] = [value]
                own[value.provider] += [fact.values[value.variable]] if value.variable else []
        yield fact.id, tuple(_said(values) for values in own.values())


def _variable(value: Value) -> str | None:
    return value.variable if isinstance(value, Switch) else None


def _conflicts(
    view: Conflicts, page: Page, facts: Mapping[str, Fact]
) -> Iterator[tuple[str, Said]]:
    """The claims below each question; without questions, each that another one contradicts."""
    own = {fact.id for fact in page.facts}
    claims = [claim for dispute in view.questions for claim in dispute.claims]
    if not view.questions:
        claims = [fact.id for fact in page.facts if own & set(fact.conflicts)]
    for claim in claims:
        yield claim, (_in_text(facts[claim], facts[claim].statement),)
