"""The glossary: what is told of a faulty one, and of texts that do not keep to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_tools import layout
from kb_tools.errors import InvalidSource
from kb_tools.locales import SOURCE, Locale
from kb_tools.project import Project
from kb_tools.search import glossary, variants
from kb_tools.search.concepts import Matcher

DELETED = """\
  - id: deletion
    meaning: that files are gone
    terms:
      en: [Deleted Data, DD]
      fr: [données supprimées, DD]
      ja: [データ削除]
      zh: [数据删除]
"""
PLAN = """\
  - id: team-plan
    meaning: the plan for several people
    terms: {en: [Team plan], fr: [forfait Équipe], ja: [Team plan], zh: [Team plan]}
    avoid: {fr: [offre de groupe]}
"""
GOOD = f"concepts:\n{DELETED}{PLAN}"


def load(folder: Path, text: str) -> glossary.Glossary:
    path = folder / layout.GLOSSARY
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return glossary.load(folder, variants.folding())


# what is put for what in the glossary above, and what is told of it
FAULTS = [
    ("are gone\n", "are gone\n    note: none\n", "4: concept 'deletion': unknown key 'note'"),
    (
        "    meaning: that files are gone\n",
        "",
        "2: concept 'deletion': key 'meaning' is missing",
    ),
    ("id: team-plan", "id: deletion", "9: duplicate concept 'deletion'"),
    ("id: team-plan", "id: Team plan", "9: concept 'Team plan': 'id' is 'Team plan'"),
    (
        "      en: [Deleted Data, DD]\n",
        "",
        "4: concept 'deletion' has no term in 'en'",
    ),
    ("en: [Deleted Data, DD]", "en: []", "4: concept 'deletion' has no term in 'en'"),
    (
        "zh: [数据删除]",
        "zh: [数据删除]\n      xx: [Xxx]",
        "9: unknown language 'xx'",
    ),
    ("avoid: {fr:", "avoid: {xx:", "12: unknown language 'xx'"),
    ("en: [Team plan]", "en: [Team plan, dd]", "11: term 'dd' also belongs to 'deletion'"),
    (
        "zh: [Team plan]",
        "zh: [Team plan, 數據刪除]",
        "11: term '數據刪除' also belongs to 'deletion'",
    ),  # Traditional is read as Simplified
    (
        "fr: [forfait Équipe]",
        "fr: [forfait Équipe, donnees supprimees]",
        "11: term 'donnees supprimees' also belongs to 'deletion'",
    ),
    (
        "en: [Deleted Data, DD]",
        "en: [Deleted Data, '!?']",
        "5: term '!?' has nothing to match",
    ),
    (
        "en: [Deleted Data, DD]",
        "en: [Deleted Data, DD",
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
            GOOD.replace("id: team-plan", "id: deletion").replace(
                "en: [Deleted Data, DD]", "en: []"
            ),
        )
    assert len(caught.value.problems) == 2


def test_a_base_without_a_glossary_has_no_concepts(tmp_path: Path) -> None:
    assert glossary.load(tmp_path, {}).concepts == ()


def test_a_glossary_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / layout.GLOSSARY).mkdir(parents=True)
    with pytest.raises(InvalidSource, match=r"i18n/glossary.yml:1: cannot be read"):
        glossary.load(tmp_path, {})


@pytest.mark.parametrize(
    ("code", "lacking"),
    [("en", []), ("fr", []), ("ja", ["deletion"]), ("zh", []), ("de", ["deletion", "team-plan"])],
)
def test_a_concept_that_lacks_a_language_is_told(
    tmp_path: Path, code: str, lacking: list[str]
) -> None:
    known = load(tmp_path, GOOD.replace("ja: [データ削除]", "ja: []"))
    found = glossary.missing(known, Locale(code, code, code, code))
    assert [problem.what for problem in found] == [
        f"concept {concept!r} has no term in {code!r}" for concept in lacking
    ]


NAMED = "Deleted Data is gone."
UNKNOWN = "'page/x': names 'deletion' by a term not in the glossary"
# language, English text, text, what is told of the text, why
TEXTS = [
    ("fr", "DD is gone.", "C’est fini.", [], "only the first English term names the concept"),
    ("fr", NAMED, "Les données supprimées disparaissent.", [], "by its term"),
    ("fr", NAMED, "LES DONNEES SUPPRIMÉES disparaissent.", [], "case and accents do not matter"),
    ("fr", NAMED, "Deleted Data disparaît.", [], "the English name is known everywhere"),
    ("fr", NAMED, "DD disparaît.", [], "by another term"),
    ("fr", NAMED, "Les données effacées disparaissent.", [UNKNOWN], "by a term of no concept"),
    ("zh", NAMED, "资料消失。", [UNKNOWN], "by no term"),
    ("zh", NAMED, "數據刪除以后消失。", [], "in Traditional characters"),
    ("ja", NAMED, "データ削除で消えます。", [], "in Japanese"),
    ("de", NAMED, "Alles ist fort.", [], "a language without terms is not held to them"),
    (
        "fr",
        "The Team plan keeps files.",
        "L’offre de groupe conserve des fichiers.",
        [
            "'page/x': names 'team-plan' by a term not in the glossary",
            "'page/x': says 'offre de groupe'",
        ],
        "by a term to avoid",
    ),
    (
        "fr",
        "The Team plan keeps files.",
        "Le forfait Équipe, ou offre de groupe, conserve des fichiers.",
        ["'page/x': says 'offre de groupe'"],
        "by a term to avoid as well",
    ),
    ("fr", "Teams plans.", "Rien.", [], "a term is matched as whole words"),
]


@pytest.mark.parametrize(
    ("language", "english", "text", "expected", "why"), TEXTS, ids=[row[-1] for row in TEXTS]
)
def test_a_text_names_concepts_by_known_terms(
    tmp_path: Path, language: str, english: str, text: str, expected: list[str], why: str
) -> None:
    texts = {"page/x": (english, text)}
    known = load(tmp_path, GOOD)
    found = list(glossary.text_problems("fr.po:1", language, texts, known, variants.folding()))
    assert [problem.what for problem in found] == expected, why
    assert all(problem.hint.startswith("Say '") for problem in found)


def test_a_concept_that_nothing_covers_is_asked_of_no_text(tmp_path: Path) -> None:
    hidden = GOOD.replace("    meaning: that files", "    covered: false\n    meaning: that files")
    known = load(tmp_path, hidden)
    assert known.uncovered == {"deletion"}
    texts = {"page/x": (NAMED, "Rien.")}
    assert not list(glossary.text_problems("fr.po:1", "fr", texts, known, variants.folding()))


def test_terms_are_matched_as_readers_write_them(tmp_path: Path) -> None:
    matching = load(tmp_path, GOOD).matching(variants.folding())
    assert matching["donnees supprimees"] == "deletion"
    assert matching["数据删除"] == "deletion"


LINKS = """\
  - {id: links, meaning: links, terms: {en: [link, shared link, link to a team]}}
  - {id: teams, meaning: teams, terms: {en: [team]}}
"""


def test_a_term_in_which_another_of_its_concept_stands_is_kept(tmp_path: Path) -> None:
    """Else what is left of a text without its concepts would have a part of the term."""
    matching = load(tmp_path, f"concepts:\n{LINKS}").matching({})
    assert set(matching) == {"link", "shared link", "team", "link to a team"}
    found, rest = Matcher(matching).read("a shared link")
    assert (found, rest.split()) == (["links"], ["a"])


def test_the_languages_of_a_term_are_told(tmp_path: Path) -> None:
    text = "concepts:\n  - {id: links, meaning: links, terms: {en: [Link], fr: [lien, link]}}\n"
    languages = load(tmp_path, text).languages({})
    assert languages == {"link": {"en", "fr"}, "lien": {"fr"}}


def test_the_first_concept_keeps_a_term_that_two_claim(tmp_path: Path) -> None:
    claimed = "concepts:\n" + "".join(
        f"  - {{id: {name}, meaning: x, terms: {{en: [{name}], {code}: [same]}}}}\n"
        for name, code in (("one", "fr"), ("two", "de"))
    )
    assert load(tmp_path, claimed).matching({})["same"] == "one"


def test_the_starter_names_its_subjects_in_every_language(project: Project) -> None:
    concepts = {concept.id: concept for concept in project.glossary.concepts}
    named = {
        subject.id
        for subject in project.knowledge.subjects.values()
        if subject.kind in project.settings.subjects.named
    }
    assert named - concepts.keys() == {"version-history"}, "on purpose, as subjects.yml says"
    codes = {locale.code for locale in project.locales}
    assert SOURCE.code in codes
    assert all(concept.terms.keys() == codes for concept in concepts.values())
