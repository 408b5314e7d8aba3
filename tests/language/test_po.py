"""PO files as translators' tools leave them: read as gettext reads them, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import LOCALES, said, spoil

from kb_tools.errors import InvalidSource
from kb_tools.language import po
from kb_tools.project import Project

FRENCH = "i18n/fr/LC_MESSAGES/facts.po"
KEPT = "Durée de conservation"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)
ENTRY = 'msgctxt "a"\nmsgid "Kept"\nmsgstr "{}"\n'


def read(folder: Path, content: str | bytes) -> str | None:
    """What a PO file of these bytes says for the message that `ENTRY` has."""
    path = folder / "facts.po"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    message = po.read(path, "facts.po", LOCALES["fr"]).get("Kept", "a")
    return str(message.string) if message else None


def refused(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(InvalidSource) as failure:
        read(folder, content)
    return said(failure.value.problems)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Dur\303\251e de conservation", KEPT),
        (r"Dur\xc3\xa9e de conservation", KEPT),
        (r"Dur\303\251e \"de\" conservation\n", 'Durée "de" conservation\n'),
        (r"D:\\303\\251", r"D:\303\251"),
        (r"D:\\\303\251", r"D:\é"),
        (r"a\042b\134c\012", 'a"b\\c\n'),
        (r"5\302\240ans", "5\xa0ans"),
        (r"\346\227\245\346\234\254", "日本"),
        ('"\n"Durée "\n"de conservation', KEPT),
        ('"\r\n"Durée "\r\n"de conservation', KEPT),
    ],
)
def test_escapes_and_wraps_are_read_as_gettext_reads_them(
    tmp_path: Path, written: str, meant: str
) -> None:
    assert read(tmp_path, HEADER + ENTRY.format(written)) == meant


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (r"Dur\303e", r"bytes that are not UTF-8, \303"),
        (r"Dur\qe", r"an escape that a text cannot have, \q"),
        (r"Dur\ae", r"an escape that a text cannot have, \a"),
        (r"Dur\007e", r"an escape that a text cannot have, \007"),
        ("Dur\u2028ée", "an invisible character, U+2028 LINE SEPARATOR"),
        ("Dur\u200bée", "an invisible character, U+200B ZERO WIDTH SPACE"),
        ("Dur\x85ée", "an invisible character, U+0085 a control character"),
    ],
)
def test_what_a_text_cannot_hold_is_named_with_its_line(
    tmp_path: Path, written: str, what: str
) -> None:
    assert refused(tmp_path, HEADER + ENTRY.format(written)) == [f"facts.po:9: {what}"]


def test_every_faulty_line_of_a_file_is_told(tmp_path: Path) -> None:
    content = HEADER + ENTRY.format(r"\q") + "\nmsgstt\n"
    assert [line.partition(": ")[0] for line in refused(tmp_path, content)] == [
        "facts.po:9",
        "facts.po:11",
    ]


def test_a_byte_order_mark_at_the_start_is_read_past(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + (HEADER + ENTRY.format(KEPT)).encode()) == KEPT


def test_a_byte_order_mark_elsewhere_is_named(tmp_path: Path) -> None:
    name = "ZERO WIDTH NO-BREAK SPACE"
    assert refused(tmp_path, f"{HEADER}\ufeff{ENTRY.format(KEPT)}") == [
        f"facts.po:7: an invisible character, U+FEFF {name}"
    ]


def test_what_an_obsolete_message_said_before_is_read_past(tmp_path: Path) -> None:
    obsolete = '\n#, fuzzy\n#~| msgctxt "b"\n#~| msgid ""\n#~| "Gone"\n#~ msgctxt "b"\n'
    content = f'{HEADER}{ENTRY.format(KEPT)}{obsolete}#~ msgid "Went"\n#~ msgstr "Parti"\n'
    assert read(tmp_path, content) == KEPT


def test_an_entry_that_stands_twice_is_refused(tmp_path: Path) -> None:
    content = f"{HEADER}{ENTRY.format(KEPT)}\n{ENTRY.format('')}"
    assert refused(tmp_path, content) == ["facts.po:12: 'a': 'Kept' stands twice"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Language: fr", "Language: de", "its header names the language 'de'"),
        ("Language: fr", "Language: Français", "its header names the language 'Français'"),
        ("charset=utf-8", "charset=ISO-8859-1", "its header names the charset 'iso-8859-1'"),
        ("charset=utf-8", "charset=CHARSET", "its header names the charset 'charset'"),
    ],
)
def test_a_header_of_another_file_is_refused(tmp_path: Path, old: str, new: str, what: str) -> None:
    content = HEADER.replace(old, new) + ENTRY.format(KEPT)
    assert refused(tmp_path, content) == [f"facts.po:1: {what}"]


@pytest.mark.parametrize("language", ["Language: ", "Language: fr_CA", "X-Generator: an editor"])
def test_a_catalog_without_its_language_keeps_the_rule_of_plurals(
    copy: Path, language: str
) -> None:
    spoil(copy / FRENCH, "Language: fr", language)
    project = Project(copy)
    assert project.upkeep.problems(LOCALES["fr"]) == []
    project.upkeep.update(LOCALES["fr"])
    text = (copy / FRENCH).read_text("utf-8")
    assert "nplurals=2" in text.partition("\n\n")[0]
    assert '"Language: fr' in text.partition("\n\n")[0]


def test_leftovers_of_a_merge_are_told(copy: Path) -> None:
    what = "leftovers of a merge in"
    assert what in " ".join(_told_of(copy, r"#-#-#-#-#  a.po  #-#-#-#-#\nune\n#-#-#-#-#\nautre"))


def test_a_line_break_in_a_message_of_one_line_is_told(copy: Path) -> None:
    assert "a line break in" in " ".join(_told_of(copy, r"une\nautre"))


def test_a_message_that_comes_back_has_its_translation_again(copy: Path) -> None:
    facts, before = copy / "docs/facts/handling.yml", (copy / FRENCH).read_bytes()
    title = "    title: How long deleted files stay in the trash"
    spoil(facts, title, "    title: How long the trash keeps deleted files")
    Project(copy).upkeep.update(LOCALES["fr"])
    assert b"#~ msgid" in (copy / FRENCH).read_bytes()
    spoil(facts, "    title: How long the trash keeps deleted files", title)
    Project(copy).upkeep.update(LOCALES["fr"])
    assert _messages(copy) == _messages_of(before.decode())


def test_a_message_that_stands_once_more_as_obsolete_is_told_and_mended(copy: Path) -> None:
    path = copy / FRENCH
    whole, found, after = path.read_text("utf-8").partition(_entry(copy))
    emptied = found.partition("msgstr ")[0] + 'msgstr ""\n'
    obsolete = "".join(f"#~ {line}\n" for line in found.splitlines())
    path.write_text(f"{whole}{emptied}{after}\n{obsolete}", "utf-8")
    problems = said(Project(copy).upkeep.problems(LOCALES["fr"]))
    assert any(problem.endswith("stands twice, once as obsolete") for problem in problems)
    Project(copy).upkeep.update(LOCALES["fr"])
    assert Project(copy).upkeep.problems(LOCALES["fr"]) == []


def _entry(root: Path) -> str:
    """The entry of a title, as the French catalog has it."""
    text = (root / FRENCH).read_text("utf-8")
    start = text.rindex("msgctxt", 0, text.index('msgid "How long deleted files stay'))
    return text[start : text.index("\n\n", start) + 1]


def _told_of(root: Path, translation: str) -> list[str]:
    entry = _entry(root)
    spoil(root / FRENCH, entry, f'{entry.partition("msgstr ")[0]}msgstr "{translation}"\n')
    return said(Project(root).upkeep.problems(LOCALES["fr"]))


def _messages(root: Path) -> list[str]:
    return _messages_of((root / FRENCH).read_text("utf-8"))


def _messages_of(text: str) -> list[str]:
    """The entries without those that nothing says any more."""
    return [block for block in text.strip().split("\n\n") if "#~" not in block]
