"""What help desks would fill in is read as it was written, by the rules of each of them."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from liquid import Environment

from kb_tools.desk import escaping

JOINER = "\u2060"
TEXTS = st.text(st.sampled_from("{}%#~\"'`\\ \nab.é日"), max_size=40)
ALL = "{{ a.b }} {% if a %} {# a #} #{a.b} {{{%}} {{% ~~~~ `{{ a }}` {% {{ a %} %} {% endraw %}"
RUBY_TAG = re.compile(r"%\}")


def rendered(text: str) -> str:
    """What Liquid makes of a text where nothing is given to fill in."""
    return Environment().from_string(text).render()


def ruby_tokens(text: str) -> list[str]:
    """The pieces in which Liquid for Ruby reads a text since 5.6: `{%` within `{{` opens a tag."""
    tokens, at = [], 0
    while at < len(text):
        opened = re.compile(r"\{[{%]").search(text, at)
        if opened is None:
            tokens.append(text[at:])
            break
        if opened.start() > at:
            tokens.append(text[at : opened.start()])
        end = _end_of_variable if opened[0] == "{{" else _end_of_tag
        at = end(text, opened.end())
        tokens.append(text[opened.start() : at])
    return tokens


def _end_of_variable(text: str, at: int) -> int:
    closed = re.compile(r"\}\}|\{%").search(text, at)
    assert closed, "a variable is not closed"
    return closed.end() if closed[0] == "}}" else _end_of_tag(text, closed.end())


def _end_of_tag(text: str, at: int) -> int:
    closed = RUBY_TAG.search(text, at)
    assert closed, "a tag is not closed"
    return closed.end()


def as_ruby(text: str) -> str:
    """What Liquid for Ruby makes of strings that are put out, and of nothing else."""
    put_out = {'{{ "{" }}': "{"}
    made = []
    for token in ruby_tokens(text):
        assert token in put_out or not token.startswith(("{{", "{%")), token
        made.append(put_out.get(token, token))
    return "".join(made)


def as_chatwoot(text: str) -> str:
    """What a reader gets of a canned response: the editor takes out what it does not know, then
    Liquid reads it, except what stands between backticks.
    """
    inserted = re.sub(r"\{\{(.*?)\}\}", "", text)
    raw = re.sub(r"(?s)`(.*?)`", r"{% raw %}`\1`{% endraw %}", inserted)
    return rendered(raw)


@given(TEXTS)
@example(ALL)
def test_liquid_puts_out_what_was_written(text: str) -> None:
    escaped = escaping.liquid(text)
    assert rendered(escaped) == text
    assert as_ruby(escaped) == text


@given(TEXTS)
@example(ALL)
def test_chatwoot_takes_nothing_out_and_fills_in_nothing(text: str) -> None:
    shown = as_chatwoot(escaping.chatwoot(text))
    assert shown.replace(JOINER, "") == text


@given(TEXTS)
@example(ALL)
def test_nothing_in_a_text_for_zammad_is_filled_in_or_split(text: str) -> None:
    escaped = escaping.zammad(text)
    assert "#{" not in escaped
    assert escaped.split("~~~") == [escaped]
    assert escaped.replace(JOINER, "") == text


def test_a_text_without_signs_of_a_target_is_left_as_it_is() -> None:
    for text in ("", "{a} 5 % of #1 ~ é日", "a } b { c"):
        for escape in (escaping.liquid, escaping.chatwoot, escaping.zammad):
            assert escape(text) == text
