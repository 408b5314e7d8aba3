"""Parity of wording: a translation denies, bounds, dates and counts as often as the English, and
says values and names in the same order; or the translator declares how it differs.

What to look for is told by the `senses` of a language's reader. A difference that is meant is
declared in a comment of the translation, `# parity: negation+1 order:2-1`, which every tool of
translators keeps. So a denial that is lost, added or turned is seen, even where another one stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from babel.messages.catalog import Catalog, Message

from kb_tools.content.values import PLACEHOLDER
from kb_tools.errors import Problem
from kb_tools.language.catalog import strings_of
from kb_tools.language.po import key_of
from kb_tools.proof.reader import Reader

DECLARED = "parity:"
"""What the comment of a translator begins with that declares a difference."""
_AS = "%"
"""What a value stands as in a text in which senses are looked for."""
_SHOWN = 4
_MOST_SUBJECTS = 2
"""Subjects whose name a word may be part of, to be a name that tells them apart."""
OPPOSED = ("on", "off", "primary", "secondary", "transit", "rest")
"""Senses that must not change places."""
_WORD = re.compile(r"[A-Z][A-Za-z0-9.]+")


def problems(
    name: str, catalog: Catalog, english: Reader, reader: Reader, names: Sequence[str] = ()
) -> Iterator[Problem]:
    """Every translation that says otherwise than the English, and does not declare just that."""
    for message in catalog:
        if not message.id or message.fuzzy or not all(strings_of(message)) or not message.string:
            continue
        told = difference(message, english, reader, names)
        said = declared(message)
        if told == said:
            continue
        where, unit = f"{name}:{message.lineno or 1}", f"{message.context!r}"
        if not told:
            hint = f"Remove the comment '# {DECLARED} {said}'."
            yield Problem(where, f"{unit}: says the same as the English, not {said}", hint)
            continue
        what = f"{unit}: parity is {told}" + (f", declared {said}" if said else "")
        shown = ", ".join(_found(message, reader, told))
        hint = f"Correct it, or where it is right write '# {DECLARED} {told}' above it."
        yield Problem(where, what + (f" ({shown})" if shown else ""), hint)


def difference(message: Message, english: Reader, reader: Reader, names: Sequence[str] = ()) -> str:
    """How a translation differs from the English: each sense with how much oftener it is said, and
    the order of values and names by their places in the English; empty where it does not.
    """
    plural = not isinstance(message.id, str)
    source = message.id[1] if plural else key_of(message)
    said = strings_of(message)[-1]
    before, after = english.senses_of(_flat(source)), reader.senses_of(_flat(said))
    changed = {sense: after[sense] - before[sense] for sense in before.keys() | after.keys()}
    told = [f"{sense}{number:+d}" for sense, number in sorted(changed.items()) if number]
    order = _order(_tokens(source, english, names), _tokens(said, reader, names))
    return " ".join([*told, *([f"order:{order}"] if order else [])])


def names_of(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The words that are names: in the English name of a subject and in its translation alike, and
    of few subjects.
    """
    shared = [set(_WORD.findall(name)) & set(_WORD.findall(said)) for name, said in pairs]
    times = Counter(word for words in shared for word in words)
    return sorted(word for word, number in times.items() if number <= _MOST_SUBJECTS)


def declared(message: Message) -> str:
    """The difference that a translator declares."""
    comments = (comment.strip() for comment in message.user_comments)
    found = [each.removeprefix(DECLARED) for each in comments if each.startswith(DECLARED)]
    return " ".join(" ".join(found).split())


def _flat(text: str) -> str:
    return PLACEHOLDER.sub(_AS, text)


def _tokens(text: str, reader: Reader, names: Sequence[str]) -> list[str]:
    """The placeholders, the names and what is said of opposed senses in a text, in order."""
    found = [(match.start(), match[0]) for match in PLACEHOLDER.finditer(text)]
    for name in names:
        pattern = rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])"
        found += [(match.start(), name) for match in re.finditer(pattern, text)]
    for sense in OPPOSED:
        if sense in reader.senses:
            found += [(match.start(), sense) for match in reader.senses[sense].finditer(text)]
    return [token for _, token in sorted(found)]


def _order(source: Sequence[str], said: Sequence[str]) -> str:
    """The places in the English of what a translation says, where that is no plain 1-2-3; `x` is
    what the English does not say, or not so often.
    """
    free = list(enumerate(source, 1))
    places = []
    for token in said:
        found = next(((place, each) for place, each in free if each == token), None)
        if found:
            free.remove(found)
        places.append(str(found[0]) if found else "x")
    plain = [str(place) for place in range(1, len(source) + 1)]
    return "" if places == plain else "-".join(places) or "0"


def _found(message: Message, reader: Reader, told: str) -> Sequence[str]:
    """The words of a translation that say what it says otherwise."""
    text = _flat(strings_of(message)[-1])
    senses = {re.split(r"[+-]\d", part)[0] for part in told.split()}
    words = (
        word.strip()
        for sense, pattern in reader.senses.items()
        if sense in senses
        for word in (match[0] for match in pattern.finditer(text))
    )
    return list(dict.fromkeys(words))[:_SHOWN]
