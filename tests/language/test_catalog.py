"""Catalogs: what is told of a faulty one, what a change of the facts does to them, and what readers
see of a gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest

from kb_tools.content.model import Duration
from kb_tools.errors import InvalidSource
from kb_tools.language import catalog, localize
from kb_tools.locales import LOCALES, SOURCE, TRANSLATED
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.site.pages import Renderer

FRENCH = "i18n/fr/LC_MESSAGES/facts.po"
INTERFACE = "i18n/fr/LC_MESSAGES/interface.po"


class Message:
    """One message of a PO file, with what stands around it, for spoiling."""

    def __init__(self, path: Path, context: str, kind: str) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        comment = rf"#\. {kind}\n(?:#[^\n]*\n)*"
        found = re.search(
            rf'^{comment}msgctxt "{re.escape(context)}"\nmsgid ".*\n(?:(?:msg|").*\n)+',
            self.text,
            re.MULTILINE,
        )
        assert found, f"{path.name} has no {kind} of {context}"
        self.block = found[0]

    @property
    def line(self) -> int:
        """The line of the msgid, after a flag that may have been put in."""
        text = self.path.read_text("utf-8")
        return (
            text.count("\n", 0, text.index(self.block.partition("msgid ")[2].partition("\n")[0]))
            + 1
        )

    def becomes(self, block: str) -> None:
        self.path.write_text(self.text.replace(self.block, block), "utf-8")

    def says(self, msgstr: str) -> None:
        self.becomes(re.sub(r'msgstr ".*"', lambda _: f'msgstr "{msgstr}"', self.block))


def statement(root: Path, fact: str = "features/batch-retention", path: str = FRENCH) -> Message:
    return Message(root / path, fact, "statement")


def told(root: Path, project: Project, language: str = "fr") -> list[str]:
    return [
        f"{problem.where}: {problem.what}"
        for problem in catalog.problems(root, project.knowledge, LOCALES[language])
    ]


@pytest.mark.parametrize("locale", TRANSLATED, ids=lambda locale: locale.code)
def test_the_catalogs_of_the_repository_have_no_problems(project: Project, locale: Any) -> None:
    assert catalog.problems(project.root, project.knowledge, locale) == []


# what a translator writes in place of the French statement of features/batch-retention, and what is
# told of it
MSGSTRS = [
    (
        "L’API Batch (%(endpoint)s) n’est pas éligible.",
        [
            "'features/batch-retention': value without placeholder: '%(period)s' is not in 'L’API"
            " Batch (%(endpoint)s) n’est pas éligible.'"
        ],
    ),
    (
        "%(endpoint)s %(period)s %(durée)s",
        ["'features/batch-retention': placeholder without value: '%(durée)s'"],
    ),
    (
        "%(endpoint)s %(periode)s",  # a misspelt name is two faults: one value is not said, and one said is none
        [
            (
                "'features/batch-retention': value without placeholder: '%(period)s' is not in"
                " '%(endpoint)s %(periode)s'"
            ),
            "'features/batch-retention': placeholder without value: '%(periode)s'",
        ],
    ),
    (
        "{endpoint} %(period)s",  # another language's placeholders, which Babel's own checkers let pass
        [
            "'features/batch-retention': value without placeholder: '%(endpoint)s' is not in"
            " '{endpoint} %(period)s'"
        ],
    ),
    (
        "%(endpoint)s %(period)s en %",
        ["'features/batch-retention': a stray % in '%(endpoint)s %(period)s en %'"],
    ),
    (
        "%(endpoint)s %(period)d",  # without its s it is a per cent sign
        [
            (
                "'features/batch-retention': value without placeholder: '%(period)s' is not in"
                " '%(endpoint)s %(period)d'"
            ),
            "'features/batch-retention': a stray % in '%(endpoint)s %(period)d'",
        ],
    ),
    (
        "%(endpoint)s %(period)s, soit 29 jours",
        ["'features/batch-retention': a digit in '%(endpoint)s %(period)s, soit 29 jours'"],
    ),
    (
        "%(endpoint)s %(period)s, soit ２９ jours",
        ["'features/batch-retention': a digit in '%(endpoint)s %(period)s, soit ２９ jours'"],
    ),
    ("%(endpoint)s %(period)s en %%", []),  # this is how a per cent sign is written
    ("%(period)s %(endpoint)s", []),  # a translator may move values freely
    ("%(endpoint)s %(period)s, %(period)s", []),  # and say one twice
]


@pytest.mark.parametrize(("msgstr", "expected"), MSGSTRS, ids=[msgstr for msgstr, _ in MSGSTRS])
def test_a_faulty_translation_is_told(
    copy: Path, project: Project, msgstr: str, expected: list[str]
) -> None:
    message = statement(copy)
    message.says(msgstr)
    assert told(copy, project) == [f"{FRENCH}:{message.line}: {what}" for what in expected]
    assert all(
        problem.hint.endswith(".")
        for problem in catalog.problems(copy, project.knowledge, LOCALES["fr"])
    )


def test_a_fuzzy_translation_is_told(copy: Path, project: Project) -> None:
    message = statement(copy)
    message.becomes(f"#, fuzzy\n{message.block}")
    (problem,) = told(copy, project)
    assert problem.startswith(
        f"{FRENCH}:{message.line}: fuzzy 'features/batch-retention': 'The Batch API"
    )


def test_an_empty_translation_is_told(copy: Path, project: Project) -> None:
    message = statement(copy)
    message.says("")
    (problem,) = told(copy, project)
    assert problem.startswith(f"{FRENCH}:{message.line}: not translated 'features/batch-retention'")


def test_a_missing_message_is_told(copy: Path, project: Project) -> None:
    statement(copy).becomes("")
    (problem,) = told(copy, project)
    assert problem.startswith(f"{FRENCH}:1: missing 'features/batch-retention'")


def test_a_missing_plural_form_is_told(copy: Path, project: Project) -> None:
    path = copy / INTERFACE
    before, _, after = path.read_text("utf-8").partition('msgstr[1] "%(n)s jours"\n')
    path.write_text(before + after, "utf-8")
    line = before[: before.index('msgid "%(n)s day"')].count("\n") + 1
    assert told(copy, project) == [f"{INTERFACE}:{line}: not translated 'duration': '%(n)s day'"]


def test_a_message_that_nothing_says_any_more_is_told(copy: Path, project: Project) -> None:
    path = copy / FRENCH
    text = path.read_text("utf-8")
    first = text.index("#. title")
    path.write_text(
        f'{text[:first]}msgctxt "zdr/gone"\nmsgid "Gone"\nmsgstr "Disparu"\n\n{text[first:]}',
        "utf-8",
    )
    line = path.read_text("utf-8").partition('msgid "Gone"')[0].count("\n") + 1
    assert told(copy, project) == [f"{FRENCH}:{line}: 'zdr/gone': nothing says 'Gone' any more"]


# what is put in place of `msgctxt "features/batch-retention"` of the statement; every fault is told
# with its line
SYNTAX = [
    ("a keyword misspelt", lambda block: block.replace("msgctxt", "msgctext")),
    ("a quote that does not end", lambda block: re.sub(r'msgstr "(.*)"', r'msgstr "\1', block)),
    ("text without quotes", lambda block: re.sub(r'msgstr "(.*)"', r"msgstr \1", block)),
]


@pytest.mark.parametrize("spoil", [spoil for _, spoil in SYNTAX], ids=[why for why, _ in SYNTAX])
def test_a_syntax_error_is_told_with_its_line(
    copy: Path, project: Project, spoil: Callable[[str], str]
) -> None:
    message = statement(copy)
    spoiled = spoil(message.block)
    message.becomes(spoiled)
    place = (copy / FRENCH).read_text("utf-8")
    first = place[: place.index(spoiled)].count("\n") + 1
    (problem,) = [problem for problem in told(copy, project) if problem.startswith(FRENCH)]
    line = int(problem.split(":")[1])
    assert "not a valid PO file" in problem
    assert first <= line <= first + spoiled.count("\n")
    with pytest.raises(InvalidSource):
        catalog.load(copy, LOCALES["fr"])


# a header or an encoding that nobody can read is a fault of the file as well
UNREADABLE = [
    ("not UTF-8", lambda text: text.encode("utf-8").replace("é".encode(), b"\xe9")),
    ("no number of plurals", lambda text: text.replace("nplurals=2", "nplurals=x").encode()),
    (
        "a plural rule that is none",
        lambda text: text.replace("plural=(n > 1)", "plural=(n >").encode(),
    ),
    (
        "a date that is none",
        lambda text: text.replace(
            '"Language: fr', '"PO-Revision-Date: yesterday\\n"\n"Language: fr'
        ).encode(),
    ),
    ("an unknown charset", lambda text: text.replace("charset=utf-8", "charset=utf-7007").encode()),
]


@pytest.mark.parametrize(
    "spoil", [spoil for _, spoil in UNREADABLE], ids=[why for why, _ in UNREADABLE]
)
def test_a_catalog_that_cannot_be_read_is_told(
    copy: Path, project: Project, spoil: Callable[[str], bytes]
) -> None:
    path = copy / INTERFACE
    path.write_bytes(spoil(path.read_text("utf-8")))
    assert [problem.partition(":")[0] for problem in told(copy, project)] == [INTERFACE]
    with pytest.raises(InvalidSource, match=INTERFACE):
        catalog.load(copy, LOCALES["fr"])


def test_a_missing_catalog_is_told(copy: Path, project: Project) -> None:
    (copy / FRENCH).unlink()
    assert told(copy, project) == [f"{FRENCH}:1: the catalog is missing"]


def test_a_digit_in_a_statement_is_told_with_its_line(copy: Path) -> None:
    path = copy / "docs/facts/zdr.yml"
    text = path.read_text("utf-8").replace(
        "    title: What Zero Data Retention (ZDR) means", "    title: What 2 letters mean"
    )
    path.write_text(text, "utf-8")
    line = text.partition("What 2 letters")[0].count("\n") + 1
    found = [str(problem) for problem in catalog.template_problems(copy, Project(copy).knowledge)]
    assert any(
        problem.startswith(
            f"docs/facts/zdr.yml:{line - 1}: fact 'zdr/definition': a digit in 'What 2 letters"
            " mean'"
        )
        for problem in found
    )


def messages(path: Path) -> dict[tuple[str, str], str]:
    """The messages of a PO file as text, by context and msgid; obsolete ones apart."""
    found = {}
    for block in re.split(r"\n\n+", path.read_text("utf-8")):
        context = re.search(r'^(#~ )?msgctxt "(.*)"$', block, re.MULTILINE)
        msgid = re.search(r'^(?:#~ )?msgid "(.*)"$', block, re.MULTILINE)
        if context and msgid:
            found[(context[1] or "") + context[2], msgid[1]] = block
    return found


def po_files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "i18n").rglob("*.po*"))
    }


def update(root: Path) -> list[str]:
    """What `kb i18n update` does; return the changed files."""
    knowledge = Project(root).knowledge
    changed = catalog.extract(root, knowledge)
    for locale in TRANSLATED:
        changed += catalog.update(root, knowledge, locale)
    return [path.relative_to(root).as_posix() for path in changed]


def missing(root: Path) -> dict[tuple[str, str], int]:
    knowledge = Project(root).knowledge
    rows = [row for locale in TRANSLATED for row in catalog.status(root, knowledge, locale)]
    return {(row.language, row.domain): row.missing for row in rows if row.missing or row.fuzzy}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def test_extracting_changes_nothing_where_nothing_changed(copy: Path) -> None:
    """The committed templates were written on another day: bytes depend on messages only."""
    assert update(copy) == []


def test_extracting_again_writes_the_same(copy: Path) -> None:
    for path in (copy / "i18n").glob("*.pot"):
        path.unlink()
    assert update(copy) == ["i18n/facts.pot", "i18n/interface.pot"]
    assert {name: content for name, content in po_files(copy).items() if name.endswith(".pot")} == {
        f"i18n/{path.name}": path.read_bytes()
        for path in (Path(__file__).parents[2] / "i18n").glob("*.pot")
    }


def test_templates_name_neither_day_nor_machine(copy: Path) -> None:
    for path in (copy / "i18n").rglob("*.po*"):
        header = path.read_text("utf-8").partition("\n\n")[0]
        assert not re.search(r"Date|Generated|Translator|\b20\d\d\b", header), path.name


def test_a_changed_value_makes_no_translation_stale(copy: Path) -> None:
    before = po_files(copy)
    edit(copy / "docs/facts/features.yml", "length: P29D", "length: P31D")
    assert update(copy) == []
    assert po_files(copy) == before
    assert missing(copy) == {}


OLD = "Message batches can be deleted at any time after processing, with the %(endpoint)s endpoint."
NEW = (
    "Message batches can be deleted whenever processing has ended, with the %(endpoint)s endpoint."
)


def test_a_changed_statement_makes_exactly_its_own_translation_stale(copy: Path) -> None:
    before = {name: messages(copy / name) for name in po_files(copy)}
    edit(copy / "docs/facts/features.yml", OLD, NEW)
    update(copy)
    assert missing(copy) == {(locale.code, "facts"): 1 for locale in TRANSLATED}
    for name, old in before.items():
        now = messages(copy / name)
        stale = (
            {("features/batch-deletion", OLD)}
            if name.endswith("facts.po") or name.endswith("facts.pot")
            else set()
        )
        assert {key: text for key, text in old.items() if now.get(key) != text}.keys() == stale, (
            name
        )


def test_a_translator_is_shown_what_a_changed_statement_said_before(copy: Path) -> None:
    old = messages(copy / FRENCH)["features/batch-deletion", OLD]
    edit(copy / "docs/facts/features.yml", OLD, NEW)
    update(copy)
    now = messages(copy / FRENCH)
    assert f'#| msgid "{OLD}"' in now["features/batch-deletion", NEW]
    assert (
        now["#~ features/batch-deletion", OLD].rpartition("msgstr")[2]
        == old.rpartition("msgstr")[2]
    ), "the old translation is kept"


# features/messages-api has a title, a statement and two conditions: each is one message, with the
# fact's id as context
MESSAGES = [
    "Messages API fully eligible for ZDR",
    "Only the Japanese edition of the source says “fully”.",
]


@pytest.mark.parametrize("text", MESSAGES, ids=["title", "condition"])
def test_what_a_message_said_before_is_that_of_the_same_message(copy: Path, text: str) -> None:
    path = copy / "docs/facts/features.yml"
    path.write_text(path.read_text("utf-8").replace(text, f"{text} (since then)", 1), "utf-8")
    update(copy)
    changed = messages(copy / FRENCH)["features/messages-api", f"{text} (since then)"]
    assert re.findall(r'#\| msgid "(.*)"', changed) == [text]


def test_updating_twice_changes_nothing_the_second_time(copy: Path) -> None:
    edit(copy / "docs/facts/features.yml", OLD, NEW)
    assert update(copy)
    assert update(copy) == []


def test_a_new_fact_is_said_before_by_nothing(copy: Path) -> None:
    fact = (
        "  - id: zdr/new\n    title: New\n    statement: This is new.\n    about: [zdr]\n   "
        " sources: [zdr-fr/intro]\n"
    )
    path = copy / "docs/facts/zdr.yml"
    path.write_text(path.read_text("utf-8") + fact, "utf-8")
    update(copy)
    assert missing(copy) == {(locale.code, "facts"): 2 for locale in TRANSLATED}
    assert "#|" not in messages(copy / FRENCH)["zdr/new", "This is new."]


def rendered(root: Path, language: str, page: str) -> str:
    project = Project(root)
    locale = LOCALES[language]
    entries = localize.entries(project.knowledge, project.voice(locale), {}, project.site_url)
    return Renderer(root, project.knowledge, project.voice(locale), entries).pages()[f"{page}.md"]


GAPS = [
    ("fuzzy", lambda message: message.becomes(f"#, fuzzy\n{message.block}")),
    ("empty", lambda message: message.says("")),
    ("missing", lambda message: message.becomes("")),
]


@pytest.mark.parametrize("leave", [leave for _, leave in GAPS], ids=[why for why, _ in GAPS])
def test_a_gap_is_shown_in_english_and_marked_as_such(
    copy: Path, leave: Callable[[Message], None]
) -> None:
    leave(statement(copy, "features/messages-api"))
    block = re.search(
        r"^## [^\n]*#messages-api .*?(?=^## )",
        rendered(copy, "fr", "features"),
        re.MULTILINE | re.DOTALL,
    )
    assert block
    lines = block[0].split("\n")
    assert lines[0] == "## Messages API fully eligible for ZDR { #messages-api .kb-fact lang=en }"
    assert "Ce texte" in lines[2]
    assert lines[5].startswith("The Messages API (`/v1/messages`), the standard API calls")
    assert lines[6] == "{ .kb-statement lang=en }"
    assert any(
        re.fullmatch(r"- Point de terminaison\s:\s`/v1/messages`", line) for line in lines
    ), "what is translated is shown translated"
    note = lines.index("    Only the Japanese edition of the source says “fully”.")
    assert lines[note + 1] == "    { lang=en }"


def test_a_gap_in_one_fact_leaves_the_others_alone(copy: Path) -> None:
    full = rendered(copy, "fr", "zdr")
    statement(copy, "features/messages-api").says("")
    assert rendered(copy, "fr", "zdr") == full


def test_a_gap_fails_the_check(copy: Path) -> None:
    statement(copy, "features/messages-api").says("")
    found = check.check(Project(copy))
    (problem,) = [problem for problem in found if problem.where.startswith(FRENCH)]
    assert problem.what.startswith("not translated 'features/messages-api': 'The Messages API")


def test_a_gap_in_the_words_of_the_interface_is_said_in_english(copy: Path) -> None:
    edit(copy / INTERFACE, 'msgstr[1] "%(n)s jours"', 'msgstr[1] ""')
    voice = Project(copy).voice(LOCALES["fr"])
    assert voice.say(Duration(kind="duration", length="P29D", label=None)) == "29 days"
    assert voice.say(Duration(kind="duration", length="P5Y", label=None)) == "5 ans"


def test_english_is_its_own_translation(project: Project) -> None:
    assert project.voice(SOURCE).translations.text("zdr/definition", "anything") == "anything"


class Unmarked(HTMLParser):
    """Collects the text of a page that stands in no element with lang="en"."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img", "input"):
            self._open.append((tag, ("lang", "en") in attrs))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += "" if any(english for _, english in self._open) else data


def test_a_gap_is_marked_wherever_its_text_is_shown(copy: Path) -> None:
    """In links and beside what contradicts it as well: a browser reads it out in English and knows
    what to hyphenate.
    """
    title = Message(copy / FRENCH, "regions/start-date", "title")
    title.says("")
    text = rendered(copy, "fr", "regions")
    assert text.count("When multi-region processing begins") > 2
    page = markdown.markdown(
        text, extensions=["admonition", "attr_list", "md_in_html", "tables", "toc"]
    )
    left = Unmarked(page).text
    assert "When multi-region processing begins" not in left
    assert "Anthropic begins to process" not in left
