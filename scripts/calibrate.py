"""Fit the decision to answer, with words alone and with meaning, on tests/calibration.jsonl, and
write i18n/fitted.json and docs/handbook/verdict.md.

Run by `make calibrate` after the glossary or the questions have changed. Prints both error rates,
on the same lines and cross-validated; the handbook's page has the curves.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb_tools.search import evidence
from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent
QUESTIONS = {
    "brief": ("tests/calibration.jsonl", "tests/queries-2.jsonl"),
    "long": ("tests/calibration.jsonl",),
}
"""What the decision on texts of each length is fitted to. The long ones of the second set are left
out: with them fewer long questions are answered, and as many wrongly.
"""
FITTED = ROOT / "i18n/fitted.json"
PAGE = ROOT / "docs/handbook/verdict.md"
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
TITLES = {"words": "with words alone", "meaning": "with meaning"}

Matrix = NDArray[np.float64]
INTRODUCTION = "\n".join(
    [
        "# How sure the verdict is",
        "",
        "Written by `make calibrate`, from `tests/calibration.jsonl` and, of what is brief,"
        " `tests/queries-2.jsonl`: questions of all kinds, and near misses that nothing answers.",
        f"A brief question has at most {evidence.BRIEF} distinct terms; each length has a decision"
        " of its own.",
        "Each is judged by a fit that has not seen it; every figure is the mean of six divisions"
        " into five parts.",
        "[The search](search.md#evidence-and-confidence) tells what confidence is made of, and what"
        " is shown below the threshold.",
        "",
        "- **Calibration**: of the questions with a confidence, how many can be answered; a fit is"
        " good where the two agree.",
        "- **Risk against coverage**: if the surest share of all questions were answered, how many"
        " of these answers would be wrong, be it by a wrong fact or because nothing answers.",
        "",
    ]
)


@dataclass(frozen=True)
class Validated:
    """Questions by a fit that has not seen them: how sure it is, whether it answers, and whether
    the fact that it would answer with is right.
    """

    confidence: Matrix
    answered: NDArray[np.bool_]
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Judged:
    """Questions of one mode: their rows, the evidence of their parts, and the facts of these, and
    how long each is.
    """

    rows: list[dict[str, Any]]
    parts: list[Matrix]
    facts: list[list[str]]
    lengths: list[str]

    def of(self, length: str) -> Judged:
        """The questions of a length."""
        numbers = [number for number, found in enumerate(self.lengths) if found == length]
        return Judged(
            [self.rows[number] for number in numbers],
            [self.parts[number] for number in numbers],
            [self.facts[number] for number in numbers],
            [length] * len(numbers),
        )

    @property
    def answerable(self) -> NDArray[np.bool_]:
        """Which questions have an answer."""
        return np.array([bool(row["gold"]) for row in self.rows])


def main() -> None:
    """Fit, cross-validate, print and write."""
    fitted = json.loads(FITTED.read_text("utf-8"))
    told = []
    for name, semantic in (("words", False), ("meaning", True)):
        answerer = Answerer.open(ROOT / "build/index", semantic=semantic)
        languages = answerer.index.manifest["languages"]
        fitted["decision"][name] = {}
        for length, files in QUESTIONS.items():
            rows = [row for row in _read(files) if semantic or _base(row["lang"]) in languages]
            decision, lines = _decided(name, length, _judged(answerer, rows).of(length))
            fitted["decision"][name][length] = decision
            told += lines
    FITTED.write_text(json.dumps(fitted, indent=2) + "\n", "utf-8")
    PAGE.write_text("\n".join([INTRODUCTION, *told]) + "\n", "utf-8")
    for path in (FITTED, PAGE):
        print(f"wrote {path.relative_to(ROOT)}", file=sys.stderr)


def _read(files: Sequence[str]) -> list[dict[str, Any]]:
    lines = [line for name in files for line in (ROOT / name).read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def _base(locale: str) -> str:
    return locale.partition("-")[0]


def _decided(name: str, length: str, judged: Judged) -> tuple[dict[str, Any], list[str]]:
    """The decision that is fitted to the questions of a length, and its section of the page."""
    parts, answerable = judged.parts, judged.answerable
    weights, threshold = _fit(parts, answerable)
    scores = _scores(parts, weights)
    near = float(np.quantile(scores[answerable], 1 - SHOWN))
    validated = _cross_validated(judged)
    print(f"{name}, {len(parts)} {length} questions: share of the answerable, of the unanswerable")
    print("  on the same lines:  {:.3f}  {:.3f}".format(*_rates(scores >= threshold, answerable)))
    print("  cross-validated:    {:.3f}  {:.3f}".format(*_validated_rates(validated, judged)))
    decision = {
        "intercept": round(float(weights[-1]), 4),
        "coefficients": [round(float(weight), 4) for weight in weights[:-1]],
        "threshold": _confidence(threshold),
        "closest": _confidence(min(near, threshold)),
    }
    heading = f"{length.capitalize()} questions, {TITLES[name]}"
    return decision, _told(heading, judged, validated, _confidence(threshold))


def _judged(answerer: Answerer, rows: list[dict[str, Any]]) -> Judged:
    facts = answerer.index.manifest["facts"]
    found = [answerer.judge(row["text"]) for row in rows]
    return Judged(
        rows,
        [np.array([[*part.features, 1.0] for part in judged.parts]) for judged in found],
        [[facts[part.best] for part in judged.parts] for judged in found],
        [evidence.length(len(judged.ranking.terms)) for judged in found],
    )


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


def _rates(answered: NDArray[np.bool_], answerable: NDArray[np.bool_]) -> tuple[float, float]:
    return float(answered[answerable].mean()), float(answered[~answerable].mean())


def _cross_validated(judged: Judged) -> list[Validated]:
    """Each question judged by a fit that has not seen it: the confidence, whether it is answered,
    and the part that is; once for each of several divisions into folds.
    """
    return [_once_validated(judged, division) for division in range(DIVISIONS)]


def _once_validated(judged: Judged, division: int) -> Validated:
    parts, answerable = judged.parts, judged.answerable
    numbers = list(range(len(parts)))
    random.Random(division).shuffle(numbers)
    confidence = np.zeros(len(parts))
    answered = np.zeros(len(parts), dtype=bool)
    right = np.zeros(len(parts), dtype=bool)
    for fold in range(FOLDS):
        held = numbers[fold::FOLDS]
        rest = sorted(set(numbers) - set(held))
        weights, threshold = _fit([parts[number] for number in rest], answerable[rest])
        scores = _scores([parts[number] for number in held], weights)
        confidence[held] = 1 / (1 + np.exp(-scores))
        answered[held] = scores >= threshold
        for number in held:
            if len(parts[number]):
                best = judged.facts[number][int(np.argmax(parts[number] @ weights))]
                row = judged.rows[number]
                right[number] = best in (*row["gold"], *row.get("also", ()))
    return Validated(confidence, answered, right)


def _validated_rates(validated: list[Validated], judged: Judged) -> tuple[float, float]:
    """The rates of a cross-validation; the mean of its divisions."""
    rates = np.array([_rates(each.answered, judged.answerable) for each in validated])
    return float(rates[:, 0].mean()), float(rates[:, 1].mean())


def _told(heading: str, judged: Judged, validated: list[Validated], threshold: float) -> list[str]:
    """The curves of a mode and length as Markdown."""
    confidence = np.concatenate([each.confidence for each in validated])
    right = np.concatenate([each.right for each in validated])
    answerable = np.tile(judged.answerable, len(validated))
    kinds = np.tile(np.array([row["type"] for row in judged.rows]), len(validated))
    return [
        f"## {heading}",
        "",
        f"{len(judged.rows)} questions; answered from {threshold:.2f} on.",
        "",
        *_calibration(confidence, answerable, right, len(validated)),
        "",
        *_risks(confidence, right),
        "",
        *_by_kind(kinds, confidence >= threshold, right, len(validated)),
        "",
    ]


def _calibration(confidence: Matrix, answerable: Any, right: Any, divisions: int) -> list[str]:
    """Confidence against what came true, by steps of confidence."""
    lines = [
        "| confidence | questions | mean | answerable | best fact right |",
        "|---|---|---|---|---|",
    ]
    step = np.minimum((confidence * 10).astype(int), 9)
    for number in range(10):
        there = step == number
        if there.any():
            lines.append(
                f"| {number / 10:.1f} to {number / 10 + 0.1:.1f} | {there.sum() / divisions:.0f}"
                f" | {confidence[there].mean():.2f} | {answerable[there].mean():.2f}"
                f" | {right[there].mean():.2f} |"
            )
    return lines


def _risks(confidence: Matrix, right: Any) -> list[str]:
    """The share of wrong answers among those given, by the share of questions answered."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    shares = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    places = [round(share * len(order)) - 1 for share in shares]
    return [
        "| coverage: share of questions answered | "
        + " | ".join(f"{s:.1f}" for s in shares)
        + " |",
        "|---" * (len(shares) + 1) + "|",
        "| risk: wrong among the answered | "
        + " | ".join(f"{wrong[place]:.3f}" for place in places)
        + " |",
        "| confidence there | "
        + " | ".join(f"{confidence[order[place]]:.2f}" for place in places)
        + " |",
    ]


def _by_kind(kinds: Any, answered: Any, right: Any, divisions: int) -> list[str]:
    """What is answered of each kind of question, and how much of that is right."""
    lines = ["| kind of question | questions | answered | right among them |", "|---|---|---|---|"]
    for kind in sorted(set(kinds)):
        there = kinds == kind
        given = there & answered
        share = f"{right[given].mean():.2f}" if given.any() and kind != "unanswerable" else "–"
        lines.append(
            f"| {kind} | {there.sum() / divisions:.0f} | {answered[there].mean():.2f} | {share} |"
        )
    return lines


if __name__ == "__main__":
    main()
