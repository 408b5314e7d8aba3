"""The repository's own site in Firefox and in WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines import firefox, hearing, webkit
from engines.engine import Engine
from engines.hearing import Place

RUNNING = {"Firefox": firefox.firefox, "WebKit": webkit.webkit}


@pytest.fixture(scope="module", params=RUNNING)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A running browser of each engine."""
    with RUNNING[request.param](tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def listening(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Where the site is served, with what its pages complain of."""
    with hearing.listening(own_site, tmp_path_factory.mktemp("heard") / "site") as place:
        yield place


@pytest.fixture
def address(listening: Place) -> Iterator[str]:
    """Where the site is served; whatever goes wrong on its pages fails the test."""
    listening.forget()
    yield listening.address
    assert not listening.forget()
