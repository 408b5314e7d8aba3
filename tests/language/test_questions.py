"""What people ask: what is told of a faulty file of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_tools.errors import InvalidSource
from kb_tools.language import questions
from kb_tools.locales import LOCALES
from kb_tools.project import Project

FACTS = ["zdr/one", "zdr/two"]
PATH = "i18n/questions/fr.yml"


def asked(fact: str, number: int = questions.FEWEST) -> str:
    return f"{fact}:\n" + "".join(f"  - Question {count} sur {fact} ?\n" for count in range(number))


GOOD = asked("zdr/one") + asked("zdr/two")
SECOND = questions.FEWEST + 2  # the line of the second fact

FAULTS = [
    (asked("zdr/one"), ["1: no questions for 'zdr/two'"]),
    (
        GOOD.replace("zdr/two:", "zdr/too:"),
        ["1: no questions for 'zdr/two'", f"{SECOND}: unknown fact 'zdr/too'"],
    ),
    (asked("zdr/one") + asked("zdr/two", 3), [f"{SECOND}: 'zdr/two' has 3 questions"]),
    (
        asked("zdr/one") + "zdr/two: Pourquoi ?\n",
        [f"{SECOND}: 'zdr/two' is not a list of questions"],
    ),
    (asked("zdr/one") + "zdr/two:\n", [f"{SECOND}: 'zdr/two' is not a list of questions"]),
    (GOOD + "  - \n", [f"{SECOND}: 'zdr/two' is not a list of questions"]),
    (GOOD + "  - 29\n", [f"{SECOND}: 'zdr/two' is not a list of questions"]),
    (GOOD + "  - {a: b}\n", [f"{SECOND}: 'zdr/two' is not a list of questions"]),
    (
        GOOD + "  - Question 0 sur zdr/one ?\n",
        [
            f"{GOOD.count(chr(10)) + 1}: question 'Question 0 sur zdr/one ?' also stands under"
            " 'zdr/one'"
        ],
    ),
    (
        GOOD + "  - Question 0 sur zdr/two ?\n",
        [
            f"{GOOD.count(chr(10)) + 1}: question 'Question 0 sur zdr/two ?' also stands under"
            " 'zdr/two'"
        ],
    ),
    (
        GOOD + asked("zdr/one"),
        [f"{GOOD.count(chr(10)) + 1}: key 'zdr/one' stands twice, first on line 1"],
    ),
    ("- zdr/one\n", ["1: not a mapping of fact ids to questions"]),
    ("{}\n", ["1: not a mapping of fact ids to questions"]),
    ("", ["1: the file is empty"]),
    ("zdr/one: [\n", ["2: not valid YAML: did not find expected node content"]),
]


def load(folder: Path, text: str) -> questions.Questions:
    (folder / questions.FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / PATH).write_text(text, "utf-8")
    return questions.load(folder, LOCALES["fr"], FACTS)


@pytest.mark.parametrize(
    ("text", "expected"), FAULTS, ids=[" and ".join(expected) for _, expected in FAULTS]
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, expected: list[str]) -> None:
    with pytest.raises(InvalidSource) as caught:
        load(tmp_path, text)
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == [
        f"{PATH}:{what}" for what in expected
    ]
    assert all(problem.hint.endswith(".") for problem in caught.value.problems)


def test_questions_are_read_in_the_order_of_the_facts(tmp_path: Path) -> None:
    read = load(tmp_path, asked("zdr/two") + asked("zdr/one"))
    assert list(read) == FACTS
    assert read["zdr/one"][0] == "Question 0 sur zdr/one ?"


@pytest.mark.parametrize("language", LOCALES)
def test_every_fact_is_asked_for_in_every_language(project: Project, language: str) -> None:
    ids = [fact.id for fact in project.knowledge.facts]
    read = questions.load(project.root, LOCALES[language], ids)
    assert min(map(len, read.values())) >= questions.FEWEST
