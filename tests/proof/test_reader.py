"""Readers: what is told of a faulty file, and what a reader finds in a text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small import LANGUAGES, LOCALES, said, spoil

from kb_tools.errors import InvalidSource
from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.proof import check, reader
from kb_tools.proof.reader import Found

OWN = "i18n/readers/en.yml"
ENGLISH = LOCALES["en"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with an English reader of its own, as the package has it."""
    (tmp_path / OWN).parent.mkdir(parents=True)
    shutil.copy(reader.PACKAGE / "en.yml", tmp_path / OWN)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_small_base_has_a_reader(language: str) -> None:
    assert reader.load(Path(), LOCALES[language])


def test_a_language_that_nobody_wrote_a_reader_for_has_none(tmp_path: Path) -> None:
    assert reader.load(tmp_path, Locale("es", "es", "es", "Español")) is None


# what stands in the English reader, what is put in its place, and what is told
FAULTS = [
    ("duration: '", "duration: '(", "not a regular expression (missing ), unterminated subpattern"),
    ("date: '", "date: '*", "not a regular expression (nothing to repeat"),
    ("negation: '", "negation: '[", "not a regular expression (unterminated character set"),
    ("between: '", "between: '(?i)", "not a regular expression (global flags not at the start"),
    ("?P<unit>", "?P<units>", "a pattern without group 'unit'"),
    ("(?P<n>", "(", "a pattern without group 'n'"),
    ("?P<y>", "?P<year>", "a pattern without group 'y'"),
    ("?P<m>", "?P<month>", "a pattern without group 'm'"),
    ("?P<d>", "?P<day>", "a pattern without group 'd'"),
    ("?P<bits>", "?P<bit>", "a pattern without group 'bits'"),
    ("?P<name>", "?P<cipher>", "a pattern without group 'name'"),
    ("minute: minute", "minute: minutes", "'minute' is 'minutes'"),
    ("up to: at-most", "up to: most", "'up to' is 'most'"),
    ("before: exclusive", "before: open", "'before' is 'open'"),
    ("partly: partly", "partly: half", "'partly' is 'half'"),
    ("cipher: ", "ciphers: x\ncipher: ", "unknown key 'ciphers'"),
]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS, ids=[told for _, _, told in FAULTS])
def test_a_faulty_reader_is_told_with_its_line(
    own: Path, old: str, new: str, expected: str
) -> None:
    line = spoil(own / OWN, old, new)
    with pytest.raises(InvalidSource) as caught:
        reader.load(own, ENGLISH)
    (problem,) = caught.value.problems
    assert problem.where == f"{OWN}:{line}"
    assert problem.what.startswith(expected)
    assert problem.hint.endswith(".")


def test_a_missing_key_of_a_reader_is_told(own: Path) -> None:
    (own / OWN).write_text("words: {}\n", "utf-8")
    with pytest.raises(InvalidSource) as caught:
        reader.load(own, ENGLISH)
    keys = ("between", "bounds", "cipher", "date", "date_bounds", "duration", "negation", "units")
    assert said(caught.value.problems) == [f"{OWN}:1: key {key!r} is missing" for key in keys]


def test_a_faulty_reader_leaves_the_other_languages_proved(copy: Path) -> None:
    folder = copy / "i18n/readers"
    folder.mkdir()
    shutil.copy(reader.PACKAGE / "fr.yml", folder)
    line = spoil(folder / "fr.yml", "negation: '", "negation: '(")
    for language in ("fr", "de"):
        page = copy / f"docs/{language}/handling.md"
        text = page.read_text("utf-8")
        page.write_text(text.replace("`offline.db`", "`online.db`", 1), "utf-8")
    found = said(check.check(Project(copy)).problems)
    assert found[-1].startswith(f"i18n/readers/fr.yml:{line}: not a regular expression")
    proved = [problem for problem in found if "online.db" in problem]
    assert [problem.partition(":")[0] for problem in proved] == ["docs/de/handling.md"]


def test_a_reader_of_the_base_comes_before_that_of_the_package(own: Path) -> None:
    spoil(own / OWN, "(?P<unit>minute|", "(?P<unit>moon|")
    spoil(own / OWN, "units: {minute: minute", "units: {moon: month")
    changed, packaged = reader.load(own, ENGLISH), reader.load(Path(), ENGLISH)
    assert changed
    assert packaged
    assert changed.scan("for 2 moons").found == {("duration", "exact", "2", "month")}
    assert packaged.scan("for 2 moons").found == set()


def test_a_unit_that_the_reader_does_not_name_is_read_as_it_stands(own: Path) -> None:
    spoil(own / OWN, "minute: minute, ", "")
    changed = reader.load(own, ENGLISH)
    assert changed
    assert changed.scan("for 5 minutes").found == {("duration", "exact", "5", "minute")}


# what a text says in English, what is found in it, and the numbers that are left over
TEXTS: list[tuple[str, set[Found], list[str]]] = [
    ("It stays for **30 days**.", {("duration", "exact", "30", "day")}, []),
    ("It stays for up to 30 days.", {("duration", "at-most", "30", "day")}, []),
    ("It stays for at least 1 year.", {("duration", "at-least", "1", "year")}, []),
    ("kept until explicitly deleted", {("duration", "until-deleted")}, []),
    ("Since March 17, 2031.", {("date", "2031-03-17")}, []),
    ("Since Marzo 17, 2031.", {("date", "Marzo 17, 2031")}, []),
    ("`a 1` and [x](https://x.org)", {("code", "a 1"), ("link", "x")}, []),
    ("with **256-bit AES** and TLS", {("cipher", "AES", "256"), ("cipher", "TLS")}, []),
    ("with STLS", set(), []),
    ("**3, 5, 9, or all**", {("choices", "3", "5", "9")}, []),
    ("**10, 20, or 30**", {("choices", "10", "20", "30")}, []),
    ("in 2 of 3 cases", set(), ["2", "3"]),
    ("on page 12", set(), ["12"]),
    ("29\\. item", set(), ["29"]),
]


@pytest.mark.parametrize(("text", "found", "left"), TEXTS, ids=[text for text, _, _ in TEXTS])
def test_a_text_is_read_without_help_from_what_wrote_it(
    text: str, found: set[Found], left: list[str]
) -> None:
    english = reader.load(Path(), ENGLISH)
    assert english
    scan = english.scan(text)
    assert (scan.found, scan.numbers) == (found, left)
