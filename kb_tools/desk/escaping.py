"""Text that the templates of help desks leave as it is: one function a target."""

from __future__ import annotations

import re

_LIQUID = re.compile(r"\{(?=[{%])")
_ZAMMAD = re.compile(r"#(?=\{)|~(?=~)")
_JOINER = "\u2060"
"""A sign of no width at which no line is broken."""


def liquid(text: str) -> str:
    """Text for Liquid, which Zendesk fills in: the first sign of what opens a tag is put out by
    one.

    >>> liquid("{{ ticket.id }}")
    '{{ "{" }}{ ticket.id }}'
    """
    # one sign only: Liquid for Ruby takes `{%` for a tag even within a string
    return _LIQUID.sub('{{ "{" }}', text)


def chatwoot(text: str) -> str:
    """Text for Chatwoot, whose editor takes out all that stands in `{{ }}` before Liquid sees it: a
    word joiner, which nobody sees, stands within the signs.

    >>> chatwoot("{{ contact.name }}") == "{\u2060{ contact.name }}"
    True
    """
    return _joined(_LIQUID, text)


def zammad(text: str) -> str:
    """Text for Zammad, which fills in `#{...}`, splits a cell at `~~~` and has no way to say
    either: a word joiner stands within the signs.

    >>> zammad("#{ticket.id}") == "#\u2060{ticket.id}"
    True
    """
    return _joined(_ZAMMAD, text)


def _joined(sign: re.Pattern[str], text: str) -> str:
    return sign.sub(lambda found: found[0] + _JOINER, text)
