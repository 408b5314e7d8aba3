"""The answer index as the browser loads it: the same weights and decisions, in as few bytes as
possible.

What several languages say is shared; what one says alone, or two that have much in common, is in
files of its own, so that a reader waits for no other language. Besides the terms and postings of
`packing` it has the glossary as hashes of its terms, sorted: how many (u32), the steps between them
in four columns of bytes (the lowest first), and the number of each one's concept (u8, 255 for all
that no fact covers).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from kb_tools.entry import Entry
from kb_tools.search import analysis, mail, packing, sealing, store
from kb_tools.search.store import AnswerIndex

MAGIC = "policy-kb widget index"
VERSION = 5
UNCOVERED = 255
LEAST_COMMON = 200
"""Words that two languages must have in common for these to be apart from what is shared."""
LABELS = (
    "choice",
    "closest",
    "colon",
    "comma",
    "compare",
    "conditions",
    "conflict",
    "dash",
    "day",
    "home-private",
    "home-topics",
    "in-force-on",
    "list",
    "months",
    "named",
    "nearest",
    "no-answer",
    "not-in-force",
    "reported-title",
    "searched-for",
    "see-also",
    "semicolon",
    "sources",
    "topic",
    "twins",
    "untranslated",
    "valid",
    "where-to-ask",
)
"""The words that the widget says, besides those that begin with `widget-`."""


def publish(index: AnswerIndex, folder: Path) -> None:
    """Write the index for the browser into a folder of the site."""
    folder.mkdir(parents=True, exist_ok=True)
    concepts = sorted(
        {concept for concept in index.concepts.values() if f"#{concept}" in index.offsets}
    )
    lexicon = {
        **{key: index.lexicon[key] for key in ("folding", "characters", "typed")},
        "concepts": concepts,
    }
    parts_of_mail = dict(mail.PATTERNS)
    lexicon["mail"] = {"automatic": parts_of_mail.pop("automatic")}
    division, languages = _Division(index), index.manifest["languages"]
    named = {
        "lexicon": _put(folder, "lexicon", ".json", _json(lexicon)),
        "mail": _put(folder, "mail", ".json", _json(parts_of_mail)),
        "shared": _words(division, folder, concepts, ()),
        "parts": [_words(division, folder, concepts, part) for part in division.parts],
        "entries": {
            language: _put(folder, f"entries-{language}", ".json", _json(_edition(index, language)))
            for language in languages
        },
    }
    told = ("fingerprint", "languages", "asked", "facts", "scale")
    kept = {key: index.manifest[key] for key in told}
    parameters = index.manifest["parameters"]
    decision = {
        "classes": parameters["classes"],
        "near": parameters["near"],
        "decision": parameters["decision"]["words"],
    }
    manifest = {"format": MAGIC, "version": VERSION, **kept, "parameters": decision, "files": named}
    (folder / store.MANIFEST).write_bytes(sealing.sealed(manifest))


def hash_of(term: str) -> int:
    """The hash of a spaced term by which the browser knows it: FNV-1a over its UTF-8 bytes, 32
    bits.
    """
    value = 0x811C9DC5
    for byte in term.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


@dataclass(frozen=True)
class _Division:
    """How the words of an index are divided: by the sets of languages that say them."""

    index: AnswerIndex

    @property
    def written(self) -> list[str]:
        """The languages that have pages."""
        found: list[str] = self.index.manifest["languages"]
        return found

    @property
    def languages(self) -> list[str]:
        """All languages that are asked in."""
        return [*self.written, *self.index.manifest["asked"]]

    @cached_property
    def parts(self) -> list[tuple[str, ...]]:
        """Each language, and each two that have many words in common which no other has; what is
        left is shared.
        """
        said = Counter(self._own(mask) for mask in self.index.postings.masks)
        pairs = combinations(self.written, 2)
        common = [pair for pair in pairs if said[self._mask(pair)] >= LEAST_COMMON]
        return [*((code,) for code in self.languages), *common]

    def belongs(self, mask: int, part: tuple[str, ...]) -> bool:
        """Tell whether a word is in a part, by the languages that say it; what no language of the
        pages says is with each that is only asked in and says it. An empty part is what is shared.
        """
        own = self._own(mask)
        if part and part[0] not in self.written:
            return not own and bool(mask & self._mask(part))
        if part:
            return own == self._mask(part)
        return not mask or (bool(own) and own not in map(self._mask, self.parts))

    def _own(self, mask: int) -> int:
        """The languages of a mask that have pages."""
        return mask & (1 << len(self.written)) - 1

    def _mask(self, part: tuple[str, ...]) -> int:
        return sum(1 << self.languages.index(code) for code in part)


def _words(division: _Division, folder: Path, concepts: list[str], part: tuple[str, ...]) -> Any:
    """Write what is said in a part of the languages: its terms, their postings, its part of the
    glossary, and the cues of a single language.
    """
    index = division.index
    held = index.postings
    own = [
        (term, number)
        for term, number in index.offsets.items()
        if division.belongs(held.masks[number], part)
    ]
    steps = []
    for _, number in own:
        places = range(held.starts[number], held.starts[number + 1])
        steps.append({held.facts[at]: held.weights[at] for at in places})
    masks = [held.masks[number] for _, number in own]
    postings = packing.pack_postings(
        steps, masks, len(index.manifest["facts"]), len(division.languages)
    )
    terms = packing.pack_terms([term for term, _ in own])
    said = {
        term: concept
        for term, concept in index.concepts.items()
        if division.belongs(index.concept_masks[term], part)
    }
    name = "".join(f"-{code}" for code in part)
    files = {
        "terms": _put(folder, f"terms{name}", ".bin", terms),
        "postings": _put(folder, f"postings{name}", ".bin", postings),
        "glossary": _put(folder, f"glossary{name}", ".bin", _glossary(said, concepts)),
    }
    if len(part) == 1:
        cues = _json(index.lexicon["cues"][part[0]])
        files["cues"] = _put(folder, f"cues{name}", ".json", cues)
    return {"languages": part, **files}


def _glossary(terms: Mapping[str, str], concepts: list[str]) -> bytes:
    numbers = {concept: number for number, concept in enumerate(concepts)}
    hashed = {
        hash_of(analysis.spaced(term)): numbers.get(concept, UNCOVERED)
        for term, concept in terms.items()
    }
    ordered = sorted(hashed)
    steps = [after - before for before, after in pairwise([0, *ordered])]
    columns = [bytes(step >> shift & 0xFF for step in steps) for shift in (0, 8, 16, 24)]
    return (
        len(ordered).to_bytes(4, "little")
        + b"".join(columns)
        + bytes(hashed[value] for value in ordered)
    )


def _edition(index: AnswerIndex, language: str) -> dict[str, Any]:
    """The entries of a language: the record that every interface tells, without what is empty, with
    rows in place of lists of equal records, and with numbers in place of what is said often.

    `empty` is what a record has where nothing is told; `rows` names the fields of each kind of row;
    `numbered` lists what is named by its number; `facts` are keys whose numbers are facts.
    """
    edition = index.edition(language)
    entries = [Entry.from_json({**entry, "questions": ()}) for entry in edition["entries"]]
    numbered: dict[str, list[Any]] = {"sources": [], "cited": []}
    facts = {fact: number for number, fact in enumerate(index.manifest["facts"])}
    labels = edition["labels"].items()
    return {
        "labels": {key: text for key, text in labels if key in LABELS or key.startswith("widget-")},
        "subjects": edition["subjects"],
        "topics": edition["topics"],
        "overviews": [
            {**overview, "facts": [facts[fact] for fact in overview["facts"]]}
            for overview in edition["overviews"]
        ],
        "notice": edition["notice"],
        "usual": edition["usual"],
        "base": entries[0].url.removesuffix(_path(entries[0])),
        "empty": _EMPTY,
        "rows": ROWS,
        "entries": [_entry(entry, facts, numbered) for entry in entries],
        "numbered": numbered,
    }


ROWS = {
    "marks": ("start", "end", "form"),
    "values": ("label", "text", "kind", "form"),
    "sources": ("document", "title", "section_title", "kind_text", "received_text"),
}
"""What the browser is told of each value, mark and citation."""
_FACTS = ("conflicts", "not_to_be_confused_with", "see_also")
_EMPTY: dict[str, Any] = {
    **{key: [] for key in (*ROWS, *_FACTS, "conditions", "cited", "told_apart", "formerly")},
    **{key: "" for key in ("reported", "past", "future", "disputed")},
    "valid": {"from": None, "agreed_from": None, "agreed_until": None, "until": None, "text": ""},
}


def _entry(
    entry: Entry, facts: Mapping[str, int], numbered: dict[str, list[Any]]
) -> dict[str, Any]:
    record = {
        **entry.record(),
        "marks": [asdict(mark) for mark in entry.marks],
        "told_apart": list(entry.told_apart),
        "past": entry.status_past,
        "future": entry.status_future,
        "disputed": entry.status_disputed,
    }
    del record["fact"], record["url"]  # told by the number of the entry
    if record["language"] == entry.language:
        del record["language"]
    for key, names in ROWS.items():
        record[key] = [[row[name] for name in names] for row in record[key]]
    for key, known in numbered.items():
        record[key] = [_number(known, said) for said in record[key]]
    for key in _FACTS:
        record[key] = [facts[fact] for fact in record[key]]
    return {key: value for key, value in record.items() if value != _EMPTY.get(key)}


def _number(known: list[Any], said: Any) -> int:
    """Where something stands in a list, at whose end it is put if it is new."""
    if said not in known:
        known.append(said)
    return known.index(said)


def _path(entry: Entry) -> str:
    return f"{entry.page}/#{entry.slug}"


def _put(folder: Path, stem: str, suffix: str, content: bytes) -> str:
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
    (folder / name).write_bytes(content)
    return name


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
