"""What the tests of the commands share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def built(index: Path) -> list[str]:
    """The options that name the index of this test run."""
    return ["--index", str(index)]
