"""What the tests share: a small knowledge base of their own, made by `kb init` and built once, a
copy of its sources that a test may spoil, and the repository as it is.

Everything but the tests in `tests/repository/` and `tests/engines/` runs on the small base, so that
a change of this repository's content breaks no test.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser
from small import LANGUAGES

from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.search.answer import Answerer
from kb_tools.site import build as building
from kb_tools.site import pages
from kb_tools.site.pages import Editions
from kb_tools.starter import create

ROOT = Path(__file__).resolve().parents[1]


def silent(line: str) -> None:
    """Tell nobody how far a build is."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key that indexes are signed with is of this run of the tests, not of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base as `kb init` makes it, with its pages rendered; not to be changed."""
    folder = tmp_path_factory.mktemp("base") / "kb"
    create.create(folder, LANGUAGES)
    builder.build_pages(Project(folder), silent)
    return folder


@pytest.fixture
def copy(base: Path, tmp_path: Path) -> Path:
    """The small base in a folder of the test's own, which it may spoil."""
    return Path(shutil.copytree(base, tmp_path / "kb"))


@pytest.fixture(scope="session")
def project(base: Path) -> Project:
    return Project(base)


@pytest.fixture(scope="session")
def rendered(project: Project) -> Editions:
    """The pages that the sources make now, by language and file name."""
    return pages.render(project)


@pytest.fixture(scope="session")
def index(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both indexes of all languages, built once."""
    folder = tmp_path_factory.mktemp("index")
    builder.build_index(project, folder, project.locales)
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
def own_project(root: Path) -> Project:
    """The repository's own knowledge base."""
    return Project(root)


@pytest.fixture(scope="session")
def own_index(own_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both indexes of the repository's own base, built once."""
    folder = tmp_path_factory.mktemp("repository-index")
    builder.build_index(own_project, folder, own_project.locales)
    return folder


@pytest.fixture(scope="session")
def own_site(
    own_project: Project, own_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The site of the repository's own base, built once."""
    folder = tmp_path_factory.mktemp("repository-built") / "site"
    building.build(own_project, store.open_index(own_index), folder)
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
