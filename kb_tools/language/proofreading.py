"""What is wrong with translations, beside what they should translate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from babel.messages.catalog import Catalog, Message

from kb_tools.content.values import PLACEHOLDER
from kb_tools.errors import Problem
from kb_tools.language import messages
from kb_tools.language.catalog import is_complete, strings_of
from kb_tools.language.po import key_of, obsolete_key

_DIGIT = re.compile(r"\d")
_LEFTOVER = "#-#-#-#-#"
"""What msgcat writes before each of several translations that it put into one."""


def catalog_problems(
    name: str, template: Catalog, catalog: Catalog, *, partial: bool = False
) -> list[Problem]:
    """Everything that is wrong in a catalog, beside what it should translate."""
    found: list[Problem] = []
    for message in template:
        if message.id:
            found += message_problems(name, message, catalog, partial=partial)
    return found + _stray_problems(name, template, catalog)


def message_problems(
    name: str, wanted: Message, catalog: Catalog, *, partial: bool
) -> list[Problem]:
    """Everything that is wrong with the translation of one message."""
    message = catalog.get(key_of(wanted), wanted.context)
    said = f"{wanted.context!r}: {key_of(wanted)[:60]!r}"
    if message is None:
        hint = "Run kb i18n update, then translate it."
        return [] if partial else [Problem(f"{name}:1", f"missing {said}", hint)]
    where = f"{name}:{message.lineno or 1}"
    if message.fuzzy:
        hint = "Correct the translation and remove the fuzzy flag."
        return [] if partial else [Problem(where, f"fuzzy {said}", hint)]
    if not is_complete(message, catalog):
        hint = "Translate it; every plural form is needed."
        return [] if partial else [Problem(where, f"not translated {said}", hint)]
    return [
        Problem(where, f"{wanted.context!r}: {what}", hint)
        for text in strings_of(message)
        for what, hint in _text_problems(wanted, text)
    ]


def _text_problems(wanted: Message, text: str) -> Iterator[tuple[str, str]]:
    """What is wrong in one translation: what, and what to do."""
    names, given = set(PLACEHOLDER.findall(key_of(wanted))), set(PLACEHOLDER.findall(text))
    shown = repr(text[:60])
    if _LEFTOVER in text:
        yield f"leftovers of a merge in {shown}", "Keep one of the versions and delete the marks."
    elif "\n" in text and "\n" not in key_of(wanted):
        yield f"a line break in {shown}", "Write it in one line, as the English is."
    for missing in sorted(names - given):
        yield f"value without placeholder: '%({missing})s' is not in {shown}", "Put it in."
    for unknown in sorted(given - names):
        hint = f"Use {', '.join(sorted(names)) or 'none'}."
        yield f"placeholder without value: '%({unknown})s'", hint
    if "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
        hint = "Write %(name)s for a value or %% for a per cent sign."
        yield f"a stray % in {shown}", hint
    if messages.is_fact(wanted.context or "") and has_digit(text):
        yield f"a digit in {shown}", "Say values by placeholders."


def has_digit(text: str) -> bool:
    """Tell whether a text spells a figure, besides its placeholders."""
    return bool(_DIGIT.search(PLACEHOLDER.sub("", text)))


def strays(template: Catalog, catalog: Catalog) -> Sequence[Message]:
    """The messages of a catalog that nothing says any more."""
    known = {(message.context, key_of(message)) for message in template}
    return [
        message
        for message in catalog
        if message.id and (message.context, key_of(message)) not in known
    ]


def _stray_problems(name: str, template: Catalog, catalog: Catalog) -> list[Problem]:
    said = [
        (message, f"nothing says {key_of(message)[:60]!r} any more")
        for message in strays(template, catalog)
    ] + [
        (message, f"{key_of(message)[:60]!r} stands twice, once as obsolete")
        for message in catalog
        if message.id and obsolete_key(message) in catalog.obsolete
    ]
    return [
        Problem(
            f"{name}:{message.lineno or 1}", f"{message.context!r}: {what}", "Run kb i18n update."
        )
        for message, what in said
    ]
