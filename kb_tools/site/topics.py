"""Topic pages: the facts of a page below their headings, and the overviews above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb_tools.content.model import KnowledgeBase, Page
from kb_tools.entry import Cited, Entry, Said, documents
from kb_tools.language.voice import Voice
from kb_tools.project import Project
from kb_tools.site.overviews import Overview, Overviews


@dataclass(frozen=True)
class FactGroup:
    """Facts below a heading; without a title, those of a page that has no groups.

    `title_language` and `intro_language` are codes of the languages that these are in.
    """

    id: str
    title: str
    title_language: str
    intro: str
    intro_language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Topic:
    """A topic page in one language: what templates see of it.

    `title_language` and `intro_language` are codes of the languages that these are in.
    """

    page: str
    title: str
    title_language: str
    intro: str
    intro_language: str
    entries: tuple[Entry, ...]
    groups: tuple[FactGroup, ...]
    documents: tuple[Cited, ...]
    """What the facts of the page rest on, in the order in which they name it: its numbers."""
    overviews: tuple[Overview, ...]
    disputed: Mapping[str, str]
    """By the id of a fact that is contradicted, the overview that shows all sides of it."""
    reported: tuple[str, ...]
    """That all of the page is reported by a third party, as paragraphs; or none."""


def topic(page: Page, project: Project, voice: Voice, entries: Mapping[str, Entry]) -> Topic:
    """A topic page with its facts in reading order and its overviews."""
    context = f"page/{page.page}"
    groups = tuple(_groups(page, voice, entries))
    read = tuple(entry for group in groups for entry in group.entries)
    overviews = tuple(Overviews(project.knowledge, voice, entries).of(page))
    return Topic(
        page=page.page,
        title=voice.text(context, page.title),
        title_language=voice.language_of(context, page.title),
        intro=voice.text(context, page.intro),
        intro_language=voice.language_of(context, page.intro),
        entries=read,
        groups=groups,
        documents=documents([each for entry in read for each in entry.sources]),
        overviews=overviews,
        disputed={
            fact: overview.id
            for overview in overviews
            if overview.view == "conflicts"
            for fact in overview.facts
            if all(other in overview.facts for other in entries[fact].conflicts)
        },
        reported=tuple(_reported(read, project.settings.publisher, voice)),
    )


def _groups(page: Page, voice: Voice, entries: Mapping[str, Entry]) -> Iterator[FactGroup]:
    """The facts of a page below its headings; all of them below none where it has no groups."""
    context = f"page/{page.page}"
    if not page.groups:
        spoken = voice.spoken.code
        every = tuple(entries[fact.id] for fact in page.facts)
        yield FactGroup("", "", spoken, "", spoken, every)
    for group in page.groups:
        intro = group.intro or ""
        yield FactGroup(
            id=group.id,
            title=voice.text(context, group.title),
            title_language=voice.language_of(context, group.title),
            intro=voice.text(context, intro) if intro else "",
            intro_language=voice.language_of(context, intro),
            entries=tuple(entries[f"{page.page}/{slug}"] for slug in group.facts),
        )


def _reported(entries: Sequence[Entry], owner: str, voice: Voice) -> Iterator[str]:
    """What is told above facts that third parties alone report."""
    if not entries or not all(entry.reported for entry in entries):
        return
    publishers = {citation.publisher for entry in entries for citation in entry.sources}
    listed = ", ".join(sorted(publishers))
    yield voice.label("page-secondary", publisher=listed, owner=owner)
    if any(entry.conflicts for entry in entries):
        yield voice.label("page-contradicts")


def unsaid(knowledge: KnowledgeBase, entries: Mapping[str, Entry]) -> dict[str, list[Said]]:
    """The values that the statement of each fact does not say, by the fact's id."""
    return {
        fact.id: [said for said in entries[fact.id].values if said.name in fact.listed]
        for fact in knowledge.facts
    }
