"""The binary parts of the answer index: sorted terms, postings, and the glossary's terms.

Terms are front-coded: for each, one byte tells how many of its UTF-8 bytes are those of the term
before, then come the others and a line feed.

The postings, little-endian, for T terms and P postings: T, P and the bytes of a fact (u32); how
many postings each term has (width x T); which languages use it (one bit each in the manifest's
order, in as many bytes as that takes, x T); the facts, each as the step from the one before, modulo
their number (width x P); the weights (u8 x P, times the manifest's `scale`).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile

_HEADER = 12


@dataclass(frozen=True)
class Postings:
    """The facts that hold each term, with weights: term `n` has those from `starts[n]` up to
    `starts[n + 1]`; `masks` tell the languages that use a term by a bit each.
    """

    starts: list[int]
    masks: list[int]
    facts: list[int]
    weights: bytes


def pack_postings(
    terms: Sequence[Mapping[int, int]], masks: Sequence[int], facts: int, languages: int
) -> bytes:
    """The postings of terms: for each, the steps of weight by fact number, and its languages."""
    width = 1 if facts < 256 else 2
    code, mask_bytes = "B" if width == 1 else "H", _bytes_of_mask(languages)
    held = [fact for by_fact in terms for fact in by_fact]
    steps = [(fact - before) % facts for before, fact in pairwise([0, *held])]
    return b"".join(
        [
            _little(array("I", [len(terms), len(held), width])),
            _little(array(code, [len(by_fact) for by_fact in terms])),
            *(mask.to_bytes(mask_bytes, "little") for mask in masks),
            _little(array(code, steps)),
            bytes(step for by_fact in terms for step in by_fact.values()),
        ]
    )


def unpack_postings(data: bytes, facts: int, languages: int) -> Postings:
    """The postings that `pack_postings` packed; raise `ValueError` where they are cut off."""
    terms, postings, width = _array("I", data[:_HEADER])
    code, mask_bytes = "B" if width == 1 else "H", _bytes_of_mask(languages)
    # where each part begins: counts, masks, steps, weights, and the end
    sizes = [_HEADER, width * terms, mask_bytes * terms, width * postings, postings]
    counts_at, masks_at, steps_at, weights_at, end = accumulate(sizes)
    if len(data) != end:
        raise ValueError("the postings are cut off")
    masks = data[masks_at:steps_at]
    steps = _array(code, data[steps_at:weights_at])
    return Postings(
        starts=[0, *accumulate(_array(code, data[counts_at:masks_at]))],
        masks=[
            int.from_bytes(masks[at : at + mask_bytes], "little")
            for at in range(0, len(masks), mask_bytes)
        ],
        facts=[total % facts for total in accumulate(steps)],
        weights=data[weights_at:end],
    )


def pack_glossary(concepts: Mapping[str, str], masks: Mapping[str, int]) -> bytes:
    """The glossary's terms with their concepts and languages: their count (u32), the number of each
    one's concept among all, sorted (u16), the languages that say it by a bit each (u32), and the
    terms, sorted and front-coded.
    """
    numbers = {concept: number for number, concept in enumerate(sorted(set(concepts.values())))}
    terms = sorted(concepts)
    own = array("H", [numbers[concepts[term]] for term in terms])
    said = array("I", [masks[term] for term in terms])
    head = _little(array("I", [len(terms)])) + _little(own) + _little(said)
    return head + pack_terms(terms)


def unpack_glossary(data: bytes, names: Sequence[str]) -> tuple[dict[str, str], dict[str, int]]:
    """The terms that `pack_glossary` packed, with their concepts, and with their languages; `names`
    are all concepts.
    """
    (count,) = _array("I", data[:4])
    masks_at, terms_at = 4 + 2 * count, 4 + 6 * count
    numbers = _array("H", data[4:masks_at])
    masks = _array("I", data[masks_at:terms_at])
    terms = unpack_terms(data[terms_at:])
    concepts = {term: names[number] for term, number in zip(terms, numbers, strict=True)}
    return concepts, dict(zip(terms, masks, strict=True))


def pack_terms(terms: Sequence[str]) -> bytes:
    """Sorted terms, front-coded."""
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


def unpack_terms(data: bytes) -> list[str]:
    """The terms that `pack_terms` packed."""
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


def _bytes_of_mask(languages: int) -> int:
    return (languages + 7) // 8
