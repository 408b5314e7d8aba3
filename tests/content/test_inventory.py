"""The facts are those of the inventory: `inventory.json` is its machine-readable part, as the work
order gave it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb_tools.content.model import Fact
from kb_tools.project import Project

Claim = dict[str, Any]
INVENTORY: dict[str, Claim] = {
    claim["id"]: claim
    for claim in json.loads((Path(__file__).parents[1] / "inventory.json").read_text("utf-8"))
}

# what a name of the inventory means; `values` are all of the claim's
Typed = dict[str, Claim]
Reading = Callable[[str, Any, Claim], Typed]


def yes_no(name: str, value: bool | str, _: Claim) -> Typed:
    return {name: {"kind": "yes-no", "is": {True: "yes", False: "no"}.get(value, value)}}


def duration(name: str, value: str, values: Claim) -> Typed:
    return {name: {"kind": "duration", "length": value, "bound": values["bound"]}}


def day(name: str, value: str, values: Claim) -> Typed:
    called = {"from": "since", "until": "deadline"}.get(
        name, name
    )  # `from` and `until` are keys of a fact
    return {called: {"kind": "date", "date": value, "bound": values.get("bound", "exact")}}


def switch(name: str, value: bool, _: Claim) -> Typed:
    provider, variable = {
        "claude_api": ("claude-api", "off_claude_api"),
        "vertex_ai": ("vertex", "vertex"),
        "amazon_bedrock": ("bedrock", "bedrock"),
    }[name]
    return {
        name: {
            "kind": "switch",
            "provider": provider,
            "default": "on" if value else "off",
            "variable": variable,
        }
    }


def two_switches(_: str, value: bool, __: Claim) -> Typed:
    """One value for both of the claim's providers."""
    return {
        name: {"kind": "switch", "provider": name, "default": "on" if value else "off"}
        for name in ("bedrock", "vertex")
    }


def variable(name: str, value: str, values: Claim) -> Typed:
    return {
        name: {"kind": "variable", "name": value}
        | ({"set_to": str(values["set_to"])} if "set_to" in values else {})
    }


def encryption(name: str, value: str, _: Claim) -> Typed:
    method = {"encrypted": "unspecified", "not-encrypted": "none"}.get(value, value)
    return {name: {"kind": "encryption", "where": name.replace("_", "-"), "method": method}}


def endpoint(name: str, value: str, values: Claim) -> Typed:
    return {
        name: {"kind": "endpoint", "path": value}
        | ({"method": values["method"]} if "method" in values else {})
    }


def choices(name: str, value: list[int | str], _: Claim) -> Typed:
    return {name: {"kind": "choices", "options": [str(option) for option in value]}}


def bound(_: str, value: str, __: Claim) -> Typed:
    """A bound that is no number's: a period whose end is an event, or is not stated."""
    return (
        {"period": {"kind": "duration", "bound": value}}
        if value in ("until-deleted", "unspecified")
        else {}
    )


def part(_: str, __: Any, ___: Claim) -> Typed:
    """A part of another value."""
    return {}


def under(key: str) -> Reading:
    return lambda name, value, _: {name: {"kind": name, key: value}}


MEANINGS: dict[str, Reading] = {
    **dict.fromkeys(("eligible", "supported", "configurable", "depends_on_model"), yes_no),
    **dict.fromkeys(("period", "short", "long"), duration),
    **dict.fromkeys(("date", "from", "until"), day),
    **dict.fromkeys(("claude_api", "vertex_ai", "amazon_bedrock"), switch),
    **dict.fromkeys(("variable", "off_claude_api", "vertex", "bedrock"), variable),
    **dict.fromkeys(("in_transit", "at_rest"), encryption),
    **dict.fromkeys(("method", "set_to"), part),
    **dict.fromkeys(("parameter", "file"), under("name")),
    **dict.fromkeys(("email", "url"), under("address")),
    "command": under("command"),
    "endpoint": endpoint,
    "options": choices,
    "default_on": two_switches,
    "bound": bound,
}


def typed(values: Claim) -> Typed:
    """The values of a claim as the facts hold them."""
    found: Typed = {}
    for name, value in values.items():
        found |= MEANINGS[name](name, value, values)
    return found


# validity that the inventory gives in words only
DISPUTED = {
    "regions/before": "2025-09-18"
}  # "must not be used as current after 2025-09-19": it ends where the later beginning stands

every_claim = pytest.mark.parametrize("claim", INVENTORY.values(), ids=INVENTORY)


@pytest.fixture(scope="module")
def facts(project: Project) -> dict[str, Fact]:
    return {fact.id: fact for fact in project.knowledge.facts}


def test_the_facts_are_exactly_the_claims(facts: dict[str, Fact]) -> None:
    assert len(INVENTORY) == 129
    assert sorted(facts) == sorted(INVENTORY)


@every_claim
def test_a_fact_holds_the_values_of_its_claim(facts: dict[str, Fact], claim: Claim) -> None:
    held = {
        name: value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"label"})
        for name, value in facts[claim["id"]].values.items()
    }
    assert held == typed(claim.get("values", {}))


@every_claim
def test_a_fact_names_the_sources_of_its_claim(facts: dict[str, Fact], claim: Claim) -> None:
    assert list(facts[claim["id"]].sources) == claim["src"]


@every_claim
def test_a_fact_is_about_what_its_claim_is_about(facts: dict[str, Fact], claim: Claim) -> None:
    assert list(facts[claim["id"]].about) == claim["about"]


@every_claim
def test_a_fact_holds_when_its_claim_holds(
    project: Project, facts: dict[str, Fact], claim: Claim
) -> None:
    validity = project.knowledge.validity(facts[claim["id"]])
    held = tuple(day.isoformat() if day else None for day in (validity.start, validity.end))
    assert held == (claim.get("from"), claim.get("until", DISPUTED.get(claim["id"])))


@every_claim
def test_a_fact_contradicts_what_its_claim_contradicts(
    facts: dict[str, Fact], claim: Claim
) -> None:
    assert sorted(facts[claim["id"]].conflicts) == sorted(claim.get("conflicts", []))
