"""The repository's own knowledge base has no problems, and its pages are what its sources say."""

from __future__ import annotations

from pathlib import Path

from small import said

from kb_tools.project import Project
from kb_tools.proof import check, schemas
from kb_tools.site import pages


def test_kb_check_finds_no_problems(project: Project) -> None:
    assert said(check.check(project).problems) == []


def test_committed_pages_are_fresh(root: Path, project: Project) -> None:
    assert said(pages.outdated(root, pages.render(project))) == []


def test_committed_schemas_are_fresh(root: Path) -> None:
    assert said(schemas.outdated(root)) == []
