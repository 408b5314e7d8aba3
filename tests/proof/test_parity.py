"""What a page says otherwise than the facts is found, in every language and for every kind of
value.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from small import LANGUAGES, LOCALES, said, spoil

from kb_tools import builder
from kb_tools.content.values import KINDS
from kb_tools.project import Project
from kb_tools.proof import parity, reader
from kb_tools.proof.parity import Readers

Words = dict[str, tuple[str, str]]


def alike(old: str, new: str) -> Words:
    """What is changed alike in every language: what people type."""
    return dict.fromkeys(LANGUAGES, (old, new))


def words(**changes: tuple[str, str]) -> Words:
    assert changes.keys() == set(LANGUAGES)
    return changes


@dataclass(frozen=True)
class Change:
    """One change of a page: what, in which fact's statement, note, list of values, condition or row
    of a table, and what is told of it.

    `told` is what follows the id of the fact; for a table, what follows its line. `...` stands for
    words of the language.
    """

    why: str
    fact: str
    part: str
    words: Words
    told: str

    @property
    def page(self) -> str:
        """The page that is changed: the fact's own, or the one named with the row of a table."""
        named = self.part.partition(" of ")[2]
        return named or self.fact.partition("/")[0]

    def on(self, page: str, language: str) -> tuple[str, str]:
        """The changed page, and the problem that it must cause."""
        old, new = self.words[language]
        start, end = span(page, self.fact, self.part)
        assert old in page[start:end], f"{self.fact} in {language}: no {old!r}"
        at = page.index(old, start, end)
        changed = page[:at] + new + page[at + len(old) :]
        table = self.part.startswith("row")
        slug = self.fact.partition("/")[2]
        place = at if table else page.index(f"{{ #{slug} .kb-fact")
        line = page.count("\n", 0, place) + 1
        fact = "" if table else f"fact '{self.fact}': "
        return changed, f"docs/{language}/{self.page}.md:{line}: {fact}{self.told}"


def span(page: str, fact: str, part: str) -> tuple[int, int]:
    """Where a part of a page stands: a fact's statement, note, list or conditions, or one of the
    rows of tables that link to it.
    """
    slug = fact.partition("/")[2]
    if part.startswith("row"):
        number = int(part.split()[1])
        row = rf"^(?:<tr markdown>|- ).*\({fact.replace('/', r'.md#')}\).*$"
        found = [*re.finditer(row, page, re.MULTILINE)]
        return found[number - 1].span()
    start = page.index("\n", page.index(f"{{ #{slug} .kb-fact")) + 1
    statement = page.index("\n{ .kb-statement", start)
    sources = page.index("\n{ .kb-sources }", statement)
    listed = page.find("\n{ .kb-values }", statement, sources)
    first = page.find("\n- ", statement, sources)
    ends = {
        "statement": (start, statement),
        "note": (statement, first if first > 0 else sources),
        "list": (first, listed),
        "condition": (max(listed, statement), sources),
    }
    return ends[part]


# what facts that the small base lacks say: kinds and bounds of values, in English alone
MORE_FACTS = """\
  - id: choices/odd
    title: What no other fact says
    statement: >-
      Copies on paper are not encrypted, stay for %(least)s, and end before %(end)s.
    values:
      least: {kind: duration, length: P2Y, bound: at-least}
      end: {kind: date, date: 2030-05-01, bound: exclusive}
      paper: {kind: encryption, where: at-rest, method: none}
      sent: {kind: yes-no, is: partly, label: Sent}
      keep: {kind: variable, name: HARBOR_NOTES_KEEP}
      shelf: {kind: switch, provider: harbor-notes-server, default: "on", variable: keep}
    conditions: ["%(keep)s keeps them."]
    about: [retention]
    sources: [policy/reports]
    from: 2020-01-01
    until: 2029-12-31
  - id: choices/listed
    title: What is listed
    statement: Much is kept in many ways.
    values:
      kept: {kind: duration, length: P30D}
      backup: {kind: duration, length: P90D, bound: at-most}
      least: {kind: duration, length: P2Y, bound: at-least}
      deleted: {kind: duration, bound: until-deleted}
      first: {kind: date, date: 2024-06-28}
      end: {kind: date, date: 2030-05-01, bound: exclusive}
      sent: {kind: encryption, where: in-transit, method: TLS}
      stored: {kind: encryption, where: at-rest, method: AES-256}
      file: {kind: file, name: offline.db}
      command: {kind: command, command: harbor-notes clear-offline}
      edition: {kind: variable, name: HARBOR_NOTES_EDITION, set_to: server}
      mail: {kind: email, address: archive@example.com}
      url: {kind: url, address: notes.example.com/settings/versions}
      number: {kind: choices, options: ["3", "5", "9", all]}
      open: {kind: yes-no, is: "no", label: Open}
    conditions:
      - >-
        %(kept)s %(backup)s %(least)s %(deleted)s %(first)s %(end)s %(sent)s %(stored)s %(file)s
        %(command)s %(edition)s %(mail)s %(url)s %(number)s
    about: [retention]
    sources: [policy/reports]
  - id: choices/tapes
    title: Encryption of tapes
    statement: Tapes are encrypted.
    values:
      tapes: {kind: encryption, where: at-rest, method: unspecified}
    about: [encryption]
    sources: [policy/reports]
"""
PERIOD = words(
    en=("30 days", "31 days"),
    fr=("30\xa0jours", "31\xa0jours"),
    ja=("30日間", "31日間"),
    zh=("30 天", "31 天"),
    de=("30 Tage", "31 Tage"),
)
BACKUP = words(
    en=("up to 90 days", "up to 91 days"),
    fr=("90\xa0jours au plus", "91\xa0jours au plus"),
    ja=("最長90日間", "最長91日間"),
    zh=("最长 90 天", "最长 91 天"),
    de=("höchstens 90 Tage", "höchstens 91 Tage"),
)
BACKUP_EXACT = words(
    en=("up to 90 days", "90 days"),
    fr=("90\xa0jours au plus", "90\xa0jours"),
    ja=("最長90日間", "90日間"),
    zh=("最长 90 天", "90 天"),
    de=("höchstens 90 Tage", "90 Tage"),
)
MOST_TO_LEAST = words(
    en=("up to 30 days", "at least 30 days"),
    fr=("30\xa0jours au plus", "30\xa0jours au moins"),
    ja=("最長30日間", "30日間以上"),
    zh=("最长 30 天", "至少 30 天"),
    de=("höchstens 30 Tage", "mindestens 30 Tage"),
)
MOST_TO_EXACT = words(
    en=("up to 30 days", "30 days"),
    fr=("30\xa0jours au plus", "30\xa0jours"),
    ja=("最長30日間", "30日間"),
    zh=("最长 30 天", "30 天"),
    de=("höchstens 30 Tage", "30 Tage"),
)
LIFETIME = words(
    en=("14 days", "15 days"),
    fr=("14\xa0jours", "15\xa0jours"),
    ja=("14日間", "15日間"),
    zh=("14 天", "15 天"),
    de=("14 Tage", "15 Tage"),
)
END_TO_NUMBER = words(
    en=("until explicitly deleted", "29 days"),
    fr=("jusqu’à suppression explicite", "29\xa0jours"),
    ja=("明示的に削除されるまで", "29日間"),
    zh=("直到被明确删除", "29 天"),
    de=("bis zur ausdrücklichen Löschung", "29 Tage"),
)
NO_TO_YES = words(
    en=("**no**", "**yes**"),
    fr=("**non**", "**oui**"),
    ja=("**いいえ**", "**はい**"),
    zh=("**否**", "**是**"),
    de=("**nein**", "**ja**"),
)
ON_TO_OFF = words(
    en=("**on**", "**off**"),
    fr=("**activé**", "**désactivé**"),
    ja=("**オン**", "**オフ**"),
    zh=("**开启**", "**关闭**"),
    de=("**ein**", "**aus**"),
)
OFF_TO_ON = {language: (off, on) for language, (on, off) in ON_TO_OFF.items()}
BITS = words(
    en=("256-bit AES", "128-bit AES"),
    fr=("AES 256\xa0bits", "AES 128\xa0bits"),
    ja=("256ビットAES", "128ビットAES"),
    zh=("256 位 AES", "128 位 AES"),
    de=("AES mit 256 Bit", "AES mit 128 Bit"),
)
FIGURES = words(
    en=("3, 5, 9", "3, 5, 7"),
    fr=("3, 5, 9", "3, 5, 7"),
    ja=("3、5、9", "3、5、7"),
    zh=("3、5、9", "3、5、7"),
    de=("3, 5, 9", "3, 5, 7"),
)
DAY = words(
    en=("June 28, 2024", "June 29, 2024"),
    fr=("28\xa0juin 2024", "29\xa0juin 2024"),
    ja=("2024年6月28日", "2024年6月29日"),
    zh=("2024年6月28日", "2024年6月29日"),
    de=("28\\. Juni 2024", "29\\. Juni 2024"),
)

DELETED, COPIES = "handling/deleted-files", "handling/offline-copies"
ENCRYPTION, LINKS = "handling/encryption", "handling/shared-links"
REVIEW, REPORTS = "handling/shared-links-review", "choices/crash-reports"
LISTED = "choices/listed"
ARCHIVE, VERSIONS = "choices/archive-by-mail", "choices/version-history"
VERSIONS_URL = "notes.example.com/settings/versions"


def otherwise(found: str, stored: str) -> str:
    """That a statement says something else than its fact."""
    return f"the statement says {found} where the fact says {stored}"


def in_condition(found: str, stored: str) -> str:
    return f"the condition says {found} where the fact says {stored}"


def in_list(stored: str) -> str:
    return f"the list of values says '...' where the fact says {stored}"


def in_table(found: str) -> str:
    return f"the row says {found}"


STATEMENTS = [
    Change(
        "a number",
        DELETED,
        "statement",
        PERIOD,
        otherwise("duration exact 31 day", "duration exact 30 day"),
    ),
    Change(
        "a unit",
        DELETED,
        "statement",
        words(
            en=("30 days", "30 weeks"),
            fr=("30\xa0jours", "30\xa0semaines"),
            ja=("30日間", "30週間"),
            zh=("30 天", "30 周"),
            de=("30 Tage", "30 Wochen"),
        ),
        otherwise("duration exact 30 week", "duration exact 30 day"),
    ),
    Change(
        "a bound",
        COPIES,
        "statement",
        MOST_TO_LEAST,
        otherwise("duration at-least 30 day", "duration at-most 30 day"),
    ),
    Change(
        "a bound left out",
        COPIES,
        "statement",
        MOST_TO_EXACT,
        otherwise("duration exact 30 day", "duration at-most 30 day"),
    ),
    Change(
        "an end that became a number",
        REVIEW,
        "statement",
        END_TO_NUMBER,
        otherwise("duration exact 29 day", "duration until-deleted"),
    ),
    Change(
        "a day",
        ARCHIVE,
        "statement",
        DAY,
        otherwise("date 2024-06-29", "date 2024-06-28"),
    ),
    Change(
        "a month",
        ARCHIVE,
        "statement",
        words(
            en=("June", "July"),
            fr=("juin", "juillet"),
            ja=("6月", "7月"),
            zh=("6月", "7月"),
            de=("Juni", "Juli"),
        ),
        otherwise("date 2024-07-28", "date 2024-06-28"),
    ),
    Change(
        "a year",
        ARCHIVE,
        "statement",
        alike("2024", "2025"),
        otherwise("date 2025-06-28", "date 2024-06-28"),
    ),
    Change(
        "a variable",
        REPORTS,
        "statement",
        alike("`HARBOR_NOTES_EDITION=server`", "`HARBOR_NOTES_KIND=server`"),
        otherwise("code HARBOR_NOTES_KIND=server", "code HARBOR_NOTES_EDITION=server"),
    ),
    Change(
        "what a variable is set to",
        REPORTS,
        "statement",
        alike("`HARBOR_NOTES_EDITION=server`", "`HARBOR_NOTES_EDITION=cloud`"),
        otherwise("code HARBOR_NOTES_EDITION=cloud", "code HARBOR_NOTES_EDITION=server"),
    ),
    Change(
        "the method of an endpoint",
        LINKS,
        "statement",
        alike("`POST /v1/links`", "`GET /v1/links`"),
        otherwise("code GET /v1/links", "code POST /v1/links"),
    ),
    Change(
        "the path of an endpoint",
        LINKS,
        "statement",
        alike("`POST /v1/links`", "`POST /v2/links`"),
        otherwise("code POST /v2/links", "code POST /v1/links"),
    ),
    Change(
        "a file",
        COPIES,
        "statement",
        alike("`offline.db`", "`cache.db`"),
        otherwise("code cache.db", "code offline.db"),
    ),
    Change(
        "a command",
        COPIES,
        "statement",
        alike("`harbor-notes clear-offline`", "`harbor-notes clear`"),
        otherwise("code harbor-notes clear", "code harbor-notes clear-offline"),
    ),
    Change(
        "an e-mail address",
        ARCHIVE,
        "statement",
        alike("[archive@", "[help@"),
        otherwise("link help@example.com", "link archive@example.com"),
    ),
    Change(
        "an address",
        VERSIONS,
        "statement",
        alike(f"[{VERSIONS_URL}]", "[notes.example.com/versions]"),
        otherwise("link notes.example.com/versions", f"link {VERSIONS_URL}"),
    ),
    Change(
        "a cipher",
        ENCRYPTION,
        "statement",
        BITS,
        otherwise("cipher AES 128", "cipher AES 256"),
    ),
    Change(
        "a value left out",
        ENCRYPTION,
        "statement",
        alike("**TLS**", "SSL"),
        otherwise("nothing", "cipher TLS"),
    ),
    Change(
        "a value made up",
        ENCRYPTION,
        "statement",
        alike("**TLS**", "**TLS** `--secure`"),
        otherwise("code --secure", "nothing"),
    ),
    Change(
        "a stray digit",
        REPORTS,
        "statement",
        alike("Harbor Notes Cloud", "Harbor Notes Cloud 365"),
        "the statement says '365', which is no value of the fact",
    ),
    Change(
        "one of the possible answers",
        VERSIONS,
        "statement",
        FIGURES,
        otherwise("choices 3 5 7", "choices 3 5 9"),
    ),
]

CONDITIONS = [
    Change(
        "a number in a condition",
        DELETED,
        "condition",
        BACKUP,
        in_condition("duration at-most 91 day", "duration at-most 90 day"),
    ),
    Change(
        "a bound left out of a condition",
        DELETED,
        "condition",
        BACKUP_EXACT,
        in_condition("duration exact 90 day", "duration at-most 90 day"),
    ),
    Change(
        "a parameter in a condition",
        DELETED,
        "condition",
        alike("`skip_trash`", "`skip`"),
        in_condition("code skip", "code skip_trash"),
    ),
    Change(
        "an endpoint in a condition",
        DELETED,
        "condition",
        alike("`DELETE /v1/files`", "`PUT /v1/files`"),
        in_condition("code PUT /v1/files", "code DELETE /v1/files"),
    ),
    Change(
        "a value left out of a condition",
        DELETED,
        "condition",
        alike("`skip_trash`", "skip"),
        in_condition("nothing", "code skip_trash"),
    ),
    Change(
        "a value made up in a condition",
        DELETED,
        "condition",
        alike("`skip_trash`", "`skip_trash` `--now`"),
        in_condition("code --now", "nothing"),
    ),
    Change(
        "a stray digit in a condition",
        DELETED,
        "condition",
        alike("`skip_trash`", "`skip_trash` (7)"),
        "the condition says '7', which is no value of the fact",
    ),
    Change(
        "a variable in a condition in English",
        "choices/odd",
        "condition",
        alike("`HARBOR_NOTES_KEEP`", "`HARBOR_NOTES_KEPT`"),
        in_condition("code HARBOR_NOTES_KEPT", "code HARBOR_NOTES_KEEP"),
    ),
]

LISTS = [
    Change("a number in the list", LISTED, "list", PERIOD, in_list("duration exact 30 day")),
    Change(
        "a bound in the list", DELETED, "list", BACKUP_EXACT, in_list("duration at-most 90 day")
    ),
    Change(
        "another bound in the list",
        LISTED,
        "list",
        words(
            en=("at least 2 years", "up to 2 years"),
            fr=("2\xa0ans au moins", "2\xa0ans au plus"),
            ja=("2年間以上", "最長2年間"),
            zh=("至少 2 年", "最长 2 年"),
            de=("mindestens 2 Jahre", "höchstens 2 Jahre"),
        ),
        in_list("duration at-least 2 year"),
    ),
    Change("an end in the list", LISTED, "list", END_TO_NUMBER, in_list("duration until-deleted")),
    Change(
        "not stated",
        REPORTS,
        "list",
        words(
            en=("not stated", "29 days"),
            fr=("non précisée", "29\xa0jours"),
            ja=("記載なし", "29日間"),
            zh=("未说明", "29 天"),
            de=("nicht angegeben", "29 Tage"),
        ),
        in_list("duration unspecified"),
    ),
    Change("yes or no", LISTED, "list", NO_TO_YES, in_list("word no")),
    Change(
        "partly",
        "choices/odd",
        "list",
        words(
            en=("**partly**", "**yes**"),
            fr=("**en partie**", "**oui**"),
            ja=("**一部**", "**はい**"),
            zh=("**部分符合**", "**是**"),
            de=("**teilweise**", "**ja**"),
        ),
        in_list("word partly"),
    ),
    Change("on or off", REPORTS, "list", ON_TO_OFF, in_list("word on")),
    Change("off or on", REPORTS, "list", OFF_TO_ON, in_list("word off")),
    Change("a cipher in the list", LISTED, "list", BITS, in_list("cipher AES 256")),
    Change(
        "a protocol in the list",
        LISTED,
        "list",
        alike("**TLS**", "**SSL**"),
        in_list("cipher TLS"),
    ),
    Change(
        "no encryption",
        "choices/odd",
        "list",
        words(
            en=("not encrypted", "encrypted, method not stated"),
            fr=("données non chiffrées", "données chiffrées, méthode non précisée"),
            ja=("暗号化なし", "暗号化あり（方式の記載なし）"),
            zh=("未加密", "已加密，未说明加密方式"),
            de=("unverschlüsselt", "verschlüsselt, Verfahren nicht angegeben"),
        ),
        in_list("word none"),
    ),
    Change(
        "encryption without a method",
        "choices/tapes",
        "list",
        words(
            en=("encrypted, method not stated", "not encrypted"),
            fr=("données chiffrées, méthode non précisée", "données non chiffrées"),
            ja=("暗号化あり（方式の記載なし）", "暗号化なし"),
            zh=("已加密，未说明加密方式", "未加密"),
            de=("verschlüsselt, Verfahren nicht angegeben", "unverschlüsselt"),
        ),
        in_list("word unspecified"),
    ),
    Change("a date in the list", LISTED, "list", DAY, in_list("date 2024-06-28")),
    Change(
        "an inclusive date without its bound",
        ARCHIVE,
        "list",
        words(
            en=(", inclusive**", "**"),
            fr=(" inclus**", "**"),
            ja=("、当日を含む**", "**"),
            zh=("，含当日**", "**"),
            de=(", einschließlich**", "**"),
        ),
        in_list("date 2024-06-28"),
    ),
    Change(
        "an exclusive date without its bound",
        LISTED,
        "list",
        words(
            en=("**before ", "**"),
            fr=("**avant le ", "**"),
            ja=("より前**", "**"),
            zh=("之前**", "**"),
            de=("**vor dem ", "**"),
        ),
        in_list("date 2030-05-01"),
    ),
    Change(
        "an endpoint in the list",
        DELETED,
        "list",
        alike("`DELETE /v1/files`", "`/v1/files`"),
        in_list("code DELETE /v1/files"),
    ),
    Change(
        "a parameter in the list",
        DELETED,
        "list",
        alike("`skip_trash`", "`skip`"),
        in_list("code skip_trash"),
    ),
    Change(
        "a file in the list",
        LISTED,
        "list",
        alike("`offline.db`", "`cache.db`"),
        in_list("code offline.db"),
    ),
    Change(
        "a command in the list",
        LISTED,
        "list",
        alike("`harbor-notes clear-offline`", "`harbor-notes clear`"),
        in_list("code harbor-notes clear-offline"),
    ),
    Change(
        "a variable in the list",
        LISTED,
        "list",
        alike("`HARBOR_NOTES_EDITION=server`", "`HARBOR_NOTES_EDITION`"),
        in_list("code HARBOR_NOTES_EDITION=server"),
    ),
    Change(
        "an e-mail address in the list",
        LISTED,
        "list",
        alike("[archive@", "[help@"),
        in_list("link archive@example.com"),
    ),
    Change(
        "an address in the list",
        LISTED,
        "list",
        alike(f"[{VERSIONS_URL}]", "[notes.example.com]"),
        in_list(f"link {VERSIONS_URL}"),
    ),
    Change("possible answers in the list", LISTED, "list", FIGURES, in_list("choices 3 5 9")),
    Change(
        "one of two days of validity",
        "choices/odd",
        "list",
        alike("2029", "2028"),
        "the validity says date 2020-01-01, date 2028-12-31 where the fact says date 2020-01-01,"
        " date 2029-12-31",
    ),
]

# that a fact is past, or not yet in force; and the day that makes a browser tell it
NOTES = [
    Change(
        "the day on which a fact ended",
        ARCHIVE,
        "note",
        words(
            en=("June 28", "June 29"),
            fr=("28\xa0juin", "29\xa0juin"),
            ja=("6月28日", "6月29日"),
            zh=("6月28日", "6月29日"),
            de=("28. Juni", "29. Juni"),
        ),
        "the note says date 2024-06-29 where the fact says date 2024-06-28",
    ),
    Change(
        "the day from which a fact is told as past",
        ARCHIVE,
        "note",
        alike("data-until=2024-06-28", "data-until=2024-06-27"),
        "the note is for date 2024-06-27 where the fact says date 2024-06-28",
    ),
    Change(
        "the day on which a fact begins",
        VERSIONS,
        "note",
        words(
            en=("March 17", "March 18"),
            fr=("17\xa0mars", "18\xa0mars"),
            ja=("3月17日", "3月18日"),
            zh=("3月17日", "3月18日"),
            de=("17. März", "18. März"),
        ),
        "the note says date 2031-03-18 where the fact says date 2031-03-17",
    ),
    Change(
        "the day until which a fact is told as coming",
        VERSIONS,
        "note",
        alike("data-from=2031-03-17", "data-from=2031-03-18"),
        "the note is for date 2031-03-18 where the fact says date 2031-03-17",
    ),
]

NOTES.append(
    Change(
        "a note without its day",
        ARCHIVE,
        "note",
        {code: (old, "") for code, (old, _) in NOTES[0].words.items()},
        "the note says nothing where the fact says date 2024-06-28",
    )
)

# rows are numbered among those of their page that link to the fact
TABLES = [
    # the matrix
    Change("a period in the matrix", DELETED, "row 1", PERIOD, in_table("duration exact 31 day")),
    Change(
        "a bound in the matrix",
        COPIES,
        "row 2",
        MOST_TO_EXACT,
        in_table("duration exact 30 day"),
    ),
    Change(
        "an endpoint in the matrix",
        DELETED,
        "row 1",
        alike("`DELETE /v1/files`", "`DELETE /v1/file`"),
        in_table("code DELETE /v1/file"),
    ),
    Change(
        "a parameter in the matrix",
        DELETED,
        "row 1",
        alike("`skip_trash`", "`skip`"),
        in_table("code skip"),
    ),
    Change("yes or no in the matrix", LINKS, "row 1", NO_TO_YES, in_table("word yes")),
    Change(
        "a value of a fact that is only to be read also",
        DELETED,
        "row 1",
        alike("`skip_trash`", "`offline.db`"),
        in_table("code offline.db"),
    ),
    # the table of periods
    Change("a period in the table", LINKS, "row 2", LIFETIME, in_table("duration exact 15 day")),
    Change(
        "a bound in the table",
        COPIES,
        "row 3",
        MOST_TO_LEAST,
        in_table("duration at-least 30 day"),
    ),
    Change(
        "a period of another page in the table",
        ARCHIVE,
        "row 1 of handling",
        words(
            en=("48 hours", "47 hours"),
            fr=("48\xa0heures", "47\xa0heures"),
            ja=("48時間", "47時間"),
            zh=("48 小时", "47 小时"),
            de=("48 Stunden", "47 Stunden"),
        ),
        in_table("duration exact 47 hour"),
    ),
    # the table of contradictions
    Change(
        "a period that is contradicted",
        LINKS,
        "row 3",
        LIFETIME,
        in_table("duration exact 15 day"),
    ),
    Change(
        "a period that contradicts",
        REVIEW,
        "row 3",
        END_TO_NUMBER,
        in_table("duration exact 29 day"),
    ),
    Change(
        "a period of the claim that is contradicted",
        REVIEW,
        "row 3",
        {
            code: (end, period)
            for code, (end, _) in END_TO_NUMBER.items()
            for period in [LIFETIME[code][0]]
        },
        in_table("duration exact 14 day"),
    ),
    Change(
        "an endpoint that is contradicted",
        LINKS,
        "row 3",
        alike("`POST /v1/links`", "`POST /v1/link`"),
        in_table("code POST /v1/link"),
    ),
    # the grid of defaults
    Change("a default", REPORTS, "row 1", ON_TO_OFF, in_table("word off")),
    Change("the default of another provider", REPORTS, "row 1", OFF_TO_ON, in_table("word on")),
    Change(
        "the variable of another default",
        REPORTS,
        "row 1",
        alike("`HARBOR_NOTES_CRASH_REPORTS=off`", "`HARBOR_NOTES_EDITION=server`"),
        in_table("code HARBOR_NOTES_EDITION=server"),
    ),
    Change(
        "a variable in the grid",
        REPORTS,
        "row 1",
        alike("`HARBOR_NOTES_EDITION=server`", "`HARBOR_NOTES_EDITION=cloud`"),
        in_table("code HARBOR_NOTES_EDITION=cloud"),
    ),
]
CHANGES = [*STATEMENTS, *NOTES, *CONDITIONS, *LISTS, *TABLES]

by_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def rich(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small base with facts of all kinds of value, its pages rendered."""
    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("rich") / "kb"))
    path = folder / "docs/facts/choices.yml"
    path.write_text(path.read_text("utf-8") + MORE_FACTS, "utf-8")
    builder.build_pages(Project(folder), lambda _: None)
    return Project(folder)


@pytest.fixture(scope="module")
def readers(rich: Project) -> Readers:
    found = {locale.html: reader.load(rich.root, locale) for locale in rich.locales}
    return {html: each for html, each in found.items() if each}


@dataclass(frozen=True)
class Pages:
    """The pages of the rich base in a folder of the test's own, and what is told of them."""

    root: Path
    project: Project
    readers: Readers

    def change(self, language: str, page: str, change: Change) -> str:
        """Change a page; return the problem that is expected."""
        path = self.root / f"docs/{language}/{page}.md"
        changed, expected = change.on(path.read_text("utf-8"), language)
        path.write_text(changed, "utf-8")
        return expected

    def told(self, language: str) -> list[str]:
        """The problems of a language's pages; what the language has words for is left out."""
        locale = self.project.locale(language)
        found = parity.problems(self.root, self.project.knowledge, [locale], self.readers)
        return [
            re.sub(
                r"list of values says (['\"]).*\1 where",
                "list of values says '...' where",
                f"{problem.where}: {_ROW.sub(_otherwise, problem.what)}",
            )
            for problem in found
        ]


_ROW = re.compile(
    r"overview '[a-z]+': the row of '[^']+' says (.*?)(?: where the facts say (.*)|, which .*)$"
)


def _otherwise(told: re.Match[str]) -> str:
    """What a cell of a row says that it should not."""
    said, meant = ([set(cell.split(", ")) for cell in row.split(" | ")] for row in told.groups(""))
    meant += [set[str]()] * (len(said) - len(meant))
    wrong = [each for one, other in zip(said, meant, strict=True) for each in one - other]
    return in_table(", ".join(sorted(wrong)))


@pytest.fixture
def written(rich: Project, readers: Readers, tmp_path: Path) -> Pages:
    for language in LANGUAGES:
        shutil.copytree(rich.root / f"docs/{language}", tmp_path / f"docs/{language}")
    return Pages(tmp_path, rich, readers)


@by_language
def test_pages_as_they_are_rendered_say_what_the_facts_say(written: Pages, language: str) -> None:
    assert written.told(language) == []


@by_language
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.why)
def test_a_page_that_says_something_else_is_told(
    written: Pages, language: str, change: Change
) -> None:
    expected = written.change(language, change.page, change)
    assert written.told(language) == [expected]


def test_every_kind_of_value_is_changed_in_a_statement_and_in_a_list(rich: Project) -> None:
    """A new kind of value needs rows above; yes, no, on and off are the grammar of a statement."""
    facts = {fact.id: fact for fact in rich.knowledge.facts}
    listed = {
        value.kind
        for change in LISTS
        for value in facts[change.fact].values.values()
        if change.told == in_list(" ".join(parity.canonical(value)))
    }
    assert listed == set(KINDS)
    in_texts = {
        value.kind
        for change in [*STATEMENTS, *CONDITIONS]
        for value in facts[change.fact].values.values()
        if change.told.endswith(" where the fact says " + " ".join(parity.canonical(value)))
    }
    assert in_texts == set(KINDS) - {"yes-no", "switch"}


# a statement that turns round what the fact says, its values left as they are
TURNED = [
    (
        LINKS,
        "the statement affirms what the fact denies",
        words(
            en=("is not end-to-end", "is end-to-end"),
            fr=("n’est pas chiffré", "est chiffré"),
            ja=("暗号化されません", "暗号化されます"),
            zh=("未采用", "采用"),
            de=("ist nicht Ende", "ist Ende"),
        ),
        # why a browser shows the file is said with a negation as well
        words(
            en=("", ""),
            fr=("", ""),
            ja=("鍵なしで", "鍵を使わずに"),
            zh=("没有密钥", "免密钥"),
            de=("ohne Schlüssel", "frei"),
        ),
    ),
    (
        ENCRYPTION,
        "the statement denies what the fact affirms",
        words(
            en=("are end-to-end", "are not end-to-end"),
            fr=("sont chiffrés", "ne sont pas chiffrés"),
            ja=("暗号化されます。", "暗号化されません。"),
            zh=("均采用", "均未采用"),
            de=("sind Ende", "sind nicht Ende"),
        ),
        alike("", ""),
    ),
]


@by_language
@pytest.mark.parametrize(
    ("fact", "expected", "turned", "besides"),
    TURNED,
    ids=[expected for _, expected, _, _ in TURNED],
)
def test_a_statement_that_says_the_opposite_is_told(
    written: Pages, language: str, fact: str, expected: str, turned: Words, besides: Words
) -> None:
    written.change(language, "handling", Change("", fact, "statement", besides, ""))
    problem = written.change(language, "handling", Change("", fact, "statement", turned, expected))
    assert written.told(language) == [problem]


# a part of handling/deleted-files on the English page that is taken away
GONE = [
    (
        r"^## .*\{ #deleted-files .*\}$",
        f"handling.md:1: fact '{DELETED}' has no anchor",
    ),
    (
        r"(?<=#deleted-files \.kb-fact \}\n)\n.*(?=\n\{ \.kb-statement)",
        f"fact '{DELETED}': no statement",
    ),
    (
        r"^- Time in backups: \*\*.*\*\*\n",
        f"fact '{DELETED}': 2 lines in the list of values where the fact has 3",
    ),
    (
        r"^After that, a backup copy .*\n\{ \.kb-condition \}\n",
        f"fact '{DELETED}': 1 conditions where the fact has 2",
    ),
]


@pytest.mark.parametrize(
    ("pattern", "expected"), GONE, ids=["anchor", "statement", "value", "condition"]
)
def test_what_is_gone_from_a_page_is_told(written: Pages, pattern: str, expected: str) -> None:
    path = written.root / "docs/en/handling.md"
    page = path.read_text("utf-8")
    cut = re.compile(pattern, re.MULTILINE).search(page, page.index("<section") + 10)
    assert cut
    path.write_text(page[: cut.start()] + page[cut.end() :], "utf-8")
    assert any(problem.endswith(expected) for problem in written.told("en"))


def test_a_line_that_takes_the_place_of_a_lost_one_is_told(written: Pages) -> None:
    path = written.root / "docs/en/choices.md"
    page = path.read_text("utf-8")
    start, end = span(page, LISTED, "list")
    kept = re.sub(r"\n- Date: \*\*June .*", "", page[start:end])
    path.write_text(page[:start] + kept + page[end:], "utf-8")
    assert any(
        problem.endswith(f"fact '{LISTED}': 14 lines in the list of values where the fact has 15")
        for problem in written.told("en")
    )


def test_other_days_on_which_a_fact_is_disputed_are_told(copy: Path) -> None:
    until = "    until: [deadline, 2024-06-20]"
    spoil(copy / "docs/facts/choices.yml", "    until: deadline", until)
    project, locale = Project(copy), LOCALES["ja"]
    builder.build_pages(project, lambda _: None)
    path, read = copy / "docs/ja/choices.md", {locale.html: loaded("ja")}
    line = "{ .kb-disputed data-agreed-until=2024-06-20 data-until=2024-06-28 }"
    stored = "data-agreed-until=2024-06-20, data-until=2024-06-28"
    page = path.read_text("utf-8")
    for other, found in (
        (line, ""),
        (line.replace("-20", "-21"), stored.replace("-20", "-21")),
        ("{ .kb-note }", "nothing"),
    ):
        path.write_text(page.replace(line, other), "utf-8")
        problems = parity.problems(copy, project.knowledge, [locale], read)
        assert [problem.what.partition("': ")[2] for problem in problems] == [
            f"disputed is {found} where the fact has {stored}"
        ][: bool(found)]


def test_a_page_that_is_gone_is_told(written: Pages) -> None:
    (written.root / "docs/ja/choices.md").unlink()
    assert written.told("ja") == ["docs/ja/choices.md:1: the page is missing"]


# -- what is shown in another language than its page is read in that language


def told_of(root: Path) -> list[str]:
    """Build the pages of a knowledge base; return what is told of them."""
    project = Project(root)
    builder.build_pages(project, lambda _: None)
    found = {locale.html: reader.load(root, locale) for locale in project.locales}
    readers = {html: each for html, each in found.items() if each}
    return said(parity.problems(root, project.knowledge, project.locales, readers))


def test_a_statement_shown_in_english_is_read_as_english(copy: Path) -> None:
    """A missing translation is told once, by the catalog, and not again as a wrong value."""
    path = copy / "i18n/fr/LC_MESSAGES/facts.po"
    text, cut = re.subn(
        rf'(msgctxt "{DELETED}"\nmsgid "A deleted.*\nmsgstr ").*"', r'\1"', path.read_text("utf-8")
    )
    assert cut == 1
    path.write_text(text, "utf-8")
    assert told_of(copy) == []
    page = copy / "docs/fr/handling.md"
    assert "#deleted-files .kb-fact lang=en }" in page.read_text("utf-8")
    spoil(page, "trash for **30 days**", "trash for **31 days**")
    problems = parity.problems(
        copy,
        Project(copy).knowledge,
        [LOCALES["fr"]],
        {LOCALES[code].html: loaded(code) for code in LANGUAGES},
    )
    assert [problem.what for problem in problems] == [
        f"fact '{DELETED}': the statement says duration exact 31 day where the fact says duration"
        " exact 30 day"
    ]


def loaded(language: str) -> reader.Reader:
    found = reader.load(Path(), LOCALES[language])
    assert found
    return found


def test_the_pages_of_a_language_without_words_are_read_as_english(copy: Path) -> None:
    spoil(copy / "kb.yml", "pages: [", "  - {code: es, partial: true}\npages: [")
    assert told_of(copy) == []
    spoil(
        copy / "docs/es/handling.md",
        "works for **14 days**; the file behind it is not end-to"
        "-end encrypted, because a browser has to show it without a key.\n{ .kb",
        "works for **15 days**.\n{ .kb",
    )
    readers = {LOCALES[code].html: loaded(code) for code in LANGUAGES}
    project = Project(copy)
    problems = parity.problems(copy, project.knowledge, [project.locale("es")], readers)
    assert [problem.what for problem in problems] == [
        f"fact '{LINKS}': the statement says duration exact 15 day where the fact says duration"
        " exact 14 day",
        f"fact '{LINKS}': the statement affirms what the fact denies",
    ]


def test_the_pages_of_a_language_without_a_reader_are_passed_over(written: Pages) -> None:
    path = written.root / "docs/de/handling.md"
    path.write_text(path.read_text("utf-8").replace("30 Tage", "31 Tage"), "utf-8")
    assert written.told("de")
    readers = {html: each for html, each in written.readers.items() if html != "de"}
    assert replace(written, readers=readers).told("de") == []


# -- what is right is no problem, however a base says it

ODD_VALUES = [
    (
        "one figure among answers",
        "Keep %(a)s of them.",
        'a: {kind: choices, options: ["3", all]}',
    ),
    (
        "figures with words between them",
        "Keep %(a)s.",
        'a: {kind: choices, options: ["3", all, "12"]}',
    ),
    (
        "an answer in words and figures",
        "Keep %(a)s.",
        'a: {kind: choices, options: ["100 megabytes", all]}',
    ),
    (
        "figures of more than one digit",
        "Keep %(a)s.",
        'a: {kind: choices, options: ["10", "20", "30"]}',
    ),
    ("a value said twice", "For %(a)s, yes: %(a)s.", "a: {kind: duration, length: P3W}"),
    ("a per cent sign", "On %(a)s, in %% of all.", "a: {kind: url, address: x.org}"),
    ("a command with signs", "Type %(a)s.", "a: {kind: command, command: 'cat *.md | grep [_x_]'}"),
    (
        "two periods that differ in their bound",
        "For %(a)s and %(b)s.",
        "a: {kind: duration, length: P2D}\n      b: {kind: duration, length: P2D, bound: at-least}",
    ),
]


@pytest.mark.parametrize(
    ("statement", "values"),
    [row[1:] for row in ODD_VALUES],
    ids=[why for why, _, _ in ODD_VALUES],
)
def test_a_value_that_is_said_as_stored_is_no_problem(
    copy: Path, statement: str, values: str
) -> None:
    path = copy / "docs/facts/choices.yml"
    path.write_text(
        f"{path.read_text('utf-8')}  - id: choices/odd\n    title: Odd\n    statement: >-\n     "
        f" {statement}\n    values:\n      {values}\n    about: [retention]\n"
        "    sources: [policy/reports]\n",
        "utf-8",
    )
    assert told_of(copy) == []


SWITCHED_PERIOD = """\
      kept: {kind: duration, length: P45D}
    conditions:
      - They are kept for %(kept)s.
"""


def test_a_fact_with_switches_may_stand_in_other_tables(copy: Path) -> None:
    """Only the rows of the grid of defaults are its switches, one by one."""
    choices = copy / "docs/facts/choices.yml"
    spoil(
        choices,
        "    conditions:\n      - >-\n        The policy does not say how long crash"
        " reports are kept.\n",
        "",
    )
    spoil(choices, "      period: {kind: duration, bound: unspecified}\n", SWITCHED_PERIOD)
    spoil(
        copy / "docs/facts/handling.yml",
        "      - subject: trash\n",
        "      - {subject: crash-reports, fact: choices/crash-reports,"
        " cells: {more: handling/encryption}}\n      - subject: trash\n",
    )
    spoil(
        copy / "docs/facts/handling.yml",
        "      more: {heading: Read also, link: true}\n",
        "      more: {heading: Read also, link: true}\n"
        "      server: {heading: Server, values: [server]}\n"
        "      switches: {heading: Defaults, kind: switch}\n",
    )
    assert told_of(copy) == []
    page = (copy / "docs/en/handling.md").read_text("utf-8")
    (row,) = [
        line
        for line in page.split("\n")
        if line.startswith("<tr markdown>") and "**on** + **off**" in line
    ]
    assert "**45 days**" not in row
    assert "**45 days**" in page


MATRIX = """\
views:
  - view: matrix
    id: cells
    title: Cells
    subject: Feature
    columns:
      period: {heading: Period, kind: duration}
      secret: {heading: Secret, values: [end_to_end], link: true}
    rows:
      - {subject: trash, fact: choices/version-history, cells: {period: handling/offline-copies}}
      - {subject: crash-reports, fact: choices/crash-reports, cells: {secret: handling/encryption}}
"""


def test_a_cell_may_show_a_value_of_another_fact_without_a_link_to_it(copy: Path) -> None:
    """Also a period that is not stated, and yes as a link."""
    spoil(copy / "docs/facts/choices.yml", "views:\n", MATRIX)
    assert told_of(copy) == []
    page = copy / "docs/en/choices.md"
    lines = page.read_text("utf-8").split("\n")
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines if "<tr m" in line]
    assert rows[:2] == [
        ["[Trash](choices.md#version-history)", "**up to 30 days**", "—"],
        ["[Crash reports](choices.md#crash-reports)", "**not stated**", rows[1][2]],
    ]
    assert rows[1][2].endswith("[yes](handling.md#encryption)")
    spoil(page, "[yes](handling.md#encryption)", "[no](handling.md#encryption)")
    spoil(page, "**up to 30 days**</td>", "**up to 31 days**</td>")
    project = Project(copy)
    problems = parity.problems(copy, project.knowledge, project.locales[:1], {"en": loaded("en")})
    assert [problem.what for problem in problems] == [
        "overview 'cells': the row of 'choices/version-history' says duration at-most 31 day |"
        " nothing where the facts say duration at-most 30 day | nothing",
        "overview 'cells': the row of 'choices/crash-reports' says word unspecified | word no where"
        " the facts say word unspecified | word yes",
    ]


def test_a_row_that_is_gone_is_told(written: Pages) -> None:
    for language in LANGUAGES:
        path = written.root / f"docs/{language}/handling.md"
        page = path.read_text("utf-8")
        start, end = span(page, COPIES, "row 3")
        path.write_text(page[:start] + page[end + 1 :], "utf-8")
        (problem,) = written.told(language)
        assert problem.endswith(f"overview 'periods': rows of {COPIES} are missing")


def test_an_overview_that_is_gone_is_told(written: Pages) -> None:
    path = written.root / "docs/en/handling.md"
    page = path.read_text("utf-8")
    path.write_text(page.replace("{ #periods }", "{ #others }"), "utf-8")
    assert written.told("en") == ["docs/en/handling.md:1: overview 'periods' is missing"]


def test_a_date_in_the_title_of_a_source_is_no_value_of_claims(copy: Path) -> None:
    spoil(copy / "docs/facts/sources.yml", "Harbor Notes data policy", "Policy of May 2, 2021")
    assert told_of(copy) == []
