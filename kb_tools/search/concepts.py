"""Glossary terms found in text, longest first: the language-independent meaning that all languages
share.
"""

from __future__ import annotations

from collections.abc import Mapping

import ahocorasick_rs

from kb_tools.search import analysis


class Matcher:
    """Finds concepts by their terms; `terms` maps a folded term to its concept."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._patterns = [analysis.spaced(term) for term in terms]
        self._concepts = list(terms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._patterns,
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def find(self, folded: str) -> list[str]:
        """The concepts that a folded text mentions, in order, repeated as they occur."""
        if not self._patterns:
            return []
        return [
            self._concepts[number]
            for number, _, _ in self._automaton.find_matches_as_indexes(analysis.spaced(folded))
        ]
