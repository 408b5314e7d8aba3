"""Entries to both indexes: Whoosh's, and the answer index compiled from its statistics."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb_tools import analysis, files, index, store, variants, weights
from kb_tools.concepts import Matcher, pruned
from kb_tools.entry import Entry
from kb_tools.glossary import Glossary

WHOOSH = "whoosh"
STAMP = "fingerprint"
_HAN = range(0x3400, 0xA000)


def build(
    folder: Path,
    editions: Mapping[str, Sequence[Entry]],
    labels: Mapping[str, Mapping[str, str]],
    glossary: Glossary,
    decision: Mapping[str, Any],
    fingerprint: str,
) -> None:
    """Write both indexes of some languages into a folder; raise `BuildFailed` and leave it as it was where that is not possible."""
    folding = _folding(editions, glossary)
    concepts = pruned(glossary.matching(folding))
    matcher = Matcher(concepts)
    fact_ids = [entry.id for entry in next(iter(editions.values()))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".whoosh-", dir=folder) as aside:
            made = Path(aside) / WHOOSH
            index.build(made, [entry for entries in editions.values() for entry in entries], folding, matcher)
            statistics = index.statistics(made)
            (made / STAMP).write_text(fingerprint, "utf-8")
            compiled = weights.compile_weights(statistics, fact_ids)
            for concept in glossary.uncovered:
                compiled.pop(f"#{concept}", None)
            store.write(folder, _contents(editions, labels, concepts, folding, statistics, compiled, fact_ids, decision, fingerprint))
            _swap(made, folder / WHOOSH, Path(aside) / "old")
    except OSError as error:
        raise files.not_written(error) from error


def _contents(
    editions: Mapping[str, Sequence[Entry]],
    labels: Mapping[str, Mapping[str, str]],
    concepts: Mapping[str, str],
    folding: Mapping[int, str],
    statistics: index.Statistics,
    compiled: Mapping[str, Mapping[int, float]],
    fact_ids: list[str],
    decision: Mapping[str, Any],
    fingerprint: str,
) -> store.Contents:
    languages = list(editions)
    bits = {language: 1 << number for number, language in enumerate(languages)}
    return store.Contents(
        fingerprint=fingerprint,
        languages=languages,
        facts=fact_ids,
        weights=compiled,
        masks={term: sum(bits[language] for language in statistics.languages[term]) for term in compiled},
        concepts=concepts,
        folding=folding,
        characters=_own_characters(editions),
        parameters={"classes": weights.CLASSES, "decision": dict(decision)},
        entries={language: [_without_questions(entry) for entry in entries] for language, entries in editions.items()},
        labels=labels,
    )


def _without_questions(entry: Entry) -> dict[str, Any]:
    data = entry.to_json()
    del data["questions"]
    return data


def _texts(entries: Sequence[Entry]) -> str:
    return "\n".join(text for entry in entries for text in (entry.title, entry.text, *entry.questions))


def _folding(editions: Mapping[str, Sequence[Entry]], glossary: Glossary) -> dict[int, str]:
    """The folding table of what is indexed: no more than the characters that occur in it once folded."""
    texts = [_texts(entries) for entries in editions.values()]
    terms = [term for concept in glossary.concepts for forms in concept.terms.values() for term in forms]
    return variants.folding_for(analysis.fold("\n".join([*texts, *terms]), variants.folding()))


def _own_characters(editions: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """CJK characters that only one of the languages uses, as written, before folding: they tell the language of a question."""
    used = {language: {c for c in _texts(entries) if ord(c) in _HAN or "\u3041" <= c <= "\u30fe"} for language, entries in editions.items()}
    return {
        language: "".join(sorted(own))
        for language, characters in used.items()
        if (own := characters - set().union(*(others for other, others in used.items() if other != language)))
    }


def _swap(made: Path, place: Path, old: Path) -> None:
    """Put a new folder in the place of an old one by two renames."""
    if place.exists():
        place.rename(old)
    made.rename(place)
    shutil.rmtree(old, ignore_errors=True)
