"""A linear map that fits sentence vectors to one knowledge base: texts of one fact are drawn
together, texts of different facts apart.

Run by `make calibrate`, which writes `i18n/meaning.npy`. Only the editors' own texts are used to
fit; the questions with known answers measure.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb_tools import layout
from kb_tools.project import Project
from kb_tools.search import meaning

ROOT = Path(__file__).parent.parent
FEWEST = 1000
"""Texts that a map can be fitted to; fewer teach it nothing that holds for others."""
WIDTH = 256
"""Numbers of a mapped vector; the encoder has 512."""
SHARPNESS = 15.0
PULL = 1e-3
"""How strongly the map is held to where it began."""
RATE = 1e-3
STEPS = 150
AT_ONCE = 256
SEED = 1
_FIRST, _SECOND, _SMALL = 0.9, 0.999, 1e-8
"""Adam's: how long gradients and their squares are remembered, and what keeps it from dividing by
nothing.
"""

Matrix = NDArray[np.float64]


def main() -> None:
    """Fit the map to all texts and write it."""
    project = Project(ROOT)
    texts = meaning.texts([*project.editions.values(), *project.asked.values()])
    if len(texts) < FEWEST:
        sys.exit(f"{len(texts)} texts are too few for a map: it takes {FEWEST}.")
    vectors = np.array(meaning.Encoder().encode([text.text for text in texts]), np.float64)
    weights = fit(vectors, np.array([text.fact for text in texts]))
    np.save(ROOT / layout.MAP, weights.astype(np.float16))
    print(f"wrote {layout.MAP}, fitted to {len(texts)} texts", file=sys.stderr)


def fit(vectors: Matrix, owners: NDArray[np.int64]) -> Matrix:
    """The map (encoder's numbers x `WIDTH`) for texts with unit vectors, a row each, and the
    numbers of their facts.

    The score of a fact for a text is the log of the mean of exp(sharpness x cosine) over the other
    texts of the fact; the loss is minus the log of the softmax over facts at the text's own one.
    """
    random = np.random.default_rng(SEED)
    start = np.linalg.svd(vectors - vectors.mean(0), full_matrices=False)[2][:WIDTH].T
    weights = start.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    members = np.eye(owners.max() + 1)[owners]
    for step in range(1, STEPS + 1):
        some = random.choice(len(vectors), min(AT_ONCE, len(vectors)), replace=False)
        gradient = _gradient(weights, vectors, owners, members, some)
        gradient += 2 * PULL * (weights - start)
        first = _FIRST * first + (1 - _FIRST) * gradient
        second = _SECOND * second + (1 - _SECOND) * gradient**2
        moved = first / (1 - _FIRST**step)
        weights -= RATE * moved / (np.sqrt(second / (1 - _SECOND**step)) + _SMALL)
    return weights


def _gradient(
    weights: Matrix,
    vectors: Matrix,
    owners: NDArray[np.int64],
    members: Matrix,
    some: NDArray[np.int64],
) -> Matrix:
    """The gradient of the mean loss of some texts, each scored against the texts of all facts but
    itself.
    """
    mapped = vectors @ weights
    lengths = np.linalg.norm(mapped, axis=1, keepdims=True)
    units = mapped / lengths
    alike = np.exp(SHARPNESS * (units[some] @ units.T - 1))
    alike[np.arange(len(some)), some] = 0
    # a fact that has no other text than this one has no score for it
    sums = alike @ members + 1e-12
    counts = members.sum(0) - members[some]
    scores = np.log(sums) - np.log(np.maximum(counts, 1))
    likely = np.exp(scores - scores.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    wrong = likely - members[some]
    # from scores to cosines, from cosines to unit vectors, from these to the map
    cosines = SHARPNESS * alike * ((wrong / sums) @ members.T) / len(some)
    towards = cosines.T @ units[some]
    towards[some] += cosines @ units
    along = (towards * units).sum(1, keepdims=True)
    gradient: Matrix = vectors.T @ ((towards - along * units) / lengths)
    return gradient


if __name__ == "__main__":
    main()
