"""`kb check` tells everything that is wrong in one run, whatever file it is in."""

from __future__ import annotations

from pathlib import Path

from kb_tools.project import Project
from kb_tools.proof import check


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence of a text; return the line on which it stands."""
    before, found, after = path.read_text("utf-8").partition(old)
    assert found, f"{path.name} has no {old!r}"
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def told(root: Path) -> list[str]:
    return [f"{problem.where}: {problem.what}" for problem in check.check(Project(root))]


def test_the_repository_has_no_problems(project: Project) -> None:
    assert check.check(project) == []


def test_problems_of_several_fact_files_are_told_in_one_run(copy: Path) -> None:
    key = spoil(copy / "docs/facts/zdr.yml", "    about:", "    abuot:")
    length = spoil(copy / "docs/facts/features.yml", "length: P29D", "length: P29X")
    subject = spoil(copy / "docs/facts/regions.yml", "about: [claude-api", "about: [claude-apu")
    assert told(copy) == [
        (
            f"docs/facts/features.yml:{length}: fact 'features/batch-retention': invalid duration"
            " 'P29X'"
        ),
        (
            f"docs/facts/regions.yml:{subject}: fact 'regions/multi-region': unknown subject"
            " 'claude-apu'"
        ),
        "docs/facts/zdr.yml:6: fact 'zdr/definition': key 'about' is missing",
        f"docs/facts/zdr.yml:{key}: fact 'zdr/definition': unknown key 'abuot'",
    ]


def test_problems_of_facts_catalogs_glossary_and_questions_are_told_in_one_run(copy: Path) -> None:
    fact = spoil(copy / "docs/facts/features.yml", "length: P29D", "length: P29X")
    line = spoil(
        copy / "i18n/fr/LC_MESSAGES/facts.po",
        'msgctxt "zdr/definition"',
        'msgctext "zdr/definition"',
    )
    concept = spoil(copy / "i18n/glossary.yml", "meaning:", "meening:")
    found = told(copy)
    assert (
        f"docs/facts/features.yml:{fact}: fact 'features/batch-retention': invalid duration 'P29X'"
        in found
    )
    assert any(
        problem.startswith(f"i18n/fr/LC_MESSAGES/facts.po:{line}: not a valid PO file")
        for problem in found
    )
    assert f"i18n/glossary.yml:{concept}: concept 'zdr': unknown key 'meening'" in found


def test_a_catalog_and_the_questions_of_one_language_are_both_told_once(copy: Path) -> None:
    line = spoil(
        copy / "i18n/fr/LC_MESSAGES/facts.po",
        'msgctxt "zdr/definition"',
        'msgctext "zdr/definition"',
    )
    question = spoil(copy / "i18n/questions/fr.yml", "zdr/definition:", "zdr/definitoin:")
    fuzzy = spoil(
        copy / "i18n/ja/LC_MESSAGES/facts.po",
        '\nmsgctxt "zdr/definition"\nmsgid "What',
        '\n#, fuzzy\nmsgctxt "zdr/definition"\nmsgid "What',
    )
    found = told(copy)
    assert [problem.partition(": ")[0] for problem in found] == [
        f"i18n/fr/LC_MESSAGES/facts.po:{line}",
        f"i18n/ja/LC_MESSAGES/facts.po:{fuzzy + 3}",  # the line of its msgid
        "i18n/questions/fr.yml:1",
        f"i18n/questions/fr.yml:{question}",
    ]


def test_problems_of_one_file_are_told_from_top_to_bottom(copy: Path) -> None:
    """Line 9 comes before line 10, as people mend them."""
    page = copy / "docs/en/zdr.md"
    page.write_text(page.read_text("utf-8").replace("**no**", "**yes**"), "utf-8")
    lines = [
        int(problem.where.rpartition(":")[2])
        for problem in check.check(Project(copy))
        if problem.where.startswith("docs/en/zdr.md")
    ]
    assert len(lines) > 5
    assert lines == sorted(lines)
