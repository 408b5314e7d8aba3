"""The handbook says what is so: its links lead somewhere, the paths that it names exist, and what
can be counted is there.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_tools.content.values import KINDS
from kb_tools.content.views import View
from kb_tools.proof import reader

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs/handbook").rglob("*.md")])
FACTS = (ROOT / "docs/handbook/facts.md").read_text("utf-8")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#([^)\s]+))?\)")
_PATH = re.compile(r"`((?:kb_tools|docs|i18n|scripts|tests)/[\w./-]*)`")
# written by a build, or where a base may put something of its own
NOT_HERE = {
    "docs/templates/",
    "docs/theme/",
    "i18n/readers/",
    "docs/en/",
}

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)


def prose(page: Path) -> str:
    """The text of a page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> Iterator[str]:
    """The anchors of a page's headings, as repositories show them."""
    for heading in re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@every_page
def test_a_link_leads_to_a_page_and_its_heading(page: Path) -> None:
    wrong = []
    for target, anchor in _LINK.findall(prose(page)):
        place = (page.parent / target).resolve()
        if not place.exists() or (anchor and anchor not in anchors(place)):
            wrong.append(f"{target}#{anchor}")
    assert wrong == []


@every_page
def test_a_path_that_a_page_names_exists(page: Path) -> None:
    named = set(_PATH.findall(prose(page))) - NOT_HERE
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_value_has_a_heading_with_an_example(kind: str) -> None:
    section = re.search(rf"^### {kind}\n(.*?)(?=^##)", FACTS, re.MULTILINE | re.DOTALL)
    assert section, f"write '### {kind}' in docs/handbook/facts.md"
    assert f"kind: {kind}" in section[1]


def test_every_overview_has_a_heading_with_an_example() -> None:
    names = {kind.model_fields["view"].annotation.__args__[0] for kind in View.__args__[0].__args__}
    for name in names:
        section = re.search(rf"^### {name}\n(.*?)(?=^##)", FACTS, re.MULTILINE | re.DOTALL)
        assert section, f"write '### {name}' in docs/handbook/facts.md"
        assert f"view: {name}" in section[1]


def test_the_languages_that_the_package_knows_are_named() -> None:
    text = (ROOT / "docs/handbook/languages.md").read_text("utf-8")
    for path in reader.PACKAGE.glob("*.yml"):
        assert f"`{path.stem}`" in text


def test_every_command_of_make_says_what_it_does() -> None:
    targets = re.findall(r"^([a-z]+):(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [name for name, rest in targets if "## " not in rest] == []


def test_commands_and_rooms_are_what_the_code_says() -> None:
    run = subprocess.run(
        [sys.executable, "scripts/document.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_the_words_of_the_interface_are_translated_in_every_language_of_the_package() -> None:
    run = subprocess.run(
        [sys.executable, "scripts/interface.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
