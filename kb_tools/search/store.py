"""The answer index on disk: a manifest and content-hashed files, read by Python here and by the
widget in the browser.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from kb_tools.errors import IndexUnusable, UnknownLanguage
from kb_tools.search import generations, packing, sealing
from kb_tools.search.generations import Generation
from kb_tools.search.packing import Postings

MAGIC = "policy-kb answer index"
VERSION = 6
LEVELS = 15
"""Steps that a weight is told in: more would make the index larger, and its answers no better."""
MANIFEST = "manifest.json"


class Edition(TypedDict):
    """What the index tells in a language."""

    entries: list[dict[str, Any]]
    """All facts, in the order of the manifest's."""
    labels: Mapping[str, str]
    """The words of the interface."""
    subjects: Mapping[str, str]
    """The names of all subjects."""
    topics: Mapping[str, str]
    """The titles of the pages."""
    overviews: Sequence[Mapping[str, Any]]
    """The overviews of the pages: `title`, `address` and the ids of their `facts`."""
    notice: Mapping[str, str]
    """Which text is authoritative: `title`, `text` and `address`."""
    usual: list[str]
    """Questions to offer before anything is typed."""


@dataclass(frozen=True)
class Contents:
    """Everything that the answer index holds, before it is written."""

    fingerprint: str
    languages: list[str]
    asked: list[str]
    """Languages that are only asked in."""
    facts: list[str]
    weights: Mapping[str, Mapping[int, float]]
    masks: Mapping[str, int]
    concepts: Mapping[str, str]
    """Folded terms of the glossary with their concepts."""
    concept_masks: Mapping[str, int]
    """The languages that say each of these terms, by a bit each."""
    cues: Mapping[str, Mapping[str, Sequence[str]]]
    """Words that tell what kind of reply is wanted, by language and cue."""
    typed: Mapping[str, Any]
    """Facts by their types."""
    folding: Mapping[int, str]
    characters: Mapping[str, str]
    parameters: Mapping[str, Any]
    editions: Mapping[str, Edition]
    named: Sequence[str]
    """Terms of the products, features and services that likeness of meaning must not overrule."""
    vectors: bytes | None
    """The content of the file of vectors; None without the semantic extra."""


@dataclass
class AnswerIndex:
    """The answer index in memory; entries of a language are read when first asked for."""

    generation: Generation
    manifest: dict[str, Any]
    offsets: dict[str, int]
    postings: Postings
    lexicon: dict[str, Any]
    concepts: dict[str, str]
    """Folded terms of the glossary with their concepts."""
    concept_masks: dict[str, int]
    _editions: dict[str, Edition] = field(default_factory=dict)

    @property
    def has_vectors(self) -> bool:
        """Whether the index was built with the semantic extra."""
        return "vectors" in self.manifest["files"]

    def vectors(self) -> bytes:
        """The content of the file of vectors."""
        return _read(self.generation.folder, self.manifest["files"]["vectors"])

    def entries(self, language: str) -> list[dict[str, Any]]:
        """All facts of a language as plain data, in the order of the manifest's facts."""
        return self.edition(language)["entries"]

    def labels(self, language: str) -> Mapping[str, str]:
        """The words of the interface in a language."""
        return self.edition(language)["labels"]

    def edition(self, language: str) -> Edition:
        """What is told in a language."""
        if language not in self._editions:
            name = self.manifest["files"]["entries"][language]
            data = _read(self.generation.folder, name)
            self._editions[language] = json.loads(data)
        return self._editions[language]


def write(folder: Path, contents: Contents) -> None:
    """Write the answer index into the folder of a new generation."""
    parts = _parts(contents)
    manifest = {
        "format": MAGIC,
        "version": VERSION,
        "fingerprint": contents.fingerprint,
        "languages": contents.languages,
        "asked": contents.asked,
        "facts": contents.facts,
        "scale": _scale(contents.weights),
        "parameters": contents.parameters,
        "files": {
            **{stem: part.name for stem, part in parts.items() if not part.language},
            "entries": {part.language: part.name for part in parts.values() if part.language},
        },
    }
    for part in parts.values():
        (folder / part.name).write_bytes(part.content)
    (folder / MANIFEST).write_bytes(sealing.sealed(manifest))


@dataclass(frozen=True)
class _Part:
    """A file of the index, named by the hash of its content; of one language, or of all."""

    stem: str
    suffix: str
    content: bytes
    language: str = ""

    @property
    def name(self) -> str:
        return f"{self.stem}-{_hash(self.content)}{self.suffix}"


def _parts(contents: Contents) -> dict[str, _Part]:
    """The files that the index is made of, by stem."""
    scale = _scale(contents.weights)
    steps = {term: _steps(by_fact, scale) for term, by_fact in contents.weights.items()}
    kept = sorted(term for term, by_fact in steps.items() if by_fact)
    postings = packing.pack_postings(
        [steps[term] for term in kept],
        [contents.masks[term] for term in kept],
        len(contents.facts),
        len(contents.languages) + len(contents.asked),
    )
    lexicon = {
        "folding": "".join(chr(code) + simple for code, simple in sorted(contents.folding.items())),
        "characters": contents.characters,
        "named": list(contents.named),
        "concepts": sorted(set(contents.concepts.values())),
        "cues": contents.cues,
        "typed": contents.typed,
    }
    parts = [
        _Part("terms", ".bin", packing.pack_terms(kept)),
        _Part("glossary", ".bin", packing.pack_glossary(contents.concepts, contents.concept_masks)),
        _Part("postings", ".bin", postings),
        _Part("lexicon", ".json", _json(lexicon)),
    ]
    for language, edition in contents.editions.items():
        parts.append(_Part(f"entries-{language}", ".json", _json(edition), language))
    if contents.vectors is not None:
        parts.append(_Part("vectors", ".npz", contents.vectors))
    return {part.stem: part for part in parts}


def _scale(weights: Mapping[str, Mapping[int, float]]) -> float:
    """What one step of weight is worth."""
    highest = (weight for by_fact in weights.values() for weight in by_fact.values())
    return max(highest, default=1.0) / LEVELS


def _steps(by_fact: Mapping[int, float], scale: float) -> dict[int, int]:
    """Facts with their weights in steps, without those that round to nothing."""
    steps = {fact: min(LEVELS, round(by_fact[fact] / scale)) for fact in sorted(by_fact)}
    return {fact: step for fact, step in steps.items() if step}


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read and check the manifest of a generation; raise `IndexUnusable` with what to do."""
    path = folder / MANIFEST
    try:
        manifest = sealing.opened(path.read_bytes())
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise IndexUnusable(f"{path}: {what}\n    Run kb index.") from None
    except ValueError as error:
        raise IndexUnusable(f"{path}: {error}\n    Run kb index.") from None
    if manifest.get("format") != MAGIC:
        hint = "Name the right folder, or run kb index."
        raise IndexUnusable(f"{path}: not an answer index of this program\n    {hint}")
    if manifest.get("version") != VERSION:
        what = f"format {manifest.get('version')!r}, but this program reads format {VERSION}"
        raise IndexUnusable(f"{path}: {what}\n    Run kb index.")
    return manifest


def check_language(manifest: Mapping[str, Any], language: str | None) -> None:
    """Raise `UnknownLanguage` where an index lacks a language that is wanted."""
    known = manifest["languages"]
    if language is not None and language not in known:
        what = f"the index has no language {language!r}"
        raise UnknownLanguage(f"{what}\n    Use one of {', '.join(known)}.")


def open_index(index: Path) -> AnswerIndex:
    """Open the answer index in a folder; raise `IndexUnusable` where it is missing, truncated, of
    another format or not ours.
    """
    generation = generations.held(index)
    folder = generation.folder
    manifest = read_manifest(folder)
    try:
        named, languages = manifest["files"], len(manifest["languages"]) + len(manifest["asked"])
        terms = packing.unpack_terms(_read(folder, named["terms"]))
        lexicon = json.loads(_read(folder, named["lexicon"]))
        glossary = _read(folder, named["glossary"])
        concepts, said = packing.unpack_glossary(glossary, lexicon["concepts"])
        data = _read(folder, named["postings"])
        postings = packing.unpack_postings(data, len(manifest["facts"]), languages)
    except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
        what = f"{folder / MANIFEST}: incomplete ({error})"
        raise IndexUnusable(f"{what}\n    Run kb index.") from None
    offsets = {term: number for number, term in enumerate(terms)}
    return AnswerIndex(generation, manifest, offsets, postings, lexicon, concepts, said)


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _read(folder: Path, name: str) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise IndexUnusable(
            f"{folder / name}: cannot be read: {error.strerror}\n    Run kb index."
        ) from None
    told = Path(name).stem.rpartition("-")[2]
    if _hash(content) != told:
        raise IndexUnusable(f"{folder / name}: truncated or changed\n    Run kb index.")
    return content
