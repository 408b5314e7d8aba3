"""Ask 20,000 random and adversarial questions: nothing may be raised but a refusal, and none may
take long.

Run by `make fuzz`; prints the longest time. Seeded, so that a failure can be repeated.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

from kb_tools.errors import BadQuery, BadQuestion
from kb_tools.search import generations, index
from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent
INDEX = ROOT / "build/index"
BOUND = 250.0
"""Milliseconds of processor time that no question may take."""
_PIECES = [
    *"abcdefghijklmnopqrstuvwxyzéœßñ 0123456789",
    *"保持期間数据保留ゼロデータﾌﾟﾛﾝﾌﾟﾄ데이터보존данныеبياناתנתונים",
    *"\x00\x01\x1b\t\n\r\u00a0\u200b\u200f\u202e\ufeff\ufffe",
    *"\ud800\udfff\U0001f642\U000e0001\u0301\u3099",
    *"\"'()[]{}<>*?~^:;,.!/\\|&%$#@=+-_",
    *(
        " AND ",
        " OR ",
        " NOT ",
        " TO ",
        "title:",
        "about:",
        "from:[",
        "{{",
        "{%",
        "<script>",
        "%(n)s",
        "../",
        "batch",
        "ZDR",
        "/v1/files",
        "zdr ",
    ),
]


def main() -> None:
    """Ask, time and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20_000)
    parser.add_argument("--semantic", action="store_true", help="with likeness of meaning")
    chosen = parser.parse_args()
    rounds, chance = chosen.rounds, random.Random(20251122)
    answerer = Answerer.open(INDEX, semantic=chosen.semantic)
    answerer.best_guesses("warm")
    generation = generations.held(INDEX)
    worst, slowest = 0.0, ""
    for number in range(rounds):
        text = _text(chance, number)
        start = time.process_time()
        with suppress(BadQuestion):
            answerer.ask(text, language=chance.choice([None, "en", "ja"]))
        taken = (time.process_time() - start) * 1000
        if taken > worst:
            worst, slowest = taken, text
        if number % 20 == 0:
            with suppress(BadQuery):
                index.search(generation, text[:500])
        if number % 2000 == 1999:
            print(f"{number + 1} of {rounds}", file=sys.stderr)
    print(
        f"{rounds} questions: nothing raised; the slowest took {worst:.0f} ms (at most"
        f" {BOUND:.0f}), {len(slowest)} characters"
    )
    sys.exit(worst > BOUND)


def _text(chance: random.Random, number: int) -> str:
    if number % 200 == 0:
        return "".join(chance.choices(_PIECES, k=30)) * 3400  # about 100 kB
    return "".join(chance.choices(_PIECES, k=chance.choice([0, 1, 3, 10, 40, 200, 1000])))


if __name__ == "__main__":
    main()
