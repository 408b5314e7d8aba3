"""What people ask: what is told of a faulty file of questions, and of one that has too few."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import LANGUAGES, LOCALES, said

from kb_tools.errors import InvalidSource
from kb_tools.language import questions
from kb_tools.project import Project

FACTS = ["handling/one", "handling/two"]
FORMER = {"handling/second": "handling/two"}
PATH = "i18n/questions/fr.yml"
FRENCH = LOCALES["fr"]
WANTED = 3


def asked(fact: str, number: int = WANTED) -> str:
    return f"{fact}:\n" + "".join(f"  - Question {count} sur {fact} ?\n" for count in range(number))


GOOD = asked("handling/one") + asked("handling/two")
SECOND = WANTED + 2  # the line of the second fact
NEXT = GOOD.count("\n") + 1  # the line after both

FAULTS = [
    (
        GOOD.replace("handling/two:", "handling/too:"),
        f"{SECOND}: unknown fact 'handling/too'",
    ),
    (
        asked("handling/one") + "handling/two: Pourquoi ?\n",
        f"{SECOND}: 'handling/two' is not a list",
    ),
    (asked("handling/one") + "handling/two:\n", f"{SECOND}: 'handling/two' is not a list"),
    (GOOD + "  - \n", f"{NEXT}: item 4 of 'handling/two' is not text"),
    (GOOD + "  - 29\n", f"{NEXT}: item 4 of 'handling/two' is not text"),
    (GOOD + "  - {a: b}\n", f"{NEXT}: item 4 of 'handling/two' is not text"),
    (GOOD + '  - " "\n', f"{NEXT}: item 4 of 'handling/two' is empty"),
    (
        GOOD + "  - Question 0 sur handling/one ?\n",
        f"{NEXT}: question 'Question 0 sur handling/one ?' also stands under 'handling/one'",
    ),
    (
        GOOD + "  - Question 0 sur handling/two ?\n",
        f"{NEXT}: question 'Question 0 sur handling/two ?' also stands under 'handling/two'",
    ),
    (
        GOOD + asked("handling/one"),
        f"{NEXT}: key 'handling/one' stands twice, first on line 1",
    ),
    ("Handling one: [Pourquoi ?]\n", "1: a key is 'Handling one'"),
    ("- handling/one\n", "1: not a mapping of keys to values"),
    ("", "1: the file is empty"),
    ("handling/one: [\n", "2: not valid YAML: did not find expected node content"),
]


def load(folder: Path, text: str) -> questions.Questions:
    path = folder / PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return questions.load(folder, FRENCH, FACTS, FORMER)


@pytest.mark.parametrize(("text", "expected"), FAULTS, ids=[expected for _, expected in FAULTS])
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(InvalidSource) as caught:
        load(tmp_path, text)
    assert said(caught.value.problems) == [f"{PATH}:{expected}"]
    assert all(problem.hint.endswith(".") for problem in caught.value.problems)


# a file, how many questions of each fact are asked for, and what is told
FEW = [
    (GOOD, WANTED, []),
    (GOOD, WANTED + 1, ["3 questions for 'handling/one'", "3 questions for 'handling/two'"]),
    (asked("handling/one"), WANTED, ["no questions for 'handling/two'"]),
    (asked("handling/one") + asked("handling/two", 1), 2, ["1 question for 'handling/two'"]),
    (asked("handling/one"), 0, []),
    ("{}\n", 1, ["no questions for 'handling/one'", "no questions for 'handling/two'"]),
]


@pytest.mark.parametrize(("text", "at_least", "expected"), FEW)
def test_facts_with_fewer_questions_than_are_asked_for_are_told(
    tmp_path: Path, text: str, at_least: int, expected: list[str]
) -> None:
    found = questions.missing(load(tmp_path, text), FRENCH, FACTS, at_least)
    assert said(found) == [f"{PATH}:1: {what}" for what in expected]
    assert all(f"at least {at_least}" in problem.hint for problem in found)


def test_a_language_without_a_file_has_no_questions(tmp_path: Path) -> None:
    assert questions.load(tmp_path, FRENCH, FACTS, FORMER) == {}


def test_questions_are_read_in_the_order_of_the_facts(tmp_path: Path) -> None:
    read = load(tmp_path, asked("handling/two") + asked("handling/one"))
    assert list(read) == FACTS
    assert read["handling/one"][0] == "Question 0 sur handling/one ?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_the_small_base_is_asked_for_in_every_language(
    project: Project, language: str
) -> None:
    ids = [fact.id for fact in project.knowledge.facts]
    read = project.questions(project.locale(language))
    assert list(read) == ids
    assert min(map(len, read.values())) >= project.settings.questions.at_least > 0
