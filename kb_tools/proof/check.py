"""Everything that must hold before the knowledge base is published, as one list of problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kb_tools.errors import InvalidSource, Problem
from kb_tools.language import catalog
from kb_tools.locales import LOCALES, SOURCE, TRANSLATED
from kb_tools.project import Project
from kb_tools.proof import parity, schemas
from kb_tools.search import glossary, variants
from kb_tools.site import pages
from kb_tools.site.pages import Renderer


def check(project: Project) -> list[Problem]:
    """Check sources, catalogs, glossary, values on the rendered pages and the freshness of
    generated files; an empty list is good.
    """
    try:
        editions = project.editions
    except InvalidSource as error:
        return InvalidSource([*error.problems, *_catalog_problems(project)]).problems
    found = [
        *_catalog_problems(project),
        *_wording_problems(project),
        *schemas.outdated(project.root),
    ]
    try:
        rendered = render(project)
    except InvalidSource as error:
        return InvalidSource([*found, *error.problems]).problems
    assert editions.keys() == rendered.keys()
    found += pages.outdated(project.root, rendered)
    found += parity.problems(project.root, project.knowledge, list(LOCALES))
    return InvalidSource(found).problems


def render(project: Project) -> Mapping[str, Mapping[str, str]]:
    """The pages of all languages, by language and file name."""
    return {
        code: Renderer(
            project.root, project.knowledge, project.voice(locale), project.editions[code]
        ).pages()
        for code, locale in LOCALES.items()
    }


def _catalog_problems(project: Project) -> list[Problem]:
    try:
        knowledge = project.knowledge
    except InvalidSource:
        return []
    found = catalog.template_problems(project.root, knowledge)
    for locale in TRANSLATED:
        found += catalog.problems(project.root, knowledge, locale)
    return found


def _wording_problems(project: Project) -> Iterator[Problem]:
    """Statements that name a concept by a term that the glossary does not know."""
    english = {entry.id: f"{entry.title} {entry.text}" for entry in project.editions[SOURCE.code]}
    for locale in TRANSLATED:
        name = catalog.po_path(Path(), locale, "facts").as_posix()
        texts = {
            entry.id: (english[entry.id], f"{entry.title} {entry.text}")
            for entry in project.editions[locale.code]
        }
        yield from glossary.text_problems(
            f"{name}:1", locale.code, texts, project.glossary, variants.folding()
        )
