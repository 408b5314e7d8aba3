"""Proof that all languages say the same values: what the rendered pages say is read back and
compared with the facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_tools import layout, textfile
from kb_tools.content.model import Fact, KnowledgeBase, Page, Validity
from kb_tools.content.settings import Figure
from kb_tools.content.values import PLACEHOLDER, Day, Encryption, Value, YesNo
from kb_tools.errors import Problem
from kb_tools.locales import Locale
from kb_tools.proof import overviews
from kb_tools.proof.canonical import canonical, numbers
from kb_tools.proof.overviews import listed
from kb_tools.proof.reader import Found, Reader

_FACT = re.compile(
    r"^###? .*\{ #(?P<slug>[a-z0-9-]+) \.kb-fact(?: lang=(?P<lang>[\w-]+))? \}$", re.MULTILINE
)
_SPOKEN = re.compile(r"\A---\n(?:.*\n)*?lang: (\S+)\n")
"""The front matter of a page whose words are in another language than its address says."""
_NOTE = re.compile(
    r"^(?P<said>.*)\n\{ \.kb-(?P<when>past|future) data-(until|from)=(?P<day>\S+) \}$", re.MULTILINE
)
_CONDITION = re.compile(r"^(?P<said>.*)\n\{ \.kb-condition(?: lang=[\w-]+)? \}$", re.MULTILINE)
_DISPUTED = re.compile(r"^\{ \.kb-disputed(?P<days>( data-\S+)+) \}$", re.MULTILINE)
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
            if reader := _reader(text, locale, readers):
                yield from page_problems(text, name, page, knowledge, reader, readers)


def home_problems(
    root: Path,
    knowledge: KnowledgeBase,
    figures: Sequence[Figure],
    locales: Sequence[Locale],
    readers: Readers,
) -> Iterator[Problem]:
    """Every figure that the home page of one of these languages says otherwise than its fact."""
    facts = {fact.id: fact for fact in knowledge.facts}
    for locale in locales:
        name = f"{layout.DOCS}/{locale.code}/index.md"
        if not (root / name).exists():
            continue
        text = textfile.read_leniently(root / name)
        if reader := _reader(text, locale, readers):
            yield from overviews.figure_problems(text, name, figures, facts, reader)


def _reader(text: str, locale: Locale, readers: Readers) -> Reader | None:
    """Who reads a page: the reader of the language that its words are in."""
    spoken = _SPOKEN.match(text)
    return readers.get(spoken[1] if spoken else locale.html)


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
        validity, dated = knowledge.validity(fact), knowledge.lists_validity(fact)
        for what in _differences(block, fact, validity, voices, dated=dated):
            yield Problem(f"{name}:{line}", f"fact {fact.id!r}: {what}", _CORRECT)
    yield from overviews.problems(text, name, page, knowledge, reader, readers)


def _differences(
    block: str, fact: Fact, validity: Validity, voices: _Voices, *, dated: bool
) -> Iterator[str]:
    statement = block.partition("\n{ .kb-statement")[0].strip().rpartition("\n\n")[2]
    if not statement:
        yield "no statement"
    yield from _text_differences("statement", statement, fact.statement, fact, voices.fact)
    negated = _negated(fact)
    if negated is not None and negated != bool(voices.fact.negation.search(statement)):
        said, stored = ("affirms", "denies") if negated else ("denies", "affirms")
        yield f"the statement {said} what the fact {stored}"
    yield from _condition_differences(block, fact, voices.fact)
    days = validity if dated else Validity()
    yield from _list_differences(block, fact, days, voices.page)
    yield from _note_differences(block, validity, voices.page)


def _text_differences(
    part: str, said: str, message: str, fact: Fact, reader: Reader
) -> Iterator[str]:
    """Where a text says other values than the placeholders of its message stand for."""
    scan = reader.scan(said)
    values = [fact.values[name] for name in PLACEHOLDER.findall(message)]
    wanted = {canonical(value) for value in values} - {()}
    if scan.found != wanted:
        found, missing = listed(scan.found - wanted), listed(wanted - scan.found)
        yield f"the {part} says {found} where the fact says {missing}"
    known = {number for value in values for number in numbers(value)}
    if stray := next((number for number in scan.numbers if number not in known), ""):
        yield f"the {part} says {stray!r}, which is no value of the fact"


def _condition_differences(block: str, fact: Fact, reader: Reader) -> Iterator[str]:
    said = [match["said"] for match in _CONDITION.finditer(block)]
    if len(said) != len(fact.conditions):
        yield f"{len(said)} conditions where the fact has {len(fact.conditions)}"
        return
    for text, message in zip(said, fact.conditions, strict=True):
        yield from _text_differences("condition", text, message, fact, reader)


def _list_differences(block: str, fact: Fact, validity: Validity, reader: Reader) -> Iterator[str]:
    lines = [line for line in block.split("\n") if line.startswith("- ")]
    values = [fact.values[name] for name in fact.listed]
    for value, line in zip(values, lines, strict=False):
        wanted = canonical(value)
        if wanted and _read_line(line, value, reader) != wanted:
            says = f"the list of values says {line[2:]!r}"
            yield f"{says} where the fact says {listed({wanted})}"
    limits = (validity.start, validity.agreed_start, validity.agreed_end, validity.end)
    days: set[Found] = {("date", day.isoformat()) for day in limits if day}
    number = len(values) + bool(days)
    if len(lines) != number:
        yield f"{len(lines)} lines in the list of values where the fact has {number}"
    elif days and (said := reader.scan(lines[-1]).found) != days:
        yield f"the validity says {listed(said)} where the fact says {listed(days)}"


def _note_differences(block: str, validity: Validity, reader: Reader) -> Iterator[str]:
    """Where a note that a fact has ended, or has not begun, says another day."""
    for note in _NOTE.finditer(block):
        day = validity.end if note["when"] == "past" else validity.start
        wanted: set[Found] = {("date", day.isoformat())} if day else set()
        meant: set[Found] = {("date", note["day"])}
        for verb, said in (("says", reader.scan(note["said"]).found), ("is for", meant)):
            if said != wanted:
                yield f"the note {verb} {listed(said)} where the fact says {listed(wanted)}"
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


def _negated(fact: Fact) -> bool | None:
    """Whether the statement must deny something, must not, or may do either."""
    values = fact.values.values()
    answers = {value.is_ for value in values if isinstance(value, YesNo) and value.negates}
    methods = {value.method for value in values if isinstance(value, Encryption)}
    if "no" in answers or "none" in methods:
        return True
    return False if "yes" in answers or methods else None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
