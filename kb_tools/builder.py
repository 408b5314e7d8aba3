"""The steps of a build, in order: pages, index, site; each is whole or leaves what was there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from kb_tools import folders, layout
from kb_tools.errors import InvalidSource, Problem
from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.proof import fingerprint, schemas
from kb_tools.search import compiler, generations, meaning, store
from kb_tools.site import addresses, book, pages, targets
from kb_tools.site import build as site

Progress = Callable[[str], None]


def build(
    project: Project, index: Path, output: Path, progress: Progress, *, pdf: bool = False
) -> None:
    """Render the pages, build both indexes and the site, with a PDF of each language where that is
    wanted; raise `BadInput` before anything is written where a folder for them is somebody else's,
    or where nothing makes a PDF.
    """
    if pdf:
        book.available()
    generations.refuse_foreign(index)
    folders.refuse_foreign(output.resolve(), "the site")
    build_pages(project, progress)
    semantic = meaning.available()
    build_index(project, index, project.locales, semantic=semantic)
    entries = sum(map(len, project.editions.values()))
    kind = "with" if semantic else "without"
    progress(f"index: {entries} entries, {kind} likeness of meaning")
    site.build(project, store.open_index(index), output, progress, pdf=pdf)


def build_pages(project: Project, progress: Progress) -> None:
    """Render the pages and the schemas of the source files; raise `InvalidSource` where that would
    lose an address.
    """
    lost = addresses.lost(project)
    if lost:
        raise InvalidSource(lost)
    rendered = pages.render(project)
    changed = [*pages.write(project.root, rendered), *schemas.write(project.root)]
    number = sum(map(len, rendered.values()))
    progress(f"pages: {number} rendered, {len(changed)} files changed")


def build_index(
    project: Project, folder: Path, languages: Sequence[Locale], *, semantic: bool = False
) -> None:
    """Build both indexes of some languages, with vectors where they are wanted."""
    editions = {locale.code: project.editions[locale.code] for locale in languages}
    if not any(editions.values()):
        hint = "Write a fact, as the handbook says."
        raise InvalidSource([Problem(f"{layout.FACTS}:1", "there are no facts", hint)])
    named_kinds = project.settings.subjects.named
    subjects = project.knowledge.subjects.values()
    material = compiler.Material(
        editions=editions,
        asked=project.asked,
        labels={locale.code: project.labels(locale) for locale in languages},
        topics={locale.code: project.topics(locale) for locale in languages},
        overviews={locale.code: targets.overviews(project, locale) for locale in languages},
        notices={locale.code: targets.notice(project, locale) for locale in languages},
        usual=project.settings.usual,
        glossary=project.glossary,
        named=[subject.id for subject in subjects if subject.kind in named_kinds],
        fitted=project.fitted,
        map=project.root / layout.MAP,
        fingerprint=fingerprint.of_sources(project.root, semantic=semantic),
    )
    compiler.build(folder, material, semantic=semantic)


def verify(project: Project, progress: Progress) -> None:
    """Raise `InvalidSource` where a committed page or schema is out of date, `BuildFailed` where
    the site cannot be built.
    """
    stale = pages.outdated(project.root, pages.render(project))
    stale += schemas.outdated(project.root)
    if stale:
        raise InvalidSource(stale)
    with tempfile.TemporaryDirectory() as folder:
        build_index(project, Path(folder) / "index", project.locales)
        index = store.open_index(Path(folder) / "index")
        site.build(project, index, Path(folder) / "site", progress)
