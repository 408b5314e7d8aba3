"""Text as Markdown that means itself, with its values set as what they are. The home of the type of
what is Markdown already.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from kb_tools.content.values import PLACEHOLDER
from kb_tools.entry import Passage

_SPECIAL = re.compile(r"([\\`*_\[\]>#|{}])")
_FIRST = re.compile(r"^( ?)([-+!])")
_ORDINAL = re.compile(r"^( ?\d+)\.")
_SPACES = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
"""What HTML shows as one space, or Markdown takes for the end of a line."""
_NO_SPAN = re.compile(r"[`<&\\\x00-\x1f]|^\s|\s$|^$")
"""What Markdown does not leave as it is between backticks."""
_ADDRESS = "/:?@#!$&+,;=%~"
"""Signs that an address keeps as the target of a link."""


class Markdown(Markup):
    """Text that is Markdown already; what is put into it or beside it is made to mean itself."""

    @classmethod
    def escape(cls, s: Any, /) -> Markdown:
        """What is not Markdown as Markdown that means itself."""
        return cls(literal(s))


def literal(value: object) -> Markup:
    """What a template puts out: what is markup as it is, numbers, and all else as plain text."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, int | float):
        return Markdown(value)
    return plain(str(value))


def plain(text: str) -> Markup:
    """Text on one line that means itself in Markdown, between tags and in an attribute in quotes.

    >>> print(plain('1. *R&D* <b id="x">'))
    1\\. \\*R&amp;D\\* &lt;b id=&quot;x&quot;\\>
    """
    if isinstance(text, Markup):
        return text
    line = _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))
    line = _ORDINAL.sub(r"\1\\.", _FIRST.sub(r"\1\\\2", line))
    # not `escape`: where nothing needs it, > and ' are left for people who read the pages
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return Markdown(line)


def joined(parts: Iterable[object], between: object = "") -> Markup:
    """Parts in one line of Markdown, with something between them."""
    return Markdown(literal(between)).join(map(literal, parts))


def filled(text: str, values: dict[str, Any]) -> Markup:
    """A text with placeholders in Markdown, its values as they are where they are markup."""
    pieces = PLACEHOLDER.split(text)
    # `% ()` makes %% a percent sign
    return joined(
        values[piece] if number % 2 else piece % () for number, piece in enumerate(pieces)
    )


def quoted(text: str) -> Markup:
    """Text as a value of the front matter."""
    return Markdown(json.dumps(text, ensure_ascii=False))


def said(form: str, text: str) -> Markup:
    """A value in Markdown: identifiers as code, addresses as links, the rest in bold."""
    match form:
        case "code":
            return _code(text)
        case "email":
            return _link(text, f"mailto:{text}")
        case "url":
            return _link(text, text if text.startswith("https://") else f"https://{text}")
    return Markdown(f"**{plain(text)}**")


def marked(passage: Passage) -> Markup:
    """A text in Markdown, its values set as what they are."""
    return joined(said(form, text) if form else text for text, form in passage.segments())


def _code(text: str) -> Markup:
    if _NO_SPAN.search(text):
        return Markdown(f"<code>{plain(text)}</code>")
    return Markdown(f"`{text}`")


def _link(text: str, address: str) -> Markup:
    return Markdown(f"[{plain(text)}]({escape(quote(address, safe=_ADDRESS))})")
