"""Fit the decision to answer, with words alone and with meaning, on tests/calibration.jsonl, and
write i18n/fitted.json.

Run by `make calibrate` after the glossary or the questions have changed. Prints both error rates,
on the same lines and cross-validated.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "tests/calibration.jsonl"
FITTED = ROOT / "i18n/fitted.json"
WRONGLY = 0.065
"""The share of unanswerable questions that may be answered: a wrong answer is worse than facts that
come close.
"""
SHOWN = 0.985
"""The share of answerable questions that facts are shown for, as an answer or as what comes
closest.
"""
FOLDS = 5
DIVISIONS = 6
RIDGE = 0.1

Matrix = NDArray[np.float64]


def main() -> None:
    """Fit, cross-validate, print and write."""
    fitted = json.loads(FITTED.read_text("utf-8"))
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    for name, semantic in (("words", False), ("meaning", True)):
        answerer = Answerer.open(ROOT / "build/index", semantic=semantic)
        languages = answerer.index.manifest["languages"]
        used = [row for row in rows if semantic or row["lang"].partition("-")[0] in languages]
        parts = [_parts(answerer, row["text"]) for row in used]
        answerable = np.array([bool(row["gold"]) for row in used])
        weights, threshold = _fit(parts, answerable)
        near = float(np.quantile(_scores(parts, weights)[answerable], 1 - SHOWN))
        print(
            f"{name}, {len(used)} questions: share of the answerable, of the unanswerable answered"
        )
        print(
            "  on the same lines:  {:.3f}  {:.3f}".format(
                *_rates(parts, answerable, weights, threshold)
            )
        )
        print("  cross-validated:    {:.3f}  {:.3f}".format(*_cross_validated(parts, answerable)))
        fitted["decision"][name] = {
            "intercept": round(float(weights[-1]), 4),
            "coefficients": [round(float(weight), 4) for weight in weights[:-1]],
            "threshold": _confidence(threshold),
            "closest": _confidence(min(near, threshold)),
        }
    FITTED.write_text(json.dumps(fitted, indent=2) + "\n", "utf-8")
    print(f"wrote {FITTED.relative_to(ROOT)}", file=sys.stderr)


def _parts(answerer: Answerer, text: str) -> Matrix:
    """The evidence of each part of a text that may be answered, a row a part, with a constant at
    the end.
    """
    return np.array([[*part.features, 1.0] for part in answerer.judge(text).parts])


def _fit(parts: list[Matrix], answerable: NDArray[np.bool_]) -> tuple[Matrix, float]:
    """A logistic regression on each question's best part, and the threshold that answers few enough
    of the unanswerable ones.
    """
    used = [number for number, rows in enumerate(parts) if len(rows)]
    chosen = np.array([parts[number][0] for number in used])
    weights = _logistic(chosen, answerable[used])
    for _ in range(8):
        chosen = np.array([parts[number][np.argmax(parts[number] @ weights)] for number in used])
        weights = _logistic(chosen, answerable[used])
    scores = _scores(parts, weights)[~answerable]
    return weights, float(np.quantile(scores, 1 - WRONGLY))


def _confidence(score: float) -> float:
    return round(1 / (1 + float(np.exp(-score))), 4)


def _logistic(rows: Matrix, wanted: NDArray[np.bool_]) -> Matrix:
    """Newton's method on standardized columns with a ridge on all but the constant."""
    mean, deviation = rows[:, :-1].mean(0), rows[:, :-1].std(0) + 1e-9
    scaled = np.c_[(rows[:, :-1] - mean) / deviation, rows[:, -1]]
    penalty = RIDGE * np.r_[np.ones(scaled.shape[1] - 1), 0]
    weights = np.zeros(scaled.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        gradient = scaled.T @ (likely - wanted) + penalty * weights
        hessian = (
            (scaled * (likely * (1 - likely))[:, None]).T @ scaled
            + np.diag(penalty)
            + 1e-9 * np.eye(len(weights))
        )
        weights -= np.linalg.solve(hessian, gradient)
    plain = weights[:-1] / deviation
    fitted: Matrix = np.r_[plain, weights[-1] - plain @ mean]
    return fitted


def _scores(parts: list[Matrix], weights: Matrix) -> Matrix:
    return np.array([float(np.max(rows @ weights)) if len(rows) else -60.0 for rows in parts])


def _rates(
    parts: list[Matrix], answerable: NDArray[np.bool_], weights: Matrix, threshold: float
) -> tuple[float, float]:
    scores = _scores(parts, weights)
    return float((scores[answerable] >= threshold).mean()), float(
        (scores[~answerable] >= threshold).mean()
    )


def _cross_validated(parts: list[Matrix], answerable: NDArray[np.bool_]) -> tuple[float, float]:
    """The same rates, each question judged by a fit that has not seen it; the mean of several
    divisions into folds.
    """
    rates = np.array(
        [_once_validated(parts, answerable, division) for division in range(DIVISIONS)]
    )
    return float(rates[:, 0].mean()), float(rates[:, 1].mean())


def _once_validated(
    parts: list[Matrix], answerable: NDArray[np.bool_], division: int
) -> tuple[float, float]:
    numbers = list(range(len(parts)))
    random.Random(division).shuffle(numbers)
    hits = np.zeros(len(parts), dtype=bool)
    for fold in range(FOLDS):
        held = numbers[fold::FOLDS]
        rest = sorted(set(numbers) - set(held))
        weights, threshold = _fit([parts[number] for number in rest], answerable[rest])
        hits[held] = _scores([parts[number] for number in held], weights) >= threshold
    return float(hits[answerable].mean()), float(hits[~answerable].mean())


if __name__ == "__main__":
    main()
