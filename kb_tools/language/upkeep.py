"""What is translated and how far; catalogs brought up to what there is to say now."""

from __future__ import annotations

import copy
import datetime as dt
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from babel.messages.catalog import Catalog

from kb_tools import files, layout, textfile
from kb_tools.content.model import KnowledgeBase
from kb_tools.content.settings import Settings
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language import messages, reviews
from kb_tools.language.catalog import (
    FACTS,
    INTERFACE,
    Catalogs,
    is_complete,
    packaged,
    rendered,
    strings_of,
)
from kb_tools.language.po import key_of, obsolete_key
from kb_tools.language.proofreading import catalog_problems, has_digit, strays
from kb_tools.locales import SOURCE, Locale

_LIKE = 0.5
"""How alike an old message must be to be shown as what a new one said before; as in difflib."""


@dataclass(frozen=True)
class Status:
    """How far a catalog is: numbers of messages."""

    language: str
    domain: str
    total: int
    translated: int
    fuzzy: int
    missing: int
    obsolete: int
    reviewed: int
    """Read by a second reader as they are now."""


@dataclass
class Upkeep:
    """The templates of a knowledge base, and its catalogs held against them."""

    catalogs: Catalogs
    knowledge: KnowledgeBase
    settings: Settings

    @cached_property
    def content(self) -> Catalog:
        """The template of the facts."""
        return messages.content(self.knowledge, self.settings)

    @property
    def translated(self) -> tuple[Locale, ...]:
        """The languages that there are catalogs of."""
        return tuple(row for row in self.settings.locales if row.code != SOURCE.code)

    def templates(self, locale: Locale) -> dict[str, Catalog]:
        """What is to be translated into a language, by domain.

        Of the words of the interface, those that the package does not say in this language, and
        those that the base's own catalog of them lists.
        """
        words = _own_words(locale, self._listed(locale))
        has_own = len(words) or self.catalogs.path(locale, INTERFACE).exists()
        return {FACTS: self.content} | ({INTERFACE: words} if has_own else {})

    def _listed(self, locale: Locale) -> set[tuple[str, str]]:
        """Context and msgid of what the base's own words of the interface list."""
        try:
            catalog = self.catalogs.read(locale, INTERFACE)
        except InvalidSource:
            return set()  # told where the catalog is checked
        return {(message.context or "", key_of(message)) for message in catalog or ()}

    def extract(self) -> list[str]:
        """Write the `.pot` templates; return those that changed, as paths below the root."""
        return self._write({layout.template(FACTS).as_posix(): rendered(self.content)})

    def update(self, locale: Locale) -> list[str]:
        """Bring a language's catalogs up to the templates; return those that changed.

        New messages are empty; changed ones are marked with what they said before.
        """
        return self._write(
            {
                layout.catalog(locale.catalog, domain).as_posix(): rendered(
                    self.current(locale, domain)
                )
                for domain in self.templates(locale)
            }
        )

    def current(self, locale: Locale, domain: str) -> Catalog:
        """A catalog brought up to its template and not yet written; translations of a fact that has
        another id now go with it.
        """
        catalog = copy.deepcopy(self.catalogs.read(locale, domain))
        if catalog:
            _rename(catalog, self.knowledge.former)
        return updated(catalog, locale, self.templates(locale)[domain])

    def mark_reviewed(self, locale: Locale, reader: str, pattern: str) -> int:
        """Mark a language's translations, whose context fits a pattern, as read by a second reader;
        return how many were not so before.
        """
        made, number = {}, 0
        for domain in self.templates(locale):
            catalog = copy.deepcopy(self.catalogs.read(locale, domain))
            if catalog:
                number += reviews.mark(catalog, reader, dt.date.today(), pattern)
                made[layout.catalog(locale.catalog, domain).as_posix()] = rendered(catalog)
        self._write(made)
        return number

    def status(self, locale: Locale) -> list[Status]:
        """Count what is translated, guessed and missing in a language, a row a domain."""
        return [
            _status(locale, domain, template, self.catalogs.read(locale, domain))
            for domain, template in self.templates(locale).items()
        ]

    def problems(self, locale: Locale) -> list[Problem]:
        """Everything that is wrong in a language's catalogs.

        Of a partial language, what is not translated is no problem.
        """
        found: list[Problem] = []
        for domain, template in self.templates(locale).items():
            name = layout.catalog(locale.catalog, domain).as_posix()
            try:
                catalog = self.catalogs.read(locale, domain)
            except InvalidSource as error:
                found += error.problems
                continue
            if catalog is not None:
                found += catalog_problems(name, template, catalog, partial=locale.partial)
                if self.settings.reviews == "required":
                    found += reviews.problems(name, catalog)
            elif not locale.partial:
                hint = "Run kb i18n update, then translate it."
                found.append(Problem(f"{name}:1", "the catalog is missing", hint))
        return found

    def template_problems(self) -> list[Problem]:
        """Report a template that does not hold what the facts say now, and values spelled out in
        msgids.
        """
        found = []
        name = layout.template(FACTS)
        path = self.catalogs.root / name
        if self.translated and textfile.read_leniently(path) != rendered(self.content).decode():
            hint = "Run kb i18n extract, then kb i18n update."
            found.append(Problem(f"{name}:1", "out of date", hint))
        for fact in self.knowledge.facts:
            for text in fact.messages():
                if has_digit(text):
                    what = f"fact {fact.id!r}: a digit in {text[:60]!r}"
                    place = self.knowledge.places[fact.id]
                    found.append(Problem(place, what, "Say values by placeholders."))
        return found

    def _write(self, made: dict[str, bytes]) -> list[str]:
        root = self.catalogs.root
        changed = files.write_all({root / name: content for name, content in made.items()})
        return [path.relative_to(root).as_posix() for path in changed]


def updated(catalog: Catalog | None, locale: Locale, template: Catalog) -> Catalog:
    """A catalog with the messages of a template, in its order, and the translations it had."""
    catalog = catalog or Catalog(locale=locale.catalog, fuzzy=False)
    _revive(catalog, template)
    # Babel puts the template's own messages into the catalog
    catalog.update(copy.deepcopy(template), no_fuzzy_matching=True)
    catalog.project, catalog.version = template.project, template.version
    catalog.header_comment = template.header_comment
    _keep_previous(catalog)
    return catalog


def _own_words(locale: Locale, listed: set[tuple[str, str]]) -> Catalog:
    """The words of the interface that a base says itself: those that it lists, and those that
    the package does not say in the language.
    """
    words, known = messages.interface(), packaged(locale)
    if known is None:
        return words
    own = messages.template(str(words.project))
    for message in words:
        key = key_of(message)
        said = known.get(key, message.context)
        missing = not (said and is_complete(said, known) and not said.fuzzy)
        if message.id and (missing or (message.context or "", key) in listed):
            own[message.id] = message
    return own


def _status(locale: Locale, domain: str, template: Catalog, catalog: Catalog | None) -> Status:
    wanted = [message for message in template if message.id]
    if catalog is None:
        return Status(locale.code, domain, len(wanted), 0, 0, len(wanted), 0, 0)
    own = [catalog.get(key_of(message), message.context) for message in wanted]
    fuzzy = sum(1 for message in own if message and message.fuzzy)
    done = sum(1 for m in own if m and is_complete(m, catalog) and not m.fuzzy)
    gone = len(strays(template, catalog)) + len(catalog.obsolete)
    missing = len(wanted) - done - fuzzy
    read = reviews.reviewed(own)
    return Status(locale.code, domain, len(wanted), done, fuzzy, missing, gone, read)


def _rename(catalog: Catalog, former: Mapping[str, str]) -> None:
    """Put messages of facts that had another id before under the one that they have now."""
    for message in [*catalog, *catalog.obsolete.values()]:
        if message.context in former:
            catalog.delete(key_of(message), message.context)
            catalog.obsolete.pop(obsolete_key(message), None)
            message.context = former[message.context]
            if catalog.get(key_of(message), message.context) is None:
                catalog[message.id] = message


def _revive(catalog: Catalog, template: Catalog) -> None:
    """Give messages that came back, or whose entry is empty, the translation of the obsolete
    entry; no key stands twice then, which gettext refuses.
    """
    for message in template:
        old = catalog.obsolete.get(obsolete_key(message)) if message.id else None
        live = catalog.get(key_of(message), message.context)
        if old and not (live and any(strings_of(live))):
            catalog.delete(key_of(message), message.context)
            catalog[old.id] = old
    for message in list(catalog):
        catalog.obsolete.pop(obsolete_key(message), None)


def _keep_previous(catalog: Catalog) -> None:
    """Show the translator what an untranslated message said before: the most similar of those that
    its context has no more.
    """
    gone: dict[str | None, list[str]] = {}
    for message in catalog.obsolete.values():
        gone.setdefault(message.context, []).append(key_of(message))
    for message in catalog:
        # Babel reads `#|` back as a comment of the translator's
        kept = [comment for comment in message.user_comments if not comment.startswith("| ")]
        message.user_comments = kept
        if message.id and not any(strings_of(message)):
            known = gone.get(message.context, ())
            message.previous_id = difflib.get_close_matches(
                key_of(message), known, n=1, cutoff=_LIKE
            )
