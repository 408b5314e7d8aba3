"""The glossary: what is told of a faulty one, and of texts that do not keep to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_tools.errors import InvalidSource
from kb_tools.locales import LOCALES
from kb_tools.project import Project
from kb_tools.search import glossary, variants

ZDR = """\
  - id: zdr
    meaning: nothing is stored
    terms:
      en: [Zero Data Retention, ZDR]
      fr: [zéro rétention de données, ZDR]
      ja: [ゼロデータ保持]
      zh: [零数据保留]
"""
BATCH = """\
  - id: batch-api
    meaning: the Message Batches API
    terms: {en: [Batch API], fr: [API Batch], ja: [Batch API], zh: [Batch API]}
    avoid: {fr: [API par lots]}
"""
GOOD = f"concepts:\n{ZDR}{BATCH}"


def load(folder: Path, text: str) -> glossary.Glossary:
    path = folder / glossary.PATH
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return glossary.load(folder, variants.folding())


# what is put for what in the glossary above, and what is told of it
FAULTS = [
    ("stored\n", "stored\n    note: none\n", "4: concept 'zdr': unknown key 'note'"),
    ("    meaning: nothing is stored\n", "", "2: concept 'zdr': key 'meaning' is missing"),
    ("id: batch-api", "id: zdr", "9: duplicate concept 'zdr'"),
    ("id: batch-api", "id: Batch API", "9: concept 'Batch API': 'id' is 'Batch API'"),
    ("      ja: [ゼロデータ保持]\n", "", "4: concept 'zdr' has no term in 'ja'"),
    ("ja: [ゼロデータ保持]", "ja: []", "4: concept 'zdr' has no term in 'ja'"),
    (
        "zh: [零数据保留]",
        "zh: [零数据保留]\n      de: [Nullspeicherung]",
        "9: unknown language 'de'",
    ),
    ("avoid: {fr:", "avoid: {de:", "12: unknown language 'de'"),
    ("en: [Batch API]", "en: [Batch API, zdr]", "11: term 'zdr' also belongs to 'zdr'"),
    (
        "zh: [Batch API]",
        "zh: [Batch API, 零數據保留]",
        "11: term '零數據保留' also belongs to 'zdr'",
    ),  # Traditional is read as Simplified
    (
        "fr: [API Batch]",
        "fr: [API Batch, zero retention de donnees]",
        "11: term 'zero retention de donnees' also belongs to 'zdr'",
    ),
    (
        "en: [Zero Data Retention, ZDR]",
        "en: [Zero Data Retention, '!?']",
        "5: term '!?' has nothing to match",
    ),
    (
        "en: [Zero Data Retention, ZDR]",
        "en: [Zero Data Retention, ZDR",
        "6: not valid YAML: did not find expected ',' or ']'",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), FAULTS, ids=[expected for _, _, expected in FAULTS]
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(InvalidSource) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == [
        f"i18n/glossary.yml:{expected}"
    ]
    assert all(problem.hint.endswith(".") for problem in caught.value.problems)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(InvalidSource) as caught:
        load(
            tmp_path,
            GOOD.replace("id: batch-api", "id: zdr").replace("ja: [ゼロデータ保持]", "ja: []"),
        )
    assert len(caught.value.problems) == 2


def test_a_glossary_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSource, match=r"i18n/glossary.yml:1: cannot be read"):
        glossary.load(tmp_path, {})


# language, English text, text, what is told of the text
TEXTS = [
    (
        "fr",
        "ZDR is a commitment.",
        "C’est un engagement.",
        [],
    ),  # only the first English term names the concept
    (
        "fr",
        "Zero Data Retention is a commitment.",
        "La zéro rétention de données est un engagement.",
        [],
    ),
    (
        "fr",
        "Zero Data Retention is a commitment.",
        "LA ZERO RETENTION DE DONNÉES est un engagement.",
        [],
    ),  # case and accents are no difference
    (
        "fr",
        "Zero Data Retention is a commitment.",
        "Zero Data Retention est un engagement.",
        [],
    ),  # the English name is known everywhere
    (
        "fr",
        "Zero Data Retention is a commitment.",
        "La conservation nulle est un engagement.",
        ["'zdr/x': names 'zdr' by a term that the glossary does not know"],
    ),
    (
        "zh",
        "Zero Data Retention is a commitment.",
        "无保留是一项承诺。",
        ["'zdr/x': names 'zdr' by a term that the glossary does not know"],
    ),
    ("zh", "Zero Data Retention is a commitment.", "零數據保留是一项承诺。", []),
    ("ja", "Zero Data Retention is a commitment.", "ゼロデータ保持は約束です。", []),
    (
        "fr",
        "The Batch API keeps data.",
        "L’API par lots conserve des données.",
        [
            "'zdr/x': names 'batch-api' by a term that the glossary does not know",
            "'zdr/x': says 'API par lots'",
        ],
    ),
    (
        "fr",
        "The Batch API keeps data.",
        "L’API Batch, ou API par lots, conserve des données.",
        ["'zdr/x': says 'API par lots'"],
    ),
    ("fr", "Batches APIs.", "Rien.", []),  # a term is matched as whole words
]


@pytest.mark.parametrize(
    ("language", "english", "text", "expected"), TEXTS, ids=[text for _, _, text, _ in TEXTS]
)
def test_a_text_names_concepts_by_known_terms(
    tmp_path: Path, language: str, english: str, text: str, expected: list[str]
) -> None:
    known = load(tmp_path, GOOD)
    found = list(
        glossary.text_problems(
            "fr.po:1", language, {"zdr/x": (english, text)}, known, variants.folding()
        )
    )
    assert [problem.what for problem in found] == expected
    assert all(problem.hint.startswith("Say '") for problem in found)


def test_terms_are_matched_as_readers_write_them(tmp_path: Path) -> None:
    matching = load(tmp_path, GOOD).matching(variants.folding())
    assert matching["zero retention de donnees"] == "zdr"
    assert matching["零数据保留"] == "zdr"


def test_the_glossary_of_the_repository_names_every_subject_of_the_facts(project: Project) -> None:
    """Every product, plan, service and programme that facts are about is a concept that the search
    knows in all languages.
    """
    concepts = {concept.id for concept in project.glossary.concepts}
    kinds = {"product", "feature", "plan", "service", "programme"}
    assert {
        subject.id for subject in project.knowledge.subjects.values() if subject.kind in kinds
    } - concepts == set()
    assert all(concept.terms.keys() == LOCALES.keys() for concept in project.glossary.concepts)
