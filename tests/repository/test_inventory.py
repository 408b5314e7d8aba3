"""What the repository's own knowledge base began with is still told: every claim of the inventory,
every id. What a fact says may change; `make inventory` prints where it differs from its claim.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kb_tools.project import Project

TESTS = Path(__file__).parents[1]
CLAIMS = [claim["id"] for claim in json.loads((TESTS / "inventory.json").read_text("utf-8"))]
IDS = (TESTS / "ids.txt").read_text("utf-8").split()


@pytest.fixture(scope="module")
def ids(project: Project) -> set[str]:
    return {fact.id for fact in project.knowledge.facts}


def test_every_claim_of_the_inventory_has_its_fact(ids: set[str]) -> None:
    assert len(CLAIMS) == 129
    assert sorted(set(CLAIMS) - ids) == []


def test_every_id_that_was_ever_published_is_a_fact(ids: set[str]) -> None:
    """An id is an address: others link to it."""
    assert len(set(IDS)) == len(IDS) >= 129
    assert sorted(set(IDS) - ids) == []


def test_the_script_says_how_many_differences_there_are(root: Path) -> None:
    """And fails where there are any, whatever the facts say today."""
    ran = subprocess.run(
        [sys.executable, root / "scripts/inventory.py"], capture_output=True, text=True, check=False
    )
    lines = ran.stdout.splitlines()
    assert ran.stderr == f"{len(lines)} differences from the inventory\n"
    assert ran.returncode == bool(lines)
