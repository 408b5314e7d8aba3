"""What a second reader has read: a mark in a translator's comment, which every tool of translators
keeps, and which lapses by itself when the English or the translation is changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from babel.messages.catalog import Catalog, Message

from kb_tools.errors import BadInput, Problem
from kb_tools.language.catalog import is_complete, strings_of
from kb_tools.language.po import key_of

MARK = "reviewed:"
"""What the comment begins with; then come who, the day, and a hash of what was read."""
_DIGITS = 10
_LONGEST = 80


def is_reviewed(message: Message) -> bool:
    """Tell whether a second reader has read a translation as it is now."""
    read = _hash(message)
    return any(mark.split()[-1:] == [read] for mark in _marks(message))


def mark(catalog: Catalog, reader: str, day: dt.date, pattern: str = "*") -> int:
    """Mark the translations whose context fits a pattern as read by somebody; return how many were
    not so before. Raise `BadInput` where that is no name.
    """
    name = " ".join(reader.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise BadInput(f"{reader!r} is no name\n    Say who has read it, such as --by 'A. Reader'.")
    number = 0
    for message in _translated(catalog):
        if is_reviewed(message) or not fnmatchcase(message.context or "", pattern):
            continue
        others = [each for each in message.user_comments if not _is_mark(each)]
        message.user_comments = [*others, f"{MARK} {name}, {day}, {_hash(message)}"]
        number += 1
    return number


def reviewed(messages: Iterable[Message | None]) -> int:
    """How many of some translations a second reader has read."""
    return sum(1 for each in messages if each and not each.fuzzy and is_reviewed(each))


def problems(name: str, catalog: Catalog) -> Iterator[Problem]:
    """The translations that no second reader has read as they are now."""
    for message in _translated(catalog):
        if not is_reviewed(message):
            lapsed = any(_marks(message))
            what = "changed since it was reviewed" if lapsed else "not reviewed by a second reader"
            hint = "Have it read, then mark it with kb i18n reviewed."
            where = f"{name}:{message.lineno or 1}"
            yield Problem(where, f"{message.context!r}: {key_of(message)[:60]!r}: {what}", hint)


def _translated(catalog: Catalog) -> Iterator[Message]:
    for message in catalog:
        if message.id and not message.fuzzy and is_complete(message, catalog):
            yield message


def _is_mark(comment: str) -> bool:
    return comment.strip().startswith(MARK)


def _marks(message: Message) -> list[str]:
    return [comment.strip() for comment in message.user_comments if _is_mark(comment)]


def _hash(message: Message) -> str:
    """A hash of the English and of the translation, as they were read."""
    read = "\0".join([message.context or "", key_of(message), *strings_of(message)])
    return hashlib.sha256(read.encode()).hexdigest()[:_DIGITS]
