"""Proof that all languages say the same values: what the rendered pages say is read back and
compared with the facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_tools import layout, textfile
from kb_tools.content.model import Fact, KnowledgeBase, Page, Validity
from kb_tools.content.values import PLACEHOLDER, Day, Encryption, Switch, Value, YesNo
from kb_tools.content.views import Conflicts, Matrix, Switches, View
from kb_tools.errors import Problem
from kb_tools.locales import Locale
from kb_tools.proof.canonical import canonical, numbers
from kb_tools.proof.reader import Found, Reader, unescaped

_FACT = re.compile(
    r"^## .*\{ #(?P<slug>[a-z0-9-]+) \.kb-fact(?: lang=(?P<lang>[\w-]+))? \}$", re.MULTILINE
)
_SPOKEN = re.compile(r"\A---\n(?:.*\n)*?lang: (\S+)\n")
"""The front matter of a page whose words are in another language than its address says."""
_INTERNAL = re.compile(
    r"\[(?P<label>(?:\\.|[^\]\\])*)\]\((?P<page>[a-z0-9-]+)\.md#(?P<slug>[a-z0-9-]+)\)"
)
_NOTE = re.compile(
    r"^(?P<said>.*)\n\{ \.kb-(?P<when>past|future) data-(until|from)=(?P<day>\S+) \}$", re.MULTILINE
)
_DISPUTED = re.compile(r"^\{ \.kb-disputed(?P<days>( data-\S+)+) \}$", re.MULTILINE)
_HEADING = re.compile(r"^#+ .*\{ #(?P<slug>[a-z0-9-]+)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CORRECT = "Correct the fact, its translation or the template, then run kb build."

Readers = Mapping[str, Reader]
"""The readers of all languages by their `lang` attribute."""


@dataclass(frozen=True)
class _Voices:
    """Who reads a part of a page: `page` its lists, `fact` the texts of a fact, which may be in
    English.
    """

    page: Reader
    fact: Reader


def problems(
    root: Path, knowledge: KnowledgeBase, locales: Sequence[Locale], readers: Readers
) -> Iterator[Problem]:
    """Every value that a page of these languages says otherwise than the facts, leaves out or makes
    up; languages without a reader are passed over.
    """
    for locale in locales:
        for page in knowledge.pages:
            name = f"{layout.DOCS}/{locale.code}/{page.page}.md"
            path = root / name
            if not path.exists():
                yield Problem(f"{name}:1", "the page is missing", "Run kb build.")
                continue
            text = textfile.read_leniently(path)
            spoken = _SPOKEN.match(text)
            reader = readers.get(spoken[1] if spoken else locale.html)
            if reader:
                yield from page_problems(text, name, page, knowledge, reader, readers)


def page_problems(
    text: str,
    name: str,
    page: Page,
    knowledge: KnowledgeBase,
    reader: Reader,
    readers: Readers,
) -> Iterator[Problem]:
    """Compare one page with its facts."""
    blocks = {
        match["slug"]: (match.end(), _line(text, match.start()), match["lang"])
        for match in _FACT.finditer(text)
    }
    ends = sorted(start for start, _, _ in blocks.values())
    for fact in page.facts:
        if fact.slug not in blocks:
            yield Problem(f"{name}:1", f"fact {fact.id!r} has no anchor", "Run kb build.")
            continue
        start, line, language = blocks[fact.slug]
        voices = _Voices(reader, readers.get(language or "", reader))
        block = text[start : next((end for end in ends if end > start), len(text))]
        for what in _differences(block, fact, knowledge.validity(fact), voices):
            yield Problem(f"{name}:{line}", f"fact {fact.id!r}: {what}", _CORRECT)
    yield from _table_problems(text, name, page, knowledge, reader)


def _differences(block: str, fact: Fact, validity: Validity, voices: _Voices) -> Iterator[str]:
    statement = block.partition("\n{ .kb-statement")[0].strip().rpartition("\n\n")[2]
    if not statement:
        yield "no statement"
    yield from _text_differences("statement", statement, fact.statement, fact, voices.fact)
    negated = _negated(fact)
    if negated is not None and negated != bool(voices.fact.negation.search(statement)):
        said, stored = ("affirms", "denies") if negated else ("denies", "affirms")
        yield f"the statement {said} what the fact {stored}"
    yield from _condition_differences(block, fact, voices.fact)
    yield from _list_differences(block, fact, validity, voices.page)
    yield from _note_differences(block, validity, voices.page)


def _text_differences(
    part: str, said: str, message: str, fact: Fact, reader: Reader
) -> Iterator[str]:
    """Where a text says other values than the placeholders of its message stand for."""
    scan = reader.scan(said)
    values = [fact.values[name] for name in PLACEHOLDER.findall(message)]
    wanted = {canonical(value) for value in values} - {()}
    if scan.found != wanted:
        found, missing = _listed(scan.found - wanted), _listed(wanted - scan.found)
        yield f"the {part} says {found} where the fact says {missing}"
    known = {number for value in values for number in numbers(value)}
    if stray := next((number for number in scan.numbers if number not in known), ""):
        yield f"the {part} says {stray!r}, which is no value of the fact"


def _condition_differences(block: str, fact: Fact, reader: Reader) -> Iterator[str]:
    note = re.search(r"^!!! note .*\n((?:    .*\n|\n)*)", block, re.MULTILINE)
    indented = [line.strip() for line in note[1].split("\n")] if note else []
    said = [line for line in indented if line and not line.startswith("{ ")]
    if len(said) != len(fact.conditions):
        yield f"{len(said)} conditions where the fact has {len(fact.conditions)}"
        return
    for text, message in zip(said, fact.conditions, strict=True):
        yield from _text_differences("condition", text, message, fact, reader)


def _list_differences(block: str, fact: Fact, validity: Validity, reader: Reader) -> Iterator[str]:
    listed = block.partition("{ .kb-values }")[0].split("\n")
    lines = [line for line in listed if line.startswith("- ")]
    for value, line in zip(fact.values.values(), lines, strict=False):
        wanted = canonical(value)
        if wanted and _read_line(line, value, reader) != wanted:
            says = f"the list of values says {line[2:]!r}"
            yield f"{says} where the fact says {_listed({wanted})}"
    limits = (validity.start, validity.agreed_start, validity.agreed_end, validity.end)
    days: set[Found] = {("date", day.isoformat()) for day in limits if day}
    number = len(fact.values) + bool(days)
    if len(lines) != number:
        yield f"{len(lines)} lines in the list of values where the fact has {number}"
    elif days and (said := reader.scan(lines[-1]).found) != days:
        yield f"the validity says {_listed(said)} where the fact says {_listed(days)}"


def _note_differences(block: str, validity: Validity, reader: Reader) -> Iterator[str]:
    """Where a note that a fact has ended, or has not begun, says another day."""
    for note in _NOTE.finditer(block):
        day = validity.end if note["when"] == "past" else validity.start
        wanted: set[Found] = {("date", day.isoformat())} if day else set()
        meant: set[Found] = {("date", note["day"])}
        for verb, said in (("says", reader.scan(note["said"]).found), ("is for", meant)):
            if said != wanted:
                yield f"the note {verb} {_listed(said)} where the fact says {_listed(wanted)}"
    disputed_note = _DISPUTED.search(block)
    days = disputed_note["days"].split() if disputed_note else []
    if days != _disputed_days(validity):
        disputed = ", ".join(_disputed_days(validity)) or "nothing"
        yield f"disputed is {', '.join(days) or 'nothing'} where the fact has {disputed}"


def _disputed_days(validity: Validity) -> list[str]:
    """The days between which the sources differ, as a page has them."""
    days = []
    if validity.start != validity.agreed_start:
        days += [f"data-from={validity.start}", f"data-agreed-from={validity.agreed_start}"]
    if validity.end != validity.agreed_end:
        days += [f"data-agreed-until={validity.agreed_end}", f"data-until={validity.end}"]
    return days


def _read_line(line: str, value: Value, reader: Reader) -> Found:
    """The value that a line of the list of values says."""
    wanted = canonical(value)
    if wanted[0] == "word":
        return ("word", reader.word(line))
    if wanted == ("duration", "unspecified"):
        return ("duration", reader.word(line))
    found = next(iter(reader.scan(line).found), ())
    if isinstance(value, Day):
        bounds = (bound for words, bound in reader.date_bounds.items() if words in line)
        bound = next(bounds, "exact")
        return found if bound == value.bound else (*found, bound)
    return found


def _table_problems(
    text: str, name: str, page: Page, knowledge: KnowledgeBase, reader: Reader
) -> Iterator[Problem]:
    """Values in tables must be values of the facts that their cell or their row is about."""
    facts = {fact.id: fact for fact in knowledge.facts}
    views = {view.id: view for view in page.views}
    view, switches = None, _Switches()
    for number, line in enumerate(text.split("\n"), 1):
        if heading := _HEADING.match(line):
            view, switches = views.get(heading["slug"]), _Switches()
        links = _links(line)
        if not line.startswith("|") or not links or not facts.keys() >= set(links):
            continue
        row = _row_values(view, links, facts, switches)
        for cell in _cells(line):
            own = [facts[link] for link in _links(cell)]
            if not own and isinstance(view, Conflicts):
                continue  # it tells of sources
            known = _values(own) if own else row
            if wrong := _said_in(cell, reader) - known:
                what = f"the table says {_listed(wrong)}, which no fact of this row says"
                yield Problem(f"{name}:{number}", what, "Run kb build.")


def _row_values(
    view: View | None, links: Sequence[str], facts: Mapping[str, Fact], switches: _Switches
) -> set[Found]:
    """What cells that lead nowhere may say: values of the fact that their row begins with, and of
    those that its matrix names for it.
    """
    first = facts[links[0]]
    if isinstance(view, Switches):
        return switches.values(first)
    if not isinstance(view, Matrix):
        return _values([facts[link] for link in links])
    named = {
        other
        for row in view.rows
        for key, other in row.cells.items()
        if row.fact == first.id and view.columns[key].shows_values
    }
    return _values([first, *(facts[other] for other in named)])


class _Switches:
    """The rows of a fact with switches are its switches, in their order."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def values(self, fact: Fact) -> set[Found]:
        """What the next row of a fact may say: one switch with its variable."""
        pairs = [
            {canonical(value), canonical(fact.values[value.variable])}
            for value in fact.values.values()
            if isinstance(value, Switch) and value.variable
        ]
        row = self._seen[fact.id]
        self._seen[fact.id] += 1
        return pairs[row] if row < len(pairs) else set()


def _links(text: str) -> list[str]:
    return [f"{match['page']}/{match['slug']}" for match in _INTERNAL.finditer(text)]


def _values(facts: Sequence[Fact]) -> set[Found]:
    known = {canonical(value) for fact in facts for value in fact.values.values()}
    return known | ({("word", "unspecified")} if ("duration", "unspecified") in known else set())


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("|").strip() for cell in line.strip("|").split(" | ")]


def _said_in(cell: str, reader: Reader) -> set[Found]:
    """What a cell says: words in bold or as a link, and the values in its text."""
    labels = [match["label"] for match in _INTERNAL.finditer(cell)]
    said = labels or _BOLD.findall(cell)
    words = {reader.words.get(unescaped(part).strip(), "") for part in said}
    found = reader.scan(_INTERNAL.sub(r"\g<label>", cell)).found
    return found | {("word", word) for word in words - {"", "until-deleted"}}


def _negated(fact: Fact) -> bool | None:
    """Whether the statement must deny something, must not, or may do either."""
    values = fact.values.values()
    answers = {value.is_ for value in values if isinstance(value, YesNo) and value.negates}
    methods = {value.method for value in values if isinstance(value, Encryption)}
    if "no" in answers or "none" in methods:
        return True
    return False if "yes" in answers or methods else None


def _listed(found: set[Found]) -> str:
    return ", ".join(" ".join(value) for value in sorted(found)) or "nothing"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
