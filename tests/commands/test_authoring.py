"""What authors and translators type: new knowledge bases, checks, pages, translations, the site."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import bases
import pytest
from small import spoil
from terminal import environment, kb

from kb_tools import layout


def written(folder: Path) -> set[str]:
    """The files below a folder, by name."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def rows(folder: Path) -> list[str]:
    """The rows of the languages in kb.yml."""
    text = (folder / layout.SETTINGS).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if "{code: " in line]


def test_init_makes_a_base_that_needs_nothing_more(tmp_path: Path) -> None:
    run = kb("init", "new", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    made = written(tmp_path / "new")
    assert run.stdout == (
        f"new: a knowledge base with {len(made)} files. Go on with:\n"
        "    cd new\n    kb build\n    kb ask 'How long are deleted files kept?'\n"
    )
    assert {".gitignore", "README.md", "kb.yml", "mkdocs.yml", "i18n/glossary.yml"} <= made
    assert {"i18n/fr/LC_MESSAGES/facts.po", "i18n/questions/zh.yml"} <= made
    assert not [name for name in made if "de" in name.split("/") or name.endswith("de.yml")]
    assert "de: [" not in (tmp_path / "new/i18n/glossary.yml").read_text("utf-8")
    assert [row[9:11] for row in rows(tmp_path / "new")] == ["en", "fr", "ja", "zh"]
    assert kb("pages", folder=tmp_path / "new").returncode == 0
    check = kb("check", folder=tmp_path / "new")
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "0 problems\n")


def test_a_new_base_is_built_and_asked_as_init_says(tmp_path: Path) -> None:
    assert kb("init", "new", "--languages", "en", folder=tmp_path).returncode == 0
    build = kb("build", folder=tmp_path / "new")
    assert build.returncode == 0, build.stderr
    assert (tmp_path / "new/site/en/handling/index.html").is_file()
    answer = kb("ask", "How long are deleted files kept?", folder=tmp_path / "new")
    assert "stays in the trash for 30 days" in answer.stdout
    check = kb("build", "--check", folder=tmp_path / "new")
    assert (check.returncode, check.stderr.splitlines()[-1]) == (0, "up to date")


def test_init_takes_an_empty_folder_too(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert kb("init", "empty", "--languages", "en", folder=tmp_path).returncode == 0
    here = tmp_path / "here"
    here.mkdir()
    assert kb("init", ".", "--languages", "en", folder=here).returncode == 0
    assert written(here) == written(tmp_path / "empty")


NO_PLACE = [
    ("full", "full: not empty, so nothing was written\n    Name a new or an empty folder."),
    ("file", "file: not a folder, so nothing was written\n    Name a new or an empty folder."),
    ("file/below", "cannot be written: Not a directory"),
]


@pytest.mark.parametrize(("name", "told"), NO_PLACE, ids=[name for name, _ in NO_PLACE])
def test_init_writes_nothing_where_something_is(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    run = kb("init", name, folder=tmp_path)
    assert run.returncode == 1
    assert told in run.stderr
    assert not run.stdout
    assert written(tmp_path) == {"full/notes.txt", "file"}


MANY = "fr,ja,zh,de,es,it,nl,ko,ar,ru,pt,pl,cs,sv,da,fi,nb,tr,el,he,hi,th,vi,id,uk,ro,hu,bg,hr,sk"


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        ("en,xx", "unknown language 'xx'"),
        ("EN", "unknown language 'EN'"),
        ("en;fr", "unknown language 'en;fr'"),
        ("../fr", "unknown language '../fr'"),
        (f"{MANY},lt", "32 languages are too many"),
    ],
)
def test_init_refuses_languages_that_there_are_not(
    tmp_path: Path, languages: str, told: str
) -> None:
    run = kb("init", "new", "--languages", languages, folder=tmp_path)
    assert run.returncode == 1
    assert f"{told}\n    " in run.stderr
    assert not list(tmp_path.iterdir()), "nothing is written"


@pytest.mark.parametrize(
    ("languages", "codes"),
    [
        ("fr", ["en", "fr"]),
        ("", ["en"]),
        (" de , fr,de", ["en", "de", "fr"]),
        (MANY, ["en", *MANY.split(",")]),
    ],
)
def test_english_is_always_the_first_language_of_a_new_base(
    tmp_path: Path, languages: str, codes: list[str]
) -> None:
    run = kb("init", "new", "--languages", languages, folder=tmp_path)
    assert run.returncode == 0, run.stderr
    found = [row.removeprefix("- {code: ").partition(",")[0] for row in rows(tmp_path / "new")]
    assert found == codes


def test_a_new_base_of_twelve_languages_shows_english_where_it_is_not_translated(
    tmp_path: Path,
) -> None:
    run = kb("init", "new", "--languages", ",".join(bases.TWELVE), folder=tmp_path)
    assert run.returncode == 0, run.stderr
    partial = [row for row in rows(tmp_path / "new") if "partial: true" in row]
    assert len(partial) == 7
    assert "- {code: pt-br, name: Português (Brasil), partial: true}" in partial
    pages = kb("pages", folder=tmp_path / "new")
    assert pages.stderr == "pages: 72 rendered, 80 files changed\n"
    assert "stays in the trash" in (tmp_path / "new/docs/ko/handling.md").read_text("utf-8")
    check = kb("check", folder=tmp_path / "new")
    assert (check.returncode, check.stdout) == (0, "")
    assert check.stderr.count(" is partial: ") == 7


def test_check_is_silent_about_what_is_right_and_loud_about_what_is_not(copy: Path) -> None:
    good = kb("check", folder=copy)
    assert good.returncode == 0, good.stdout
    assert not good.stdout
    assert good.stderr == "0 problems\n"
    facts = copy / layout.page_file("handling")
    spoil(facts, "length: P30D, bound: exact", "length: P30X, bound: exact")
    asked = copy / layout.QUESTIONS / "fr.yml"
    spoil(asked, "handling/encryption:", "handling/encription:")
    bad = kb("check", folder=copy)
    assert bad.returncode == 1
    assert re.search(
        r"^docs/facts/handling\.yml:\d+: fact 'handling/deleted-files': invalid duration 'P30X'\n"
        r"    Write ISO 8601",
        bad.stdout,
        re.MULTILINE,
    )
    assert json.loads(kb("check", "--json", folder=copy).stdout)


def test_check_tells_what_a_partial_language_lacks_and_calls_it_no_problem(
    tmp_path: Path,
) -> None:
    folder = bases.of_languages(tmp_path / "kb", ["en", "es"])
    assert kb("pages", folder=folder).returncode == 0
    run = kb("check", folder=folder)
    assert (run.returncode, run.stdout) == (0, "")
    (note, total) = run.stderr.splitlines()
    assert note.startswith("es (Español) is partial: ")
    assert "of facts not translated" in note
    assert "8 of 8 facts without questions" in note
    assert "9 of 9 concepts without a term" in note
    assert total == "0 problems"
    status = kb("i18n", "status", folder=folder)
    assert status.returncode == 0
    assert re.search(r"^es  facts +0/\d+ translated, 0 fuzzy, \d+ missing", status.stdout)


def test_pages_renders_the_pages_and_nothing_else(copy: Path) -> None:
    facts = copy / layout.page_file("handling")
    spoil(facts, "length: P30D, bound: exact", "length: P29D, bound: exact")
    home = (copy / "docs/fr/index.md").read_text("utf-8")
    (copy / "docs/fr/stray.md").write_text(home, "utf-8")
    run = kb("pages", folder=copy)
    assert run.returncode == 0, run.stderr
    assert re.fullmatch(r"pages: 30 rendered, \d+ files changed\n", run.stderr)
    for code, said in (("en", "29 days"), ("ja", "29日間"), ("de", "29 Tage")):
        assert said in (copy / f"docs/{code}/handling.md").read_text("utf-8")
    assert not (copy / "docs/fr/stray.md").exists()
    assert not (copy / layout.INDEX).exists()
    assert not (copy / layout.SITE).exists()


def test_translations_are_counted(copy: Path) -> None:
    rows = json.loads(kb("i18n", "status", "--json", folder=copy).stdout)
    assert {row["language"] for row in rows} == {"fr", "ja", "zh", "de"}
    assert all(row["translated"] == row["total"] and not row["fuzzy"] for row in rows)
    title = "How long deleted files stay in the trash"
    spoil(copy / layout.page_file("handling"), f"title: {title}", f"title: {title} now")
    extracted = kb("i18n", "extract", folder=copy)
    assert extracted.stdout == "i18n/facts.pot\n"
    updated = kb("i18n", "update", folder=copy)
    assert updated.stdout.splitlines() == [
        layout.catalog(name, "facts").as_posix() for name in ("fr", "ja", "zh_Hans", "de")
    ]
    status = kb("i18n", "status", folder=copy)
    assert status.returncode == 1
    assert re.search(r"^fr  facts +\d+/\d+ translated, 0 fuzzy, 1 missing", status.stdout)


def test_serve_tells_where_the_site_is_until_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>here</title>", "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "kb_tools", "serve", "--port", "0", "--site", str(tmp_path)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert running.stdout
        address, _, hint = running.stdout.readline().partition("  ")
        assert hint == "(Ctrl-C ends it)\n"
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert b"here" in answer.read()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, errors) == (0, "")


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>", "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        run = kb("serve", "--port", port, "--site", tmp_path, folder=tmp_path)
    assert run.returncode == 1
    assert f"port {port} cannot be used" in run.stderr
    assert "--port, or 0" in run.stderr


def test_an_export_does_not_replace_what_a_translator_has_begun(base: Path, tmp_path: Path) -> None:
    arguments = ("--project", base, "i18n", "export", "--lang", "fr", "--all", "--output", "out")
    for _ in ("new", "again"):
        assert kb(*arguments, folder=tmp_path).returncode == 0
    begun = tmp_path / "out/facts.fr.xlf"
    begun.write_text(begun.read_text("utf-8").replace("corbeille", "poubelle", 1), "utf-8")
    run = kb(*arguments, folder=tmp_path)
    assert run.returncode == 1
    assert "facts.fr.xlf: there already, with another content\n    Import what" in run.stderr
    assert "poubelle" in begun.read_text("utf-8")
