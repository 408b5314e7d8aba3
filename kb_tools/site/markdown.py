"""Text as Markdown that means itself, with its values set as what they are."""

from __future__ import annotations

import json
import re

from kb_tools.entry import Passage

_SPECIAL = re.compile(r"([\\`*_\[\]>#|{}]|^[-+!])")
_ORDINAL = re.compile(r"^(\d+)\.")


def plain(text: str) -> str:
    """Text on one line that means itself in Markdown.

    >>> print(plain("1. *R&D* <b>"))
    1\\. \\*R&amp;D\\* &lt;b\\>
    """
    line = re.sub(r"\s*\n\s*", " ", text)
    escaped = _ORDINAL.sub(r"\1\\.", _SPECIAL.sub(r"\\\1", line))
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


def quoted(text: str) -> str:
    """Text as a value of the front matter."""
    return json.dumps(text, ensure_ascii=False)


def said(form: str, text: str) -> str:
    """A value in Markdown: identifiers as code, addresses as links, the rest in bold."""
    match form:
        case "code":
            return f"`{text}`"
        case "email":
            return f"[{text}](mailto:{text})"
        case "url":
            return f"[{text}]({text if text.startswith('https://') else f'https://{text}'})"
    return f"**{plain(text)}**"


def marked(passage: Passage) -> str:
    """A text in Markdown, its values set as what they are."""
    return "".join(said(form, text) if form else plain(text) for text, form in passage.segments())
