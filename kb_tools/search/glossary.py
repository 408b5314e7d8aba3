"""The glossary file: concepts with the terms of each language, and the check that texts keep to
them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, RootModel

from kb_tools import layout
from kb_tools.content.settings import endonym
from kb_tools.content.source import Document
from kb_tools.content.values import FactId, Frozen, Slug, Term, Text
from kb_tools.errors import InvalidSource, Problem
from kb_tools.locales import SOURCE, Locale
from kb_tools.search import analysis
from kb_tools.search.analysis import Folding


class Concept(Frozen):
    """One concept: its terms in each language, the one that our texts use first, and terms that
    they must not use.

    Where `covered` is false no fact is about it: a question that names it is not answered.
    `main` are the facts that come first where a question names it and says no more, the one that
    tells what it is before all; `opposite` is the concept that it amounts to where it is denied;
    `subjects` are those that it stands for, besides the one of its own id.
    """

    id: Slug
    meaning: Text
    covered: bool = True
    main: tuple[FactId, ...] = ()
    opposite: Slug | None = None
    subjects: tuple[Slug, ...] = ()
    terms: dict[str, tuple[Term, ...]]
    avoid: dict[str, tuple[Term, ...]] = Field(default_factory=dict)


class Glossary(Frozen):
    """All concepts; and by which words, in each language, questions ask for all subjects of a
    kind.
    """

    concepts: tuple[Concept, ...]
    kinds: dict[Slug, dict[str, tuple[Term, ...]]] = Field(default_factory=dict)

    @property
    def uncovered(self) -> frozenset[str]:
        """The concepts that no fact is about."""
        return frozenset(concept.id for concept in self.concepts if not concept.covered)

    def languages(self, folding: Folding) -> dict[str, frozenset[str]]:
        """The languages that say each term, by the folded term."""
        found: dict[str, set[str]] = {}
        for concept in self.concepts:
            for language, terms in concept.terms.items():
                for term in terms:
                    found.setdefault(_plain(term, folding), set()).add(language)
        return {term: frozenset(languages) for term, languages in found.items()}

    def matching(self, folding: Folding) -> dict[str, str]:
        """The terms of all languages, folded, with their concepts, in order; the first concept
        keeps a term that two claim.
        """
        found: dict[str, str] = {}
        for concept in self.concepts:
            for terms in concept.terms.values():
                for term in terms:
                    found.setdefault(_plain(term, folding), concept.id)
        return {term: found[term] for term in sorted(found)}


class TermFile(RootModel[dict[Slug, tuple[Term, ...]]]):
    """Concepts with their terms in one language."""


def load(root: Path, folding: Folding, also: Sequence[str] = ()) -> Glossary:
    """Read and check the glossary; a knowledge base without the file has no concepts. `also` are
    languages whose terms are in files of their own.

    Raise `InvalidSource` with every problem.
    """
    if not (root / layout.GLOSSARY).exists():
        return Glossary(concepts=())
    document = Document(root / layout.GLOSSARY, root)
    glossary = document.parse(Glossary)
    if glossary:
        _check(document, glossary, folding)
    if document.problems or not glossary:
        raise InvalidSource(document.problems)
    for code in also:
        glossary = _with_terms(root, code, glossary)
    return glossary


def _with_terms(root: Path, code: str, glossary: Glossary) -> Glossary:
    """The glossary with the terms of a language from its own file, where there is one."""
    place = root / layout.GLOSSARIES / f"{code}.yml"
    if not place.exists():
        return glossary
    document = Document(place, root)
    read = document.parse(TermFile)
    known = {concept.id for concept in glossary.concepts}
    for concept in read.root if read else ():
        if concept not in known:
            hint = f"Use the id of a concept of {layout.GLOSSARY}."
            document.problem((concept,), f"unknown concept {concept!r}", hint)
    if document.problems or not read:
        raise InvalidSource(document.problems)
    concepts = tuple(
        concept.model_copy(update={"terms": {**concept.terms, code: read.root[concept.id]}})
        if concept.id in read.root
        else concept
        for concept in glossary.concepts
    )
    return glossary.model_copy(update={"concepts": concepts})


def missing(glossary: Glossary, locale: Locale) -> list[Problem]:
    """The concepts that have no term in a language."""
    return [
        Problem(
            f"{layout.GLOSSARY}:1",
            f"concept {concept.id!r} has no term in {locale.code!r}",
            "Add the term that texts use.",
        )
        for concept in glossary.concepts
        if not concept.terms.get(locale.code)
    ]


def unknown(
    glossary: Glossary, facts: Collection[str], subjects: Collection[str], kinds: Collection[str]
) -> list[Problem]:
    """What the glossary names and the knowledge base does not have: facts, subjects and their
    kinds, and concepts.
    """
    concepts = {concept.id for concept in glossary.concepts}
    named = [
        *((f"kinds {kind!r}", "kind of subject", kind, kinds) for kind in glossary.kinds),
        *(
            (f"concept {concept.id!r}", what, name, known)
            for concept in glossary.concepts
            for what, names, known in (
                ("fact", concept.main, facts),
                ("subject", concept.subjects, subjects),
                ("concept", filter(None, [concept.opposite]), concepts),
            )
            for name in names
        ),
    ]
    return [
        Problem(
            f"{layout.GLOSSARY}:1",
            f"{where} names an unknown {what} {name!r}",
            f"Correct its spelling, or add the {what} first.",
        )
        for where, what, name, known in named
        if name not in known
    ]


def text_problems(
    where: str,
    language: str,
    texts: Mapping[str, tuple[str, str]],
    glossary: Glossary,
    folding: Folding,
) -> Iterator[Problem]:
    """Check texts against the glossary; `texts` maps a fact id to its English text and its text in
    the language.

    Where the English names a concept by its first term, the other text must name it by a term that
    the glossary knows.
    """
    keys = [
        _Keys.of(concept, language, folding)
        for concept in glossary.concepts
        if concept.covered and concept.terms.get(language)
    ]
    for fact_id, (english, text) in texts.items():
        source, target = (analysis.spaced(analysis.fold(part, folding)) for part in (english, text))
        for key in keys:
            if key.named in source and not any(term in target for term in key.known):
                what = f"{fact_id!r}: names {key.concept.id!r} by a term not in the glossary"
                hint = f"Say {key.preferred!r}, or add the term to {layout.GLOSSARY}."
                yield Problem(where, what, hint)
            for term, avoided in key.avoided.items():
                if avoided in target:
                    hint = f"Say {key.preferred!r} instead."
                    yield Problem(where, f"{fact_id!r}: says {term!r}", hint)


@dataclass(frozen=True)
class _Keys:
    """The terms of a concept as they are matched: the English one of our texts, all of a language,
    and those to avoid.
    """

    concept: Concept
    preferred: str
    named: str
    known: frozenset[str]
    avoided: dict[str, str]

    @classmethod
    def of(cls, concept: Concept, language: str, folding: Folding) -> _Keys:
        return cls(
            concept=concept,
            preferred=concept.terms[language][0],
            named=_key(concept.terms[SOURCE.code][0], folding),
            known=frozenset(
                _key(term, folding)
                for code in (language, SOURCE.code)
                for term in concept.terms[code]
            ),
            avoided={term: _key(term, folding) for term in concept.avoid.get(language, ())},
        )


def _plain(term: str, folding: Folding) -> str:
    """A term folded, with single spaces."""
    return " ".join(analysis.fold(term, folding).split())


def _key(term: str, folding: Folding) -> str:
    return analysis.spaced(analysis.fold(term, folding))


def _check(document: Document, glossary: Glossary, folding: Folding) -> None:
    ids: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for number, concept in enumerate(glossary.concepts):
        if concept.id in ids:
            document.problem(
                ("concepts", number, "id"), f"duplicate concept {concept.id!r}", "Merge the two."
            )
        ids.add(concept.id)
        _check_languages(document, number, concept)
        for code, terms in concept.terms.items():
            for position, term in enumerate(terms):
                key = _key(term, folding)
                place = ("concepts", number, "terms", code, position)
                if not key.strip():
                    document.problem(
                        place, f"term {term!r} has nothing to match", "Write letters or digits."
                    )
                elif owners.setdefault((code, key), concept.id) != concept.id:
                    document.problem(
                        place,
                        f"term {term!r} also belongs to {owners[code, key]!r}",
                        "Keep it with the more specific concept.",
                    )


def _check_languages(document: Document, number: int, concept: Concept) -> None:
    if not concept.terms.get(SOURCE.code):
        what = f"concept {concept.id!r} has no term in {SOURCE.code!r}"
        document.problem(("concepts", number, "terms"), what, "Add the term that texts use.")
    for key, languages in (("terms", concept.terms), ("avoid", concept.avoid)):
        for code in languages:
            if endonym(code) is None:
                what, hint = f"unknown language {code!r}", "Use a code such as en, fr or ja."
                document.problem(("concepts", number, key, code), what, hint)
