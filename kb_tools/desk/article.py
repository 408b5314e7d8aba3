"""Facts as articles of a help desk: the same words as an answer, as plain text and as HTML, with
what tells whether an article is still what the knowledge base says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import escape

from kb_tools.desk import wording
from kb_tools.entry import Entry
from kb_tools.locales import Locale
from kb_tools.search.reply import Labels

Status = Literal["current", "past", "future", "disputed", "untranslated"]


@dataclass(frozen=True)
class Article:
    """A fact in one language, ready for a desk.

    `language` is that of a reader, as in HTML; `checked` is the ISO day on which the newest of its
    sources was received. `digest` changes when what a reader sees does: 16 hexadecimal digits.
    """

    fact: str
    language: str
    title: str
    text: str
    html: str
    url: str
    checked: str
    status: Status

    @property
    def digest(self) -> str:
        """The hash of what a reader sees."""
        seen = "\x00".join((self.title, self.text, self.status))
        return hashlib.sha256(seen.encode()).hexdigest()[:16]

    def record(self) -> dict[str, str]:
        """The article as plain data."""
        return {**vars(self), "digest": self.digest}


@dataclass(frozen=True)
class Edition:
    """All articles of a language, and what the language calls itself."""

    locale: Locale
    articles: tuple[Article, ...]


def edition(locale: Locale, entries: Sequence[Entry], labels: Labels, day: str) -> Edition:
    """The articles of a language as they are on an ISO day."""
    by_id = {entry.id: entry for entry in entries}
    return Edition(locale, tuple(_article(locale, entry, by_id, labels, day) for entry in entries))


def _article(
    locale: Locale, entry: Entry, by_id: Mapping[str, Entry], labels: Labels, day: str
) -> Article:
    told = entry.status(day)
    lines = wording.said(entry, [by_id[fact] for fact in entry.conflicts], labels)
    note = labels["untranslated"] if entry.text_language != entry.language else ""
    every = [line for line in (told, note, *lines) if line]
    link = f'<p><a href="{escape(entry.url)}">{escape(entry.url)}</a></p>'
    return Article(
        fact=entry.id,
        language=locale.html,
        title=entry.title,
        text="\n".join([*every, entry.url]),
        html="".join([*(f"<p>{escape(line)}</p>" for line in every), link]),
        url=entry.url,
        checked=max((citation.received for citation in entry.sources), default=""),
        status=_status(entry, day),
    )


def _status(entry: Entry, day: str) -> Status:
    if entry.text_language != entry.language:
        return "untranslated"
    told = entry.status(day)
    if not told:
        return "current"
    names: dict[str, Status] = {entry.status_past: "past", entry.status_future: "future"}
    return names.get(told, "disputed")
