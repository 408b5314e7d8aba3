"""The repository's own knowledge base, in place of the small one that all other tests run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import pytest

from kb_tools.project import Project
from kb_tools.search.answer import Answerer


@pytest.fixture(scope="session")
def project(own_project: Project) -> Project:
    return own_project


@pytest.fixture(scope="session")
def index(own_index: Path) -> Path:
    return own_index


@pytest.fixture(scope="session")
def answerer(index: Path) -> Answerer:
    return Answerer.open(index)


@pytest.fixture(scope="session")
def site(own_site: Path) -> Path:
    return own_site


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served on this machine."""
    with browser.serving(site) as served:
        yield served
