"""How well questions with known answers are answered: measures by language and type, misses, and
what changed since an earlier run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from kb_tools import jsonl, textfile
from kb_tools.errors import BadInput
from kb_tools.search.answer import Answerer
from kb_tools.search.reply import ANSWERED, Kind

MEASURES = ("success@1", "success@3", "MRR@10")
ALL = "all languages"
OTHER = "other languages"
SHOWN = 3
"""Facts that are shown where there is no table."""


@dataclass(frozen=True)
class Question:
    """A question and the ids of the facts that answer it; none where nothing does."""

    id: str
    lang: str
    type: str
    text: str
    gold: tuple[str, ...]
    kind: str = ""
    """The reaction that is wanted; empty where any will do."""
    all: tuple[str, ...] = ()
    """The facts that must be shown."""

    @property
    def language(self) -> str:
        """The code of the language without its script: zh-Hant is zh."""
        return self.lang.partition("-")[0]


@dataclass(frozen=True)
class Outcome(Question):
    """What came of one question: the rank of the first right fact (0 if none is among the ten
    best), and what came first.
    """

    first: str = ""
    rank: int = 0
    answered: bool = False
    reaction: str = ""
    shown: float = 0.0
    """The share of the facts that must be shown that are."""


@dataclass(frozen=True)
class Report:
    """Outcomes of all questions, measures by group, and the shares of the answerable and the
    unanswerable that were answered.
    """

    semantic: bool
    outcomes: tuple[Outcome, ...]
    groups: dict[str, dict[str, float]]
    answered: dict[str, float]
    reactions: dict[str, dict[str, float]]
    """For each kind that is wanted: how many questions, and the shares with that reaction and of
    the facts that must be shown.
    """
    refused: float
    """The share of the answerable, in the languages of the index, that are met by none."""

    @property
    def misses(self) -> Iterator[Outcome]:
        """Answerable questions whose first fact is wrong."""
        return (outcome for outcome in self.outcomes if outcome.gold and outcome.rank != 1)

    @property
    def astray(self) -> Iterator[Outcome]:
        """Questions with another reaction than is wanted, or without a fact that must be shown."""
        return (
            outcome
            for outcome in self.outcomes
            if outcome.kind and (outcome.reaction != outcome.kind or outcome.shown < 1)
        )

    def to_json(self) -> dict[str, Any]:
        """The report as plain data, which a later run can be compared with."""
        return asdict(self)


def read(path: Path) -> list[Question]:
    """Read a file of questions, one JSON object a line; raise `BadInput` with the first line that
    is none.
    """
    return [_question(path, number, row) for number, row in jsonl.read(path)]


def evaluate(answerer: Answerer, questions: Sequence[Question]) -> Report:
    """Ask every question and measure what comes; raise `BadInput` where one cannot be measured."""
    _refuse_unknown(answerer, questions)
    outcomes = [_outcome(answerer, question) for question in questions]
    languages = answerer.index.manifest["languages"]
    ours = [outcome for outcome in outcomes if outcome.language in languages]
    return Report(
        semantic=answerer.meaning is not None,
        outcomes=tuple(outcomes),
        groups={name: _measured(group) for name, group in _groups(outcomes, languages).items()},
        answered={
            "answerable": _share([outcome.answered for outcome in outcomes if outcome.gold]),
            f"answerable, {ALL}": _share([outcome.answered for outcome in ours if outcome.gold]),
            "unanswerable": _share([outcome.answered for outcome in outcomes if not outcome.gold]),
        },
        refused=_share([outcome.reaction == "none" for outcome in ours if outcome.gold]),
        reactions=_reactions([outcome for outcome in outcomes if outcome.kind]),
    )


def _refuse_unknown(answerer: Answerer, questions: Sequence[Question]) -> None:
    """Tell all facts and reactions that there are not, and ids that stand twice."""
    known = set(answerer.index.manifest["facts"])
    times = Counter(question.id for question in questions)
    told = [f"the id {name!r} stands {count} times" for name, count in times.items() if count > 1]
    for question in questions:
        unknown = sorted(set(map(str, (*question.gold, *question.all))) - known)
        if unknown:
            told.append(f"{question.id}: unknown fact {', '.join(map(repr, unknown))}")
        if question.kind and question.kind not in get_args(Kind):
            told.append(f"{question.id}: unknown kind {question.kind!r}")
    if told:
        raise BadInput("\n".join(told) + "\n    Correct the file of questions.")


def _reactions(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """For each kind that is wanted, and for all: how many, right, and shown."""
    kinds = [*dict.fromkeys(outcome.kind for outcome in outcomes), *([ALL] if outcomes else [])]
    found = {}
    for kind in kinds:
        group = [outcome for outcome in outcomes if kind in (ALL, outcome.kind)]
        shown = [outcome.shown for outcome in group if outcome.all]
        found[kind] = {
            "questions": float(len(group)),
            "right": sum(outcome.reaction == outcome.kind for outcome in group) / len(group),
            "shown": sum(shown) / len(shown) if shown else 1.0,
        }
    return found


def _outcome(answerer: Answerer, question: Question) -> Outcome:
    guesses = answerer.best_guesses(question.text)
    hits = [hit["fact"] for hit in guesses.hits]
    ranks = [place for place, fact in enumerate(hits, 1) if fact in question.gold]
    rows = [row.fact for row in guesses.table.rows] if guesses.table else hits[:SHOWN]
    return Outcome(
        **asdict(question),
        first=hits[0],
        rank=min(ranks, default=0),
        answered=guesses.kind in ANSWERED,
        reaction=guesses.kind,
        shown=sum(fact in rows for fact in question.all) / (len(question.all) or 1),
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
    yield f"met by none, of the answerable, {ALL}: {report.refused:.1%}"
    for kind, group in report.reactions.items():
        yield (
            f"reaction {kind}: {group['questions']:.0f} questions, right {group['right']:.1%},"
            f" facts shown {group['shown']:.1%}"
        )
    for outcome in report.astray:
        yield (
            f"reaction {outcome.id}: wanted {outcome.kind}, came {outcome.reaction}, shown"
            f" {outcome.shown:.0%}: {' '.join(outcome.text.split())[:90]}"
        )
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
        report: dict[str, Any] = json.loads(textfile.read(path))
        if not all(
            {"id", "gold", "rank", "answered"} <= set(outcome) for outcome in report["outcomes"]
        ):
            raise KeyError("outcomes")
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise BadInput(
            f"{path}: not a report\n    Name what kb eval FILE --json printed."
        ) from None
    return report


def _question(path: Path, number: int, row: Any) -> Question:
    try:
        texts: dict[str, Any] = {key: str(row[key]) for key in ("id", "lang", "type", "text")}
        if not isinstance(row["text"], str) or not isinstance(row["gold"], list):
            raise TypeError
        return Question(
            **texts,
            gold=tuple(row["gold"]),
            kind=str(row.get("kind", "")),
            all=tuple(row.get("all", ())),
        )
    except (KeyError, TypeError):
        keys = '{"id": ..., "lang": ..., "type": ..., "text": ..., "gold": [...]}'
        what = f"{path}:{number}: not a question with its answer"
        raise BadInput(f"{what}\n    Write {keys} on each line.") from None


def _groups(outcomes: Sequence[Outcome], languages: Sequence[str]) -> dict[str, list[Outcome]]:
    """The answerable questions: in the languages of the index together, by language, by type; and
    in all others.
    """
    answerable = [outcome for outcome in outcomes if outcome.gold]
    ours = [outcome for outcome in answerable if outcome.language in languages]
    kinds = dict.fromkeys(outcome.type for outcome in ours)
    groups = {ALL: ours}
    groups |= {code: [each for each in ours if each.language == code] for code in languages}
    groups |= {kind: [each for each in ours if each.type == kind] for kind in kinds}
    groups[OTHER] = [each for each in answerable if each.language not in languages]
    return {name: group for name, group in groups.items() if group}


def _measured(group: Sequence[Outcome]) -> dict[str, float]:
    """The shares whose first right fact is the first, among the first three; and the mean of the
    reciprocal ranks.
    """
    ranks = [outcome.rank for outcome in group]
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    three = sum(1 <= rank <= 3 for rank in ranks) / len(ranks)
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return {
        "questions": float(len(group)),
        **dict(zip(MEASURES, (first, three, reciprocal), strict=True)),
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
