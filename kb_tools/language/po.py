"""PO files, read as gettext reads them, in all the forms in which translators' tools leave them.

Babel reads messages; here is what it reads otherwise than gettext, or reads past: escapes of
bytes, `#~|` comments, entries that stand twice, a header without a language.
"""

from __future__ import annotations

import gettext
import io
import re
from pathlib import Path
from typing import Any
from unicodedata import category

from babel.core import Locale as BabelLocale
from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

from kb_tools import textfile
from kb_tools.errors import InvalidSource, Problem
from kb_tools.locales import Locale

_LINE = re.compile(
    r'\s*|#.*|\s*((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s*)?"(?P<said>(\\.|[^"\\])*)"\s*'
)
"""A line that a PO file may have; Babel reads past some that it may not."""
_ESCAPE = re.compile(r"(?P<bytes>(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{2}))+)|\\(?P<one>.)")
_BYTE = re.compile(r"\\(?:x(?P<hexadecimal>..)|(?P<octal>[0-7]+))")
_NUMBERS = range(201)
"""Numbers that cover all that a rule of the plural distinguishes."""
_MOST_FORMS = 6
"""Forms of the plural in the language that has most, Arabic."""
_KNOWN = frozenset('nrt"\\')
_AGAIN = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}


class PoCatalog(Catalog):
    """A catalog that keeps the first of two equal entries, and knows the others."""

    def __init__(self, locale: str) -> None:
        self.twice: list[Message] = []
        super().__init__(locale=locale, charset="utf-8")

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: A002  # Babel names it so
        if id and self.get(id, message.context) is not None:
            self.twice.append(message)
        else:
            super().__setitem__(id, message)


def read(path: Path, name: str, locale: Locale) -> Catalog:
    """Read a PO file, called `name` in messages; raise `InvalidSource` where it is not one."""
    try:
        lines, problems = _normalized(textfile.read(path), name)
        if not problems:
            catalog = _parsed(lines, locale)
            problems = [*_header(catalog, name, locale), *_twice(catalog, name)]
        if not problems:
            return catalog
    except OSError as error:
        problems = [_unreadable(name, f"cannot be read: {error.strerror}", "Permit reading it.")]
    except UnicodeDecodeError:
        problems = [_unreadable(name, "not UTF-8 text", "Save the file as UTF-8.")]
    except PoFileError as error:
        what, place = f"not a valid PO file: {error}", f"{name}:{(error.lineno or 0) + 1}"
        problems = [Problem(place, what, "Mend the syntax on this line.")]
    except (ValueError, LookupError) as error:
        what = f"a header that cannot be read: {error}"
        problems = [_unreadable(name, what, "Restore the header of the file.")]
    raise InvalidSource(problems)


def _parsed(lines: str, locale: Locale) -> PoCatalog:
    catalog = PoCatalog(locale.catalog)
    PoFileParser(catalog, abort_invalid=True).parse(io.StringIO(lines))
    _refuse_no_plural(catalog)
    if not catalog.locale_identifier:  # an empty Language, as new files of some editors have it
        catalog.locale = locale.catalog
    return catalog


def _refuse_no_plural(catalog: Catalog) -> None:
    """Raise `ValueError` where the rule of the plural gives no form for a number."""
    form_of = gettext.c2py(catalog.plural_expr)
    for number in _NUMBERS:
        try:
            form = form_of(number)
        except (ArithmeticError, RecursionError):
            form = -1
        if not 0 <= form < catalog.num_plurals <= _MOST_FORMS:
            raise ValueError(f"the plural has no form for {number}: {catalog.plural_expr[:60]!r}")


def _normalized(content: str, name: str) -> tuple[str, list[Problem]]:
    """The lines as Babel reads them, of the same numbers, and what is wrong with them."""
    problems = textfile.invisible(content, name)
    lines = []
    for number, line in enumerate(content.split("\n"), 1):
        found = _LINE.fullmatch(line)
        if line.startswith("#~|"):
            lines.append("")  # what an obsolete message said before, which nobody asks any more
        elif found is None and not textfile.unseen(line):
            what, hint = "not a valid PO file", "a keyword and text between quotes."
            problems.append(
                Problem(f"{name}:{number}", what, f"Mend the syntax on this line: {hint}")
            )
        elif found and (said := found["said"]):
            try:
                start, end = found.span("said")
                lines.append(line[:start] + _ESCAPE.sub(_unescaped, said) + line[end:])
            except ValueError as error:
                hint = "Write the character itself, in UTF-8."
                problems.append(Problem(f"{name}:{number}", str(error), hint))
        else:
            lines.append(line)
    return "\n".join(lines), problems


def _unescaped(found: re.Match[str]) -> str:
    """Bytes that a file spells out, as characters; other escapes as they stand."""
    if found["one"]:
        if found["one"] not in _KNOWN:
            raise ValueError(f"an escape that a text cannot have, {found[0]}")
        return found[0]
    spelled = bytes(
        int(byte["hexadecimal"], 16) if byte["hexadecimal"] else int(byte["octal"], 8) & 0xFF
        for byte in _BYTE.finditer(found["bytes"])
    )
    try:
        characters = spelled.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"bytes that are not UTF-8, {found[0]}") from None
    if any(category(character) == "Cc" and character not in _AGAIN for character in characters):
        raise ValueError(f"an escape that a text cannot have, {found[0]}")
    return "".join(_AGAIN.get(character, character) for character in characters)


def _twice(catalog: PoCatalog, name: str) -> list[Problem]:
    return [
        Problem(
            f"{name}:{message.lineno}",
            f"{message.context!r}: {key_of(message)[:60]!r} stands twice",
            "Keep the right one of the two; gettext refuses the file.",
        )
        for message in catalog.twice
    ]


def _header(catalog: Catalog, name: str, locale: Locale) -> list[Problem]:
    """What would be read or written wrongly: another language, or another charset."""
    problems = []
    named, charset = str(catalog.locale_identifier), catalog.charset
    if _language(named) != _language(locale.catalog):
        hint = f"Write Language: {locale.catalog}, or put the right file here."
        problems.append(_unreadable(name, f"its header names the language {named!r}", hint))
    if charset.replace("-", "").lower() != "utf8":
        hint = "Save the file as UTF-8 and write charset=UTF-8."
        problems.append(_unreadable(name, f"its header names the charset {charset!r}", hint))
    return problems


def _language(named: str) -> str:
    try:
        return str(BabelLocale.parse(named).language)
    except (ValueError, UnknownLocaleError):
        return named


def key_of(message: Message) -> str:
    """The msgid, or the singular of a pair."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def obsolete_key(message: Message) -> str | tuple[str, str]:
    """Where Babel keeps an obsolete message."""
    return (key_of(message), message.context) if message.context else key_of(message)


def _unreadable(name: str, what: str, hint: str) -> Problem:
    return Problem(f"{name}:1", what, hint)
