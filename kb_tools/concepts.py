"""Glossary terms found in text, longest first: the language-independent meaning that all languages share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

import ahocorasick_rs

from kb_tools import analysis


class Matcher:
    """Finds concepts by their terms; `terms` maps a term, folded and spaced as by `analysis.spaced`, to its concept."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._patterns = list(terms)
        self._concepts = list(terms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find(self, folded: str) -> list[str]:
        """The concepts that a folded text mentions, in order, repeated as they occur."""
        if not self._patterns:
            return []
        return [self._concepts[number] for number, _, _ in self._automaton.find_matches_as_indexes(analysis.spaced(folded))]

    def mentions(self, folded: str) -> Iterator[tuple[str, str]]:
        """The concepts with the words that mention them."""
        text = analysis.spaced(folded)
        for number, _, _ in self._automaton.find_matches_as_indexes(text):
            yield self._concepts[number], " ".join(self._patterns[number].split())


def pruned(terms: Mapping[str, str]) -> dict[str, str]:
    """The terms with blank ones left out, sorted, so that the same glossary always makes the same index."""
    return {term: terms[term] for term in sorted(terms) if term.strip()}


def offsets(counts: list[int]) -> list[int]:
    """Where each run starts, with the end of the last one at the end."""
    return [0, *accumulate(counts)]
