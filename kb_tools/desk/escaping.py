"""Text that the templates of help desks leave as it is: one function a target."""

from __future__ import annotations

import re

_LIQUID = re.compile(r"\{[{%]")
_JOINER = "\u2060"
"""A sign of no width at which no line is broken."""


def liquid(text: str) -> str:
    """Text for Liquid, which Zendesk and Chatwoot fill in: what opens a tag is put out by one.

    >>> liquid("{{ ticket.id }}")
    '{{ "{{" }} ticket.id }}'
    """
    return _LIQUID.sub(lambda found: f'{{{{ "{found[0]}" }}}}', text)


def zammad(text: str) -> str:
    """Text for Zammad, which fills in `#{...}` and has no way to say that sign: a word joiner
    stands within it, which nobody sees.

    >>> zammad("#{ticket.id}") == "#\u2060{ticket.id}"
    True
    """
    return text.replace("#{", f"#{_JOINER}{{")
