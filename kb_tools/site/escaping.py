"""What MkDocs is given as a hook, so that the theme shows data as text: loaded by MkDocs alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from typing import Any

from markupsafe import Markup, escape


def on_env(env: Any, **_: Any) -> Any:
    """Escape whatever templates of the theme put out and is not markup already."""
    env.autoescape = True
    return env


def on_page_context(context: Any, page: Any, **_: Any) -> Any:
    """Tell that the text of a page is markup, which Markdown made; its headings are text."""
    page.content = Markup(page.content)
    _as_text(page.toc)
    return context


def _as_text(items: Iterable[Any]) -> None:
    for item in items:
        item.title = escape(unescape(item.title))
        _as_text(item.children)
