"""Programs that tests need besides Python."""

from __future__ import annotations

import os
import shutil

import pytest


def path(names: tuple[str, ...], packages: str, untested: str) -> str:
    """The path of the first program that there is; without one, skip loudly, or fail where nothing
    may be skipped.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = f"{names[0]} is not installed: run scripts/system-packages {packages}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(f"{untested}. {reason}")
    return found
