"""Entries to Markdown pages, by the templates. The home of Jinja2."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from kb_tools import files
from kb_tools.content.model import PLACEHOLDER, Duration, KnowledgeBase, MatrixRow, Page, Source
from kb_tools.entry import Entry
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language.labels import LABELS
from kb_tools.language.localize import Voice
from kb_tools.locales import LOCALES
from kb_tools.site import picture
from kb_tools.site.picture import Bar

TEMPLATES = Path("docs/templates")
_CODE = {"endpoint", "variable", "command", "parameter", "file"}
_SPECIAL = re.compile(r"([\\`*_\[\]>#|{}]|^[-+!])")
_ORDINAL = re.compile(r"^(\d+)\.")
_TICKS = ("PT5M", "PT1H", "P1D", "P30D", "P1Y", "P5Y")
_OFTEN = 3


@dataclass(frozen=True)
class Topic:
    """A topic page in one language: what templates see of it."""

    page: str
    title: str
    intro: str
    entries: tuple[Entry, ...]
    reported: str
    """That all of the page is reported by a third party, or empty."""


@dataclass(frozen=True)
class Asked:
    """A question that is often asked, with the fact that answers it."""

    text: str
    entry: Entry


@dataclass(frozen=True)
class Feature:
    """One row of the matrix of features."""

    name: str
    eligible: Entry
    period: Entry | None
    reason: Entry | None


@dataclass(frozen=True)
class Document:
    """A source document in one language."""

    source: Source
    title: str
    note: str
    language: str
    received: str
    kind: str
    facts: str


class Renderer:
    """Renders the pages of one language."""

    def __init__(
        self, root: Path, knowledge: KnowledgeBase, voice: Voice, entries: Sequence[Entry]
    ) -> None:
        self.root = root
        self.knowledge = knowledge
        self.voice = voice
        self.entries = {entry.id: entry for entry in entries}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(root / TEMPLATES),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._environment.filters.update(plain=plain, marked=marked, said=said, quoted=quoted)
        self._environment.globals.update(
            label=self._label, counted=self._counted, entry=self.entries, locale=voice.locale
        )

    def pages(self) -> dict[str, str]:
        """All pages by file name."""
        topics = [self._topic(page) for page in self.knowledge.pages]
        made = {
            "index.md": self._render(
                "home.md.j2",
                topics=topics,
                often={topic.page: self._often(topic) for topic in topics},
            )
        }
        for page, topic in zip(self.knowledge.pages, topics, strict=True):
            made[f"{page.page}.md"] = self._render(
                "topic.md.j2", topic=topic, **self._extras(page, topic)
            )
        made["search.md"] = self._render("search.md.j2", topics=topics)
        made["sources.md"] = self._render(
            "sources.md.j2",
            documents=[self._document(source) for source in self.knowledge.sources.values()],
        )
        return made

    def _render(self, name: str, **values: object) -> str:
        try:
            return self._environment.get_template(name).render(**values)
        except jinja2.TemplateSyntaxError as error:
            where, what = f"{TEMPLATES}/{error.name or name}:{error.lineno}", str(error.message)
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            where, what = f"{TEMPLATES}/{_template_place(error, name)}", str(error)
        raise InvalidSource(
            [
                Problem(
                    where,
                    f"the template fails: {what}",
                    "Correct the template; the handbook lists what templates can use.",
                )
            ]
        )

    def _label(self, key: str, **values: str) -> str:
        """A word of the interface; raise `ValueError` where a template asks for it wrongly."""
        msgid = LABELS.get(key)
        if not isinstance(msgid, str):
            raise ValueError(
                f"label {key!r} counts: use counted()" if msgid else f"unknown label {key!r}"
            )
        if missing := set(PLACEHOLDER.findall(msgid)) - values.keys():
            raise ValueError(f"label {key!r} needs {', '.join(sorted(missing))}")
        return self.voice.label(key, **values)

    def _counted(self, key: str, number: int) -> str:
        """A word of the interface that counts; raise `ValueError` where a template asks for it
        wrongly.
        """
        msgid = LABELS.get(key)
        if not isinstance(msgid, tuple):
            raise ValueError(
                f"label {key!r} does not count: use label()" if msgid else f"unknown label {key!r}"
            )
        return self.voice.counted(key, number)

    def _topic(self, page: Page) -> Topic:
        context = f"page/{page.page}"
        entries = tuple(self.entries[fact.id] for fact in page.facts)
        publishers = {citation.publisher for entry in entries for citation in entry.sources}
        reported = all(entry.reported for entry in entries)
        return Topic(
            page=page.page,
            title=self.voice.translations.text(context, page.title) or page.title,
            intro=self.voice.translations.text(context, page.intro) or page.intro,
            entries=entries,
            reported=self.voice.label("page-secondary", publisher=", ".join(sorted(publishers)))
            if reported
            else "",
        )

    def _often(self, topic: Topic) -> list[Asked]:
        """Some questions of a topic: the first real question of facts spread over its page."""
        step = max(1, len(topic.entries) // _OFTEN)
        return [Asked(_first_question(entry), entry) for entry in topic.entries[::step][:_OFTEN]]

    def _extras(self, page: Page, topic: Topic) -> dict[str, object]:
        """What a page has besides its facts, told by what is in it."""
        return {
            "features": [self._feature(row) for row in page.matrix],
            "periods": self._periods() if page.page == "retention" else [],
            "picture": self._picture() if page.page == "retention" else "",
            "services": [
                entry
                for entry in topic.entries
                if any(value.raw.get("variable") for value in entry.values)
            ],
            "conflicts": _conflicts(topic.entries),
        }

    def _feature(self, row: MatrixRow) -> Feature:
        subjects = {
            subject.id: subject.name for entry in self.entries.values() for subject in entry.about
        }
        return Feature(
            name=subjects[row.subject],
            eligible=self.entries[row.eligible],
            period=self.entries[row.period] if row.period else None,
            reason=self.entries[row.reason] if row.reason else None,
        )

    def _periods(self) -> list[tuple[Entry, str, int]]:
        """Every fact's periods that have a length, shortest first: entry, period as said,
        minutes.
        """
        found = [
            (self.entries[fact.id], self.voice.say(value), value.minutes)
            for fact in self.knowledge.facts
            for value in fact.values.values()
            if isinstance(value, Duration) and value.length
        ]
        return sorted(found, key=lambda period: (period[2], period[0].id))

    def _picture(self) -> str:
        bars = [Bar(entry.title, minutes, text) for entry, text, minutes in self._periods()]
        ticks = [Duration(kind="duration", length=length, label=None) for length in _TICKS]
        description = self.voice.label("comma").join(
            f"{bar.name}{self.voice.label('colon')}{bar.said}" for bar in bars
        )
        return picture.draw(
            bars, [Bar("", tick.minutes, self.voice.say(tick)) for tick in ticks], description
        )

    def _document(self, source: Source) -> Document:
        context = f"source/{source.id}"
        number = sum(
            1
            for fact in self.knowledge.facts
            if any(key.startswith(f"{source.id}/") for key in fact.sources)
        )
        return Document(
            source=source,
            title=self.voice.translations.text(context, source.title) or source.title,
            note=self.voice.translations.text(context, source.note) or source.note,
            language=LOCALES[source.language].name,
            received=self.voice.day(source.received),
            kind=self.voice.label(source.kind),
            facts=self.voice.counted("facts-from", number),
        )


def plain(text: str) -> str:
    """Text on one line that means itself in Markdown.

    >>> print(plain("1. *R&D* <b>"))
    1\\. \\*R&amp;D\\* &lt;b\\>
    """
    line = re.sub(r"\s*\n\s*", " ", text)
    escaped = _ORDINAL.sub(r"\1\\.", _SPECIAL.sub(r"\\\1", line))
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


def quoted(text: str) -> str:
    """Text as a value of the front matter."""
    return json.dumps(text, ensure_ascii=False)


def said(kind: str, text: str) -> str:
    """A value in Markdown: identifiers as code, addresses as links, the rest in bold."""
    if kind in _CODE:
        return f"`{text}`"
    if kind == "email":
        return f"[{text}](mailto:{text})"
    if kind == "url":
        return f"[{text}]({text if text.startswith('https://') else f'https://{text}'})"
    return f"**{plain(text)}**"


def marked(entry: Entry) -> str:
    """The text of an entry in Markdown, its values marked."""
    made, at = "", 0
    for mark in entry.marks:
        made += plain(entry.text[at : mark.start]) + said(
            mark.kind, entry.text[mark.start : mark.end]
        )
        at = mark.end
    return made + plain(entry.text[at:])


def write(root: Path, editions: Mapping[str, Mapping[str, str]]) -> list[Path]:
    """Write rendered pages where they differ from what is there, all or none, and remove others;
    return the changed paths.
    """
    changed = files.write_all(
        {
            root / "docs" / code / name: text.encode()
            for code, pages in editions.items()
            for name, text in pages.items()
        }
    )
    strays = [
        path
        for code, pages in editions.items()
        for path in (root / "docs" / code).glob("*.md")
        if path.name not in pages
    ]
    for stray in strays:
        stray.unlink()
    return [*changed, *strays]


def outdated(root: Path, editions: Mapping[str, Mapping[str, str]]) -> list[Problem]:
    """Tell which committed pages are not what the sources say now."""
    found = []
    for code, pages in editions.items():
        folder = root / "docs" / code
        names = {path.name for path in folder.glob("*.md")}
        for name in sorted(names | set(pages)):
            if name not in pages:
                found.append(
                    Problem(
                        f"docs/{code}/{name}:1",
                        "no template makes this page",
                        "Run kb build, and commit that it is gone.",
                    )
                )
            elif name not in names or (folder / name).read_text("utf-8") != pages[name]:
                line = _first_difference(
                    (folder / name).read_text("utf-8") if name in names else "", pages[name]
                )
                found.append(
                    Problem(
                        f"docs/{code}/{name}:{line}",
                        "out of date",
                        "Run kb build and commit the pages; edit only their sources.",
                    )
                )
    return found


def _first_difference(old: str, new: str) -> int:
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    return next((number for number, (before, after) in enumerate(pairs, 1) if before != after), 1)


def _first_question(entry: Entry) -> str:
    return next(
        (question for question in entry.questions if question.endswith(("?", "？"))), entry.title
    )


def _conflicts(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of entries that contradict each other, each pair once."""
    by_id = {entry.id: entry for entry in entries}
    return [
        (entry, by_id[other])
        for entry in entries
        for other in entry.conflicts
        if other in by_id and entry.id < other
    ]


def _template_place(error: Exception, name: str) -> str:
    """The file and line of the template in which an error arose; `name` is the one that was asked
    for.
    """
    place, trace = f"{name}:1", error.__traceback__
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.suffix == ".j2":
            place = f"{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
