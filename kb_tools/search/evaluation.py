"""How well questions with known answers are answered: measures by language and type, misses, and
what changed since an earlier run.

The home of ir_measures, which is an optional extra.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb_tools.errors import BadInput
from kb_tools.locales import LOCALES
from kb_tools.search.answer import Answerer

MEASURES = ("success@1", "success@3", "MRR@10")
ALL = "all four languages"
OTHER = "other languages"


@dataclass(frozen=True)
class Question:
    """A question and the ids of the facts that answer it; none where nothing does."""

    id: str
    lang: str
    type: str
    text: str
    gold: tuple[str, ...]

    @property
    def language(self) -> str:
        """The code of the language without its script: zh-Hant is zh."""
        return self.lang.partition("-")[0]


@dataclass(frozen=True)
class Outcome:
    """What came of one question: the rank of the first right fact (0 if none is among the ten
    best), and what came first.
    """

    id: str
    lang: str
    type: str
    text: str
    gold: tuple[str, ...]
    first: str
    rank: int
    answered: bool


@dataclass(frozen=True)
class Report:
    """Outcomes of all questions, measures by group, and the shares of the answerable and the
    unanswerable that were answered.
    """

    semantic: bool
    outcomes: tuple[Outcome, ...]
    groups: dict[str, dict[str, float]]
    answered: dict[str, float]

    @property
    def misses(self) -> Iterator[Outcome]:
        """Answerable questions whose first fact is wrong."""
        return (outcome for outcome in self.outcomes if outcome.gold and outcome.rank != 1)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, which a later run can be compared with."""
        return asdict(self)


def read(path: Path) -> list[Question]:
    """Read a file of questions, one JSON object a line; raise `BadInput` with the first line that
    is none.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read: {error}\n    Name a file of questions.") from None
    return [_question(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def evaluate(answerer: Answerer, questions: Sequence[Question]) -> Report:
    """Ask every question and measure what comes."""
    if find_spec("ir_measures") is None:
        raise BadInput(
            "the measures need the package ir-measures\n    Run pip install 'kb-tools[eval]'."
        )
    runs: dict[str, dict[str, float]] = {}
    outcomes = []
    for question in questions:
        answered, hits = answerer.best_guesses(question.text)
        runs[question.id] = {
            hit["fact"]: float(len(hits) - place) for place, hit in enumerate(hits)
        }
        ranks = [place for place, hit in enumerate(hits, 1) if hit["fact"] in question.gold]
        outcomes.append(
            Outcome(
                **asdict(question),
                first=hits[0]["fact"],
                rank=min(ranks, default=0),
                answered=answered,
            )
        )
    return Report(
        semantic=answerer.meaning is not None,
        outcomes=tuple(outcomes),
        groups={name: _measured(group, runs) for name, group in _groups(questions).items()},
        answered={
            "answerable": _share([outcome.answered for outcome in outcomes if outcome.gold]),
            f"answerable, {ALL}": _share(
                [o.answered for o in outcomes if o.gold and o.lang.partition("-")[0] in LOCALES]
            ),
            "unanswerable": _share([outcome.answered for outcome in outcomes if not outcome.gold]),
        },
    )


def lines(report: Report) -> Iterator[str]:
    """The report as people read it."""
    yield "with likeness of meaning" if report.semantic else "with words alone"
    yield f"{'':<20} {'questions':>9} {MEASURES[0]:>10} {MEASURES[1]:>10} {MEASURES[2]:>8}"
    for name, group in report.groups.items():
        yield (
            f"{name:<20} {group['questions']:>9.0f} {group[MEASURES[0]]:>10.1%}"
            f" {group[MEASURES[1]]:>10.1%} {group[MEASURES[2]]:>8.3f}"
        )
    for name, share in report.answered.items():
        yield f"answered, of the {name}: {share:.1%}"
    for outcome in report.misses:
        yield (
            f"miss {outcome.id} ({outcome.type}), rank {outcome.rank or 'below 10'}:"
            f" {' '.join(outcome.text.split())[:90]}"
        )
        yield f"    wanted {', '.join(outcome.gold)}; first came {outcome.first}"
    for outcome in report.outcomes:
        if outcome.answered and not outcome.gold:
            yield (
                f"answered, but nothing covers it: {outcome.id}:"
                f" {' '.join(outcome.text.split())[:90]} -> {outcome.first}"
            )


def comparison(report: Report, old: Mapping[str, Any]) -> Iterator[str]:
    """What got better and what got worse since an earlier report, question by question."""
    before = {outcome["id"]: outcome for outcome in old["outcomes"]}
    changes = {"better": 0, "worse": 0}
    for outcome in report.outcomes:
        then = before.get(outcome.id)
        if then is None or _quality(asdict(outcome)) == _quality(then):
            continue
        verdict = "better" if _quality(asdict(outcome)) > _quality(then) else "worse"
        changes[verdict] += 1
        yield (
            f"{verdict}: {outcome.id}: {_told(then)} -> {_told(asdict(outcome))}:"
            f" {' '.join(outcome.text.split())[:80]}"
        )
    yield f"{changes['better']} better, {changes['worse']} worse"


def earlier(path: Path) -> dict[str, Any]:
    """Read an earlier report; raise `BadInput` where it is none."""
    try:
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if not all(
            {"id", "gold", "rank", "answered"} <= set(outcome) for outcome in report["outcomes"]
        ):
            raise KeyError("outcomes")
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            f"{path}: not a report\n    Name what kb eval FILE --json printed."
        ) from None
    return report


def _question(path: Path, number: int, line: str) -> Question:
    try:
        row = json.loads(line)
        return Question(
            str(row["id"]), str(row["lang"]), str(row["type"]), str(row["text"]), tuple(row["gold"])
        )
    except (ValueError, KeyError, TypeError):
        hint = (
            'Write {"id": ..., "lang": ..., "type": ..., "text": ..., "gold": [...]} on each line.'
        )
        raise BadInput(f"{path}:{number}: not a question with its answer\n    {hint}") from None


def _groups(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The answerable questions: of the four languages together, by language, by type; and of all
    other languages.
    """
    answerable = [question for question in questions if question.gold]
    ours = [question for question in answerable if question.language in LOCALES]
    groups = {ALL: ours}
    groups |= {
        code: [question for question in ours if question.language == code] for code in LOCALES
    }
    groups |= {
        kind: [question for question in ours if question.type == kind]
        for kind in dict.fromkeys(q.type for q in ours)
    }
    groups[OTHER] = [question for question in answerable if question.language not in LOCALES]
    return {name: group for name, group in groups.items() if group}


def _measured(
    group: Sequence[Question], runs: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    import ir_measures
    from ir_measures import RR, Success

    wanted = {question.id: dict.fromkeys(question.gold, 1) for question in group}
    measures = dict(zip(MEASURES, (Success @ 1, Success @ 3, RR @ 10), strict=True))
    found = ir_measures.calc_aggregate(
        list(measures.values()), wanted, {question.id: runs[question.id] for question in group}
    )
    return {
        "questions": float(len(group)),
        **{name: float(found[measure]) for name, measure in measures.items()},
    }


def _share(answered: Sequence[bool]) -> float:
    return sum(answered) / len(answered) if answered else 0.0


def _quality(outcome: Mapping[str, Any]) -> tuple[float, bool]:
    """What is better is larger: the reciprocal rank, and that exactly the answerable is
    answered.
    """
    return (1 / outcome["rank"] if outcome["rank"] else 0.0), bool(outcome["answered"]) == bool(
        outcome["gold"]
    )


def _told(outcome: Mapping[str, Any]) -> str:
    rank = f"rank {outcome['rank'] or 'below 10'}" if outcome["gold"] else "unanswerable"
    return f"{rank}, {'answered' if outcome['answered'] else 'not answered'}"
