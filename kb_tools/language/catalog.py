"""Gettext catalogs: what is translated, how far, and what is wrong with it."""

from __future__ import annotations

import difflib
import gettext
import io
import re
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.support import Translations as GettextTranslations

from kb_tools import files
from kb_tools.content import facts
from kb_tools.content.model import PLACEHOLDER, KnowledgeBase
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language.labels import LABELS
from kb_tools.language.messages import HEADER, PROJECT, VERSION, label_context, templates
from kb_tools.locales import Locale

I18N = Path("i18n")
DOMAINS = ("facts", "interface")
_DIGIT = re.compile(r"\d")
_ONE_LINE = 1_000_000
"""A width that wraps nothing: a wrapped `#|` comment is no PO syntax any more."""
_LINE = re.compile(r'\s*|#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?) )?"(\\.|[^"\\])*"\s*')
"""A line that a PO file may have; Babel reads past some that it may not."""


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


class Translations:
    """The messages of one language; English is its own translation."""

    def __init__(self, catalogs: list[Catalog] | None = None) -> None:
        self._catalogs = catalogs
        self._compiled = [_compiled(catalog) for catalog in catalogs or []]

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
            if message and _is_complete(message, catalog) and not message.fuzzy:
                return str(compiled.npgettext(context, *pair, number)) % {"n": number}
        return pair[number != 1] % {"n": number}


def load(root: Path, locale: Locale) -> Translations:
    """Read the catalogs of a language; raise `InvalidSource` where one cannot be read."""
    return Translations([_read(root, locale, domain) for domain in DOMAINS])


def extract(root: Path, knowledge: KnowledgeBase) -> list[Path]:
    """Write the `.pot` templates; return those that changed."""
    return files.write_all(
        {
            root / I18N / f"{domain}.pot": rendered(template)
            for domain, template in templates(knowledge).items()
        }
    )


def update(root: Path, knowledge: KnowledgeBase, locale: Locale) -> list[Path]:
    """Bring a language's catalogs up to the templates: new messages empty, changed ones marked with
    what they said before.
    """
    return files.write_all(
        {
            po_path(root, locale, domain): rendered(_updated(root, locale, domain, template))
            for domain, template in templates(knowledge).items()
        }
    )


def _updated(root: Path, locale: Locale, domain: str, template: Catalog) -> Catalog:
    catalog = (
        _read(root, locale, domain)
        if po_path(root, locale, domain).exists()
        else Catalog(locale=locale.babel, fuzzy=False)
    )
    catalog.update(template, no_fuzzy_matching=True)
    catalog.project, catalog.version, catalog.header_comment = PROJECT, VERSION, HEADER
    _keep_previous(catalog)
    return catalog


def status(root: Path, knowledge: KnowledgeBase, locale: Locale) -> list[Status]:
    """Count what is translated, guessed and missing in a language, a row a domain."""
    rows = []
    for domain, template in templates(knowledge).items():
        catalog = _read(root, locale, domain)
        wanted = [catalog.get(_key(message), message.context) for message in template if message.id]
        fuzzy = sum(1 for message in wanted if message and message.fuzzy)
        done = sum(
            1
            for message in wanted
            if message and _is_complete(message, catalog) and not message.fuzzy
        )
        known = {(message.context, _key(message)) for message in template}
        strays = sum(
            1 for message in catalog if message.id and (message.context, _key(message)) not in known
        )
        rows.append(
            Status(
                locale.code,
                domain,
                len(wanted),
                done,
                fuzzy,
                len(wanted) - done - fuzzy,
                strays + len(catalog.obsolete),
            )
        )
    return rows


def problems(root: Path, knowledge: KnowledgeBase, locale: Locale) -> list[Problem]:
    """Everything that is wrong in a language's catalogs, and in the templates where they are out of
    date.
    """
    found: list[Problem] = []
    for domain, template in templates(knowledge).items():
        name = po_path(root, locale, domain).relative_to(root).as_posix()
        try:
            catalog = _read(root, locale, domain)
        except InvalidSource as error:
            found += error.problems
            continue
        for message in template:
            if message.id:
                found += _message_problems(name, message, catalog)
        found += _stray_problems(name, template, catalog)
    return found


def template_problems(root: Path, knowledge: KnowledgeBase) -> list[Problem]:
    """Report templates that do not hold what the facts say now, and values spelled out in
    msgids.
    """
    found = []
    for domain, template in templates(knowledge).items():
        path = root / I18N / f"{domain}.pot"
        if not path.exists() or path.read_bytes() != rendered(template):
            found.append(
                Problem(
                    f"{I18N}/{domain}.pot:1",
                    "out of date",
                    "Run kb i18n extract, then kb i18n update.",
                )
            )
    for fact in knowledge.facts:
        for text in fact.messages():
            if _DIGIT.search(PLACEHOLDER.sub("", text)):
                found.append(
                    Problem(
                        facts.line_of(root, fact),
                        f"fact {fact.id!r}: a digit in {text[:60]!r}",
                        "Say values by placeholders.",
                    )
                )
    return found


def po_path(root: Path, locale: Locale, domain: str) -> Path:
    """Where a catalog of a language is kept."""
    return root / I18N / locale.babel / "LC_MESSAGES" / f"{domain}.po"


def _compiled(catalog: Catalog) -> GettextTranslations:
    """The catalog with its language's plural rule."""
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GettextTranslations(compiled)


def _key(message: Message) -> str:
    """The msgid, or the singular of a pair."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _is_complete(message: Message, catalog: Catalog) -> bool:
    strings = _strings(message)
    return all(strings) and (isinstance(message.id, str) or len(strings) == catalog.num_plurals)


def _message_problems(name: str, wanted: Message, catalog: Catalog) -> list[Problem]:
    message = catalog.get(_key(wanted), wanted.context)
    said = f"{wanted.context!r}: {_key(wanted)[:60]!r}"
    if message is None:
        return [Problem(f"{name}:1", f"missing {said}", "Run kb i18n update, then translate it.")]
    where = f"{name}:{message.lineno or 1}"
    if message.fuzzy:
        return [
            Problem(where, f"fuzzy {said}", "Correct the translation and remove the fuzzy flag.")
        ]
    if not _is_complete(message, catalog):
        return [
            Problem(where, f"not translated {said}", "Translate it; every plural form is needed.")
        ]
    found = []
    names = set(PLACEHOLDER.findall(_key(wanted)))
    for text in _strings(message):
        given = set(PLACEHOLDER.findall(text))
        for missing in sorted(names - given):
            found.append(
                Problem(
                    where,
                    f"{wanted.context!r}: value without placeholder: '%({missing})s' is not in"
                    f" {text[:60]!r}",
                    "Put it in.",
                )
            )
        for unknown in sorted(given - names):
            found.append(
                Problem(
                    where,
                    f"{wanted.context!r}: placeholder without value: '%({unknown})s'",
                    f"Use {', '.join(sorted(names)) or 'none'}.",
                )
            )
        if "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
            found.append(
                Problem(
                    where,
                    f"{wanted.context!r}: a stray % in {text[:60]!r}",
                    "Write %(name)s for a value or %% for a per cent sign.",
                )
            )
        if (
            "/" in (wanted.context or "")
            and _is_fact(wanted)
            and _DIGIT.search(PLACEHOLDER.sub("", text))
        ):
            found.append(
                Problem(
                    where,
                    f"{wanted.context!r}: a digit in {text[:60]!r}",
                    "Say values by placeholders.",
                )
            )
    return found


def _is_fact(message: Message) -> bool:
    return not (message.context or "").startswith(("interface/", "source/", "subject/", "page/"))


def _stray_problems(name: str, template: Catalog, catalog: Catalog) -> list[Problem]:
    known = {(message.context, _key(message)) for message in template}
    return [
        Problem(
            f"{name}:{message.lineno or 1}",
            f"{message.context!r}: nothing says {_key(message)[:60]!r} any more",
            "Run kb i18n update.",
        )
        for message in catalog
        if message.id and (message.context, _key(message)) not in known
    ]


def _keep_previous(catalog: Catalog) -> None:
    """Show the translator what an untranslated message said before: the most similar of those that
    its context has no more.
    """
    gone: dict[str | None, list[str]] = {}
    for message in catalog.obsolete.values():
        gone.setdefault(message.context, []).append(_key(message))
    for message in catalog:
        message.user_comments = [
            comment for comment in message.user_comments if not comment.startswith("| ")
        ]  # as Babel reads it back
        if message.id and not any(_strings(message)):
            message.previous_id = difflib.get_close_matches(
                _key(message), gone.get(message.context, ()), n=1, cutoff=0.5
            )


def _read(root: Path, locale: Locale, domain: str) -> Catalog:
    path = po_path(root, locale, domain)
    name = path.relative_to(root).as_posix()
    try:
        lines = path.read_text("utf-8").splitlines()
        malformed = next(
            (number for number, line in enumerate(lines, 1) if not _LINE.fullmatch(line)), None
        )
        if malformed:
            hint = "Mend the syntax on this line: a keyword and text between quotes."
            raise InvalidSource([Problem(f"{name}:{malformed}", "not a valid PO file", hint)])
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale.babel, domain=domain, abort_invalid=True)
        gettext.c2py(catalog.plural_expr)
        return catalog
    except FileNotFoundError:
        raise InvalidSource(
            [Problem(f"{name}:1", "the catalog is missing", "Run kb i18n update.")]
        ) from None
    except PoFileError as error:
        line = (error.lineno or 0) + 1
        raise InvalidSource(
            [
                Problem(
                    f"{name}:{line}",
                    f"not a valid PO file: {error}",
                    "Mend the syntax on this line.",
                )
            ]
        ) from None
    except UnicodeDecodeError:
        raise InvalidSource(
            [Problem(f"{name}:1", "not UTF-8 text", "Save the file as UTF-8.")]
        ) from None
    except (ValueError, LookupError) as error:
        raise InvalidSource(
            [
                Problem(
                    f"{name}:1",
                    f"a header that cannot be read: {error}",
                    "Restore the header of the file.",
                )
            ]
        ) from None


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
    volatile = (
        b'"POT-Creation-Date:',
        b'"PO-Revision-Date:',
        b'"Generated-By:',
        b'"Last-Translator:',
        b'"Report-Msgid-Bugs-To:',
        b'"Language-Team:',
    )
    return b"\n".join(line for line in lines if not line.startswith(volatile))
