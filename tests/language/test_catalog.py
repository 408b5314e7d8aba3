"""Catalogs: what is told of a faulty one, what a change of the facts does to them, and what readers
see of a gap.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from small import LANGUAGES, LOCALES, said, spoil

from kb_tools.content.values import Duration
from kb_tools.errors import InvalidSource
from kb_tools.language import catalog, messages, proofreading, upkeep
from kb_tools.language.catalog import PACKAGE
from kb_tools.locales import SOURCE
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.site.pages import Renderer

FRENCH = "i18n/fr/LC_MESSAGES/facts.po"
INTERFACE = "i18n/fr/LC_MESSAGES/interface.po"
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "toc"]
PACKAGED = sorted(PACKAGE.glob("*.po"))
TRANSLATED = LANGUAGES[1:]


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


def statement(root: Path, fact: str = "handling/shared-links") -> Message:
    return Message(root / FRENCH, fact, "statement")


@pytest.fixture
def worded(copy: Path) -> Path:
    """The small base with words of the interface of its own, in French."""
    shutil.copy(PACKAGE / "fr.po", copy / INTERFACE)
    return copy


def told(root: Path, language: str = "fr") -> list[str]:
    project = Project(root)
    return said(project.upkeep.problems(project.locale(language)))


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogs_of_the_small_base_have_no_problems(base: Path, language: str) -> None:
    assert told(base, language) == []


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_the_words_of_the_package_are_all_translated_and_fresh(path: Path) -> None:
    """`scripts/interface.py` brings them up to the words of the program."""
    (locale,) = (locale for locale in LOCALES.values() if locale.catalog == path.stem)
    template, known = messages.interface(), catalog.read(path, path.name, locale)
    assert proofreading.catalog_problems(path.name, template, known) == []
    assert catalog.rendered(upkeep.updated(known, locale, template)) == path.read_bytes()
    assert (PACKAGE / "interface.pot").read_bytes() == catalog.rendered(template)


def test_the_package_has_words_in_every_language_of_the_small_base() -> None:
    assert {path.stem for path in PACKAGED} == {LOCALES[code].catalog for code in TRANSLATED}


# what a translator writes in place of the French statement of handling/shared-links, and what is
# told of it
MSGSTRS = [
    (
        "Un lien, créé avec %(endpoint)s, ne dure pas.",
        [
            "'handling/shared-links': value without placeholder: '%(period)s' is not in 'Un lien,"
            " créé avec %(endpoint)s, ne dure pas.'"
        ],
    ),
    (
        "%(endpoint)s %(period)s %(durée)s",
        ["'handling/shared-links': placeholder without value: '%(durée)s'"],
    ),
    (
        # a misspelled name is two faults: one value is not said, and one said is none
        "%(endpoint)s %(periode)s",
        [
            (
                "'handling/shared-links': value without placeholder: '%(period)s' is not in"
                " '%(endpoint)s %(periode)s'"
            ),
            "'handling/shared-links': placeholder without value: '%(periode)s'",
        ],
    ),
    (
        # another language's placeholders, which Babel's own checkers let pass
        "{endpoint} %(period)s",
        [
            "'handling/shared-links': value without placeholder: '%(endpoint)s' is not in"
            " '{endpoint} %(period)s'"
        ],
    ),
    (
        "%(endpoint)s %(period)s en %",
        ["'handling/shared-links': a stray % in '%(endpoint)s %(period)s en %'"],
    ),
    (
        "%(endpoint)s %(period)d",  # without its s it is a per cent sign
        [
            (
                "'handling/shared-links': value without placeholder: '%(period)s' is not in"
                " '%(endpoint)s %(period)d'"
            ),
            "'handling/shared-links': a stray % in '%(endpoint)s %(period)d'",
        ],
    ),
    (
        "%(endpoint)s %(period)s, soit 29 jours",
        ["'handling/shared-links': a digit in '%(endpoint)s %(period)s, soit 29 jours'"],
    ),
    (
        "%(endpoint)s %(period)s, soit ２９ jours",
        ["'handling/shared-links': a digit in '%(endpoint)s %(period)s, soit ２９ jours'"],
    ),
    ("%(endpoint)s %(period)s en %%", []),  # this is how a per cent sign is written
    ("%(period)s %(endpoint)s", []),  # a translator may move values freely
    ("%(endpoint)s %(period)s, %(period)s", []),  # and say one twice
]


@pytest.mark.parametrize(("msgstr", "expected"), MSGSTRS, ids=[msgstr for msgstr, _ in MSGSTRS])
def test_a_faulty_translation_is_told(copy: Path, msgstr: str, expected: list[str]) -> None:
    message = statement(copy)
    message.says(msgstr)
    assert told(copy) == [f"{FRENCH}:{message.line}: {what}" for what in expected]
    found = Project(copy).upkeep.problems(LOCALES["fr"])
    assert all(problem.hint.endswith(".") for problem in found)


def test_a_fuzzy_translation_is_told(copy: Path) -> None:
    message = statement(copy)
    message.becomes(f"#, fuzzy\n{message.block}")
    (problem,) = told(copy)
    assert problem.startswith(
        f"{FRENCH}:{message.line}: fuzzy 'handling/shared-links': 'A shared link"
    )


def test_an_empty_translation_is_told(copy: Path) -> None:
    message = statement(copy)
    message.says("")
    (problem,) = told(copy)
    assert problem.startswith(f"{FRENCH}:{message.line}: not translated 'handling/shared-links'")


def test_a_missing_message_is_told(copy: Path) -> None:
    statement(copy).becomes("")
    (problem,) = told(copy)
    assert problem.startswith(f"{FRENCH}:1: missing 'handling/shared-links'")


def test_a_missing_plural_form_is_told(worded: Path) -> None:
    line = spoil(worded / INTERFACE, 'msgstr[1] "%(n)s\xa0jours"\n', "")
    assert told(worded) == [f"{INTERFACE}:{line - 3}: not translated 'duration': '%(n)s day'"]


def test_a_message_that_nothing_says_any_more_is_told(copy: Path) -> None:
    path = copy / FRENCH
    text = path.read_text("utf-8")
    first = text.index("#. title")
    path.write_text(
        f'{text[:first]}msgctxt "handling/gone"\nmsgid "Gone"\nmsgstr "Disparu"\n\n{text[first:]}',
        "utf-8",
    )
    line = path.read_text("utf-8").partition('msgid "Gone"')[0].count("\n") + 1
    project = Project(copy)
    (problem,) = project.upkeep.problems(project.locale("fr"))
    assert problem.where == f"{FRENCH}:{line}"
    assert problem.what == "'handling/gone': nothing says 'Gone' any more"
    assert problem.hint == "Run kb i18n update."


# what is put in place of `msgctxt "handling/shared-links"` of the statement; every fault is told
# with its line
SYNTAX = [
    ("a keyword misspelled", lambda block: block.replace("msgctxt", "msgctext")),
    ("a quote that does not end", lambda block: re.sub(r'msgstr "(.*)"', r'msgstr "\1', block)),
    ("text without quotes", lambda block: re.sub(r'msgstr "(.*)"', r"msgstr \1", block)),
]


@pytest.mark.parametrize("change", [change for _, change in SYNTAX], ids=[why for why, _ in SYNTAX])
def test_a_syntax_error_is_told_with_its_line(copy: Path, change: Callable[[str], str]) -> None:
    message = statement(copy)
    spoiled = change(message.block)
    message.becomes(spoiled)
    place = (copy / FRENCH).read_text("utf-8")
    first = place[: place.index(spoiled)].count("\n") + 1
    (problem,) = [problem for problem in told(copy) if problem.startswith(FRENCH)]
    line = int(problem.split(":")[1])
    assert "not a valid PO file" in problem
    assert first <= line <= first + spoiled.count("\n")
    with pytest.raises(InvalidSource):
        Project(copy).catalogs.translations(LOCALES["fr"])


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


@pytest.mark.parametrize("name", [FRENCH, INTERFACE])
@pytest.mark.parametrize(
    "spoiled", [spoiled for _, spoiled in UNREADABLE], ids=[why for why, _ in UNREADABLE]
)
def test_a_catalog_that_cannot_be_read_is_told(
    worded: Path, spoiled: Callable[[str], bytes], name: str
) -> None:
    path = worded / name
    path.write_bytes(spoiled(path.read_text("utf-8")))
    assert [problem.partition(":")[0] for problem in told(worded)] == [name]
    with pytest.raises(InvalidSource, match=name):
        Project(worded).catalogs.translations(LOCALES["fr"])


def test_a_missing_catalog_is_told(copy: Path) -> None:
    (copy / FRENCH).unlink()
    assert told(copy) == [f"{FRENCH}:1: the catalog is missing"]


def test_a_digit_in_a_statement_is_told_with_its_line(copy: Path) -> None:
    line = spoil(
        copy / "docs/facts/handling.yml",
        "    title: How long deleted files stay in the trash",
        "    title: What 2 bins hold",
    )
    found = said(Project(copy).upkeep.template_problems())
    assert (
        f"docs/facts/handling.yml:{line - 1}: fact 'handling/deleted-files': a digit in 'What 2"
        " bins hold'" in found
    )


def messages_of(path: Path) -> dict[tuple[str, str], str]:
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
    kept = Project(root).upkeep
    return [*kept.extract(), *(name for locale in kept.translated for name in kept.update(locale))]


def missing(root: Path) -> dict[tuple[str, str], int]:
    kept = Project(root).upkeep
    rows = [row for locale in kept.translated for row in kept.status(locale)]
    return {(row.language, row.domain): row.missing for row in rows if row.missing or row.fuzzy}


def test_extracting_changes_nothing_where_nothing_changed(copy: Path) -> None:
    """The committed templates were written on another day: bytes depend on messages only."""
    assert update(copy) == []


def test_extracting_again_writes_the_same(copy: Path) -> None:
    template = copy / "i18n/facts.pot"
    before = template.read_bytes()
    template.unlink()
    assert update(copy) == ["i18n/facts.pot"]
    assert template.read_bytes() == before


def test_templates_name_neither_day_nor_machine(copy: Path) -> None:
    for path in [*(copy / "i18n").rglob("*.po*"), *PACKAGE.glob("*.po*")]:
        header = path.read_text("utf-8").partition("\n\n")[0]
        assert not re.search(r"Date|Generated|Translator|\b20\d\d\b", header), path.name


def test_a_changed_value_makes_no_translation_stale(copy: Path) -> None:
    before = po_files(copy)
    spoil(copy / "docs/facts/handling.yml", "length: P14D", "length: P15D")
    assert update(copy) == []
    assert po_files(copy) == before
    assert missing(copy) == {}


REVIEW = "handling/shared-links-review"
OLD = "According to the review, shared links stay valid %(period)s."
NEW = "According to the review, shared links remain valid %(period)s."


def test_a_changed_statement_makes_exactly_its_own_translation_stale(copy: Path) -> None:
    before = {name: messages_of(copy / name) for name in po_files(copy)}
    spoil(copy / "docs/facts/handling.yml", OLD, NEW)
    update(copy)
    assert missing(copy) == {(language, "facts"): 1 for language in TRANSLATED}
    for name, old in before.items():
        now = messages_of(copy / name)
        changed = {key for key, text in old.items() if now.get(key) != text}
        assert changed == {(REVIEW, OLD)}, name


def test_a_translator_is_shown_what_a_changed_statement_said_before(copy: Path) -> None:
    old = messages_of(copy / FRENCH)[REVIEW, OLD]
    spoil(copy / "docs/facts/handling.yml", OLD, NEW)
    update(copy)
    now = messages_of(copy / FRENCH)
    assert f'#| msgid "{OLD}"' in now[REVIEW, NEW]
    assert now[f"#~ {REVIEW}", OLD].rpartition("msgstr")[2] == old.rpartition("msgstr")[2], (
        "the old translation is kept"
    )


# handling/deleted-files has a title, a statement and two conditions: each is one message, with the
# fact's id as context
DELETED = "handling/deleted-files"
MESSAGES = [
    "How long deleted files stay in the trash",
    "After that, a backup copy is kept for %(backup)s.",
]


@pytest.mark.parametrize("text", MESSAGES, ids=["title", "condition"])
def test_what_a_message_said_before_is_that_of_the_same_message(copy: Path, text: str) -> None:
    spoil(copy / "docs/facts/handling.yml", text, f"{text} (since then)")
    update(copy)
    changed = messages_of(copy / FRENCH)[DELETED, f"{text} (since then)"]
    assert re.findall(r'#\| msgid "(.*)"', changed) == [text]


def test_updating_twice_changes_nothing_the_second_time(copy: Path) -> None:
    spoil(copy / "docs/facts/handling.yml", OLD, NEW)
    assert update(copy)
    assert update(copy) == []


def test_a_new_fact_is_said_before_by_nothing(copy: Path) -> None:
    fact = (
        "  - id: handling/new\n    title: New\n    statement: This is new.\n    about: [trash]\n"
        "    sources: [policy/deletion]\n"
    )
    path = copy / "docs/facts/handling.yml"
    path.write_text(path.read_text("utf-8") + fact, "utf-8")
    update(copy)
    assert missing(copy) == {(language, "facts"): 2 for language in TRANSLATED}
    assert "#|" not in messages_of(copy / FRENCH)["handling/new", "This is new."]


def rendered(root: Path, language: str, page: str) -> str:
    project = Project(root)
    locale = project.locale(language)
    return Renderer(project, locale, project.editions[language]).pages()[f"{page}.md"]


GAPS = [
    ("fuzzy", lambda message: message.becomes(f"#, fuzzy\n{message.block}")),
    ("empty", lambda message: message.says("")),
    ("missing", lambda message: message.becomes("")),
]


@pytest.mark.parametrize("leave", [leave for _, leave in GAPS], ids=[why for why, _ in GAPS])
def test_a_gap_is_shown_in_english_and_marked_as_such(
    copy: Path, leave: Callable[[Message], None]
) -> None:
    leave(statement(copy, DELETED))
    block = re.search(
        r"^## [^\n]*#deleted-files .*?(?=^## )",
        rendered(copy, "fr", "handling"),
        re.MULTILINE | re.DOTALL,
    )
    assert block
    lines = block[0].split("\n")
    title = "How long deleted files stay in the trash"
    assert lines[0] == f"## {title} {{ #deleted-files .kb-fact lang=en }}"
    assert "Ce texte" in lines[2]
    assert lines[5].startswith("A deleted file stays in the trash for **30 days**")
    assert lines[6] == "{ .kb-statement lang=en }"
    assert any(
        re.fullmatch(r"- Point de terminaison\s:\s`DELETE /v1/files`", line) for line in lines
    ), "what is translated is shown translated"
    note = lines.index("After that, a backup copy is kept for **up to 90 days**.")
    assert lines[note + 1] == "{ .kb-condition lang=en }"


def test_a_gap_in_one_fact_leaves_the_others_alone(copy: Path) -> None:
    full = rendered(copy, "fr", "choices")
    statement(copy, DELETED).says("")
    assert rendered(copy, "fr", "choices") == full


def test_a_gap_fails_the_check(copy: Path) -> None:
    statement(copy, DELETED).says("")
    found = check.check(Project(copy)).problems
    (problem,) = [problem for problem in found if problem.where.startswith(FRENCH)]
    assert problem.what.startswith(f"not translated {DELETED!r}: 'A deleted file stays")


DAYS = Duration(kind="duration", length="P29D", label=None)
YEARS = Duration(kind="duration", length="P5Y", label=None)


def test_a_word_of_the_interface_is_said_as_the_base_says_it(worded: Path) -> None:
    spoil(worded / INTERFACE, 'msgstr[1] "%(n)s\xa0jours"', 'msgstr[1] "%(n)s journées"')
    voice = Project(worded).voice(LOCALES["fr"])
    assert (voice.say(DAYS), voice.say(YEARS)) == ("29 journées", "5\xa0ans")


def test_a_base_lists_only_the_words_that_it_says_in_another_way(copy: Path) -> None:
    word = 'msgctxt "interface/sources"\nmsgid "Sources"\nmsgstr "Références"\n'
    head = (PACKAGE / "fr.po").read_text("utf-8").partition("\n\n")[0]
    (copy / INTERFACE).write_text(f"{head}\n\n{word}", "utf-8")
    project = Project(copy)
    assert told(copy) == []
    assert project.voice(LOCALES["fr"]).label("sources") == "Références"
    project.upkeep.update(LOCALES["fr"])
    assert (copy / INTERFACE).read_text("utf-8").count("msgctxt") == 1


def test_a_gap_in_the_words_of_the_base_is_said_as_the_package_says_it(worded: Path) -> None:
    spoil(worded / INTERFACE, 'msgstr[1] "%(n)s\xa0jours"', 'msgstr[1] ""')
    spoil(worded / INTERFACE, 'msgid "Sources"\nmsgstr "Sources"', 'msgid "Sources"\nmsgstr ""')
    voice = Project(worded).voice(LOCALES["fr"])
    assert (voice.say(DAYS), voice.label("sources")) == ("29\xa0jours", "Sources")


def test_english_is_its_own_translation(project: Project) -> None:
    assert project.voice(SOURCE).translations.text(DELETED, "anything") == "anything"


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
    title = "Lifetime and encryption of shared links"
    Message(copy / FRENCH, "handling/shared-links", "title").says("")
    text = rendered(copy, "fr", "handling")
    assert text.count(title) > 2
    left = Unmarked(markdown.markdown(text, extensions=EXTENSIONS)).text
    assert title not in left
    assert "A shared link, created with" not in left


@pytest.fixture
def partial(copy: Path) -> Path:
    """The small base without German texts: a partial language, in English but for its own words."""
    (copy / "i18n/de/LC_MESSAGES/facts.po").unlink()
    spoil(copy / "kb.yml", "name: Deutsch", "name: Deutsch, partial: true")
    return copy


def test_english_that_stands_in_for_a_language_is_marked_as_such(partial: Path) -> None:
    """Texts of facts, pages and of the whole base, and titles of overviews; not yet the names of
    subjects and sources, labels and headings of tables.
    """
    project = Project(partial)
    titles = [v.title for page in project.knowledge.pages for v in page.views if v.title]
    texts = titles + [
        str(message.id)
        for message in project.upkeep.content
        if message.id
        and (message.context or "").startswith(("kb", "page/", "handling/", "choices/"))
    ]
    made = Renderer(project, project.locale("de"), project.editions["de"]).pages()
    shown = "".join(
        markdown.markdown(page.partition("---\n\n")[2], extensions=EXTENSIONS)
        for page in made.values()
    )
    left = Unmarked(shown).text
    assert "Die Zeiträume im Vergleich" in left
    assert [text for text in texts if text.partition("%(")[0] in left] == []


def test_what_a_partial_language_lacks_is_no_problem(partial: Path) -> None:
    assert told(partial, "de") == []
    assert missing(partial) == {("de", "facts"): len(content_of(partial))}


GERMAN = "i18n/de/LC_MESSAGES/facts.po"


@pytest.mark.parametrize("leave", [leave for _, leave in GAPS], ids=[why for why, _ in GAPS])
def test_a_gap_of_a_partial_language_is_no_problem(
    copy: Path, leave: Callable[[Message], None]
) -> None:
    spoil(copy / "kb.yml", "name: Deutsch", "name: Deutsch, partial: true")
    leave(Message(copy / GERMAN, DELETED, "statement"))
    assert told(copy, "de") == []


def test_a_faulty_translation_of_a_partial_language_is_told(copy: Path) -> None:
    spoil(copy / "kb.yml", "name: Deutsch", "name: Deutsch, partial: true")
    message = Message(copy / GERMAN, DELETED, "statement")
    message.says("Eine Datei bleibt 30 Tage im Papierkorb.")
    assert told(copy, "de") == [
        f"{GERMAN}:{message.line}: {DELETED!r}: value without placeholder: '%(period)s' is not in"
        " 'Eine Datei bleibt 30 Tage im Papierkorb.'",
        f"{GERMAN}:{message.line}: {DELETED!r}: a digit in"
        " 'Eine Datei bleibt 30 Tage im Papierkorb.'",
    ]


def content_of(root: Path) -> list[str]:
    return [str(message.id) for message in Project(root).upkeep.content if message.id]


# -- a language that the package has no words for

SPANISH = "i18n/es/LC_MESSAGES/"


@pytest.fixture
def spanish(copy: Path) -> Path:
    """The small base with a fifth translation, which nobody has begun."""
    spoil(copy / "kb.yml", "  - {code: de, name: Deutsch}\n", "  - {code: es}\n")
    return copy


def test_a_language_without_words_of_the_package_needs_a_catalog_for_them(spanish: Path) -> None:
    assert told(spanish, "es") == [
        f"{SPANISH}{domain}.po:1: the catalog is missing" for domain in ("facts", "interface")
    ]
    assert update(spanish) == [f"{SPANISH}{domain}.po" for domain in ("facts", "interface")]
    kept = Project(spanish).upkeep
    numbers = [(row.domain, row.total, row.missing) for row in kept.status(kept.translated[-1])]
    facts, words = len(content_of(spanish)), sum(1 for each in messages.interface() if each.id)
    assert numbers == [("facts", facts, facts), ("interface", words, words)]


def test_a_language_without_words_is_spoken_in_english_until_it_has_some(spanish: Path) -> None:
    update(spanish)
    locale = Project(spanish).locale("es")
    assert Project(spanish).voice(locale).spoken is SOURCE
    spoil(
        spanish / SPANISH / "interface.po",
        'msgctxt "interface/yes"\nmsgid "yes"\nmsgstr ""',
        'msgctxt "interface/yes"\nmsgid "yes"\nmsgstr "sí"',
    )
    voice = Project(spanish).voice(locale)
    assert (voice.spoken.code, voice.label("yes"), voice.label("no")) == ("es", "sí", "no")


def test_a_catalog_tells_how_far_it_is(copy: Path) -> None:
    statement(copy).says("")
    fuzzy = statement(copy, DELETED)
    fuzzy.becomes(f"#, fuzzy\n{fuzzy.block}")
    statement(copy, REVIEW).becomes("")
    path = copy / FRENCH
    gone = 'msgctxt "handling/gone"\nmsgid "Gone"\nmsgstr "Disparu"\n'
    obsolete = '#~ msgctxt "handling/old"\n#~ msgid "Old"\n#~ msgstr "Vieux"\n'
    path.write_text(f"{path.read_text('utf-8')}\n{gone}\n{obsolete}", "utf-8")
    (row,) = Project(copy).upkeep.status(LOCALES["fr"])
    total = len(content_of(copy))
    assert row == upkeep.Status("fr", "facts", total, total - 3, 1, 2, 2, 0)
