"""A checkout of a knowledge base: its sources, read together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from kb_tools import layout, locales
from kb_tools.content import facts, settings
from kb_tools.content.model import KnowledgeBase
from kb_tools.content.settings import Settings
from kb_tools.content.source import Document
from kb_tools.entry import Entry
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language import localize, questions
from kb_tools.language.catalog import Catalogs
from kb_tools.language.labels import LABELS
from kb_tools.language.questions import Questions
from kb_tools.language.upkeep import Upkeep
from kb_tools.language.voice import Voice
from kb_tools.locales import SOURCE, Locale
from kb_tools.search import fitted, glossary, variants
from kb_tools.search.glossary import Glossary


@dataclass(frozen=True)
class Project:
    """The sources below a root folder; each file is read once, when first needed."""

    root: Path
    _voices: dict[str, Voice] = field(default_factory=dict)
    _questions: dict[str, Questions] = field(default_factory=dict)

    @cached_property
    def settings(self) -> Settings:
        """What the knowledge base says of itself."""
        return settings.load(self.root)

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The languages, the reference language first."""
        return self.settings.locales

    def locale(self, code: str) -> Locale:
        """The language with a code; raise `UnknownLanguage` with the known ones."""
        return locales.get(self.locales, code)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """All facts."""
        return facts.load(self.root, self.settings)

    @cached_property
    def glossary(self) -> Glossary:
        """All concepts."""
        also = [locale.code for locale in self.settings.asked]
        return glossary.load(self.root, variants.folding(), also)

    @cached_property
    def site_configuration(self) -> Document:
        """The configuration of MkDocs."""
        return Document(self.root / layout.SITE_CONFIGURATION, self.root)

    @cached_property
    def site_url(self) -> str:
        """Where the site of all languages is published, with a slash at the end."""
        document = self.site_configuration
        english = document.data.get("site_url") if isinstance(document.data, dict) else None
        if not isinstance(english, str) or not english.endswith(f"/{SOURCE.code}/"):
            document.problem(
                ("site_url",),
                f"site_url is {english!r}",
                f"Write the address of the English site, ending with /{SOURCE.code}/.",
            )
            raise InvalidSource(document.problems)
        return english.removesuffix(f"{SOURCE.code}/")

    @cached_property
    def catalogs(self) -> Catalogs:
        """The translations as files."""
        return Catalogs(self.root)

    @cached_property
    def upkeep(self) -> Upkeep:
        """The translations held against what there is to translate."""
        return Upkeep(self.catalogs, self.knowledge, self.settings)

    @cached_property
    def fitted(self) -> Mapping[str, Any]:
        """How words and likeness are fused, and when the evidence suffices to answer."""
        return fitted.load(self.root)

    def voice(self, locale: Locale) -> Voice:
        """What says values and labels in a language."""
        if locale.code not in self._voices:
            translations = self.catalogs.translations(locale)
            self._voices[locale.code] = Voice(locale, translations, self.settings)
        return self._voices[locale.code]

    @property
    def voices(self) -> tuple[Voice, ...]:
        """What says values and labels, in each language."""
        return tuple(self.voice(locale) for locale in self.locales)

    def questions(self, locale: Locale) -> Questions:
        """What people ask in a language."""
        if locale.code not in self._questions:
            ids = [fact.id for fact in self.knowledge.facts]
            read = questions.load(self.root, locale, ids, self.knowledge.former)
            self._questions[locale.code] = read
        return self._questions[locale.code]

    def labels(self, locale: Locale) -> dict[str, str]:
        """The words that answers are put into, by key: of the interface, how a day is
        said, and where to ask.
        """
        voice = self.voice(locale)
        words = {key: voice.label(key) for key, msgid in LABELS.items() if isinstance(msgid, str)}
        return {**words, **voice.calendar(), "where-to-ask": voice.text("kb", self.settings.ask)}

    def topics(self, locale: Locale) -> dict[str, str]:
        """The titles of pages in a language."""
        voice = self.voice(locale)
        return {
            page.page: voice.text(f"page/{page.page}", page.title) for page in self.knowledge.pages
        }

    @cached_property
    def editions(self) -> dict[str, tuple[Entry, ...]]:
        """All facts in all languages; every problem of every file together."""
        collected(
            [lambda: self.knowledge, lambda: self.glossary, lambda: self.site_url]
            + [partial(self.voice, locale) for locale in self.locales]
            + [partial(self.questions, locale) for locale in self.locales]
            + [partial(self.questions, locale) for locale in self.settings.asked]
        )
        return {locale.code: self._entries(locale) for locale in self.locales}

    @property
    def asked(self) -> dict[str, tuple[Entry, ...]]:
        """All facts with what is asked in languages that have no pages; the texts are English."""
        return {
            locale.code: tuple(
                replace(
                    entry,
                    language=locale.code,
                    questions=self.questions(locale).get(entry.id, ()),
                )
                for entry in self.editions[SOURCE.code]
            )
            for locale in self.settings.asked
        }

    def _entries(self, locale: Locale) -> tuple[Entry, ...]:
        voice, asked = self.voice(locale), self.questions(locale)
        return localize.entries(self.knowledge, voice, asked, self.site_url)


def collected(steps: Iterable[Callable[[], object]]) -> None:
    """Take every step, then raise the problems of all of them together."""
    problems = [problem for step in steps for problem in _problems(step)]
    if problems:
        raise InvalidSource(problems)


def _problems(step: Callable[[], object]) -> Iterator[Problem]:
    try:
        step()
    except InvalidSource as error:
        yield from error.problems
