"""Tell where the facts differ from the inventory of claims that this knowledge base began with.

    scripts/inventory.py

Run by `make inventory`. A policy changes, so a difference is no fault by itself: it is to be one
that somebody meant. Exit status 1 where there is any.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kb_tools.content.model import Fact, KnowledgeBase
from kb_tools.project import Project

ROOT = Path(__file__).parent.parent
INVENTORY = ROOT / "tests/inventory.json"

Claim = Mapping[str, Any]
Typed = dict[str, dict[str, Any]]
Reading = Callable[[str, Any, Claim], Typed]
"""What a name of the inventory with its value means; the last are all values of the claim."""


def main() -> None:
    """Print each difference."""
    found = list(differences(claims(), Project(ROOT).knowledge))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} differences from the inventory", file=sys.stderr)
    sys.exit(1 if found else 0)


def claims() -> list[Claim]:
    """The inventory, as the work order gave it."""
    read: list[Claim] = json.loads(INVENTORY.read_text("utf-8"))
    return read


def differences(inventory: list[Claim], knowledge: KnowledgeBase) -> Iterator[str]:
    """Everything that a fact says otherwise than its claim, and facts and claims alone."""
    facts = {fact.id: fact for fact in knowledge.facts}
    for claim in inventory:
        fact = facts.pop(claim["id"], None)
        if fact is None:
            yield f"{claim['id']}: no fact"
            continue
        for what, held, claimed in _compared(fact, claim, knowledge):
            if held != claimed:
                yield f"{fact.id}: {what}: {_shown(held)}; the inventory says {_shown(claimed)}"
    for added in facts:
        yield f"{added}: not in the inventory"


def _compared(
    fact: Fact, claim: Claim, knowledge: KnowledgeBase
) -> Iterator[tuple[str, object, object]]:
    """What is compared: its name, as the fact holds it and as the claim has it."""
    held, claimed = _held(fact), _typed(claim.get("values", {}))
    for name in dict.fromkeys((*held, *claimed)):
        yield f"value {name!r}", held.get(name), claimed.get(name)
    yield "sources", list(fact.sources), claim["src"]
    yield "subjects", list(fact.about), claim["about"]
    validity = knowledge.validity(fact)
    days = [
        [day.isoformat() if day else None for day in limit]
        for limit in (
            (validity.start, validity.agreed_start),
            (validity.agreed_end, validity.end),
        )
    ]
    ends = _DISPUTED.get(fact.id, [claim.get("until")] * 2)
    yield "validity", days, [[claim.get("from")] * 2, ends]
    yield "conflicts", sorted(fact.conflicts), sorted(claim.get("conflicts", []))


def _held(fact: Fact) -> Typed:
    """The values of a fact as they are written."""
    return {
        name: value.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude={"label", "negates"}
        )
        for name, value in fact.values.items()
    }


def _shown(value: object) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


def _yes_no(name: str, value: bool | str, _: Claim) -> Typed:
    said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return {name: {"kind": "yes-no", "is": said}}


def _duration(name: str, value: str, values: Claim) -> Typed:
    return {name: {"kind": "duration", "length": value, "bound": values["bound"]}}


def _day(name: str, value: str, values: Claim) -> Typed:
    # `from` and `until` are keys of a fact
    called = {"from": "since", "until": "deadline"}.get(name, name)
    return {called: {"kind": "date", "date": value, "bound": values.get("bound", "exact")}}


def _switch(name: str, value: bool, _: Claim) -> Typed:
    provider, variable = {
        "claude_api": ("claude-api", "off_claude_api"),
        "vertex_ai": ("vertex", "vertex"),
        "amazon_bedrock": ("bedrock", "bedrock"),
    }[name]
    default = "on" if value else "off"
    return {
        name: {"kind": "switch", "provider": provider, "default": default, "variable": variable}
    }


def _two_switches(_: str, value: bool, __: Claim) -> Typed:
    """One value for both of the claim's providers."""
    return {
        name: {"kind": "switch", "provider": name, "default": "on" if value else "off"}
        for name in ("bedrock", "vertex")
    }


def _variable(name: str, value: str, values: Claim) -> Typed:
    set_to = {"set_to": str(values["set_to"])} if "set_to" in values else {}
    return {name: {"kind": "variable", "name": value, **set_to}}


def _encryption(name: str, value: str, _: Claim) -> Typed:
    method = {"encrypted": "unspecified", "not-encrypted": "none"}.get(value, value)
    return {name: {"kind": "encryption", "where": name.replace("_", "-"), "method": method}}


def _endpoint(name: str, value: str, values: Claim) -> Typed:
    method = {"method": values["method"]} if "method" in values else {}
    return {name: {"kind": "endpoint", "path": value, **method}}


def _choices(name: str, value: list[int | str], _: Claim) -> Typed:
    return {name: {"kind": "choices", "options": [str(option) for option in value]}}


def _bound(_: str, value: str, __: Claim) -> Typed:
    """A bound that is no number's: a period whose end is an event, or is not stated."""
    if value not in ("until-deleted", "unspecified"):
        return {}
    return {"period": {"kind": "duration", "bound": value}}


def _part(_: str, __: Any, ___: Claim) -> Typed:
    """A part of another value."""
    return {}


def _under(key: str) -> Reading:
    return lambda name, value, _: {name: {"kind": name, key: value}}


_MEANINGS: dict[str, Reading] = {
    **dict.fromkeys(("eligible", "supported", "configurable", "depends_on_model"), _yes_no),
    **dict.fromkeys(("period", "short", "long"), _duration),
    **dict.fromkeys(("date", "from", "until"), _day),
    **dict.fromkeys(("claude_api", "vertex_ai", "amazon_bedrock"), _switch),
    **dict.fromkeys(("variable", "off_claude_api", "vertex", "bedrock"), _variable),
    **dict.fromkeys(("in_transit", "at_rest"), _encryption),
    **dict.fromkeys(("method", "set_to"), _part),
    **dict.fromkeys(("parameter", "file"), _under("name")),
    **dict.fromkeys(("email", "url"), _under("address")),
    "command": _under("command"),
    "endpoint": _endpoint,
    "options": _choices,
    "default_on": _two_switches,
    "bound": _bound,
}
# the day before regions/live-date, or before regions/start-date
_DISPUTED = {"regions/before": ["2025-08-18", "2025-09-18"]}
"""Ends of a validity that the inventory gives in words only."""


def _typed(values: Claim) -> Typed:
    """The values of a claim as the facts hold them."""
    found: Typed = {}
    for name, value in values.items():
        found |= _MEANINGS[name](name, value, values)
    return found


if __name__ == "__main__":
    main()
