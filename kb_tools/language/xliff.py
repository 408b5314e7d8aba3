"""XLIFF for agencies: messages go out with contexts and notes, and translations come back checked.
The home of the translate toolkit.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from lxml import etree
from translate.misc.multistring import multistring
from translate.storage.poxliff import PoXliffFile, PoXliffUnit

from kb_tools import files, layout, textfile
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language.catalog import is_complete, rendered, strings_of
from kb_tools.language.po import key_of
from kb_tools.language.proofreading import message_problems
from kb_tools.language.upkeep import Upkeep
from kb_tools.locales import SOURCE, Locale

Store = PoXliffFile[PoXliffUnit]
_KEEP = "Keep %(name)s as it is; it stands for a value."
_UNFINISHED = ("new", "needs-")
"""How the states of targets begin that are not to be taken."""
_EXPORT = "Export it anew with kb i18n export."


@dataclass
class Taken:
    """What became of the units of a file: how many translations are new, how many say what the
    catalog says already, how many are unfinished, and the contexts of those whose message is gone.
    """

    new: int = 0
    same: int = 0
    unfinished: int = 0
    gone: list[str] = field(default_factory=list)


def exported(upkeep: Upkeep, locale: Locale, *, everything: bool) -> dict[str, bytes]:
    """The messages of a language by file name: those that are not translated, or all of them."""
    made = {}
    for domain in upkeep.templates(locale):
        known = upkeep.current(locale, domain)
        store: Store = PoXliffFile(sourcelanguage=SOURCE.html, targetlanguage=locale.html)
        store.switchfile(domain, createifmissing=True)
        store.removedefaultfile()
        for message in known:
            done = is_complete(message, known) and not message.fuzzy
            if message.id and (everything or not done):
                store.addunit(_unit(message, done=done))
        if store.units:
            made[f"{domain}.{locale.code}.xlf"] = _as_version_1_2(bytes(store))
    return made


def _as_version_1_2(content: bytes) -> bytes:
    """The toolkit names version 1.1, of which 1.2 has all that it writes."""
    named = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.1" version="1.1">'
    return content.replace(named, named.replace(b"1.1", b"1.2"))


def _unit(message: Message, *, done: bool) -> PoXliffUnit:
    source = multistring(list(message.id)) if message.pluralizable else str(message.id)
    unit = PoXliffUnit(source)
    unit.setid(_identity(message))
    unit.xmlelement.set("resname", message.context or "")
    notes = [f"Context: {message.context}", *message.auto_comments]
    unit.addnote("\n".join([*notes, *([_KEEP] if message.python_format else [])]), "developer")
    if any(strings_of(message)):
        said = strings_of(message)
        unit.target = multistring(said) if message.pluralizable else said[0]
    if done:
        unit.marktranslated()
    return unit


def _identity(message: Message) -> str:
    """What a unit is known by: its context and what it says in English."""
    said = "\0".join([message.context or "", *_sources(message)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _sources(message: Message) -> list[str]:
    return [str(each) for each in (message.id if message.pluralizable else [message.id])]


def take_in(upkeep: Upkeep, paths: Sequence[Path]) -> dict[Path, Taken]:
    """Put the translations of files into the catalogs; raise `InvalidSource` with every problem of
    all files, and then no catalog has changed.
    """
    problems: list[Problem] = []
    catalogs: dict[Path, Catalog] = {}
    results = {}
    for path in paths:
        reader = _Reader(path, upkeep, catalogs)
        try:
            results[path] = reader.take()
        except InvalidSource as error:
            problems += error.problems
        problems += reader.problems
    if problems:
        raise InvalidSource(problems)
    files.write_all({path: rendered(catalog) for path, catalog in catalogs.items()})
    return results


@dataclass
class _Reader:
    """Takes the translations of one file into catalogs that are not yet written."""

    path: Path
    upkeep: Upkeep
    catalogs: dict[Path, Catalog]
    problems: list[Problem] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)

    def take(self) -> Taken:
        """Read the file; note what is wrong with its units, raise `InvalidSource` where it cannot
        be read.
        """
        store = self._store()
        known = self._catalog(*self._target(store))
        messages = {_identity(message): message for message in known if message.id}
        for identity, count in Counter(_id_of(unit) for unit in store.units).items():
            if count > 1:
                self._problem(f"unit {identity!r} stands twice", "Keep the right one of the two.")
        for unit in store.units:
            message = self._put(unit, messages)
            if message:
                self.problems += message_problems(str(self.path), message, known, partial=False)
        return self.taken

    def _store(self) -> Store:
        """The file as the toolkit reads it."""
        try:
            content = textfile.content(self.path)
            if b"<!DOCTYPE" in content:
                raise self._refused("a document type, which XLIFF does not have", "Delete it.")
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
            version, tag = root.get("version"), etree.QName(root).localname
            if tag != "xliff" or version not in ("1.1", "1.2"):
                named = f"version {version}" if tag == "xliff" else f"the element {tag!r}"
                raise self._refused(f"not XLIFF 1.2 but {named}", "Save it as XLIFF 1.2.")
            store: Store = PoXliffFile.parsestring(content)
            return store
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise self._refused(what, "Name a file that may be read.") from error
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(f"not XML: {error}", "Save it as XLIFF 1.2.") from error

    def _target(self, store: Store) -> tuple[Locale, str]:
        """The language and the domain that a file names."""
        node = store.document.getroot().find(store.namespaced("file"))
        language, domain = node.get("target-language"), node.get("original")
        same = [locale for locale in self.upkeep.translated if language == locale.html]
        alike = [row for row in self.upkeep.translated if _family(row.html) == _family(language)]
        for locale in same or (alike if len(alike) == 1 else ()):
            if domain in self.upkeep.templates(locale):
                return locale, domain
            raise self._refused(f"no catalog is called {domain!r}", _EXPORT)
        known = ", ".join(locale.html for locale in self.upkeep.translated)
        raise self._refused(f"no language is called {language!r}", f"Languages are {known}.")

    def _catalog(self, locale: Locale, domain: str) -> Catalog:
        """The catalog that translations are put into, the same for all files of a run."""
        path = self.upkeep.catalogs.root / layout.catalog(locale.catalog, domain)
        if path not in self.catalogs:
            self.catalogs[path] = self.upkeep.current(locale, domain)
        return self.catalogs[path]

    def _put(self, unit: PoXliffUnit, messages: Mapping[str, Message]) -> Message | None:
        """Put a translation into its message; return that if it is another one than before."""
        message = messages.get(_id_of(unit))
        if message is None:
            self.taken.gone.append(unit.xmlelement.get("resname") or _id_of(unit))
            return None
        if _strings(unit.source)[:2] != _sources(message):
            what = f"unit {_id_of(unit)!r}: its source is not what was exported"
            self._problem(what, f"Restore {key_of(message)[:60]!r}.")
        said = _strings(unit.target)
        if not all(said) or _is_unfinished(unit):
            self.taken.unfinished += 1
            return None
        if any(len(target) for target in unit.xmlelement.iter(unit.namespaced("target"))):
            what = f"unit {_id_of(unit)!r}: elements in its target"
            self._problem(what, "Write text alone; %(name)s stands for a value.")
        wanted = strings_of(message)
        said = said[: len(wanted)] if message.pluralizable else said
        if said == wanted and not message.fuzzy:
            self.taken.same += 1
            return None
        message.string = tuple(said) if message.pluralizable else said[0]
        message.flags.discard("fuzzy")
        message.previous_id = []
        self.taken.new += 1
        return message

    def _refused(self, what: str, hint: str) -> InvalidSource:
        return InvalidSource([Problem(f"{self.path}:1", what, hint)])

    def _problem(self, what: str, hint: str) -> None:
        self.problems.append(Problem(f"{self.path}:1", what, hint))


def _family(tag: str | None) -> str:
    """The language of a tag without its region and script, which tools write as they like."""
    return re.split("[-_]", tag or "")[0].lower()


def _id_of(unit: PoXliffUnit) -> str:
    """The id of a unit as it is written; the toolkit's own has the file before it."""
    return str(unit.xmlelement.get("id") or "")


def _is_unfinished(unit: PoXliffUnit) -> bool:
    targets: Iterator[Any] = unit.xmlelement.iter(unit.namespaced("target"))
    return any((target.get("state") or "").startswith(_UNFINISHED) for target in targets)


def _strings(text: Any) -> list[str]:
    """The forms of a text that has plurals, or the text alone."""
    if text is None:
        return [""]
    return [str(each) for each in text.strings] if isinstance(text, multistring) else [str(text)]
