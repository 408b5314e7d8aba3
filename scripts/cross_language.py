"""Ask the questions of each language of an index that lacks that language: meaning and the glossary
must find the fact in the others.

Run by `make cross`; prints success@1 and success@3 for each language.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import evaluation
from kb_tools.search.answer import Answerer

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Build an index without each language and measure."""
    project = Project(ROOT)
    questions = evaluation.read(
        Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests/queries.jsonl"
    )
    for missing in (locale.code for locale in project.locales):
        own = [question for question in questions if question.language == missing]
        with tempfile.TemporaryDirectory() as folder:
            others = [locale for locale in project.locales if locale.code != missing]
            builder.build_index(project, Path(folder), others, semantic=True)
            for semantic in (True, False):
                report = evaluation.evaluate(Answerer.open(Path(folder), semantic=semantic), own)
                group = report.groups[missing]
                how = "with meaning" if semantic else "words alone "
                print(
                    f"{missing} without {missing}, {how}: success@1 {group['success@1']:.1%},"
                    f" success@3 {group['success@3']:.1%}"
                )


if __name__ == "__main__":
    main()
