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
        return self.read(folded)[0]

    def read(self, folded: str) -> tuple[list[str], str]:
        """The concepts that a folded text mentions, in order, repeated as they occur; and what is
        left of it without their terms.
        """
        text = analysis.spaced(folded)
        if not self._patterns:
            return [], text
        found, rest, at = [], [], 0
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            found.append(self._concepts[number])
            rest.append(text[at:start])
            at = end
        return found, "\n".join([*rest, text[at:]])
