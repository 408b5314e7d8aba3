"""`make inventory`: every difference between facts and claims is told, and nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kb_tools.project import Project


@pytest.fixture(scope="module")
def inventory(root: Path) -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("inventory", root / "scripts/inventory.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


CHOICES = {
    "choices/archive-by-mail": {
        "values": {"until": "2024-06-28", "bound": "inclusive", "email": "archive@example.com"},
        "src": ["policy/changes"],
        "about": ["team-plan"],
        "until": "2024-06-28",
    },
    "handling/shared-links-review": {
        "values": {"bound": "until-deleted"},
        "src": ["review/sharing"],
        "about": ["shared-links"],
        "conflicts": ["handling/shared-links"],
    },
    "handling/encryption": {
        "values": {"in_transit": "TLS", "at_rest": "AES-256"},
        "src": ["policy/encryption", "review/security"],
        "about": ["encryption"],
    },
}
# what the claims above leave out of the small base's facts
LEFT_OUT = ("choices/archive-by-mail: value 'window'", "handling/encryption: value 'end_to_end'")
OTHERS = (
    "handling/deleted-files",
    "handling/offline-copies",
    "handling/shared-links",
    "choices/crash-reports",
    "choices/version-history",
)


def told(inventory: ModuleType, project: Project, **changed: dict[str, Any]) -> list[str]:
    """The differences of the small base from the claims, some of them changed, but for what they
    leave out.
    """
    claims = [
        {"id": fact, **claim, **changed.get(fact.partition("/")[2].replace("-", "_"), {})}
        for fact, claim in CHOICES.items()
    ]
    found = list(inventory.differences(claims, project.knowledge))
    expected = [f"{fact}: not in the inventory" for fact in OTHERS]
    assert found[-len(expected) :] == expected
    return [line for line in found[: -len(expected)] if not line.startswith(LEFT_OUT)]


def test_facts_that_say_what_their_claims_say_are_told_as_no_difference(
    inventory: ModuleType, project: Project
) -> None:
    assert told(inventory, project) == []


DIFFERENCES = [
    (
        {"values": {"bound": "unspecified"}},
        'value \'period\': {"kind": "duration", "bound": "until-deleted"}; the inventory says'
        ' {"kind": "duration", "bound": "unspecified"}',
    ),
    (
        {"values": {}},
        'value \'period\': {"kind": "duration", "bound": "until-deleted"}; the inventory says'
        " nothing",
    ),
    (
        {"values": {"bound": "until-deleted", "file": "a.db"}},
        'value \'file\': nothing; the inventory says {"kind": "file", "name": "a.db"}',
    ),
    (
        {"src": ["review/security"]},
        'sources: ["review/sharing"]; the inventory says ["review/security"]',
    ),
    ({"about": []}, 'subjects: ["shared-links"]; the inventory says []'),
    (
        {"from": "2020-01-01"},
        'validity: [null, null]; the inventory says ["2020-01-01", null]',
    ),
    ({"conflicts": []}, 'conflicts: ["handling/shared-links"]; the inventory says []'),
]


@pytest.mark.parametrize(
    ("claim", "expected"), DIFFERENCES, ids=[expected for _, expected in DIFFERENCES]
)
def test_a_fact_that_differs_from_its_claim_is_told(
    inventory: ModuleType, project: Project, claim: dict[str, Any], expected: str
) -> None:
    found = told(inventory, project, shared_links_review=claim)
    assert found == [f"handling/shared-links-review: {expected}"]


def test_a_claim_without_a_fact_is_told(inventory: ModuleType, project: Project) -> None:
    found = list(inventory.differences([{"id": "handling/gone"}], project.knowledge))
    assert found[0] == "handling/gone: no fact"
    assert len(found) == 1 + len(OTHERS) + len(CHOICES)
