"""BM25F: how much each term of the index says for each fact, from Whoosh's statistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kb_tools.search.analysis import classify, has_cjk, is_identifier
from kb_tools.search.evidence import rarity
from kb_tools.search.index import Statistics

Frequencies = dict[str, dict[int, float]]
"""Term to fact number to weighted frequency."""
FIELDS = {"title": 2.0, "statement": 1.0, "questions": 1.5, "concepts": 2.0}
SATURATION = 2.0
LENGTH = 0.5
CHANCE, CHANCE_OF_PAIRS = 1, 2
"""Questions of the editors that a term must be in more of, if no title or statement has it: a word,
and two neighbouring CJK characters, which are often no word.
"""
COMMON = 12
"""Facts that a single character may be in at most."""
CLASSES = {"word": 1.0, "stem": 1.0, "kana": 0.5, "character": 0.4, "concept": 2.0, "quantity": 1.0}
"""What a term of each class weighs against a word."""


def compile_weights(
    statistics: Statistics, fact_ids: list[str], frequencies: Frequencies | None = None
) -> dict[str, dict[int, float]]:
    """Term to fact number to weight; a question's score for a fact is the sum over its distinct
    terms. `frequencies` are those of `weighted_frequencies`, where they are known.

    Terms that say little are left out: they would make the index larger, and its answers no better.
    """
    if frequencies is None:
        frequencies = weighted_frequencies(statistics, fact_ids)
    compiled = {}
    for term, by_fact in frequencies.items():
        if _is_chance(term, statistics):
            continue
        worth = CLASSES[classify(term)] * rarity(len(by_fact), len(fact_ids)) * (SATURATION + 1)
        compiled[term] = {
            number: worth * frequency / (SATURATION + frequency)
            for number, frequency in sorted(by_fact.items())
        }
    return compiled


def _is_chance(term: str, statistics: Statistics) -> bool:
    """Tell whether a term says little: one that only a few of the editors' questions use, or a
    character that many facts hold.
    """
    kind = classify(term)
    if kind in ("concept", "quantity") or is_identifier(term):
        return False
    said: dict[str, Mapping[str, int]] = {
        field: statistics.frequencies[field].get(term, {}) for field in FIELDS
    }
    holders = {fact for by_fact in said.values() for fact in by_fact}
    if kind == "character" and len(holders) > COMMON:
        return True
    asked = sum(said.pop("questions").values())
    chance = CHANCE_OF_PAIRS if has_cjk(term) else CHANCE
    return asked <= chance and not any(said.values())


def added(statistics: Statistics, field: str, fact: str) -> float:
    """What one occurrence in a field of a fact adds to a term's weighted frequency."""
    lengths = statistics.lengths[field]
    # a field that no fact has is as long as any
    average = sum(lengths.values()) / max(1, len(lengths)) or 1.0
    return FIELDS[field] / (1 - LENGTH + LENGTH * lengths[fact] / average)


def weighted_frequencies(statistics: Statistics, fact_ids: list[str]) -> Frequencies:
    """Frequencies of all fields added up, each weighted and set against the field's length."""
    numbers = {fact: number for number, fact in enumerate(fact_ids)}
    found: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for field in FIELDS:
        each = {fact: added(statistics, field, fact) for fact in numbers}
        for term, by_fact in statistics.frequencies[field].items():
            for fact, frequency in by_fact.items():
                found[term][numbers[fact]] += each[fact] * frequency
    return found
