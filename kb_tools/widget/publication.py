"""The answer index as the browser loads it: the same weights and decisions, in as few bytes as
possible.

Besides the terms and postings of `store` it has the glossary as hashes of its terms, sorted: their
count (u32), the steps between
them in three columns of bytes (low, middle, high), and the number of each one's concept (u8, 255
for all that no fact covers).
Entries leave out what the widget does not show; sources are named once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from kb_tools.search import analysis, store
from kb_tools.search.store import AnswerIndex

MAGIC = "policy-kb widget index"
VERSION = 1
HASH_BITS = 28
UNCOVERED = 255
LABELS = (
    "address", "cited", "home-private", "colon",
    "comma", "conditions", "conflict", "future", "in-force-on", "named", "nearest", "no-answer",
    "not-in-force", "past", "received", "searched-for", "see-also", "sources", "twins", "untranslated", "valid", "where-to-ask",
)  # fmt: skip
"""The words that the widget says, besides those that begin with `widget-`."""


def publish(index: AnswerIndex, folder: Path) -> None:
    """Write the index for the browser into a folder of the site."""
    folder.mkdir(parents=True, exist_ok=True)
    files = index.manifest["files"]
    concepts = sorted(
        {concept for concept in index.concepts.values() if f"#{concept}" in index.offsets}
    )
    lexicon = {
        **{key: index.lexicon[key] for key in ("folding", "characters", "named")},
        "concepts": concepts,
    }
    named = {
        "terms": _copy(index, folder, files["terms"]),
        "postings": _copy(index, folder, files["postings"]),
        "glossary": _put(folder, "glossary", ".bin", _glossary(index.concepts, concepts)),
        "lexicon": _put(folder, "lexicon", ".json", _json(lexicon)),
        "entries": {
            language: _put(folder, f"entries-{language}", ".json", _json(_edition(index, language)))
            for language in index.manifest["languages"]
        },
    }
    kept = {key: index.manifest[key] for key in ("fingerprint", "languages", "facts", "scale")}
    parameters = index.manifest["parameters"]
    decision = {
        "classes": parameters["classes"],
        "near": parameters["near"],
        "decision": parameters["decision"]["words"],
    }
    (folder / store.MANIFEST).write_bytes(
        _json({"format": MAGIC, "version": VERSION, **kept, "parameters": decision, "files": named})
    )


def hash_of(term: str) -> int:
    """The hash of a spaced term by which the browser knows it: FNV-1a over its UTF-8 bytes, folded
    to 28 bits.
    """
    value = 0x811C9DC5
    for byte in term.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (value >> HASH_BITS) ^ (value & (1 << HASH_BITS) - 1)


def _glossary(terms: Mapping[str, str], concepts: list[str]) -> bytes:
    numbers = {concept: number for number, concept in enumerate(concepts)}
    hashed = {
        hash_of(analysis.spaced(term)): numbers.get(concept, UNCOVERED)
        for term, concept in terms.items()
    }
    ordered = sorted(hashed)
    steps = [after - before for before, after in pairwise([0, *ordered])]
    columns = [bytes(step >> shift & 0xFF for step in steps) for shift in (0, 8, 16)]
    return (
        len(ordered).to_bytes(4, "little")
        + b"".join(columns)
        + bytes(hashed[value] for value in ordered)
    )


def _edition(index: AnswerIndex, language: str) -> dict[str, Any]:
    """The entries of a language, without what is told elsewhere: facts by number, sources by
    key.
    """
    numbers = {fact: number for number, fact in enumerate(index.manifest["facts"])}
    labels = index.labels(language)
    entries = index.entries(language)
    return {
        "labels": {
            key: text for key, text in labels.items() if key in LABELS or key.startswith("widget-")
        },
        "sources": _sources(entries),
        "base": entries[0]["url"].removesuffix(_path(entries[0])) if entries else "",
        "entries": [_entry(entry, numbers) for entry in entries],
    }


def _sources(entries: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """What is said of each section of a source document, by its key: title, section, kind and day
    of receipt.
    """
    return {
        _key(citation): [
            citation["title"],
            citation["section_title"],
            citation["kind_text"],
            citation["received_text"],
        ]
        for entry in entries
        for citation in entry["sources"]
    }


def _entry(entry: dict[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    told = {
        "title": entry["title"],
        "text": entry["text"],
        "marks": [[mark["start"], mark["end"], mark["kind"]] for mark in entry["marks"]],
        "conditions": entry["conditions"],
        "values": [[said["label"], said["text"], said["kind"]] for said in entry["values"]],
        "sources": [_key(citation) for citation in entry["sources"]],
        "start": entry["start"],
        "end": entry["end"],
        "validity": entry["validity"],
        "past": entry["status_past"],
        "future": entry["status_future"],
        "reported": entry["reported"],
        "language": entry["text_language"] if entry["text_language"] != entry["language"] else "",
        **{
            key: [numbers[fact] for fact in entry[key]]
            for key in ("conflicts", "twins", "see_also")
        },
    }
    return {key: value for key, value in told.items() if value}


def _key(citation: dict[str, Any]) -> str:
    return f"{citation['document']}/{citation['section']}"


def _path(entry: dict[str, Any]) -> str:
    page, _, slug = str(entry["id"]).partition("/")
    return f"{page}/#{slug}"


def _copy(index: AnswerIndex, folder: Path, name: str) -> str:
    (folder / name).write_bytes((index.folder / name).read_bytes())
    return name


def _put(folder: Path, stem: str, suffix: str, content: bytes) -> str:
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
    (folder / name).write_bytes(content)
    return name


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
