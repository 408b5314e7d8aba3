"""Validate the HTML of every page of the built site, of every kind and language.

    python scripts/html_validity.py [SITE]

Prints how many pages there are, and the problems of each rule with the first places of each. Fails
where there are problems, where nothing is found to validate, and where an excuse is no longer
needed. Run by `make html`, after `kb build`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
VALIDATOR = ROOT / ".node/node_modules/.bin/html-validate"
CONFIGURATION = ROOT / "scripts/node/html-validity.mjs"
MOST_PLACES = 5

_AUTOCOMPLETE = "Material writes it, so that Firefox does not keep a drawer open over a reload"
EXCUSED = {
    ("valid-autocomplete", "#__drawer"): _AUTOCOMPLETE,
    ("valid-autocomplete", "#__search"): _AUTOCOMPLETE,
}
"""What only Material's own templates break, by rule and element; anything of ours that breaks the
same rule is told.
"""


class Problem(NamedTuple):
    """What breaks a rule, and where."""

    rule: str
    element: str
    place: str
    said: str


def main() -> None:
    """Validate all pages; print what is wrong, by rule."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    pages = sorted(site.rglob("*.html"))
    if not pages:
        sys.exit(f"{site}: there is no page\n    Run kb build.")
    if not VALIDATOR.exists():
        sys.exit("html-validate is not installed\n    Run scripts/node-packages.")
    found = _validated(site, pages)
    wrong = [problem for problem in found if (problem.rule, problem.element) not in EXCUSED]
    needed = {(problem.rule, problem.element) for problem in found}
    needless = [excuse for excuse in EXCUSED if excuse not in needed]
    print(f"{len(pages)} pages: {_kinds(site, pages)}")
    print(f"{len(wrong)} problems, {len(found) - len(wrong)} that are Material's own are excused")
    _tell(wrong)
    for rule, element in needless:
        print(f"{rule} at {element}: the excuse is no longer needed; remove it")
    sys.exit(1 if wrong or needless else 0)


def _validated(site: Path, pages: Iterable[Path]) -> list[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"  # it ends before a pipe has taken all
        command: list[str | Path] = [
            VALIDATOR,
            "--config",
            CONFIGURATION,
            "--formatter",
            f"json={told}",
            *pages,
        ]
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if run.returncode not in (0, 1) or run.stderr or not told.exists():
            sys.exit(f"html-validate failed\n{run.stderr or run.stdout}")
        read = json.loads(told.read_text("utf-8"))
    return [
        Problem(
            message["ruleId"],
            message.get("selector") or "",
            f"{Path(page['filePath']).relative_to(site.resolve())}:{message['line']}",
            message["message"],
        )
        for page in read
        for message in page["messages"]
    ]


def _kinds(site: Path, pages: Iterable[Path]) -> str:
    """How many pages each folder of the site has."""
    folders = (page.relative_to(site).parts[:-1] for page in pages)
    counts = Counter(parts[0] if parts else "root" for parts in folders)
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))


def _tell(wrong: Iterable[Problem]) -> None:
    by_rule = defaultdict(list)
    for problem in wrong:
        by_rule[problem.rule].append(problem)
    for rule, problems in sorted(by_rule.items()):
        print(f"\n{rule}: {len(problems)}")
        for problem in problems[:MOST_PLACES]:
            print(f"  {problem.place}: {problem.said} ({problem.element})")
        if len(problems) > MOST_PLACES:
            print(f"  and {len(problems) - MOST_PLACES} more")


if __name__ == "__main__":
    main()
