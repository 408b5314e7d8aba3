"""The answer index on disk: a manifest and content-hashed files, read by Python here and by the
widget in the browser.

Terms are sorted and front-coded: for each, one byte tells how many of its UTF-8 bytes are those of
the term before, then come
the others and a line feed. The postings file, little-endian, for T terms and P postings: T, P and
the width of a fact in bytes
(u32); how many postings each term has (width x T); which languages use it (u8 x T, one bit each in
the manifest's order);
the facts, each as the step from the one before, modulo their number (width x P); the weights (u8 x
P, times the manifest's `scale`).
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, takewhile
from pathlib import Path
from typing import Any

from kb_tools import files
from kb_tools.errors import IndexUnusable

MAGIC = "policy-kb answer index"
VERSION = 2
LEVELS = 15
"""Steps that a weight is told in: more would make the index larger, and its answers no better."""
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
    """Folded terms of the glossary with their concepts."""
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
    facts: list[int]
    weights: bytes
    lexicon: dict[str, Any]
    concepts: dict[str, str]
    """Folded terms of the glossary with their concepts."""
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
    scale = (
        max(
            (weight for by_fact in contents.weights.values() for weight in by_fact.values()),
            default=1.0,
        )
        / LEVELS
    )
    weights = {term: _steps(by_fact, scale) for term, by_fact in contents.weights.items()}
    kept = sorted(term for term, steps in weights.items() if steps)
    lexicon = {
        "folding": "".join(chr(code) + simple for code, simple in sorted(contents.folding.items())),
        "characters": contents.characters,
        "named": list(contents.named),
        "concepts": sorted(set(contents.concepts.values())),
    }
    hashed: dict[Path, bytes] = {}

    def put(stem: str, suffix: str, content: bytes) -> str:
        name = f"{stem}-{_hash(content)}{suffix}"
        hashed[folder / name] = content
        return name

    named = {
        "terms": put("terms", ".bin", _front_coded(kept)),
        "glossary": put("glossary", ".bin", _glossary(contents.concepts)),
        "postings": put("postings", ".bin", _postings(contents, kept, weights)),
        "lexicon": put("lexicon", ".json", _json(lexicon)),
        "entries": {
            language: put(
                f"entries-{language}",
                ".json",
                _json({"entries": entries, "labels": contents.labels[language]}),
            )
            for language, entries in contents.entries.items()
        },
        **(
            {"vectors": put("vectors", ".npz", contents.vectors)}
            if contents.vectors is not None
            else {}
        ),
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
        raise IndexUnusable(
            f"{path}: there is no answer index\n    Run kb index, or name the folder of one with"
            " --index."
        ) from None
    except (OSError, ValueError):
        raise IndexUnusable(f"{path}: not a readable manifest\n    Run kb index.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != MAGIC:
        raise IndexUnusable(
            f"{path}: not an answer index of this program\n    Name the right folder, or run kb"
            " index."
        )
    if manifest.get("version") != VERSION:
        raise IndexUnusable(
            f"{path}: format {manifest.get('version')!r}, but this program reads format {VERSION}\n"
            "    Run kb index."
        )
    return manifest


def open_index(folder: Path) -> AnswerIndex:
    """Open an answer index; raise `IndexUnusable` where it is missing, truncated, of another format
    or not ours.
    """
    manifest = read_manifest(folder)
    try:
        terms = _uncoded(_read(folder, manifest["files"]["terms"]))
        lexicon = json.loads(_read(folder, manifest["files"]["lexicon"]))
        concepts = _unpacked_glossary(
            _read(folder, manifest["files"]["glossary"]), lexicon["concepts"]
        )
        counts, masks, facts, weights = _unpack(
            _read(folder, manifest["files"]["postings"]), len(manifest["facts"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise IndexUnusable(
            f"{folder / MANIFEST}: incomplete ({error})\n    Run kb index."
        ) from None
    offsets = {term: number for number, term in enumerate(terms)}
    return AnswerIndex(
        folder,
        manifest,
        offsets,
        [0, *accumulate(counts)],
        masks,
        facts,
        weights,
        lexicon,
        concepts,
    )


def _steps(by_fact: Mapping[int, float], scale: float) -> list[tuple[int, int]]:
    """Facts with their weights in steps, without those that round to nothing."""
    return [
        (fact, step)
        for fact, weight in sorted(by_fact.items())
        if (step := min(LEVELS, round(weight / scale)))
    ]


def _postings(
    contents: Contents, terms: list[str], weights: Mapping[str, list[tuple[int, int]]]
) -> bytes:
    count = len(contents.facts)
    width = 1 if count < 256 else 2
    code = "B" if width == 1 else "H"
    facts = [fact for term in terms for fact, _ in weights[term]]
    steps = [(fact - before) % count for before, fact in pairwise([0, *facts])]
    return b"".join(
        [
            _little(array("I", [len(terms), len(facts), width])),
            _little(array(code, [len(weights[term]) for term in terms])),
            bytes(contents.masks[term] for term in terms),
            _little(array(code, steps)),
            bytes(step for term in terms for _, step in weights[term]),
        ]
    )


def _unpack(data: bytes, count: int) -> tuple[array[int], bytes, list[int], bytes]:
    terms, postings, width = _array("I", data[:12])
    code, at = "B" if width == 1 else "H", 12
    counts = _array(code, data[at : (at := at + width * terms)])
    masks = data[at : (at := at + terms)]
    steps = _array(code, data[at : (at := at + width * postings)])
    return counts, masks, [total % count for total in accumulate(steps)], data[at : at + postings]


def _glossary(concepts: Mapping[str, str]) -> bytes:
    """The glossary's terms: their count (u32), the number of each one's concept (u16), and the
    terms, sorted and front-coded.
    """
    numbers = {concept: number for number, concept in enumerate(sorted(set(concepts.values())))}
    terms = sorted(concepts)
    own = array("H", [numbers[concepts[term]] for term in terms])
    return _little(array("I", [len(terms)])) + _little(own) + _front_coded(terms)


def _unpacked_glossary(data: bytes, names: list[str]) -> dict[str, str]:
    (count,) = _array("I", data[:4])
    numbers = _array("H", data[4 : 4 + 2 * count])
    return {
        term: names[number]
        for term, number in zip(_uncoded(data[4 + 2 * count :]), numbers, strict=True)
    }


def _front_coded(terms: list[str]) -> bytes:
    made, before = bytearray(), b""
    for term in terms:
        raw = term.encode()
        shared = _shared(before, raw)
        made += bytes([shared]) + raw[shared:] + b"\n"
        before = raw
    return bytes(made)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two texts begin with alike, as far as one byte can tell."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one[:255], other, strict=False))
    return sum(1 for _ in alike)


def _uncoded(data: bytes) -> list[str]:
    terms, before, at = [], b"", 0
    while at < len(data):
        end = data.index(b"\n", at + 1)
        before = before[: data[at]] + data[at + 1 : end]
        terms.append(before.decode())
        at = end + 1
    return terms


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
        raise IndexUnusable(
            f"{folder / name}: cannot be read: {error.strerror}\n    Run kb index."
        ) from None
    told = Path(name).stem.rpartition("-")[2]
    if _hash(content) != told:
        raise IndexUnusable(f"{folder / name}: truncated or changed\n    Run kb index.")
    return content


def _sweep(folder: Path, manifest: dict[str, Any]) -> None:
    """Remove the files of earlier answer indexes."""
    parts = manifest["files"]
    named = {
        MANIFEST,
        *(name for name in parts.values() if isinstance(name, str)),
        *parts["entries"].values(),
    }
    for path in folder.iterdir():
        if (
            path.is_file()
            and path.name not in named
            and path.name.partition("-")[0] in (*parts, MANIFEST)
        ):
            path.unlink()
