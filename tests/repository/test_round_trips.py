"""The repository's own catalogs come back whole from the tools of translators."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from translators import TOOLS, round_trip

from kb_tools import layout
from kb_tools.project import Project


@pytest.mark.parametrize("tool", TOOLS)
def test_the_catalogs_come_back_whole(root: Path, tmp_path: Path, tool: str) -> None:
    shutil.copy(root / layout.SETTINGS, tmp_path)
    for folder in (layout.FACTS, layout.I18N):
        shutil.copytree(root / folder, tmp_path / folder)
    project = Project(tmp_path)
    for locale in project.upkeep.translated:
        assert round_trip(tmp_path, locale, tool) == len(project.upkeep.content)
