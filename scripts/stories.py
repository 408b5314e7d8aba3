"""What an owner does as the handbook says, in a copy of the repository: change a value, add a fact,
add a kind of value, add German. Prints the files that each touched; fails where `make check` does.

Run by `make stories`; takes as long as three runs of the whole test suite, one for each of the
first three. `scripts/stories.py --quick` makes the three changes in one copy, and runs the tests
once, without those that need a browser.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from kb_tools.content.settings import Settings
from kb_tools.project import Project
from kb_tools.starter import create

ROOT = Path(__file__).parent.parent
QUICK = ["pytest", "-q", "-x", "--ignore=tests/site/test_site.py", "--ignore=tests/widget"]
LANGUAGES = ("en", "fr", "ja", "zh", "de")


def main() -> None:
    """Tell every story."""
    stories: dict[str, Callable[[Path], None]] = {
        "change a value": change_value,
        "add a fact": add_fact,
        "add a kind of value": add_kind,
    }
    if "--quick" in sys.argv:
        _tell([*stories.values()], "all three, tests without a browser", _check_quickly)
    else:
        for name, story in stories.items():
            _tell([story], name, _check)
    with tempfile.TemporaryDirectory() as folder:
        add_german(Path(folder) / "small")
        add_german_to_repository(Path(folder) / "copy")


def _tell(
    stories: Sequence[Callable[[Path], None]], name: str, check: Callable[[Path], None]
) -> None:
    """Make changes in a copy, commit nothing, and print which files each made different."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        _copy(copy)
        for story in stories:
            story(copy)
            _kb(copy, "build")
            print(f"{story.__name__} touched:", *_touched(copy), sep="\n  ", flush=True)
            _run(["git", "add", "--all"], copy, copy)
        check(copy)
        print(f"{name}: green", flush=True)


def change_value(copy: Path) -> None:
    """Change the first length of a duration that a fact file has."""
    path = next(path for path in _fact_files(copy) if "length: P" in path.read_text("utf-8"))
    text = path.read_text("utf-8")
    amount, unit = re.findall(r"length: PT?(\d+)([A-Z])", text)[0]
    _edit(path, f"{amount}{unit}", f"{int(amount) + 1}{unit}")


def add_fact(copy: Path) -> None:
    """Write a fact, its questions and its translations."""
    path = _fact_files(copy)[0]
    page, project = path.stem, Project(copy)
    fact = f"{page}/handbook-example"
    source = next(iter(project.knowledge.facts)).sources[0]
    subject = next(iter(project.knowledge.facts)).about[0]
    path.write_text(
        path.read_text("utf-8") + f"  - id: {fact}\n    title: An example of the handbook\n"
        "    statement: An example is kept for %(period)s.\n"
        "    values:\n      period: {kind: duration, length: P17D}\n"
        f"    about: [{subject}]\n    sources: [{source}]\n",
        "utf-8",
    )
    asked = max(1, project.settings.questions.at_least)
    for locale in project.locales:
        questions = copy / f"i18n/questions/{locale.code}.yml"
        lines = "".join(f"  - {locale.name} handbook example {n} ?\n" for n in range(asked))
        questions.write_text(questions.read_text("utf-8") + f"{fact}:\n{lines}", "utf-8")
    _kb(copy, "i18n", "update")
    said = {"fr": "conservé pendant", "ja": "保持：", "zh_Hans": "保留"}
    for name, text in said.items():
        catalog = copy / f"i18n/{name}/LC_MESSAGES/facts.po"
        new = catalog.read_text("utf-8")
        new = re.sub(
            rf'(msgctxt "{fact}"\nmsgid "([^"]*)"\nmsgstr) ""',
            lambda found, text=text: (  # type: ignore[misc]  # mypy infers no lambda here
                f'{found[1]} "{text}{" %(period)s" if "period" in found[2] else ""}"'
            ),
            new,
        )
        catalog.write_text(new, "utf-8")


def add_kind(copy: Path) -> None:
    """Follow the page on kinds of value for a percentage."""
    for name, old, new in _STEPS:
        _edit(copy / name, old, new)
    _python(copy, "scripts/interface.py")
    for name, share in (("fr", "Part"), ("ja", "割合"), ("zh_Hans", "比例"), ("de", "Anteil")):
        path = copy / f"kb_tools/language/interface/{name}.po"
        _edit(path, 'msgid "Share"\nmsgstr ""', f'msgid "Share"\nmsgstr "{share}"')
        _edit(path, 'msgid "%(n)s %%"\nmsgstr ""', 'msgid "%(n)s %%"\nmsgstr "%(n)s %%"')


_VALUES, _LABELS = "kb_tools/content/values.py", "kb_tools/language/labels.py"
_VOICE, _CANONICAL = "kb_tools/language/voice.py", "kb_tools/proof/canonical.py"
_SWITCH = "            case Switch():\n                return self.label(value.default)\n"
_SHARE = '"a share", "choices/share"'
_SHARES = 'alike("5 %", "6 %")'
_STEPS = (
    (
        _VALUES,
        "class Choices(_Value):",
        'class Percentage(_Value):\n    """A share of a hundred."""\n\n'
        '    kind: Literal["percentage"]\n    percent: int = Field(ge=0, le=100)\n\n\n'
        "class Choices(_Value):",
    ),
    (_VALUES, "    | Choices,\n", "    | Choices\n    | Percentage,\n"),
    (
        _LABELS,
        '    "choices": ',
        '    "percentage": "Share",\n    "percent": "%(n)s %%",\n    "choices": ',
    ),
    (_VOICE, "    Parameter,\n", "    Parameter,\n    Percentage,\n"),
    (
        _VOICE,
        _SWITCH,
        f"{_SWITCH}            case Percentage():\n"
        '                return self.label("percent", n=str(value.percent))\n',
    ),
    (_CANONICAL, "    Parameter,\n", "    Parameter,\n    Percentage,\n"),
    (
        _CANONICAL,
        "        case Choices():\n",
        "        case Percentage():\n"
        '            return ("percentage", str(value.percent))\n        case Choices():\n',
    ),
    (
        "kb_tools/proof/reader.py",
        "            (_TLS, lambda",
        '            (re.compile(r"(\\d+)\\s?%"), lambda match: ("percentage", match[1])),\n'
        "            (_TLS, lambda",
    ),
    (
        "tests/content/test_values.py",
        "SPOKEN = [\n",
        'SPOKEN = [\n    (value("percentage", percent=5), same("5 %")),\n',
    ),
    (
        "tests/proof/test_parity.py",
        "  - id: choices/tapes\n",
        "  - id: choices/share\n    title: What stays\n"
        "    statement: Of all copies, %(share)s stay.\n"
        "    values:\n      share: {kind: percentage, percent: 5}\n"
        "    about: [retention]\n    sources: [policy/reports]\n  - id: choices/tapes\n",
    ),
    (
        "tests/proof/test_parity.py",
        "STATEMENTS = [\n",
        'STATEMENTS = [\n    Change(\n        "a share",\n        "choices/share",\n'
        f'        "statement",\n        {_SHARES},\n'
        '        otherwise("percentage 6", "percentage 5"),\n    ),\n',
    ),
    (
        "tests/proof/test_parity.py",
        "LISTS = [\n",
        f'LISTS = [\n    Change({_SHARE}, "list", {_SHARES}, in_list("percentage 5")),\n',
    ),
    (
        "docs/handbook/facts.md",
        "### choices\n",
        "### percentage\n\nA share.\n\n```yaml\n"
        "share: {kind: percentage, percent: 5}\n```\n\n### choices\n",
    ),
)
"""File, what stands there, and what is put in its place."""


def add_german(folder: Path) -> None:
    """Add German by one row to a small base of four languages, then fill it."""
    create.create(folder, ["en", "fr", "ja", "zh"])
    _row(folder)
    _kb(folder, "build")
    print("German by one row in a small base: built,", _number(folder), "before it is filled")
    full = folder.parent / "full"
    create.create(full, LANGUAGES)
    for name in ("i18n/de/LC_MESSAGES/facts.po", "i18n/questions/de.yml", "i18n/glossary.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(full / name, folder / name)
    _kb(folder, "build")
    print("  with catalogs, questions and terms:", _number(folder), flush=True)


def add_german_to_repository(copy: Path) -> None:
    """Add German by one row to a copy of the repository."""
    _copy(copy)
    _row(copy)
    _kb(copy, "build")
    print("German by one row in this repository: built,", _number(copy))


def _row(folder: Path) -> None:
    path = folder / "kb.yml"
    rows = re.findall(r"^  - \{code: .*\}\n", path.read_text("utf-8"), re.MULTILINE)
    _edit(path, rows[-1], f"{rows[-1]}  - {{code: de, name: Deutsch}}\n")


def _number(folder: Path) -> str:
    """How many problems `kb check` tells."""
    done = _run([sys.executable, "-m", "kb_tools", "check"], folder, folder, may_fail=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr.strip().splitlines()[-1]


def _copy(copy: Path) -> None:
    """The files that git tracks, as they are, in a repository of their own."""
    listed = _run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], ROOT, ROOT)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    _run(["git", "init", "--quiet"], copy, copy)
    _run(["git", "add", "--all"], copy, copy)


def _check(copy: Path) -> None:
    # the packages are those of this checkout, which `make stories` has installed
    _run(["make", "--assume-old=.venv/.installed", "check"], copy, copy)


def _check_quickly(copy: Path) -> None:
    _kb(copy, "check")
    _run([sys.executable, "-m", *QUICK], copy, copy)


def _touched(copy: Path) -> list[str]:
    listed = _run(["git", "status", "--short"], copy, copy).stdout.splitlines()
    return [line[3:] for line in listed if line[1] != " " and ".venv" not in line]


def _fact_files(copy: Path) -> list[Path]:
    pages = Settings.model_validate(Project(copy).settings).pages
    return [copy / f"docs/facts/{page}.yml" for page in pages]


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path}: no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def _kb(folder: Path, *arguments: str) -> None:
    _python(folder, "-m", "kb_tools", *arguments)


def _python(folder: Path, *arguments: str) -> None:
    _run([sys.executable, *arguments], folder, folder)


def _run(
    command: list[str], folder: Path, package: Path, *, may_fail: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command with the code of a copy, where it has its own."""
    code = package if (package / "kb_tools").is_dir() else ROOT
    known = {**os.environ, "PYTHONPATH": str(code)}
    done = subprocess.run(
        command, cwd=folder, env=known, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode and not may_fail:
        print(f"{' '.join(command)}\n{done.stdout[-4000:]}{done.stderr[-4000:]}", file=sys.stderr)
        sys.exit(1)
    return done


if __name__ == "__main__":
    main()
