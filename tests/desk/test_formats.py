"""What help desks import: read back by the rules of each of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import jsonschema_rs
import pytest
from liquid import Environment

from kb_tools.desk import article, formats
from kb_tools.desk.article import Article, Edition
from kb_tools.entry import Entry
from kb_tools.project import Project

DAY = "2026-01-15"
TEMPLATES = '{{ ticket.id }} {% if x %} {# y #} #{ticket.id} {{{{%}} a~~~b <b>&amp;</b> "quoted"'


@pytest.fixture(scope="module")
def editions(project: Project) -> list[Edition]:
    return [made(project, project.locales[at].code) for at in range(len(project.locales))]


def made(project: Project, code: str) -> Edition:
    locale = project.locale(code)
    return article.edition(locale, project.editions[code], project.labels(locale), DAY)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def objects(text: str) -> list[dict[str, dict[str, str]]]:
    return [json.loads(line) for line in text.splitlines()]


def liquid(text: str) -> str:
    """What Liquid makes of a text where nothing is given to fill in."""
    return Environment().from_string(text).render()


def strict(properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object that has these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


WORDS = {"type": "string", "minLength": 1}
TITLE = {**WORDS, "maxLength": formats.LONGEST_TITLE}
PARAGRAPHS = {"type": "string", "pattern": "^<p>.*</p>$"}
DAY_OR_NOTHING = {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\d)?$"}
DRAFTED = {
    "title": TITLE,
    "body": PARAGRAPHS,
    "state": {"enum": ["published", "draft"]},
}
LANGUAGES_OF_INTERCOM = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
    "additionalProperties": strict(DRAFTED),
}
SCHEMAS = {
    "articles": strict(
        {
            **{key: WORDS for key in ("fact", "language", "title", "text")},
            "html": PARAGRAPHS,
            "url": {"type": "string", "pattern": "^https?://"},
            "checked": DAY_OR_NOTHING,
            "status": {"enum": ["current", "past", "future", "disputed", "untranslated"]},
            "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        }
    ),
    "chatwoot-canned-responses": strict({"short_code": WORDS, "content": WORDS}),
    "intercom-articles": strict(
        {
            **DRAFTED,
            "author_id": {"type": "null"},
            "translated_content": LANGUAGES_OF_INTERCOM,
        }
    ),
    "zendesk-help-center": strict(
        {
            "fact": WORDS,
            "translation": strict(
                {
                    "locale": {"type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]+)*$"},
                    "title": TITLE,
                    "body": PARAGRAPHS,
                    "draft": {"type": "boolean"},
                    "outdated": {"type": "boolean"},
                }
            ),
        }
    ),
}


class Text(HTMLParser):
    """The paragraphs of HTML, as a reader sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        self.paragraphs[-1] += data


@pytest.fixture
def hostile(project: Project) -> list[Edition]:
    """The first fact says what every target would fill in."""
    locale = project.locales[0]
    first, *others = project.editions[locale.code]
    spoilt = replace(first, title=TEMPLATES, text=TEMPLATES)
    return [article.edition(locale, [spoilt, *others], project.labels(locale), DAY)]


def test_what_targets_would_fill_in_is_read_as_it_was_written(hostile: Sequence[Edition]) -> None:
    one = hostile[0].articles[0]
    chatwoot = objects(formats.chatwoot_canned_responses(hostile))[0]
    assert str(chatwoot["content"]).replace("\u2060", "") == one.text
    assert liquid(str(chatwoot["content"])) == chatwoot["content"]
    dynamic = rows(formats.zendesk_dynamic_content(hostile))[0]
    assert liquid(dynamic["Default text"]) == one.text
    zammad = rows(formats.zammad_text_modules(hostile))[0]
    assert "#{" not in zammad["content"]
    assert Text(zammad["content"].replace("\u2060", "")).paragraphs == one.text.split("\n")
    assert Text(one.html).tags == {"p", "a"}


def test_html_and_text_say_the_same(editions: Sequence[Edition]) -> None:
    every = [one for edition in editions for one in edition.articles]
    assert [one.fact for one in every if Text(one.html).paragraphs != one.text.split("\n")] == []


def test_an_article_says_what_limits_its_fact(
    editions: Sequence[Edition], project: Project
) -> None:
    for edition in editions:
        for one, entry in zip(edition.articles, project.editions[edition.locale.code], strict=True):
            wanted = [entry.text, *(part.text for part in entry.conditions), entry.validity]
            wanted += [entry.reported, *entry.cited, entry.url]
            wanted += [_text(project, edition, fact) for fact in entry.conflicts]
            assert [part for part in wanted if part not in one.text] == []
            assert one.checked == max(citation.received for citation in entry.sources)


def _text(project: Project, edition: Edition, fact: str) -> str:
    found: Entry = next(e for e in project.editions[edition.locale.code] if e.id == fact)
    return found.text


def test_a_digest_changes_with_what_a_reader_sees_and_with_nothing_else(
    editions: Sequence[Edition],
) -> None:
    one: Article = editions[0].articles[0]
    assert replace(one, text=one.text + ".").digest != one.digest
    assert replace(one, title="").digest != one.digest
    assert replace(one, status="past").digest != one.digest
    assert replace(one, checked="2030-01-01").digest == one.digest
    digests = [each.digest for edition in editions for each in edition.articles]
    assert len(set(digests)) == len(digests)


def test_a_text_that_is_not_translated_is_told_and_no_desk_shows_it_as_finished(
    project: Project,
) -> None:
    code = project.locales[1].code
    first, *others = project.editions[code]
    missing = replace(first, text_language=project.locales[0].code)
    locale = project.locale(code)
    labels = project.labels(locale)
    edition = article.edition(locale, [missing, *others], labels, DAY)
    assert edition.articles[0].status == "untranslated"
    assert edition.articles[0].text.startswith(labels["untranslated"])
    assert objects(formats.zendesk_help_center([edition]))[0]["translation"]["outdated"] is True
    assert objects(formats.intercom_articles([edition]))[0]["state"] == "draft"
    assert rows(formats.zendesk_dynamic_content([edition]))[0]["Variant status"] == "Outdated"


def test_every_format_has_every_fact_in_every_language(editions: Sequence[Edition]) -> None:
    facts, languages = len(editions[0].articles), len(editions)
    for name, form in formats.FORMATS.items():
        text = form(editions)
        found = rows(text) if name.startswith(("zammad", "zendesk-dynamic")) else objects(text)
        joined = name in ("intercom-articles", "zendesk-dynamic-content")
        assert len(found) == facts * (1 if joined else languages), name


def test_languages_are_named_as_each_target_does(editions: Sequence[Edition]) -> None:
    zendesk = {
        row["translation"]["locale"] for row in objects(formats.zendesk_help_center(editions))
    }
    assert {"en-us", "fr", "ja", "zh-cn"} <= zendesk
    intercom = objects(formats.intercom_articles(editions))[0]["translated_content"]
    assert {"en", "fr", "ja", "zh-CN"} <= set(intercom)


def test_short_codes_and_names_are_unique(editions: Sequence[Edition]) -> None:
    codes = [str(row["short_code"]) for row in objects(formats.chatwoot_canned_responses(editions))]
    names = [row["name"] for row in rows(formats.zammad_text_modules(editions))]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_object_has_the_keys_of_its_target_and_no_others(
    name: str, editions: Sequence[Edition], hostile: Sequence[Edition]
) -> None:
    validator = jsonschema_rs.validator_for(SCHEMAS[name])
    for made_of in (editions, hostile):
        found = objects(formats.FORMATS[name](made_of))
        assert found
        for one in found:
            validator.validate(one)


def test_every_format_of_objects_has_a_schema() -> None:
    tables = {"zammad-text-modules", "zendesk-dynamic-content"}
    assert {*SCHEMAS} == {*formats.FORMATS} - tables


def test_a_language_of_a_country_is_named_as_each_target_does(
    editions: Sequence[Edition],
) -> None:
    first = editions[0]
    brazil = replace(first.locale, code="xx", catalog="pt_BR", html="pt-BR", name="Português")
    other = Edition(brazil, tuple(replace(one, language="pt-BR") for one in first.articles))
    zendesk = objects(formats.zendesk_help_center([other]))[0]["translation"]
    assert zendesk["locale"] == "pt-br"
    intercom = objects(formats.intercom_articles([first, other]))[0]["translated_content"]
    assert "pt-BR" in intercom
    dynamic = rows(formats.zendesk_dynamic_content([first, other]))[0]
    assert "Brazilian Portuguese text" in dynamic


def test_dynamic_content_has_the_columns_that_zendesk_reads(editions: Sequence[Edition]) -> None:
    text = formats.zendesk_dynamic_content(editions)
    head = ["Title", "Default language", "Default text"]
    head += ["French text", "Japanese text", "Simplified Chinese text", "German text"]
    head.append("Variant status")
    assert text.split("\r\n")[0] == ",".join(f'"{name}"' for name in head)
    assert {row["Default language"] for row in rows(text)} == {"English"}
    assert {row["Variant status"] for row in rows(text)} == {"Current"}
