"""What the tests share: the repository as it is, and a copy of its sources that a test may
spoil.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser

from kb_tools import builder
from kb_tools.locales import LOCALES
from kb_tools.project import Project
from kb_tools.proof import check
from kb_tools.search import store
from kb_tools.search.answer import Answerer
from kb_tools.site import build as building

ROOT = Path(__file__).resolve().parents[1]
_SOURCES = (
    "docs/facts",
    "docs/templates",
    "docs/theme",
    "docs/schema",
    "docs/en",
    "docs/fr",
    "docs/ja",
    "docs/zh",
    "i18n",
    "mkdocs.yml",
)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources and the rendered pages in a folder of the test's own."""
    for name in _SOURCES:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, place)
    return tmp_path


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="session")
def rendered(project: Project) -> Mapping[str, Mapping[str, str]]:
    """The pages that the sources make now, by language and file name."""
    return check.render(project)


@pytest.fixture(scope="session")
def index(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both indexes of all languages, built once."""
    folder = tmp_path_factory.mktemp("index")
    builder.build_index(project, folder, list(LOCALES.values()))
    return folder


@pytest.fixture(scope="session")
def answerer(index: Path) -> Answerer:
    return Answerer.open(index)


@pytest.fixture(scope="session")
def site(project: Project, index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all languages, built once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    building.build(project, store.open_index(index), folder)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served on this machine."""
    with browser.serving(site) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser.chromium() as running:
        yield running
