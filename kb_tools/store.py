"""The answer index on disk: a manifest and content-hashed files, read by Python here and by the widget in the browser.

Layout of the postings file, little-endian, for T terms and P postings, facts and terms by number:
`T` and `P` (u32), how many postings each term has (u16 x T), which languages use it (u8 x T, one bit each in the manifest's order),
the facts (u16 x P), the weights (u8 x P, times the manifest's `scale`).
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from kb_tools import files
from kb_tools.errors import IndexUnusable

MAGIC = "policy-kb answer index"
VERSION = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Contents:
    """Everything that the answer index holds, before it is written."""

    fingerprint: str
    languages: list[str]
    facts: list[str]
    weights: Mapping[str, Mapping[int, float]]
    masks: Mapping[str, int]
    concepts: Mapping[str, str]
    folding: Mapping[int, str]
    characters: Mapping[str, str]
    parameters: Mapping[str, Any]
    entries: Mapping[str, list[dict[str, Any]]]
    labels: Mapping[str, Mapping[str, str]]
    named: Sequence[str]
    """Terms of the products, features and services that likeness of meaning must not overrule."""
    vectors: bytes | None
    """The content of the file of vectors; None without the semantic extra."""


@dataclass
class AnswerIndex:
    """The answer index in memory; entries of a language are read when first asked for."""

    folder: Path
    manifest: dict[str, Any]
    offsets: dict[str, int]
    starts: list[int]
    masks: bytes
    facts: array[int]
    weights: bytes
    lexicon: dict[str, Any]
    _entries: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _labels: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def has_vectors(self) -> bool:
        """Whether the index was built with the semantic extra."""
        return "vectors" in self.manifest["files"]

    def vectors(self) -> bytes:
        """The content of the file of vectors."""
        return _read(self.folder, self.manifest["files"]["vectors"])

    def entries(self, language: str) -> list[dict[str, Any]]:
        """All facts of a language as plain data, in the order of the manifest's facts."""
        self._load(language)
        return self._entries[language]

    def labels(self, language: str) -> dict[str, str]:
        """The words of the interface in a language."""
        self._load(language)
        return self._labels[language]

    def _load(self, language: str) -> None:
        if language not in self._entries:
            data = json.loads(_read(self.folder, self.manifest["files"]["entries"][language]))
            self._entries[language], self._labels[language] = data["entries"], data["labels"]


def write(folder: Path, contents: Contents) -> None:
    """Write the answer index so that a reader finds the old one or the new one, never a mixture."""
    terms = sorted(contents.weights)
    scale = max((weight for by_fact in contents.weights.values() for weight in by_fact.values()), default=1.0) / 255
    lexicon = {
        "concepts": contents.concepts,
        "folding": "".join(chr(code) + simple for code, simple in sorted(contents.folding.items())),
        "characters": contents.characters,
        "named": list(contents.named),
    }
    hashed: dict[Path, bytes] = {}

    def put(stem: str, suffix: str, content: bytes) -> str:
        name = f"{stem}-{_hash(content)}{suffix}"
        hashed[folder / name] = content
        return name

    named = {
        "terms": put("terms", ".txt", "\n".join(terms).encode()),
        "postings": put("postings", ".bin", _postings(contents, terms, scale)),
        "lexicon": put("lexicon", ".json", _json(lexicon)),
        "entries": {
            language: put(f"entries-{language}", ".json", _json({"entries": entries, "labels": contents.labels[language]}))
            for language, entries in contents.entries.items()
        },
        **({"vectors": put("vectors", ".npz", contents.vectors)} if contents.vectors is not None else {}),
    }
    manifest = {
        "format": MAGIC,
        "version": VERSION,
        "fingerprint": contents.fingerprint,
        "languages": contents.languages,
        "facts": contents.facts,
        "scale": scale,
        "parameters": contents.parameters,
        "files": named,
    }
    files.write_all(hashed)
    files.write_all({folder / MANIFEST: _json(manifest)})
    _sweep(folder, manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read and check the manifest; raise `IndexUnusable` with what to do."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise IndexUnusable(f"{path}: there is no answer index\n    Run kb index, or name the folder of one with --index.") from None
    except (OSError, ValueError):
        raise IndexUnusable(f"{path}: not a readable manifest\n    Run kb index.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != MAGIC:
        raise IndexUnusable(f"{path}: not an answer index of this program\n    Name the right folder, or run kb index.")
    if manifest.get("version") != VERSION:
        raise IndexUnusable(f"{path}: format {manifest.get('version')!r}, but this program reads format {VERSION}\n    Run kb index.")
    return manifest


def open_index(folder: Path) -> AnswerIndex:
    """Open an answer index; raise `IndexUnusable` where it is missing, truncated, of another format or not ours."""
    manifest = read_manifest(folder)
    try:
        terms = _read(folder, manifest["files"]["terms"]).decode().split("\n")
        lexicon = json.loads(_read(folder, manifest["files"]["lexicon"]))
        counts, masks, facts, weights = _unpack(_read(folder, manifest["files"]["postings"]))
    except (KeyError, TypeError, ValueError) as error:
        raise IndexUnusable(f"{folder / MANIFEST}: incomplete ({error})\n    Run kb index.") from None
    return AnswerIndex(
        folder, manifest, {term: number for number, term in enumerate(terms)}, [0, *accumulate(counts)], masks, facts, weights, lexicon
    )


def _postings(contents: Contents, terms: list[str], scale: float) -> bytes:
    counts, masks, facts, weights = array("H"), bytearray(), array("H"), bytearray()
    for term in terms:
        kept = [(fact, min(255, round(weight / scale))) for fact, weight in contents.weights[term].items()]
        kept = [(fact, weight) for fact, weight in kept if weight]
        counts.append(len(kept))
        masks.append(contents.masks[term])
        facts.extend(fact for fact, _ in kept)
        weights.extend(weight for _, weight in kept)
    sizes = array("I", [len(terms), len(facts)])
    return b"".join([_little(sizes), _little(counts), bytes(masks), _little(facts), bytes(weights)])


def _unpack(data: bytes) -> tuple[array[int], bytes, array[int], bytes]:
    sizes = _array("I", data[:8])
    terms, postings = sizes
    at = 8
    counts = _array("H", data[at : (at := at + 2 * terms)])
    masks = data[at : (at := at + terms)]
    facts = _array("H", data[at : (at := at + 2 * postings)])
    return counts, masks, facts, data[at : at + postings]


def _array(code: str, data: bytes) -> array[int]:
    made: array[int] = array(code)
    made.frombytes(data)
    if sys.byteorder == "big":
        made.byteswap()
    return made


def _little(made: array[int]) -> bytes:
    if sys.byteorder == "big":
        made = array(made.typecode, made)
        made.byteswap()
    return made.tobytes()


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _read(folder: Path, name: str) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise IndexUnusable(f"{folder / name}: cannot be read: {error.strerror}\n    Run kb index.") from None
    told = Path(name).stem.rpartition("-")[2]
    if _hash(content) != told:
        raise IndexUnusable(f"{folder / name}: truncated or changed\n    Run kb index.")
    return content


def _sweep(folder: Path, manifest: dict[str, Any]) -> None:
    """Remove the files of earlier answer indexes."""
    parts = manifest["files"]
    named = {MANIFEST, parts["terms"], parts["postings"], parts["lexicon"], *parts["entries"].values(), parts.get("vectors", "")}
    for path in folder.iterdir():
        if path.is_file() and path.name not in named and path.name.startswith(("terms-", "postings-", "lexicon-", "entries-", "vectors-")):
            path.unlink()
