"""Vectors that hold the widget's JavaScript and `kb_tools` together: what Python makes of texts,
and what it replies to questions.

    scripts/vectors.py --analysis            write tests/vectors.json, from the texts of this file
    scripts/vectors.py --analysis --check    fail where that file is out of date
    scripts/vectors.py --index DIR --questions FILE
                                             print the reply to each question of a JSONL file, one
                                             JSON line each

A question is `{"text"}`, and may name `language`, `limit` and `as_of` too. Replies depend on the
index and are not committed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vector_texts import ALIASES, MENTIONS, MISSPELLED, SENTENCES, TEXTS, WORDS

from kb_tools import days
from kb_tools.errors import BadQuestion
from kb_tools.search import analysis, variants
from kb_tools.search.answer import Answerer
from kb_tools.search.concepts import Matcher
from kb_tools.search.reply import record
from kb_tools.search.spelling import Speller
from kb_tools.widget.publication import ROWS, hash_of

VECTORS = Path(__file__).parent.parent / "tests/vectors.json"


def main() -> int:
    """Do what the options ask for; tell how it went."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--analysis", action="store_true", help="write tests/vectors.json")
    parser.add_argument("--check", action="store_true", help="only tell whether it is out of date")
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of an answer index")
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="questions as JSON lines",
    )
    asked = parser.parse_args()
    if asked.index:
        answerer = Answerer.open(asked.index)
        for line in (
            line for path in asked.questions for line in path.read_text("utf-8").splitlines()
        ):
            print(json.dumps(reply(answerer, json.loads(line))))
    if asked.analysis:
        wanted = vectors()
        if not asked.check:
            VECTORS.write_text(wanted, "utf-8")
        elif not VECTORS.is_file() or VECTORS.read_text("utf-8") != wanted:
            print(
                f"{VECTORS.name} is out of date\n    Run scripts/vectors.py --analysis.",
                file=sys.stderr,
            )
            return 1
    return 0


_TOLD = (
    *("asked_in", "language", "kind", "answered", "corrected", "as_of", "count", "table"),
    *("answers", "nearest", "not_in_force"),
)


def reply(answerer: Answerer, question: dict[str, Any]) -> dict[str, Any]:
    """What Python replies to a question, as the widget's engine tells it; `error` where it has no
    words.
    """
    try:
        made = answerer.ask(
            question["text"],
            language=question.get("language"),
            limit=question.get("limit", 3),
            as_of=days.read(question.get("as_of") or ""),
        )
    except BadQuestion:
        return {"asked": question, "error": "empty"}
    told = record(made)
    shown = [*made.shown, *made.not_in_force]
    for answer, full in zip((*told["answers"], *told["not_in_force"]), shown, strict=True):
        answer["marks"] = [asdict(mark) for mark in full.entry.marks]
        for key, names in ROWS.items():
            answer[key] = [{name: row[name] for name in names} for row in answer[key]]
        del answer["reasons"]
    return {
        "asked": question,
        **{key: told[key] for key in _TOLD if key in told},
        "confidence": round(made.confidence, 9),
        "uncovered": bool(made.uncovered),
    }


def vectors() -> str:
    """The content of tests/vectors.json: one case a line."""
    folding = variants.folding()
    folded = {text: analysis.fold(text, folding) for text in TEXTS}
    sections = {**_words(folded, folding), **_glossary(folding)}
    made = (
        f'"{name}": [\n' + ",\n".join(_lines(cases)) + "\n]" for name, cases in sections.items()
    )
    return "{\n" + ",\n".join(made) + "\n}\n"


def _words(folded: Mapping[str, str], folding: Mapping[int, str]) -> dict[str, list[Any]]:
    """What the analysis and the speller make of texts; `folded` maps a text to how it is read."""
    found = {term for text in folded.values() for term, _ in analysis.tokens(text)}
    used = {character for text in TEXTS for character in unicodedata.normalize("NFKC", text)}
    pairs = (chr(code) + simple for code, simple in sorted(folding.items()) if chr(code) in used)
    speller = Speller(WORDS.split())
    return {
        "folding": ["".join(pairs)],
        "texts": [
            {
                "text": text,
                "folded": read,
                "spaced": analysis.spaced(read),
                "terms": [term for term, _ in analysis.tokens(read)],
                "apart": analysis.apart(read, {}),
            }
            for text, read in folded.items()
        ],
        "classes": [
            [term, analysis.classify(term)]
            for term in sorted({*found, "#trash", "~word", "=29d", "ꓐ", "𐌰"})
        ],
        "sentences": [[text, analysis.sentences(text)] for text in [*SENTENCES, *TEXTS]],
        "words": WORDS.split(),
        "spelling": [[word, speller.correct(word)] for word in MISSPELLED],
    }


def _glossary(folding: Mapping[int, str]) -> dict[str, list[Any]]:
    """What the glossary finds in texts, and the hashes of its terms."""
    matcher = Matcher({term: concept for concept, terms in ALIASES.items() for term in terms})
    return {
        "concepts": list(ALIASES),
        "hashes": [
            [hash_of(analysis.spaced(term)), number]
            for number, terms in enumerate(ALIASES.values())
            for term in terms
        ],
        "mentions": [[text, *matcher.read(analysis.fold(text, folding))] for text in MENTIONS],
    }


def _lines(cases: list[Any]) -> Iterator[str]:
    return (_NOT_SHOWN.sub(_escaped, json.dumps(case, ensure_ascii=False)) for case in cases)


_NOT_SHOWN = re.compile(
    r"[\x7f-\xa0\xad\u0300-\u036f\u0590-\u08ff\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ud800-\uf8ff\ufb1d-\uffff\U00010000-\U0010ffff]"
)
"""What editors show badly or not at all: written as escapes."""


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


if __name__ == "__main__":
    sys.exit(main())
