"""Programs that tests need besides Python."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def path(names: tuple[str, ...], packages: str, untested: str) -> str:
    """The path of the first program that there is; without one, skip loudly, or fail where nothing
    may be skipped.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing(f"{untested}. {names[0]} is not installed: run scripts/system-packages {packages}")
    return found


def missing(reason: str) -> NoReturn:
    """Skip loudly for what is not there, or fail where nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
