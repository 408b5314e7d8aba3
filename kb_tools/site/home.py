"""What the home page shows besides topics, and what is asked on the page that shows the search box
in a help desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb_tools.entry import Entry, Said
from kb_tools.language.voice import Voice
from kb_tools.locales import Locale
from kb_tools.project import Project


@dataclass(frozen=True)
class Figure:
    """A value that people come for: what it is the value of, and the fact that says it; `language`
    is the code of the language that `says` is in.
    """

    said: Said
    says: str
    language: str
    entry: Entry


@dataclass(frozen=True)
class Asked:
    """A question that is often asked, with the fact that answers it."""

    text: str
    entry: Entry


@dataclass(frozen=True)
class Sample:
    """A question as people ask it in a language of the site."""

    locale: Locale
    text: str


def samples(project: Project) -> list[Sample]:
    """The first usual question in each language; without one, that of the first fact."""
    named = project.settings.usual[:1] or [fact.id for fact in project.knowledge.facts][:1]
    return [
        Sample(locale, entry.first_question)
        for locale in project.locales
        for entry in project.editions[locale.code]
        if entry.id in named
    ]


def content(project: Project, voice: Voice, entries: Mapping[str, Entry]) -> dict[str, object]:
    """What the template of the home page uses besides topics."""
    settings, knowledge = project.settings, project.knowledge
    received = [source.received for source in knowledge.sources.values()]
    return {
        "figures": [
            Figure(
                next(said for said in entries[each.fact].values if said.name == each.value),
                voice.text("kb", each.says),
                voice.language_of("kb", each.says),
                entries[each.fact],
            )
            for each in settings.figures
        ],
        "usual": [Asked(entries[fact].first_question, entries[fact]) for fact in settings.usual],
        "facts": len(entries),
        "documents": len(received),
        "received": voice.day(max(received)) if received else "",
    }
