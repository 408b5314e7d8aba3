"""Which tests reach a function, told to mutmut; a plugin of pytest that scripts/mutants.py loads.

By itself mutmut holds what a fixture of the session runs for part of the first test that uses it,
and asks no other test that uses it about such code; it knows nothing of what `kb` runs in a process
of its own; and it asks in no order, where the tests of the module itself tell soonest.
"""

from __future__ import annotations

import inspect
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mutmut.mutation.trampoline import get_mutant_under_test
from mutmut.state import state

MUTANTS = Path(__file__).resolve().parents[1]
SLOW = {"commands", "test_build.py"}
"""Tests that start `kb` for every case, or build sites."""
REACHED = MUTANTS / "reached.txt"
"""Where processes of their own tell what they reached."""

_hits: defaultdict[str, set[str]] = defaultdict(set)
"""Functions that each fixture runs, by its name."""


class Process(subprocess.Popen[Any]):
    """A process that runs the changed program too, whatever else is in its environment."""

    def __init__(self, *arguments: Any, env: dict[str, str] | None = None, **more: Any) -> None:
        mutant = get_mutant_under_test()
        paths = [MUTANTS, *([MUTANTS / "scripts/reached"] if mutant == "stats" else [])]
        changed = {
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "MUTANT_UNDER_TEST": mutant,
            "REACHED": str(REACHED),
        }
        super().__init__(
            *arguments, env={**(os.environ if env is None else env), **changed}, **more
        )


def pytest_configure() -> None:
    # every process that a test starts, by whatever module, is to run the changed program
    subprocess.Popen = Process  # type: ignore[misc]  # mypy forbids to replace a class


def reached() -> set[str]:
    """What was reached since this was last asked."""
    found = set(state()._stats)
    state()._stats.clear()
    if REACHED.exists():
        found |= set(REACHED.read_text("utf-8").split())
        REACHED.unlink()
    return found


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    before = reached()
    try:
        return (yield)
    finally:
        found = reached()
        _hits[fixturedef.argname] |= found
        state()._stats.update(before | found)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """What making the small base runs is asked of tests that name it, not of all that rest on it:
    those that look at the pages have them rendered by a fixture of its own.
    """
    state()._stats.update(reached())
    for name in getattr(item, "fixturenames", ()):
        if name != "base" or name in inspect.signature(item.obj).parameters:
            state()._stats.update(_hits[name])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """First the tests of the module that is changed, then those of its room, processes last.

    Tests that take minutes are left out where only some mutants are made. Where mutmut runs the
    tests once more without a change, a few are enough: the run before was without a change too.
    """
    mutant = get_mutant_under_test()
    names = mutant.split(".x")[0].split(".")

    def distance(item: pytest.Item) -> tuple[bool, bool, bool]:
        room = item.path.parent.name
        return names[-1] not in item.path.stem, room not in names, room in ("commands", "widget")

    wanted = sorted(items, key=distance)
    if "MUTANTS_ALL" not in os.environ:
        wanted = [item for item in wanted if not SLOW & {item.path.name, item.path.parent.name}]
    if mutant == "":
        wanted = wanted[:20]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted
