"""Gettext catalogs, read and written: what a language says for each message.

The words of the interface come with the package; a knowledge base may say some of them in its own
way, or all of them in a language that the package lacks, in an `interface.po` of its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from babel.support import Translations as GettextTranslations

from kb_tools import layout
from kb_tools.errors import InvalidSource
from kb_tools.language.labels import LABELS
from kb_tools.language.messages import label_context
from kb_tools.language.po import read
from kb_tools.locales import SOURCE, Locale

FACTS, INTERFACE = "facts", "interface"
PACKAGE = Path(__file__).parent / "interface"
"""The catalogs that come with the package, one a language, by the language's name in gettext."""
_ONE_LINE = 1_000_000
"""A width that wraps nothing: a wrapped `#|` comment is no PO syntax any more."""
_VOLATILE = (
    b'"POT-Creation-Date:',
    b'"PO-Revision-Date:',
    b'"Generated-By:',
    b'"Last-Translator:',
    b'"Report-Msgid-Bugs-To:',
    b'"Language-Team:',
)
"""Headers that tell the day or the machine, and would make equal catalogs differ."""


class Translations:
    """The messages of one language, the first catalog's before the next one's; English is its own
    translation.
    """

    def __init__(self, catalogs: Sequence[Catalog] | None = None) -> None:
        self._catalogs = catalogs
        self._compiled = [_compiled(catalog) for catalog in catalogs or []]

    @property
    def has_interface(self) -> bool:
        """Whether the words of the interface are translated, if not all of them."""
        if self._catalogs is None:
            return True
        return any(self.text(label_context(key), str(LABELS[key])) for key in ("yes", "sources"))

    def text(self, context: str, msgid: str) -> str | None:
        """The translation, or None where it is missing or only a guess."""
        if self._catalogs is None:
            return msgid
        for catalog in self._catalogs:
            message = catalog.get(msgid, context)
            if message and message.string and not message.fuzzy:
                return str(message.string)
        return None

    def label(self, key: str) -> str:
        """A word of the interface; English where it is missing, which `kb check` reports."""
        msgid = LABELS[key]
        assert isinstance(msgid, str), f"{key} has a plural: use counted()"
        return self.text(label_context(key), msgid) or msgid

    def counted(self, context: str, pair: tuple[str, str], number: int) -> str:
        """A message in the plural form that the number asks for, with the number filled in."""
        for catalog, compiled in zip(self._catalogs or [], self._compiled, strict=True):
            message = catalog.get(pair[0], context)
            if message and is_complete(message, catalog) and not message.fuzzy:
                return str(compiled.npgettext(context, *pair, number)) % {"n": number}
        return pair[number != 1] % {"n": number}


@dataclass
class Catalogs:
    """The catalogs of a knowledge base below its root folder; each file is read once."""

    root: Path
    _known: dict[tuple[str, str], Catalog | InvalidSource | None] = field(default_factory=dict)

    def translations(self, locale: Locale) -> Translations:
        """All that a language says; raise `InvalidSource` where a catalog cannot be read."""
        if locale.code == SOURCE.code:
            return Translations()
        own = [self.read(locale, domain) for domain in (FACTS, INTERFACE)]
        found = [*own, packaged(locale)]
        return Translations([catalog for catalog in found if catalog is not None])

    def read(self, locale: Locale, domain: str) -> Catalog | None:
        """The base's own catalog of a language; None where there is none.

        Raise `InvalidSource` where it cannot be read.
        """
        key = (locale.code, domain)
        if key not in self._known:
            self._known[key] = self._read(locale, domain)
        found = self._known[key]
        if isinstance(found, InvalidSource):
            raise found
        return found

    def path(self, locale: Locale, domain: str) -> Path:
        """Where a catalog of a language is kept."""
        return self.root / layout.catalog(locale.catalog, domain)

    def _read(self, locale: Locale, domain: str) -> Catalog | InvalidSource | None:
        path = self.path(locale, domain)
        if not path.exists():
            return None
        try:
            return read(path, path.relative_to(self.root).as_posix(), locale)
        except InvalidSource as error:
            return error


def packaged(locale: Locale) -> Catalog | None:
    """The words of the interface in a language that the package knows, else None."""
    path = PACKAGE / f"{locale.catalog}.po"
    return read(path, path.name, locale) if path.exists() else None


def rendered(catalog: Catalog) -> bytes:
    """The catalog as bytes that depend on its messages only, not on the day or on Babel's
    version.
    """
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=_ONE_LINE,
        no_location=True,
        include_previous=True,
        ignore_obsolete=False,
    )
    lines = buffer.getvalue().split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(_VOLATILE))


def strings_of(message: Message) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def is_complete(message: Message, catalog: Catalog) -> bool:
    """Tell whether a message is translated, in every plural form of its language."""
    strings = strings_of(message)
    forms = 1 if isinstance(message.id, str) else catalog.num_plurals
    return len(strings) == forms and all(strings)


def _compiled(catalog: Catalog) -> GettextTranslations:
    """The catalog with its language's plural rule."""
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GettextTranslations(compiled)
