"""The HTML of the repository's own site is valid, and what is not would be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import javascript
import programs
import pytest


@pytest.fixture(scope="module", autouse=True)
def validator(root: Path) -> None:
    """What validates, which Node runs."""
    javascript.node()
    if not (root / ".node/node_modules/html-validate").exists():
        programs.missing("HTML NOT VALIDATED. html-validate is missing: run scripts/node-packages")


def validated(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return javascript.run(sys.executable, root / "scripts/html_validity.py", site)


def test_every_page_is_valid(root: Path, site: Path) -> None:
    run = validated(root, site)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith(f"{len([*site.rglob('*.html')])} pages: ")


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ('<p id="twice"></p><p id="twice"></p>', "no-dup-id"),
        ("<ul><p></p></ul>", "element-permitted-content"),
        ('<p aria-labelledby="nobody"></p>', "no-missing-references"),
        ("<center></center>", "deprecated"),
        ('<input type="checkbox" autocomplete="off">', "valid-autocomplete"),
    ],
)
def test_what_is_not_valid_is_told_by_its_rule(
    root: Path, site: Path, tmp_path: Path, broken: str, rule: str
) -> None:
    text = (site / "en/index.html").read_text("utf-8")
    (tmp_path / "index.html").write_text(text.replace("</article>", f"{broken}</article>"), "utf-8")
    run = validated(root, tmp_path)
    assert run.returncode == 1
    assert f"\n{rule}: 1\n" in run.stdout


def test_a_site_without_pages_is_not_valid(root: Path, tmp_path: Path) -> None:
    run = validated(root, tmp_path)
    assert run.returncode == 1
    assert "there is no page" in run.stderr
