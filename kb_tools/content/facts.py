"""The YAML files of facts, sources and subjects to one knowledge base, all problems at once."""

from __future__ import annotations

from pathlib import Path

from kb_tools import layout
from kb_tools.content.model import KnowledgeBase, Page, SourceList, SubjectList
from kb_tools.content.references import Checker
from kb_tools.content.settings import Settings
from kb_tools.content.source import Document
from kb_tools.errors import InvalidSource, Problem


def load(root: Path, settings: Settings) -> KnowledgeBase:
    """Read and check all facts below a project's root; raise `InvalidSource` with every problem."""
    names = (*settings.pages, "sources", "subjects")
    documents = {name: Document(root / layout.page_file(name), root) for name in names}
    sources = documents["sources"].parse(SourceList)
    subjects = documents["subjects"].parse(SubjectList)
    pages = {name: documents[name].parse(Page) for name in settings.pages}
    read = {name: page for name, page in pages.items() if page}
    problems = _strays(root, settings)
    if sources and subjects:
        knowledge = KnowledgeBase(
            pages=tuple(read.values()),
            sources={source.id: source for source in sources.sources},
            subjects={subject.id: subject for subject in subjects.subjects},
            places=_places(documents, read),
        )
        complete = len(read) == len(pages)
        Checker(documents, read, knowledge, settings).check(complete=complete)
        problems += _named(settings, knowledge) if complete else []
    problems += [problem for document in documents.values() for problem in document.problems]
    if problems or not (sources and subjects):
        raise InvalidSource(problems)
    return knowledge


def _places(documents: dict[str, Document], pages: dict[str, Page]) -> dict[str, str]:
    """The file and line of each fact."""
    return {
        fact.id: documents[name].where(("facts", number))
        for name, page in pages.items()
        for number, fact in enumerate(page.facts)
    }


def _named(settings: Settings, knowledge: KnowledgeBase) -> list[Problem]:
    """What is usually asked must be facts, figures must be values of facts; what is withdrawn must
    not be a fact.
    """
    told = []
    for fact in settings.usual:
        if fact not in knowledge.places:
            told.append((f"usual names unknown fact {fact!r}", "Use the id of a fact, page/slug."))
    values = {fact.id: fact.values for fact in knowledge.facts}
    for figure in settings.figures:
        if figure.fact not in values:
            what = f"figures name unknown fact {figure.fact!r}"
            told.append((what, "Use the id of a fact, page/slug."))
        elif figure.value not in values[figure.fact]:
            what = f"figures: fact {figure.fact!r} has no value {figure.value!r}"
            told.append((what, f"It has {', '.join(values[figure.fact]) or 'none'}."))
    for gone in settings.withdrawn:
        if gone in knowledge.places:
            told.append((f"withdrawn names the fact {gone!r}", "Remove it here, or the fact."))
    return [Problem(f"{layout.SETTINGS}:1", what, hint) for what, hint in told]


def _strays(root: Path, settings: Settings) -> list[Problem]:
    """Files of facts that belong to no page."""
    known = {layout.page_file(page) for page in settings.pages}
    known |= {layout.SOURCES, layout.SUBJECTS}
    return [
        Problem(
            f"{layout.FACTS / path.name}:1",
            f"unknown page {path.stem!r}",
            f"Pages are {', '.join(settings.pages)}; name a new one in {layout.SETTINGS}.",
        )
        for path in sorted((root / layout.FACTS).glob("*.y*ml"))
        if layout.FACTS / path.name not in known
    ]
