"""Facts in the forms that help desks import. Each takes the editions of the languages, the first
one of which is the desk's default.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale as Cldr

from kb_tools.desk import escaping
from kb_tools.desk.article import Article, Edition
from kb_tools.locales import SOURCE, Locale

LONGEST_TITLE = 255
_NAMES: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("locales.json").read_text("utf-8")
)
"""By target: what it calls a language otherwise than HTML does."""


def articles(editions: Sequence[Edition]) -> str:
    """Every article with its fact, language, address, day, digest and status: one JSON object a
    line.
    """
    return _lines(article.record() for edition in editions for article in edition.articles)


def zendesk_help_center(editions: Sequence[Edition]) -> str:
    """Translations for Zendesk's Help Center, one JSON object a line: what its API takes, and the
    fact that it is of.
    """
    return _lines(
        {
            "fact": article.fact,
            "translation": {
                "locale": _name("zendesk", article.language).lower(),
                "title": article.title[:LONGEST_TITLE],
                "body": article.html,
                "draft": False,
                "outdated": article.status == "untranslated",
            },
        }
        for edition in editions
        for article in edition.articles
    )


def zendesk_dynamic_content(editions: Sequence[Edition]) -> str:
    """Dynamic content for Zendesk: a row a fact, with a text for each language, which its files
    call by its English name.
    """
    first, *others = editions
    head = ["Title", "Default language", "Default text"]
    head += [f"{_english(edition.locale)} text" for edition in others]
    rows = [
        [
            row[0].fact,
            _english(first.locale),
            *(escaping.liquid(article.text) for article in row),
            "Outdated" if any(article.status == "untranslated" for article in row) else "Current",
        ]
        for row in zip(*(edition.articles for edition in editions), strict=True)
    ]
    return _csv([*head, "Variant status"], rows)


def zammad_text_modules(editions: Sequence[Edition]) -> str:
    """Text modules for Zammad: a row a fact and language, which are its keywords."""
    rows = [
        [
            f"{article.title} [{article.language}]",
            f"{article.fact} {article.language}",
            escaping.zammad(article.html),
            "true",
        ]
        for edition in editions
        for article in edition.articles
    ]
    return _csv(["name", "keywords", "content", "active"], rows)


def chatwoot_canned_responses(editions: Sequence[Edition]) -> str:
    """Canned responses for Chatwoot, one JSON object a line."""
    return _lines(
        {
            "short_code": f"{article.fact.replace('/', '-')}-{article.language.lower()}",
            "content": escaping.chatwoot(article.text),
        }
        for edition in editions
        for article in edition.articles
    )


def intercom_articles(editions: Sequence[Edition]) -> str:
    """Articles for Intercom, one JSON object a line; `author_id` is the importer's to fill in."""
    return _lines(
        {
            "author_id": None,
            **_intercom(row[0]),
            "translated_content": {
                _name("intercom", other.language): _intercom(other) for other in row
            },
        }
        for row in zip(*(edition.articles for edition in editions), strict=True)
    )


def _intercom(article: Article) -> dict[str, str]:
    state = "draft" if article.status == "untranslated" else "published"
    return {"title": article.title[:LONGEST_TITLE], "body": article.html, "state": state}


def _name(target: str, language: str) -> str:
    """What a target calls a language."""
    return _NAMES[target].get(language.lower(), language)


def _english(locale: Locale) -> str:
    """The English name of a language, or its own where CLDR has none."""
    return str(Cldr.parse(SOURCE.catalog).languages.get(locale.catalog, locale.name))


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return made.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[Edition]], str]] = {
    "articles": articles,
    "chatwoot-canned-responses": chatwoot_canned_responses,
    "intercom-articles": intercom_articles,
    "zammad-text-modules": zammad_text_modules,
    "zendesk-dynamic-content": zendesk_dynamic_content,
    "zendesk-help-center": zendesk_help_center,
}
"""By the name of a format: what makes it of the editions of the languages."""
