"""What a page says otherwise than the facts is found, in every language and for every kind of
value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb_tools.language import localize
from kb_tools.locales import LOCALES
from kb_tools.project import Project
from kb_tools.proof import parity
from kb_tools.site.pages import Renderer

LANGUAGES = tuple(LOCALES)
Words = dict[str, tuple[str, str]]


def alike(old: str, new: str) -> Words:
    """What is changed alike in every language: what people type."""
    return dict.fromkeys(LANGUAGES, (old, new))


def words(
    en: tuple[str, str], fr: tuple[str, str], ja: tuple[str, str], zh: tuple[str, str]
) -> Words:
    return dict(en=en, fr=fr, ja=ja, zh=zh)


@dataclass(frozen=True)
class Change:
    """One change of a page: what, in which fact's statement, list of values or row of a table, and
    what is told of it.

    `told` is what follows the id of the fact; for a table, what follows its line. `...` stands for
    words of the language.
    """

    why: str
    page: str
    slug: str
    part: str
    words: Words
    told: str

    def on(self, page: str, language: str) -> tuple[str, str]:
        """The changed page, and the problem that it must cause."""
        old, new = self.words[language]
        start, end = span(page, self.slug, self.part)
        assert page.count(old, start, end) >= 1, (
            f"{self.slug} of {language}: no {old!r} in {page[start:end]!r}"
        )
        at = page.index(old, start, end)
        changed = page[:at] + new + page[at + len(old) :]
        line = (
            page.count(
                "\n",
                0,
                at if self.part.startswith("table") else page.index(f"{{ #{self.slug} .kb-fact"),
            )
            + 1
        )
        fact = "" if self.part.startswith("table") else f"fact '{self.page}/{self.slug}': "
        return changed, f"docs/{language}/{self.page}.md:{line}: {fact}{self.told}"


def span(page: str, slug: str, part: str) -> tuple[int, int]:
    """Where a part of a page stands: a fact's statement or list, or the row of a table that begins
    with a link to a fact.
    """
    if part.startswith("table"):
        row = int(part.removeprefix("table").strip() or 1)
        found = [*re.finditer(rf"^\|.*\.md#{slug}\).*$", page, re.MULTILINE)][row - 1]
        return found.span()
    start = page.index("\n", page.index(f"{{ #{slug} .kb-fact")) + 1
    statement = page.index("\n{ .kb-statement }", start)
    return (
        (start, statement)
        if part == "statement"
        else (statement, page.index("\n{ .kb-values }", statement))
    )


PERIOD = words(
    ("29 days", "30 days"), ("29 jours", "30 jours"), ("29日間", "30日間"), ("29 天", "30 天")
)
NO_TO_YES = words(
    ("**no**", "**yes**"), ("**non**", "**oui**"), ("**いいえ**", "**はい**"), ("**否**", "**是**")
)
ON_TO_OFF = words(
    ("**on**", "**off**"),
    ("**activé**", "**désactivé**"),
    ("**オン**", "**オフ**"),
    ("**开启**", "**关闭**"),
)
BITS = words(
    ("256-bit AES", "128-bit AES"),
    ("AES 256 bits", "AES 128 bits"),
    ("256ビットAES", "128ビットAES"),
    ("256 位 AES", "128 位 AES"),
)
SAYS_30 = "says duration exact 30 day where the fact says duration exact 29 day"

CHANGES = [
    # what a statement says
    Change(
        "number", "features", "batch-retention", "statement", PERIOD, f"the statement {SAYS_30}"
    ),
    Change(
        "unit",
        "features",
        "batch-retention",
        "statement",
        words(
            ("29 days", "29 weeks"),
            ("29 jours", "29 semaines"),
            ("29日間", "29週間"),
            ("29 天", "29 周"),
        ),
        "the statement says duration exact 29 week where the fact says duration exact 29 day",
    ),
    Change(
        "bound",
        "zdr",
        "flagged-content-retention",
        "statement",
        words(
            ("up to 2 years", "at least 2 years"),
            ("2 ans au plus", "2 ans au moins"),
            ("最長2年間", "2年間以上"),
            ("最长 2 年", "至少 2 年"),
        ),
        "the statement says duration at-least 2 year where the fact says duration at-most 2 year",
    ),
    Change(
        "bound left out",
        "zdr",
        "flagged-content-retention",
        "statement",
        words(
            ("up to 2 years", "2 years"),
            ("2 ans au plus", "2 ans"),
            ("最長2年間", "2年間"),
            ("最长 2 年", "2 年"),
        ),
        "the statement says duration exact 2 year where the fact says duration at-most 2 year",
    ),
    Change(
        "an end that became a number",
        "features",
        "files-retention",
        "statement",
        words(
            ("until explicitly deleted", "29 days"),
            ("jusqu’à leur suppression explicite", "29 jours"),
            ("明示的に削除されるまで", "29日間"),
            ("直到被明确删除", "29 天"),
        ),
        "the statement says duration exact 29 day where the fact says duration until-deleted",
    ),
    Change(
        "date",
        "training",
        "choice-deadline",
        "statement",
        words(
            ("October 8, 2025", "October 9, 2025"),
            ("8 octobre 2025", "9 octobre 2025"),
            ("2025年10月8日", "2025年10月9日"),
            ("2025年10月8日", "2025年10月9日"),
        ),
        "the statement says date 2025-10-09 where the fact says date 2025-10-08",
    ),
    Change(
        "month",
        "training",
        "choice-deadline",
        "statement",
        words(("October", "November"), ("octobre", "novembre"), ("10月", "11月"), ("10月", "11月")),
        "the statement says date 2025-11-08 where the fact says date 2025-10-08",
    ),
    Change(
        "variable",
        "telemetry",
        "statsig-opt-out",
        "statement",
        alike("`DISABLE_TELEMETRY`", "`DISABLE_ERROR_REPORTING`"),
        "the statement says code DISABLE_ERROR_REPORTING where the fact says code DISABLE_TELEMETRY",
    ),
    Change(
        "method of an endpoint",
        "features",
        "batch-deletion",
        "statement",
        alike("`DELETE /v1", "`POST /v1"),
        "the statement says code POST /v1/messages/batches where the fact says code DELETE /v1/messages/batches",
    ),
    Change(
        "path of an endpoint",
        "features",
        "files-retention",
        "statement",
        alike("`/v1/files`", "`/v2/files`"),
        "the statement says code /v2/files where the fact says code /v1/files",
    ),
    Change(
        "e-mail address",
        "regions",
        "opt-out-how",
        "statement",
        alike("[claude-support@", "[claude-sales@"),
        "the statement says link claude-sales@anthropic.com where the fact says link claude-support@anthropic.com",
    ),
    Change(
        "cipher",
        "telemetry",
        "statsig-encryption",
        "statement",
        BITS,
        "the statement says cipher AES 128 where the fact says cipher AES 256",
    ),
    Change(
        "value left out",
        "telemetry",
        "statsig-encryption",
        "statement",
        alike("**TLS**", "SSL"),
        "the statement says nothing where the fact says cipher TLS",
    ),
    Change(
        "value made up",
        "telemetry",
        "statsig-encryption",
        "statement",
        alike("**TLS**", "**TLS** `--secure`"),
        "the statement says code --secure where the fact says nothing",
    ),
    Change(
        "stray digit",
        "zdr",
        "excel",
        "statement",
        alike("Excel", "Excel 365"),
        "the statement says '365', which is no value of the fact",
    ),
    Change(
        "one of the possible answers",
        "training",
        "survey-records",
        "statement",
        words(
            ("1, 2, 3", "1, 2, 4"),
            ("1, 2, 3", "1, 2, 4"),
            ("1、2、3", "1、2、4"),
            ("1、2、3", "1、2、4"),
        ),
        "the statement says choices 1 2 4 where the fact says choices 1 2 3",
    ),
    # what a list of values says
    Change(
        "number in the list",
        "features",
        "batch-retention",
        "list",
        PERIOD,
        "the list of values says '...' where the fact says duration exact 29 day",
    ),
    Change(
        "yes or no",
        "features",
        "batch-retention",
        "list",
        NO_TO_YES,
        "the list of values says '...' where the fact says word no",
    ),
    Change(
        "on or off",
        "telemetry",
        "default-statsig",
        "list",
        ON_TO_OFF,
        "the list of values says '...' where the fact says word on",
    ),
    Change(
        "cipher in the list",
        "telemetry",
        "sentry-encryption",
        "list",
        BITS,
        "the list of values says '...' where the fact says cipher AES 256",
    ),
    Change(
        "no encryption",
        "claude-code",
        "encryption",
        "list",
        words(
            ("not encrypted", "encrypted, method not stated"),
            ("données non chiffrées", "données chiffrées, méthode non précisée"),
            ("暗号化なし", "暗号化あり（方式の記載なし）"),
            ("未加密", "已加密，未说明加密方式"),
        ),
        "the list of values says '...' where the fact says word none",
    ),
    Change(
        "not stated",
        "features",
        "skills-retention",
        "list",
        words(
            ("not stated", "29 days"),
            ("non précisée", "29 jours"),
            ("記載なし", "29日間"),
            ("未说明", "29 天"),
        ),
        "the list of values says '...' where the fact says duration unspecified",
    ),
    Change(
        "date in the list",
        "training",
        "consumer-choice",
        "list",
        words(
            ("**August 28", "**August 29"),
            ("**28 août", "**29 août"),
            ("**2025年8月28日", "**2025年8月29日"),
            ("**2025年8月28日", "**2025年8月29日"),
        ),
        "the list of values says '...' where the fact says date 2025-08-28",
    ),
    Change(
        "bound of a date",
        "training",
        "choice-deadline",
        "list",
        words(
            (", this day included**", "**"),
            (", ce jour inclus**", "**"),
            ("（当日を含む）**", "**"),
            ("（含当日）**", "**"),
        ),
        "the list of values says '...' where the fact says date 2025-10-08",
    ),
    Change(
        "validity",
        "training",
        "new-users",
        "list",
        words(
            ("August 28", "August 29"),
            ("28 août", "29 août"),
            ("8月28日", "8月29日"),
            ("8月28日", "8月29日"),
        ),
        "the validity says date 2025-08-29 where the fact says date 2025-08-28",
    ),
    # what a row of a table says
    Change(
        "period in the matrix",
        "features",
        "batch-retention",
        "table",
        PERIOD,
        "the table says duration exact 30 day, which no fact of this row says",
    ),
    Change(
        "yes or no in the matrix",
        "features",
        "batch-retention",
        "table",
        NO_TO_YES,
        "the table says word yes, which no fact of this row says",
    ),
    Change(
        "endpoint in the matrix",
        "features",
        "files-retention",
        "table",
        alike("`/v1/files`", "`/v1/file`"),
        "the table says code /v1/file, which no fact of this row says",
    ),
    Change(
        "default in the matrix",
        "telemetry",
        "default-statsig",
        "table",
        ON_TO_OFF,
        "the table says word off, which no fact of this row says",
    ),
    Change(
        "default of another provider in the matrix",
        "telemetry",
        "default-statsig",
        "table 2",
        {language: (off, on) for language, (on, off) in ON_TO_OFF.items()},
        "the table says word on, which no fact of this row says",
    ),
    Change(
        "variable in the matrix",
        "telemetry",
        "default-sentry",
        "table 3",
        alike("`CLAUDE_CODE_USE_BEDROCK=1`", "`CLAUDE_CODE_USE_VERTEX=1`"),
        "the table says code CLAUDE_CODE_USE_VERTEX=1, which no fact of this row says",
    ),
    Change(
        "period in the table of periods",
        "retention",
        "consumer-opted-in",
        "table",
        words(("5 years", "4 years"), ("5 ans", "4 ans"), ("5年間", "4年間"), ("5 年", "4 年")),
        "the table says duration exact 4 year, which no fact of this row says",
    ),
    Change(
        "bound in the table of periods",
        "retention",
        "local-cache",
        "table",
        words(
            ("up to 30 days", "30 days"),
            ("30 jours au plus", "30 jours"),
            ("最長30日間", "30日間"),
            ("最长 30 天", "30 天"),
        ),
        "the table says duration exact 30 day, which no fact of this row says",
    ),
]

by_language = pytest.mark.parametrize("language", LANGUAGES)


def told(root: Path, project: Project, language: str) -> list[str]:
    """The problems of a language's pages; what the language has words for is left out."""
    found = parity.problems(root, project.knowledge, [language])
    return [
        re.sub(
            r"list of values says '.*' where",
            "list of values says '...' where",
            f"{problem.where}: {problem.what}",
        )
        for problem in found
    ]


@by_language
def test_the_pages_of_the_repository_say_what_the_facts_say(
    project: Project, language: str
) -> None:
    assert told(project.root, project, language) == []


@by_language
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.why)
def test_a_page_that_says_something_else_is_told(
    copy: Path, project: Project, language: str, change: Change
) -> None:
    path = copy / f"docs/{language}/{change.page}.md"
    changed, expected = change.on(path.read_text("utf-8"), language)
    path.write_text(changed, "utf-8")
    assert told(copy, project, language) == [expected]


# a statement that turns round what the fact says, its values left as they are
TURNED = [
    (
        "batch-retention",
        "the statement affirms what the fact denies",
        dict(
            en="The Batch API (`/v1/messages/batches`) is eligible for ZDR; message batches are kept for **29 days**.",
            fr="L’API Batch (`/v1/messages/batches`) est éligible à la ZDR ; les lots sont conservés pendant **29 jours**.",
            ja="Batch API（`/v1/messages/batches`）はZDRの対象です。メッセージバッチは**29日間**保持されます。",
            zh="Batch API（`/v1/messages/batches`）符合 ZDR 条件；消息批次保留 **29 天**。",
        ),
    ),
    (
        "token-counting",
        "the statement denies what the fact affirms",
        dict(
            en="Token Counting (`/v1/messages/count_tokens`) is not eligible for ZDR.",
            fr="Token Counting (`/v1/messages/count_tokens`) n’est pas éligible à la ZDR.",
            ja="Token Counting（`/v1/messages/count_tokens`）はZDRの対象外です。",
            zh="Token Counting（`/v1/messages/count_tokens`）不符合 ZDR 条件。",
        ),
    ),
]


@by_language
@pytest.mark.parametrize(
    ("slug", "expected", "sentences"), TURNED, ids=[expected for _, expected, _ in TURNED]
)
def test_a_statement_that_says_the_opposite_is_told(
    copy: Path, project: Project, language: str, slug: str, expected: str, sentences: dict[str, str]
) -> None:
    path = copy / f"docs/{language}/features.md"
    page = path.read_text("utf-8")
    start, end = span(page, slug, "statement")
    path.write_text(f"{page[:start]}\n{sentences[language]}{page[end:]}", "utf-8")
    assert [problem.partition(": ")[2] for problem in told(copy, project, language)] == [
        f"fact 'features/{slug}': {expected}"
    ]


# a part of features/batch-retention on the English page that is taken away
GONE = [
    (
        r"^## .*\{ #batch-retention .*\}$",
        "features.md:1: fact 'features/batch-retention' has no anchor",
    ),
    (
        r"(?<=#batch-retention \.kb-fact \}\n)\n.*(?=\n\{ \.kb-statement)",
        "fact 'features/batch-retention': no statement",
    ),
    (
        r"^- Eligible for ZDR: \*\*no\*\*\n",
        "fact 'features/batch-retention': 2 lines in the list of values where the fact has 3",
    ),
]


@pytest.mark.parametrize(("pattern", "expected"), GONE, ids=["anchor", "statement", "value"])
def test_what_is_gone_from_a_page_is_told(
    copy: Path, project: Project, pattern: str, expected: str
) -> None:
    path = copy / "docs/en/features.md"
    page = path.read_text("utf-8")
    start = page.index("{ #batch-retention .kb-fact") - 200
    cut = re.compile(pattern, re.MULTILINE).search(page, start)
    assert cut
    path.write_text(page[: cut.start()] + page[cut.end() :], "utf-8")
    assert any(problem.endswith(expected) for problem in told(copy, project, "en"))


def test_a_validity_that_takes_the_place_of_its_value_is_told(copy: Path, project: Project) -> None:
    """The line of a lost value must not be mistaken for the next one, which says the same date."""
    path = copy / "docs/en/regions.md"
    page = path.read_text("utf-8")
    start, end = span(page, "start-date", "list")
    path.write_text(
        page[:start] + re.sub(r"- Date: .*\n", "", page[start:end]) + page[end:], "utf-8"
    )
    (problem,) = told(copy, project, "en")
    assert problem.endswith(
        "fact 'regions/start-date': 1 lines in the list of values where the fact has 2"
    )


def test_a_page_that_is_gone_is_told(copy: Path, project: Project) -> None:
    (copy / "docs/ja/zdr.md").unlink()
    assert told(copy, project, "ja") == ["docs/ja/zdr.md:1: the page is missing"]


def test_a_statement_shown_in_english_is_read_as_english(copy: Path) -> None:
    """A missing translation is told once, by the catalog, and not again as a wrong value."""
    path = copy / "i18n/fr/LC_MESSAGES/facts.po"
    text, cut = re.subn(
        r'(msgctxt "features/batch-retention"\nmsgid "The.*\nmsgstr ").*"',
        r'\1"',
        path.read_text("utf-8"),
    )
    assert cut == 1
    path.write_text(text, "utf-8")
    project = Project(copy)
    voice = project.voice(LOCALES["fr"])
    made = Renderer(
        copy,
        project.knowledge,
        voice,
        localize.entries(project.knowledge, voice, {}, project.site_url),
    ).pages()
    assert "lang=en" in made["features.md"]
    (copy / "docs/fr/features.md").write_text(made["features.md"], "utf-8")
    assert told(copy, project, "fr") == []


def test_every_language_has_a_reader() -> None:
    assert parity.READERS.keys() == LOCALES.keys()
