"""A checkout of the knowledge base: its sources, read together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from kb_tools.content import facts
from kb_tools.content.model import KnowledgeBase
from kb_tools.content.source import Document
from kb_tools.entry import Entry
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language import catalog, localize, questions
from kb_tools.language.catalog import Translations
from kb_tools.language.localize import Voice
from kb_tools.language.questions import Questions
from kb_tools.locales import LOCALES, SOURCE, Locale
from kb_tools.search import glossary, variants
from kb_tools.search.glossary import Glossary

CONFIG = Path("mkdocs.yml")
T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """The sources below a root folder; each is read once, when first needed."""

    root: Path

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """All facts."""
        return facts.load(self.root)

    @cached_property
    def glossary(self) -> Glossary:
        """All concepts."""
        return glossary.load(self.root, variants.folding())

    @cached_property
    def site_url(self) -> str:
        """Where the site of all languages is published, with a slash at the end."""
        document = Document(self.root / CONFIG, self.root)
        english = document.data.get("site_url") if isinstance(document.data, dict) else None
        if not isinstance(english, str) or not english.endswith(f"/{SOURCE.code}/"):
            document.problem(
                ("site_url",),
                f"site_url is {english!r}",
                f"Write the address of the English site, ending with /{SOURCE.code}/.",
            )
            raise InvalidSource(document.problems)
        return english.removesuffix(f"{SOURCE.code}/")

    def voice(self, locale: Locale) -> Voice:
        """What says values and labels in a language."""
        return Voice(
            locale, Translations() if locale is SOURCE else catalog.load(self.root, locale)
        )

    def questions(self, locale: Locale) -> Questions:
        """What people ask in a language."""
        return questions.load(self.root, locale, [fact.id for fact in self.knowledge.facts])

    def entries(self, locale: Locale) -> tuple[Entry, ...]:
        """All facts in a language."""
        return localize.entries(
            self.knowledge, self.voice(locale), self.questions(locale), self.site_url
        )

    @cached_property
    def editions(self) -> dict[str, tuple[Entry, ...]]:
        """All facts in all languages; every problem of every file together."""
        collected(
            [lambda: self.knowledge, lambda: self.glossary, lambda: self.site_url]
            + [partial(self.voice, locale) for locale in LOCALES.values()]
            + [partial(self.questions, locale) for locale in LOCALES.values()]
        )
        return {code: self.entries(locale) for code, locale in LOCALES.items()}


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
