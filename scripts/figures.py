"""Print the figures of the code that its rules rest on: functions, files, lines, comments.

Run by `make figures`. Fails where a function is longer than 40 lines or a line than 100 columns,
in Python and in the widget's JavaScript.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST_FUNCTION = 40
LONGEST_LINE = 100


def main() -> None:
    """Print the figures of each part of the code; exit with 1 where a rule is broken."""
    broken = [
        *_python("kb_tools", sorted((ROOT / "kb_tools").rglob("*.py"))),
        *_python("scripts", sorted((ROOT / "scripts").glob("*.py"))),
        *_python("tests", sorted((ROOT / "tests").rglob("*.py"))),
        *_javascript(sorted((ROOT / "kb_tools").rglob("*.*js"))),
    ]
    for line in broken:
        print(line, file=sys.stderr)
    sys.exit(1 if broken else 0)


def _python(name: str, paths: Sequence[Path]) -> Iterator[str]:
    sizes, lengths, comments, ternaries, total = [], [], 0, 0, 0
    broken = []
    for path in paths:
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        lines = text.splitlines()
        sizes.append(len(lines))
        total += len(lines)
        comments += sum(line.lstrip().startswith("#") for line in lines)
        ternaries += sum(isinstance(node, ast.IfExp) for node in ast.walk(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                lengths.append(length)
                if length > LONGEST_FUNCTION:
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    broken.append(f"{place}: {node.name} has {length} lines")
        broken += _long_lines(path, lines)
    _print_sizes(name, sizes, total)
    _print_lengths(lengths)
    print(f"  comment lines {comments / total:.1%}, ternaries a thousand lines", end=" ")
    print(f"{1000 * ternaries / total:.0f}")
    yield from broken


def _javascript(paths: Sequence[Path]) -> Iterator[str]:
    sizes = [len(path.read_text("utf-8").splitlines()) for path in paths]
    _print_sizes("JavaScript", sizes, sum(sizes))
    for path in paths:
        yield from _long_lines(path, path.read_text("utf-8").splitlines())


def _long_lines(path: Path, lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            yield f"{path.relative_to(ROOT)}:{number}: {len(line)} columns"


def _print_sizes(name: str, sizes: Sequence[int], total: int) -> None:
    median = statistics.median(sizes)
    print(f"{name}: {len(sizes)} files, {total} lines, median {median:.0f}, longest {max(sizes)}")


def _print_lengths(lengths: Sequence[int]) -> None:
    tenths = statistics.quantiles(lengths, n=20)
    print(
        f"  {len(lengths)} functions, lines: median {statistics.median(lengths):.0f},"
        f" p90 {tenths[17]:.0f}, p95 {tenths[18]:.0f}, longest {max(lengths)},"
        f" over 25: {sum(length > 25 for length in lengths)},"
        f" over {LONGEST_FUNCTION}: {sum(length > LONGEST_FUNCTION for length in lengths)}"
    )


if __name__ == "__main__":
    main()
