"""Everything that must hold before the knowledge base is published, as one list of problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_tools import layout
from kb_tools.errors import InvalidSource, Problem
from kb_tools.language import catalog as catalogs
from kb_tools.language import questions
from kb_tools.locales import SOURCE, Locale
from kb_tools.project import Project
from kb_tools.proof import parity, reader, schemas, singly, wording
from kb_tools.proof.parity import Readers
from kb_tools.search import glossary, variants
from kb_tools.site import addresses, pages


@dataclass(frozen=True)
class Result:
    """What is wrong, and what is still missing in languages that say of themselves that they are
    partial.
    """

    problems: Sequence[Problem]
    notes: Sequence[str]


def check(project: Project) -> Result:
    """Check sources, catalogs, questions, glossary, values on the rendered pages and the freshness
    of generated files; no problem is good.
    """
    try:
        project.settings  # noqa: B018 - without them files are read each for itself only
    except InvalidSource as error:
        return _result([*error.problems, *singly.problems(project.root)])
    try:
        project.editions  # noqa: B018 - every source is read here
    except InvalidSource as error:
        others = [*_catalog_problems(project), *singly.problems(project.root)]
        return _result([*error.problems, *others])
    readers, found = _readers(project)
    found += [*_catalog_problems(project), *_wording_problems(project), *_completeness(project)]
    found += _parity_of_wording(project, readers)
    found += [*_unknown(project), *_site_name(project), *schemas.outdated(project.root)]
    try:
        rendered = pages.render(project)
    except InvalidSource as error:
        return _result([*found, *error.problems])
    found += [*addresses.lost(project), *pages.outdated(project.root, rendered)]
    root, knowledge, locales = project.root, project.knowledge, project.locales
    found += parity.problems(root, knowledge, locales, readers)
    found += parity.home_problems(root, knowledge, project.settings.figures, locales, readers)
    return _result(found, [*_notes(project), *_not_compared(project, readers)])


def _result(problems: Sequence[Problem], notes: Sequence[str] = ()) -> Result:
    return Result(InvalidSource(problems).problems, notes)


def _translated(project: Project) -> tuple[Locale, ...]:
    return tuple(locale for locale in project.locales if locale.code != SOURCE.code)


def _readers(project: Project) -> tuple[Readers, list[Problem]]:
    """The readers of all languages; a language whose words are translated needs one."""
    found: dict[str, reader.Reader] = {}
    problems: list[Problem] = []
    for locale in project.locales:
        try:
            own = reader.load(project.root, locale)
        except InvalidSource as error:
            problems += error.problems
            continue
        if own:
            found[locale.html] = own
        elif not locale.partial and project.voice(locale).spoken == locale:
            what = f"no reader for {locale.code!r}: what its pages say is not proved"
            hint = f"Write {layout.READERS}/{locale.catalog}.yml; the handbook says how."
            problems.append(Problem(f"{layout.SETTINGS}:1", what, hint))
    return found, problems


def _catalog_problems(project: Project) -> list[Problem]:
    try:
        upkeep = project.upkeep
    except InvalidSource:
        return []
    found = upkeep.template_problems()
    for locale in _translated(project):
        found += upkeep.problems(locale)
    return found


def _parity_of_wording(project: Project, readers: Readers) -> Iterator[Problem]:
    """Translations that say otherwise than the English: those of the base, and the words of the
    interface that come with the package.
    """
    subjects = project.knowledge.subjects.values()
    english = readers.get(SOURCE.html)
    if english is None:
        return
    for locale in _translated(project):
        own_reader = readers.get(locale.html)
        if own_reader is None or not (own_reader.senses and english.senses):
            continue
        own = project.catalogs.translations(locale)
        said = ((s.name, own.text(f"subject/{s.id}", s.name) or "") for s in subjects)
        names = wording.names_of(said)
        for domain in (catalogs.FACTS, catalogs.INTERFACE):
            catalog = project.catalogs.read(locale, domain)
            if catalog:
                name = layout.catalog(locale.catalog, domain).as_posix()
                yield from wording.problems(name, catalog, english, own_reader, names)
        yield from _packaged_wording(locale)


def _packaged_wording(locale: Locale) -> Iterator[Problem]:
    """The same of the words of the interface, by the package's own readers."""
    english, own = reader.packaged(SOURCE), reader.packaged(locale)
    words = catalogs.packaged(locale)
    if english and own and words:
        name = f"kb_tools/language/interface/{locale.catalog}.po"
        yield from wording.problems(name, words, english, own)


def _not_compared(project: Project, readers: Readers) -> Iterator[str]:
    """Tell the languages of which it is not known how they deny, bound and date."""
    for locale in _translated(project):
        own_reader = readers.get(locale.html)
        if own_reader and not own_reader.senses:
            what = "its reader has no senses, so wording is not compared"
            yield f"{locale.code} ({locale.name}): {what}"


def _completeness(project: Project) -> Iterator[Problem]:
    """Questions and terms that a language lacks, of those that are not partial."""
    ids = [fact.id for fact in project.knowledge.facts]
    at_least = project.settings.questions.at_least
    for locale in project.locales:
        if not locale.partial:
            yield from questions.missing(project.questions(locale), locale, ids, at_least)
            yield from glossary.missing(project.glossary, locale)


def _unknown(project: Project) -> list[Problem]:
    """What the glossary names and the knowledge base does not have."""
    knowledge = project.knowledge
    facts = {*(fact.id for fact in knowledge.facts), *knowledge.former}
    kinds = project.settings.subjects.kinds
    return glossary.unknown(project.glossary, facts, knowledge.subjects, kinds)


def _wording_problems(project: Project) -> Iterator[Problem]:
    """Statements that name a concept by a term that the glossary does not know."""
    english = {entry.id: f"{entry.title} {entry.text}" for entry in project.editions[SOURCE.code]}
    for locale in _translated(project):
        name = layout.catalog(locale.catalog, "facts").as_posix()
        texts = {
            entry.id: (english[entry.id], f"{entry.title} {entry.text}")
            for entry in project.editions[locale.code]
            if entry.text_language == locale.code
        }
        folding = variants.folding()
        yield from glossary.text_problems(
            f"{name}:1", locale.code, texts, project.glossary, folding
        )


def _site_name(project: Project) -> Iterator[Problem]:
    """MkDocs alone must say the same name as the knowledge base."""
    document = project.site_configuration
    name = document.data.get("site_name") if isinstance(document.data, dict) else None
    if name != project.settings.name:
        what = f"site_name is {name!r} where {layout.SETTINGS} says {project.settings.name!r}"
        yield Problem(document.where(("site_name",)), what, "Write the same name.")


def _notes(project: Project) -> list[str]:
    """What partial languages still lack, a line a language."""
    ids = [fact.id for fact in project.knowledge.facts]
    made = []
    for locale in project.locales:
        if not locale.partial:
            continue
        asked = project.questions(locale)
        lacking = [
            f"{row.missing + row.fuzzy} of {row.total} texts of {row.domain} not translated"
            for row in project.upkeep.status(locale)
            if row.missing + row.fuzzy
        ]
        unasked = sum(not asked.get(fact) for fact in ids)
        lacking += [f"{unasked} of {len(ids)} facts without questions"] if unasked else []
        terms = len(glossary.missing(project.glossary, locale))
        total = len(project.glossary.concepts)
        lacking += [f"{terms} of {total} concepts without a term"] if terms else []
        if lacking:
            made.append(f"{locale.code} ({locale.name}) is partial: {', '.join(lacking)}")
    return made
