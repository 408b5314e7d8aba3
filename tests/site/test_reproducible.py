"""The same sources make the same bytes: the site, and the package, wherever and whenever they are
built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import bases
import pytest
from terminal import kb

from kb_tools import layout

ELSEWHERE = [
    {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C"},
]


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def aged(folder: Path, when: int) -> None:
    """Let all files of a folder be of one day."""
    for path in folder.rglob("*"):
        os.utime(path, (when, when))


def test_two_builds_of_a_site_are_equal_byte_by_byte(tmp_path: Path) -> None:
    base = bases.of_languages(tmp_path / "base", ["en", "fr"])
    made = []
    for number, machine in enumerate(ELSEWHERE):
        folder = Path(shutil.copytree(base, tmp_path / f"place {number}" / "kb"))
        aged(folder, 1_000_000_000 * (number + 1) // 2)
        run = kb("build", folder=folder, **machine)
        assert run.returncode == 0, run.stderr
        made.append(content(folder / layout.SITE))
    first, second = made
    assert first.keys() == second.keys()
    assert [name for name, data in first.items() if data != second[name]] == []
    assert len(first) > 50


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_two_builds_of_the_package_are_equal_byte_by_byte(
    root: Path, tmp_path: Path, target: str
) -> None:
    made = []
    for number, machine in enumerate(ELSEWHERE):
        folder = tmp_path / f"place {number}"
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / "kb_tools", folder / "kb_tools", ignore=left_out)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(root / name, folder)
        aged(folder, 1_600_000_000 + number)
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", "made"],
            cwd=folder,
            env={**os.environ, **machine, "SOURCE_DATE_EPOCH": "1700000000"},
            capture_output=True,
            check=True,
        )
        made.append(content(folder / "made"))
    assert made[0] == made[1]
    assert len(made[0]) == 1
