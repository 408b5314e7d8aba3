"""The static site of all languages: one plain MkDocs build a language, put together and checked
before it replaces the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kb_tools import export, folders, layout
from kb_tools.errors import BuildFailed, Problem
from kb_tools.locales import SOURCE
from kb_tools.project import Project
from kb_tools.search.store import AnswerIndex
from kb_tools.site import assistants, book, engine, entrance, links, policy
from kb_tools.site.engine import Engine
from kb_tools.widget import bundle

_AT_ONCE = 2
"""Languages that are built together: a build keeps one core busy and needs about 200 MB."""
"""The folder of the site that has the search box and its index."""

Progress = Callable[[str], None]


def build(
    project: Project,
    index: AnswerIndex,
    output: Path,
    progress: Progress = lambda line: None,
    *,
    pdf: bool = False,
) -> None:
    """Build the site of all languages into a folder, in place of the site that is there; on failure
    that one stays as it was.

    The index is published with it, for the search box, and all facts as a PDF where that is wanted.
    """
    try:
        _build(project, index, output.resolve(), progress, pdf=pdf)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        problem = Problem(str(error.filename or output), what, engine.ROOM)
        raise BuildFailed(str(problem)) from error


def _build(
    project: Project, index: AnswerIndex, output: Path, progress: Progress, *, pdf: bool
) -> None:
    folders.refuse_foreign(output, "the site")
    languages = engine.early_words(project)
    with folders.making(output) as folder:
        made = folder / "site"
        widget = {"file": bundle.NAME, "integrity": bundle.integrity(languages)}
        _build_languages(Engine(project, folder, widget, pdf=pdf), progress)
        _write_entrance(project, made)
        _write_facts(project, made)
        for locale in project.locales if pdf else ():
            (made / locale.code / book.name(project, locale)).write_bytes(
                book.made(project, locale)
            )
            progress(f"wrote site/{locale.code}/{book.name(project, locale)}")
        bundle.publish(index, made / layout.WIDGET, languages, project.locales, policy.META)
        progress("checking the links of all pages")
        found = links.problems(made, project.site_url, project.locales)
        _raise([*found, *policy.problems(made)])
        folders.record(made)
        folders.refuse_foreign(output, "the site")
        folders.put(made, output, folder / "old")
    progress(f"the site is in {output}")


def _build_languages(made: Engine, progress: Progress) -> None:
    """Build every language, some at a time; the problems of all of them are raised together."""
    made.prepare()
    locales = made.project.locales
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        building = {locale.code: pool.submit(made.build, locale) for locale in locales}
        problems = []
        for number, (code, result) in enumerate(building.items(), 1):
            problems += result.result()
            progress(f"built site/{code} ({number} of {len(locales)})")
    _raise(problems)


def _write_entrance(project: Project, made: Path) -> None:
    """Write what belongs to no language, and drop the sitemaps that one of all languages
    replaces.
    """
    for path in [*made.glob("*/sitemap.xml"), *made.glob("*/sitemap.xml.gz")]:
        path.unlink()
    reference = made / SOURCE.code
    found = (path.parent.relative_to(reference) for path in reference.rglob("index.html"))
    pages = sorted(path.as_posix() for path in found)
    hosting = policy.hosting(project.site_url, layout.WIDGET)
    for name, text in {
        **entrance.files(project, pages),
        **assistants.files(project),
        **hosting,
    }.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(text, "utf-8")


def _write_facts(project: Project, made: Path) -> None:
    """Write the facts of each topic beside its page, to take along."""
    for locale in project.locales:
        topics = project.topics(locale)
        for page in project.settings.pages:
            entries = [entry for entry in project.editions[locale.code] if entry.page == page]
            folder = made / locale.code / page
            for name, form in (("index.md", "markdown"), ("facts.csv", "csv")):
                text = export.FORMATS[form](entries, topics)
                (folder / name).write_text(text, "utf-8", newline="")


def _raise(problems: Iterable[Problem]) -> None:
    found = sorted(set(problems))
    if found:
        raise BuildFailed("\n".join(map(str, found)))
