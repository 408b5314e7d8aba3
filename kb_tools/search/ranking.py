"""Text to ranked facts by words alone: the short algorithm that the widget mirrors, with everything
fitted in the index.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from kb_tools.search import analysis, asking, evidence, typed
from kb_tools.search.asking import Asked
from kb_tools.search.concepts import Matcher
from kb_tools.search.cues import Finder
from kb_tools.search.evidence import Evidence, Seen
from kb_tools.search.spelling import Speller, is_correctable
from kb_tools.search.store import AnswerIndex

LONG = 120
"""Characters from which a text of several sentences is taken sentence by sentence."""
_LATIN = re.compile(r"[a-z]+")
CODE_LEAD = 1.5
"""Votes that the first language has ahead in pasted code."""
_CODE = re.compile(r"[=;{}$<>|]|[a-z]\(")
_LAST_WORD = re.compile(r"(?<![^\s])[a-z]{3,}$")
"""A word that may not be typed to its end."""


@dataclass(frozen=True)
class Ranking:
    """A text, ranked: scores by fact number, fact numbers best first, and the text's distinct
    terms.

    `asked` is how the text asks; `uncovered` are the concepts that it names and no fact is about;
    `corrected` maps misspelled words to what was searched for.
    """

    text: str
    scores: list[float]
    order: list[int]
    terms: list[str]
    asked: Asked
    uncovered: frozenset[str]
    corrected: dict[str, str]


@dataclass
class Ranker:
    """Ranks texts by an open answer index; made once, used often."""

    index: AnswerIndex
    folding: dict[int, str] = field(init=False)
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        pairs = self.index.lexicon["folding"]
        self.folding = {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}
        self.matcher = Matcher(self.index.concepts)
        lexicon = self.index.lexicon
        self.finder = Finder(lexicon["cues"].values())
        self.typed = typed.read(self.index.lexicon["typed"])
        self.count = len(self.index.manifest["facts"])
        self._classes: dict[str, float] = self.index.manifest["parameters"]["classes"]
        self._named: frozenset[str] = frozenset(self.index.lexicon["named"])

    def rank(self, text: str) -> Ranking:
        """Score all facts for a text: the sum of their weights for its terms."""
        read = analysis.fold(text, self.folding)
        # in a longer text what is set aside or denied may be another thing than what is asked
        is_short = len(text) <= LONG
        if is_short:
            read = asking.without_asides(read, self.finder)
        bare, addresses = analysis.apart(read, self.index.offsets)
        folded, corrected = self._corrected(self._completed(bare))
        opposites = self.typed.opposites if is_short else {}
        asked = asking.read(folded, self.finder, self.matcher.read, opposites)
        concepts = dict.fromkeys(f"#{concept}" for concept in asked.concepts)
        terms = list(
            dict.fromkeys(
                [
                    *(term for term, _ in analysis.tokens(folded)),
                    *addresses,
                    *(term for term in concepts if self.postings(term)),
                ]
            )
        )
        sums = [0] * self.count
        facts, weights = self.index.postings.facts, self.index.postings.weights
        for term in terms:
            for at in self.postings(term):
                sums[facts[at]] += weights[at]
        scale = self.index.manifest["scale"]
        order = self.typed.best_first(sums)
        uncovered = frozenset(term for term in concepts if not self.postings(term))
        scores = [total * scale for total in sums]
        return Ranking(text, scores, order, terms, asked, uncovered, corrected)

    def parts(self, text: str) -> list[Ranking]:
        """The sentences of a long text, ranked each for itself; a short text is one part."""
        sentences = analysis.sentences(text) if len(text) > LONG else []
        return [self.rank(part) for part in (sentences if len(sentences) > 1 else [text])]

    def evidence(self, ranking: Ranking, number: int) -> Evidence:
        """How well a fact covers a ranked text."""
        held = set(self.held(ranking.terms, [number])[number])
        seen = [
            Seen(analysis.classify(term), len(self.postings(term)), term in held)
            for term in ranking.terms
        ]
        other = next((ranking.scores[rival] for rival in ranking.order if rival != number), 0.0)
        return evidence.weigh(seen, self._classes, self.count, ranking.scores[number], other)

    def postings(self, term: str) -> range:
        """Where the facts and weights of a term stand in the index."""
        number = self.index.offsets.get(term)
        return (
            range(0)
            if number is None
            else range(self.index.postings.starts[number], self.index.postings.starts[number + 1])
        )

    def held(self, terms: Iterable[str], numbers: Iterable[int]) -> dict[int, list[str]]:
        """For each of some facts by number, the terms that it holds."""
        held: dict[int, list[str]] = {number: [] for number in numbers}
        facts = self.index.postings.facts
        for term in terms:
            for at in self.postings(term):
                if facts[at] in held:
                    held[facts[at]].append(term)
        return held

    def weights(self, terms: Iterable[str], number: int) -> dict[str, float]:
        """What each term that a fact holds adds to its score, the most first."""
        scale, facts = self.index.manifest["scale"], self.index.postings.facts
        found = {
            term: self.index.postings.weights[at] * scale
            for term in terms
            for at in self.postings(term)
            if facts[at] == number
        }
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def holders_of_named(self, ranking: Ranking) -> frozenset[int]:
        """The facts that hold an identifier or a product that the text names; all facts where it
        names none.
        """
        named = [term for term in ranking.terms if self._names(term)]
        held = frozenset(
            self.index.postings.facts[at] for term in named for at in self.postings(term)
        )
        return held or frozenset(range(self.count))

    def language_of(self, text: str, terms: Sequence[str]) -> str:
        """The language that a question is asked in, told by its script and by which language's
        texts use its terms; one with characters of its own is not asked in by Latin words alone.
        """
        manifest = self.index.manifest
        languages: list[str] = [*manifest["languages"], *manifest["asked"]]
        scripts: Mapping[str, str] = self.index.lexicon["characters"]
        votes: dict[str, float] = dict.fromkeys(languages, 0.0)
        for language, own in scripts.items():
            votes[language] += 3 * sum(character in own for character in text)
        foreign = scripts if text and not analysis.has_cjk(text) and not any(votes.values()) else ()
        for term in terms:
            number = self.index.offsets.get(term)
            if number is not None and analysis.classify(term) not in ("concept", "stem"):
                users = [
                    language
                    for bit, language in enumerate(languages)
                    if self.index.postings.masks[number] >> bit & 1
                ]
                for language in users:
                    votes[language] += 1 / len(users)
        if _CODE.search(text):
            # a single word of another language may be a name in code
            votes[languages[0]] += CODE_LEAD
        able = [language for language in languages if language not in foreign] or languages
        return max(able, key=lambda language: (votes[language], -languages.index(language)))

    @cached_property
    def _words(self) -> list[str]:
        """The words of Latin letters that facts hold, sorted."""
        return sorted(word for word in self.index.offsets if _LATIN.fullmatch(word))

    def _completed(self, folded: str) -> str:
        """The text with its last word completed, if no fact knows it and some begin with it: to
        the one that most facts hold.
        """
        last = _LAST_WORD.search(folded)
        if not last or last[0] in self.index.offsets:
            return folded
        first = bisect_left(self._words, last[0])
        longer = takewhile(lambda word: word.startswith(last[0]), self._words[first:])
        best = min(longer, key=lambda word: (-len(self.postings(word)), word), default=last[0])
        return folded[: last.start()] + best

    @cached_property
    def _speller(self) -> Speller:
        return Speller(term for term in self.index.offsets if is_correctable(term))

    def _corrected(self, folded: str) -> tuple[str, dict[str, str]]:
        """The text with misspelled words corrected, and the corrections; where few of the unknown
        words can be, they are no slips.
        """
        unknown = sorted(
            {
                word
                for word in _LATIN.findall(folded)
                if is_correctable(word) and word not in self.index.offsets
            }
        )
        corrected = {word: right for word in unknown if (right := self._speller.correct(word))}
        if not corrected or len(corrected) < len(unknown) / 2:
            return folded, {}
        return _LATIN.sub(lambda word: corrected.get(word[0], word[0]), folded), corrected

    def _names(self, term: str) -> bool:
        return term in self._named or (analysis.is_identifier(term) and bool(self.postings(term)))
