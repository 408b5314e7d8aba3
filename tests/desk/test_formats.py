"""What help desks import: read back by the rules of each of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liquid import Environment

from kb_tools.desk import article, escaping, formats
from kb_tools.desk.article import Article, Edition
from kb_tools.entry import Entry
from kb_tools.project import Project

DAY = "2026-01-15"
TEMPLATES = '{{ ticket.id }} {% if x %} {# y #} #{ticket.id} {{{{%}} <b>&amp;</b> "quoted"'
TEXTS = st.text(st.sampled_from("{}%#\"'\\ \nab{}%#é日"), max_size=40)


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


@given(TEXTS)
def test_liquid_puts_out_what_was_written(text: str) -> None:
    assert liquid(escaping.liquid(text)) == text


@given(TEXTS)
def test_nothing_in_a_text_for_zammad_is_filled_in_and_all_can_be_read(text: str) -> None:
    escaped = escaping.zammad(text)
    assert "#{" not in escaped
    assert escaped.replace("\u2060", "") == text


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
    assert liquid(str(chatwoot["content"])) == one.text
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
    assert rows(formats.zendesk_dynamic_content([edition]))[0]["Variant status"] == "outdated"


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
