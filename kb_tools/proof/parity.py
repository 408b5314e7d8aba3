"""Proof that all languages say the same values: what the rendered pages say is read back and
compared with the facts.

The readers below share nothing with `localize`, which wrote the pages: they know how numbers, dates
and words look in each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_tools.content.model import (
    PLACEHOLDER,
    Choices,
    Command,
    Day,
    Duration,
    Email,
    Encryption,
    Endpoint,
    Fact,
    File,
    KnowledgeBase,
    Parameter,
    Switch,
    Url,
    Validity,
    Value,
    Variable,
    YesNo,
)
from kb_tools.errors import Problem

Found = tuple[str, ...]
"""A value in the form that all languages share, such as ("duration", "at-most", "2", "year") or
("date", "2025-09-19").
"""


@dataclass(frozen=True)
class Reader:
    """How one language says values: what a number, a date, a yes look like in it."""

    duration: re.Pattern[str]
    units: dict[str, str]
    bounds: dict[str, str]
    date: re.Pattern[str]
    date_bounds: dict[str, str]
    months: tuple[str, ...]
    words: dict[str, str]
    cipher: re.Pattern[str]
    negation: re.Pattern[str]


READERS = {
    "en": Reader(
        duration=re.compile(r"(?P<before>up to |at least )?(?P<n>\d+) (?P<unit>minute|hour|day|week|month|year)s?\b(?P<after>)"),
        units={unit: unit for unit in ("minute", "hour", "day", "week", "month", "year")},
        bounds={"up to": "at-most", "at least": "at-least"},
        date=re.compile(r"(?P<m>[A-Z][a-z]+) (?P<d>\d{1,2}), (?P<y>\d{4})"),
        date_bounds={"this day included": "inclusive", "before": "exclusive"},
        months=(
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ),
        words={"yes": "yes", "no": "no", "partly": "partly", "on": "on", "off": "off", "not encrypted": "none",
               "encrypted, method not stated": "unspecified", "not stated": "unspecified", "until explicitly deleted": "until-deleted"},
        cipher=re.compile(r"(?P<bits>\d+)-bit (?P<name>AES)"),
        negation=re.compile(r"\bnot\b|\bno\b|\bneither\b", re.IGNORECASE),
    ),
    "fr": Reader(
        duration=re.compile(r"(?P<before>)(?P<n>\d+) (?P<unit>minute|heure|jour|semaine|mois|an)s?\b(?P<after> au plus| au moins)?"),
        units={"minute": "minute", "heure": "hour", "jour": "day", "semaine": "week", "mois": "month", "an": "year"},
        bounds={"au plus": "at-most", "au moins": "at-least"},
        date=re.compile(r"(?P<d>\d{1,2})(?:er)? (?P<m>[a-zéû]+) (?P<y>\d{4})"),
        date_bounds={"ce jour inclus": "inclusive", "avant le": "exclusive"},
        months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        words={"oui": "yes", "non": "no", "en partie": "partly", "activé": "on", "désactivé": "off", "données non chiffrées": "none",
               "données chiffrées, méthode non précisée": "unspecified", "non précisée": "unspecified",
               "jusqu’à leur suppression explicite": "until-deleted"},
        cipher=re.compile(r"(?P<name>AES) (?P<bits>\d+) bits"),
        negation=re.compile(r"\b(?:ne|non|aucune?|ni|pas)\b|\bn’", re.IGNORECASE),
    ),
    "ja": Reader(
        duration=re.compile(r"(?P<before>最長)?(?P<n>\d+)(?P<unit>分間|時間|日間|週間|か月|年間)(?P<after>以上)?"),
        units={"分間": "minute", "時間": "hour", "日間": "day", "週間": "week", "か月": "month", "年間": "year"},
        bounds={"最長": "at-most", "以上": "at-least"},
        date=re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
        date_bounds={"当日を含む": "inclusive", "より前": "exclusive"},
        months=(),
        words={"はい": "yes", "いいえ": "no", "一部": "partly", "オン": "on", "オフ": "off", "暗号化なし": "none",
               "暗号化あり（方式の記載なし）": "unspecified", "記載なし": "unspecified", "明示的に削除されるまで": "until-deleted"},
        cipher=re.compile(r"(?P<bits>\d+)ビット(?P<name>AES)"),
        negation=re.compile(r"対象外|ません|ない|なく|ず、"),
    ),
    "zh": Reader(
        duration=re.compile(r"(?P<before>最长 |至少 )?(?P<n>\d+) (?P<unit>分钟|小时|天|周|个月|年)(?P<after>)"),
        units={"分钟": "minute", "小时": "hour", "天": "day", "周": "week", "个月": "month", "年": "year"},
        bounds={"最长": "at-most", "至少": "at-least"},
        date=re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
        date_bounds={"含当日": "inclusive", "之前": "exclusive"},
        months=(),
        words={"是": "yes", "否": "no", "部分符合": "partly", "开启": "on", "关闭": "off", "未加密": "none",
               "已加密，未说明加密方式": "unspecified", "未说明": "unspecified", "直到被明确删除": "until-deleted"},
        cipher=re.compile(r"(?P<bits>\d+) 位 (?P<name>AES)"),
        negation=re.compile(r"不|未|无|没有"),
    ),
}  # fmt: skip

_FACT = re.compile(
    r"^## .*\{ #(?P<slug>[a-z0-9-]+) \.kb-fact(?: lang=(?P<lang>[a-z]+))? \}$", re.MULTILINE
)
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\((https://[^)\s]+|mailto:[^)\s]+)\)")
_INTERNAL = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<page>[a-z-]+)\.md#(?P<slug>[a-z0-9-]+)\)")


def problems(root: Path, knowledge: KnowledgeBase, languages: Sequence[str]) -> Iterator[Problem]:
    """Every value that a page of these languages says otherwise than the facts, leaves out or makes
    up.
    """
    for language in languages:
        for page in knowledge.pages:
            path = root / "docs" / language / f"{page.page}.md"
            if not path.exists():
                yield Problem(
                    f"docs/{language}/{path.name}:1", "the page is missing", "Run kb build."
                )
                continue
            yield from page_problems(
                path.read_text("utf-8"),
                f"docs/{language}/{path.name}",
                page.facts,
                knowledge,
                READERS[language],
            )


def page_problems(
    text: str, name: str, facts: Sequence[Fact], knowledge: KnowledgeBase, reader: Reader
) -> Iterator[Problem]:
    """Compare one page with its facts."""
    blocks = {
        match["slug"]: (match.end(), _line(text, match.start()), match["lang"])
        for match in _FACT.finditer(text)
    }
    ends = sorted(start for start, _, _ in blocks.values())
    for fact in facts:
        if fact.slug not in blocks:
            yield Problem(f"{name}:1", f"fact {fact.id!r} has no anchor", "Run kb build.")
            continue
        start, line, language = blocks[fact.slug]
        foreign = READERS.get(language, reader)  # a statement that is not translated
        block = text[start : next((end for end in ends if end > start), len(text))]
        for what in _differences(block, fact, knowledge.validity(fact), reader, foreign):
            yield Problem(
                f"{name}:{line}",
                f"fact {fact.id!r}: {what}",
                "Correct the fact, its translation or the template, then run kb build.",
            )
    yield from _table_problems(text, name, knowledge, reader)


def _differences(
    block: str, fact: Fact, validity: Validity, reader: Reader, foreign: Reader
) -> Iterator[str]:
    statement = block.partition("\n{ .kb-statement")[0].strip().rpartition("\n\n")[2]
    if not statement:
        yield "no statement"
    names = PLACEHOLDER.findall(fact.statement)
    said = read(statement, foreign)
    wanted = {canonical(fact.values[name]) for name in names}
    if said != wanted:
        yield f"the statement says {_listed(said - wanted)} where the fact says {_listed(wanted - said)}"
    if left := _unread_digits(statement, foreign):
        yield f"the statement says {left!r}, which is no value of the fact"
    negated = _negated(fact)
    if negated is not None and negated != bool(foreign.negation.search(statement)):
        yield f"the statement {'affirms' if negated else 'denies'} what the fact {'denies' if negated else 'affirms'}"
    lines = [
        line for line in block.partition("{ .kb-values }")[0].split("\n") if line.startswith("- ")
    ]
    for value, line in zip(fact.values.values(), lines, strict=False):
        if _read_line(line, value, reader) != canonical(value):
            yield f"the list of values says {line[2:]!r} where the fact says {_listed({canonical(value)})}"
    days: set[Found] = {("date", day.isoformat()) for day in (validity.start, validity.end) if day}
    if len(lines) != len(fact.values) + bool(days):
        yield f"{len(lines)} lines in the list of values where the fact has {len(fact.values) + bool(days)}"
    elif days and (said := read(lines[-1], reader)) != days:
        yield f"the validity says {_listed(said)} where the fact says {_listed(days)}"


def canonical(value: Value) -> Found:  # noqa: C901 - one case a kind of value
    """A value in the form that all languages share."""
    match value:
        case Duration(length=None):
            return ("duration", value.bound)
        case Duration():
            return ("duration", value.bound, str(value.amount), value.unit)
        case Day():
            return ("date", value.date.isoformat())
        case Encryption(method="AES-256"):
            return ("cipher", "AES", "256")
        case Encryption():
            return (
                ("word", value.method)
                if value.method in ("none", "unspecified")
                else ("cipher", value.method)
            )
        case YesNo():
            return ("word", value.is_)
        case Switch():
            return ("word", value.default)
        case Endpoint():
            return ("code", f"{value.method} {value.path}" if value.method else value.path)
        case Variable():
            return ("code", f"{value.name}={value.set_to}" if value.set_to else value.name)
        case Command():
            return ("code", value.command)
        case Parameter() | File():
            return ("code", value.name)
        case Email() | Url():
            return ("link", value.address)
        case Choices():
            return ("choices", *(option for option in value.options if option.isdigit()))


def read(text: str, reader: Reader) -> set[Found]:
    """All values that a text in Markdown says."""
    found: set[Found] = {("code", code) for code in _CODE.findall(text)}
    found |= {("link", label) for label, _ in _LINK.findall(text)}
    plain = _bare(text)
    found |= {("date", _iso(match, reader)) for match in reader.date.finditer(plain)}
    rest = reader.date.sub(" ", plain)
    found |= {_duration(match, reader) for match in reader.duration.finditer(rest)}
    found |= {("cipher", match["name"], match["bits"]) for match in reader.cipher.finditer(rest)}
    found |= {("cipher", "TLS")} if re.search(r"(?<![A-Za-z])TLS(?![A-Za-z])", rest) else set()
    found |= {
        ("duration", said)
        for word, said in reader.words.items()
        if said == "until-deleted" and word in rest
    }
    if choices := re.findall(r"(?<!\d)\d(?!\d)(?=[、,，]| ou | or | 或|または|或)", rest):
        last = re.findall(r"(?<!\d)\d(?!\d)", rest)
        found.add(("choices", *dict.fromkeys([*choices, *last])))
    return found


def _read_line(line: str, value: Value, reader: Reader) -> Found:
    """The value that a line of the list of values says."""
    if isinstance(value, YesNo | Switch) or canonical(value)[-1] in ("none", "unspecified"):
        bold = re.search(r"\*\*(.+?)\*\*", line)
        word = reader.words.get(_unescaped(bold[1]) if bold else "", "")
        return ("duration", word) if isinstance(value, Duration) else ("word", word)
    found = next(iter(read(line, reader)), ())
    if isinstance(value, Day):
        bound = next(
            (bound for words, bound in reader.date_bounds.items() if words in line), "exact"
        )
        return found if bound == value.bound else (*found, bound)
    return found


def _table_problems(
    text: str, name: str, knowledge: KnowledgeBase, reader: Reader
) -> Iterator[Problem]:
    """Values in tables must be values of the facts that their row links to."""
    facts = {fact.id: fact for fact in knowledge.facts}
    switches = {fact.id: iter(_switches(fact)) for fact in knowledge.facts}
    for number, line in enumerate(text.split("\n"), 1):
        linked = [
            facts.get(f"{match['page']}/{match['slug']}") for match in _INTERNAL.finditer(line)
        ]
        if not line.startswith("|") or not linked or None in linked:
            continue
        cells = [_bare_cell(cell) for cell in line.strip("|").split(" | ")]
        own = [
            next(switches[fact.id], None) for fact in linked if fact
        ]  # the rows of such a fact are its switches, in order
        known = own[0] or {
            canonical(value) for fact in linked if fact for value in fact.values.values()
        }
        for cell in cells:
            bold = re.fullmatch(r"\*\*(.+)\*\*", cell)
            word = reader.words.get(_unescaped(bold[1]).strip() if bold else "")
            found: set[Found] = (
                {("word", word)}
                if word and word != "until-deleted"
                else read(_INTERNAL.sub(r"\g<label>", cell), reader)
            )
            if wrong := found - known:
                yield Problem(
                    f"{name}:{number}",
                    f"the table says {_listed(wrong)}, which no fact of this row says",
                    "Run kb build.",
                )


def _switches(fact: Fact) -> list[set[Found]]:
    """What each switch of a fact says: its default and its variable."""
    return [
        {canonical(value), canonical(fact.values[value.variable])}
        for value in fact.values.values()
        if isinstance(value, Switch) and value.variable
    ]


def _bare_cell(cell: str) -> str:
    return cell.strip().strip("|").strip()


def _negated(fact: Fact) -> bool | None:
    """Whether the statement must deny something, must not, or may do either."""
    answers = {
        value.is_
        for name, value in fact.values.items()
        if isinstance(value, YesNo) and name in ("eligible", "supported")
    }
    methods = {value.method for value in fact.values.values() if isinstance(value, Encryption)}
    if "no" in answers or "none" in methods:
        return True
    return False if "yes" in answers or methods else None


def _unread_digits(statement: str, reader: Reader) -> str:
    rest = _bare(statement)
    for pattern in (reader.date, reader.duration, reader.cipher):
        rest = pattern.sub(" ", rest)
    rest = re.sub(r"(?<!\d)\d(?!\d)(?=[、,，]| ou | or | 或|または|或)", " ", rest)
    digits = re.search(r"\d+", rest)
    return digits[0] if digits else ""


def _bare(text: str) -> str:
    """The text without code, links and the marks of Markdown."""
    return _unescaped(_CODE.sub(" ", _LINK.sub(" ", text))).replace("**", "")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _duration(match: re.Match[str], reader: Reader) -> Found:
    bound = reader.bounds.get((match["before"] or match["after"] or "").strip(), "exact")
    return ("duration", bound, match["n"], reader.units[match["unit"]])


def _iso(match: re.Match[str], reader: Reader) -> str:
    month = (
        reader.months.index(match["m"]) + 1
        if reader.months and match["m"] in reader.months
        else match["m"]
    )
    return (
        f"{match['y']}-{int(month):02d}-{int(match['d']):02d}" if str(month).isdigit() else match[0]
    )


def _listed(found: set[Found]) -> str:
    return ", ".join(" ".join(value) for value in sorted(found)) or "nothing"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
