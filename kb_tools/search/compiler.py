"""Entries to both indexes: Whoosh's, and the answer index compiled from its statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb_tools import files, layout
from kb_tools.entry import Entry
from kb_tools.errors import IndexUnusable
from kb_tools.search import (
    analysis,
    cuefile,
    generations,
    index,
    meaning,
    sharpening,
    store,
    typed,
    variants,
    weights,
)
from kb_tools.search.concepts import Matcher
from kb_tools.search.glossary import Glossary

OFTEN = 3
"""Times that a language must use a character for it to tell that language."""
_HAN = range(0x3400, 0xA000)


@dataclass(frozen=True)
class Material:
    """What indexes are made of: Entries and labels by language, the glossary, what was fitted, and
    the sources' fingerprint.

    `topics` are the titles of pages by language, `overviews` those of the pages with the ids of
    their facts, `notices` tell which text is authoritative, `usual` are the ids of facts whose
    first questions are offered. `asked` are the facts with the questions of languages that are only
    asked in; `named` are the concepts that likeness of meaning must not overrule; `map` is the file
    of the linear map that vectors go through, where there is one.
    """

    editions: Mapping[str, Sequence[Entry]]
    asked: Mapping[str, Sequence[Entry]]
    labels: Mapping[str, Mapping[str, str]]
    topics: Mapping[str, Mapping[str, str]]
    overviews: Mapping[str, Sequence[Mapping[str, Any]]]
    notices: Mapping[str, Mapping[str, str]]
    usual: Sequence[str]
    glossary: Glossary
    named: Sequence[str]
    fitted: Mapping[str, Any]
    map: Path
    fingerprint: str

    @property
    def searched(self) -> Mapping[str, Sequence[Entry]]:
        """The facts in all languages that are asked in."""
        return {**self.editions, **self.asked}


def build(place: Path, material: Material, *, semantic: bool) -> None:
    """Make both indexes of some languages the current generation in a folder; raise `BuildFailed`
    and leave the one that is current where that is not possible.
    """
    folding = _folding(material)
    entries = [entry for edition in material.searched.values() for entry in edition]
    try:
        with generations.making(place) as folder:
            whoosh = folder / layout.WHOOSH
            index.build(whoosh, entries, folding, Matcher(material.glossary.matching(folding)))
            vectors = _vectors(place, material) if semantic else None
            store.write(folder, _contents(material, folding, index.statistics(whoosh), vectors))
    except OSError as error:
        raise files.not_written(error, place) from error


def _vectors(place: Path, material: Material) -> bytes:
    """The vectors of all texts; those of the index that is there already are taken from it."""
    facts = len(next(iter(material.editions.values())))
    known = None
    with suppress(IndexUnusable):
        there = store.open_index(place)
        known = meaning.Meaning(there.vectors(), facts) if there.has_vectors else None
    wanted = meaning.texts(list(material.searched.values()))
    return meaning.encode(wanted, meaning.read_map(material.map), known)


def _contents(
    material: Material,
    folding: Mapping[int, str],
    statistics: index.Statistics,
    vectors: bytes | None,
) -> store.Contents:
    languages = list(material.editions)
    fact_ids = [entry.id for entry in material.editions[languages[0]]]
    matching = material.glossary.matching(folding)
    compiled = _weights(material, statistics, folding, Matcher(matching))
    for concept in material.glossary.uncovered:
        compiled.pop(f"#{concept}", None)
    said = material.glossary.languages(folding)
    masks = _masks(material, {term: statistics.languages[term] for term in compiled})
    return store.Contents(
        fingerprint=material.fingerprint,
        languages=languages,
        asked=list(material.asked),
        facts=fact_ids,
        weights=compiled,
        masks=masks,
        concepts=matching,
        concept_masks=_masks(material, {term: said[term] for term in matching}),
        cues=cuefile.compile_terms(material.glossary.kinds, material.searched, folding),
        typed=_typed(material, Matcher(matching), folding),
        folding=folding,
        characters=_own_characters(material.searched),
        parameters={"classes": weights.CLASSES, **material.fitted},
        editions={language: _edition(material, language) for language in languages},
        named=sorted(f"#{concept}" for concept in material.named),
        vectors=vectors,
    )


def _edition(material: Material, language: str) -> store.Edition:
    """What is told in a language."""
    entries = material.editions[language]
    by_id = {entry.id: entry for entry in entries}
    return {
        "entries": [_without_questions(entry) for entry in entries],
        "labels": material.labels[language],
        "subjects": {subject.id: subject.name for entry in entries for subject in entry.about},
        "topics": material.topics[language],
        "overviews": material.overviews[language],
        "notice": material.notices[language],
        "usual": [by_id[fact].first_question for fact in material.usual],
    }


def _masks(material: Material, users: Mapping[str, Collection[str]]) -> dict[str, int]:
    """The languages of the index that use each term, by a bit each."""
    bits = {language: 1 << number for number, language in enumerate(material.searched)}
    return {
        term: sum(bits.get(language, 0) for language in languages)
        for term, languages in users.items()
    }


def _weights(
    material: Material, statistics: index.Statistics, folding: Mapping[int, str], matcher: Matcher
) -> dict[str, dict[int, float]]:
    """The weights of terms, sharpened by the editors' questions."""
    editions = list(material.searched.values())
    fact_ids = [entry.id for entry in editions[0]]
    frequencies = weights.weighted_frequencies(statistics, fact_ids)
    compiled = weights.compile_weights(statistics, fact_ids, frequencies)
    examples = []
    for number, fact in enumerate(fact_ids):
        word = weights.added(statistics, "questions", fact)
        concept = weights.added(statistics, "concepts", fact)
        for question in (q for edition in editions for q in edition[number].questions):
            folded = analysis.fold(question, folding)
            counts = Counter(term for term, _ in analysis.tokens(folded))
            terms = {term: word * times for term, times in counts.items()}
            terms |= {f"#{name}": concept for name in matcher.find(folded)}
            examples.append(sharpening.Example(number, terms))
    # in an order that no order of languages changes
    examples.sort(key=lambda example: (example.fact, sorted(example.terms)))
    return sharpening.sharpen(compiled, frequencies, examples, len(fact_ids))


def _typed(material: Material, matcher: Matcher, folding: Mapping[int, str]) -> dict[str, Any]:
    """Facts by their types, and what the glossary says of the concepts that they are about."""
    entries = next(iter(material.editions.values()))
    numbers = {
        name: number for number, entry in enumerate(entries) for name in (entry.id, *entry.formerly)
    }
    concepts = material.glossary.concepts
    return {
        **typed.compile_facts(entries, lambda text: matcher.find(analysis.fold(text, folding))),
        # `kb check` tells of one that is unknown
        "main": {c.id: [numbers[f] for f in c.main if f in numbers] for c in concepts if c.main},
        "opposites": {c.id: c.opposite for c in concepts if c.opposite},
        "groups": {c.id: list(c.subjects) for c in concepts if c.subjects},
    }


def _without_questions(entry: Entry) -> dict[str, Any]:
    data = entry.to_json()
    del data["questions"]
    return data


def _texts(entries: Sequence[Entry]) -> str:
    return "\n".join(text for entry in entries for text in entry.searched)


def _folding(material: Material) -> dict[int, str]:
    """The folding table of what is indexed: no more than the characters that occur in it once
    folded.
    """
    texts = [_texts(entries) for entries in material.searched.values()]
    terms = [
        term
        for concept in material.glossary.concepts
        for forms in concept.terms.values()
        for term in forms
    ]
    return variants.folding_for(analysis.fold("\n".join([*texts, *terms]), variants.folding()))


def _own_characters(editions: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """CJK characters that only one of the languages uses, as written, before folding: they tell the
    language of a question.
    """
    counts = {language: Counter(_texts(entries)) for language, entries in editions.items()}
    users = Counter(character for count in counts.values() for character in count)
    found = {}
    for language, count in counts.items():
        often = (sign for sign in count if _is_cjk(sign) and count[sign] >= OFTEN)
        own = sorted(sign for sign in often if users[sign] == 1)
        if own:
            found[language] = "".join(own)
    return found


def _is_cjk(character: str) -> bool:
    return ord(character) in _HAN or "\u3041" <= character <= "\u30fe"
