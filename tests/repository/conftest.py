"""The repository's own knowledge base, in place of the small one that all other tests run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import pytest

from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.search.answer import Answerer
from kb_tools.site import build as building


@pytest.fixture(scope="session")
def project(root: Path) -> Project:
    return Project(root)


@pytest.fixture(scope="session")
def index(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both indexes of all languages, built once."""
    folder = tmp_path_factory.mktemp("repository-index")
    builder.build_index(project, folder, project.locales)
    return folder


@pytest.fixture(scope="session")
def answerer(index: Path) -> Answerer:
    return Answerer.open(index)


@pytest.fixture(scope="session")
def site(project: Project, index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all languages, built once."""
    folder = tmp_path_factory.mktemp("repository-built") / "site"
    building.build(project, store.open_index(index), folder)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served on this machine."""
    with browser.serving(site) as served:
        yield served
