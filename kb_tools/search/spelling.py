"""Words with one slip of the finger, found by leaving out one letter on both sides (symmetric
delete): no scan, the same in JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SHORTEST = 5
LONGEST = 24


class Speller:
    """Knows words, the more important first; corrects one letter missing, added, changed or
    swapped.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._near: dict[str, str] = {}
        self._words = {word for word in words if is_correctable(word)}
        for word in sorted(self._words):
            for form in _shortened(word):
                self._near.setdefault(form, word)

    def correct(self, word: str) -> str | None:
        """The known word that is one slip away and begins alike, or None for a known word or one
        too far from any.

        >>> Speller(["retention", "arrangement"]).correct("retnetion")
        'retention'
        """
        if word in self._words or not is_correctable(word):
            return None
        for form in _shortened(word):
            known = self._near.get(form)
            if known and known[0] == word[0] and _is_one_slip(word, known):
                return known
        return None


def is_correctable(word: str) -> bool:
    """Tell whether a word is one that is spelled: Latin letters, neither short nor endless."""
    return word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST


def _shortened(word: str) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_one_slip(word: str, known: str) -> bool:
    """Words that share a shortened form are at most two slips apart; keep those that are one
    apart.
    """
    short, long = sorted((word, known), key=len)
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
