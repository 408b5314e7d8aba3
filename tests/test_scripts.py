"""What the scripts of maintainers tell: every difference between facts and claims, and the words
that texts share with their sources.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from kb_tools.project import Project


def script(root: Path, name: str) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(name, root / f"scripts/{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made  # where dataclasses look up what their annotations name
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def inventory(root: Path) -> ModuleType:
    return script(root, "inventory")


@pytest.fixture(scope="module")
def shared_runs(root: Path) -> ModuleType:
    return script(root, "shared_runs")


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
        "validity: [[null, null], [null, null]]; the inventory says"
        ' [["2020-01-01", "2020-01-01"], [null, null]]',
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


def test_the_longest_run_of_words_that_a_text_shares_with_its_source_is_told(
    shared_runs: ModuleType, project: Project, tmp_path: Path
) -> None:
    said = "We say: A DELETED file stays, in the trash, for 30 days. Nothing else is said."
    (tmp_path / "policy.txt").write_text(said, "utf-8")
    documents = shared_runs.documents(project, tmp_path, "en")
    found = list(shared_runs.runs(project.editions["en"], documents))
    best = max(found, key=lambda run: run.length)
    assert (best.fact, best.document) == ("handling/deleted-files", "policy")
    assert best.text == "a deleted file stays in the trash for 30 days"
    assert best.length == len(["a", "deleted", "file", "stays", "in", "the", "for"]), (
        "the subject and the value are names"
    )
    assert shared_runs.documents(project, tmp_path, "fr") == {}, "in its own language only"


def test_runs_of_japanese_are_counted_in_characters(
    shared_runs: ModuleType, project: Project
) -> None:
    entry = next(each for each in project.editions["ja"] if each.id == "handling/encryption")
    document = f" {' '.join(shared_runs.units(entry.text[:12]))} "
    (run,) = [
        run for run in shared_runs.runs([entry], {"policy": document}) if run.text in entry.text
    ][-1:]
    assert 0 < run.length <= 12
    assert " " not in run.text


def test_a_learned_map_draws_the_texts_of_a_fact_together(root: Path) -> None:
    learned_map = script(root, "learned_map")
    random = np.random.default_rng(3)
    owners = np.repeat(np.arange(20), 6)
    # what tells facts apart is faint beside what all texts differ in
    vectors = random.normal(size=(20, 300))[owners] * 0.28 + random.normal(size=(120, 300))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    def nearest(rows: Any) -> float:
        units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        alike = units @ units.T - 2 * np.eye(len(units))
        return float((owners[alike.argmax(1)] == owners).mean())

    mapping = learned_map.fit(vectors, owners)
    assert mapping.shape[0] == 300
    assert (mapping == learned_map.fit(vectors, owners)).all(), "it is the same every time"
    assert nearest(vectors) < 0.75
    assert nearest(vectors @ mapping) > 0.95
