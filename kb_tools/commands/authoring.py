"""The commands of authors and maintainers: init, check, pages, build, index, export."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb_tools import layout
from kb_tools.commands.options import json_option, open_project, progress

if TYPE_CHECKING:
    from kb_tools.desk.article import Edition
    from kb_tools.locales import Locale
    from kb_tools.project import Project


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--languages",
    default="en,fr,ja,zh",
    show_default=True,
    metavar="CODES",
    help="Languages of the new knowledge base; English is always one of them.",
)
def init(folder: Path, languages: str) -> None:
    """Make a small working knowledge base of another organization in the new folder DIR.

    Its facts are invented and its comments teach. In a language that it is not written in, English
    is shown in place of what you translate later.
    """
    from kb_tools.starter import create

    made = create.create(folder, [code.strip() for code in languages.split(",") if code.strip()])
    click.echo(f"{folder}: a knowledge base with {made} files. Go on with:")
    click.echo(f"    cd {folder}\n    kb build\n    kb ask 'How long are deleted files kept?'")


@click.command()
@json_option
@click.pass_obj
def check(root: Path | None, as_json: bool) -> None:
    """Check facts, catalogs, glossary, values on all pages and generated files; print every
    problem.

    Also tells, on stderr, what partial languages still lack.
    """
    from kb_tools.proof import check as checking

    found = checking.check(open_project(root))
    if as_json:
        click.echo(json.dumps([vars(problem) for problem in found.problems]))
    else:
        for problem in found.problems:
            click.echo(str(problem))
        for note in found.notes:
            click.echo(note, err=True)
        number = len(found.problems)
        click.echo(f"{number} problem{'s' * (number != 1)}", err=True)
    if found.problems:
        sys.exit(1)


@click.command()
@click.pass_obj
def pages(root: Path | None) -> None:
    """Render the pages of all languages only: enough to see what a change of a fact changes."""
    from kb_tools import builder

    builder.build_pages(open_project(root), progress)


@click.command()
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing: fail if a generated file is out of date or the site cannot be built.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=f"Folder of the site; default: {layout.SITE} of the project.",
)
@click.option(
    "--pdf", is_flag=True, help="Also write all facts of each language as a PDF, beside its pages."
)
@click.pass_obj
def build(root: Path | None, only_check: bool, output: Path | None, pdf: bool) -> None:
    """Render the pages of all languages, build the index and the site."""
    from kb_tools import builder

    project = open_project(root)
    if only_check:
        builder.verify(project, progress)
        progress("up to date")
        return
    site = output or project.root / layout.SITE
    builder.build(project, project.root / layout.INDEX, site, progress, pdf=pdf)


@click.command()
@click.option(
    "--languages", metavar="CODES", help="Only these languages, such as en,fr; default: all."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=f"Folder of the index; default: {layout.INDEX} of the project.",
)
@click.option("--no-semantic", is_flag=True, help="Leave out the vectors for likeness of meaning.")
@click.pass_obj
def index(root: Path | None, languages: str | None, output: Path | None, no_semantic: bool) -> None:
    """Build the Whoosh index and the answer index only.

    With the semantic extra installed it holds vectors for likeness of meaning; those of unchanged
    texts are kept.
    """
    from kb_tools import builder
    from kb_tools.search import generations, meaning

    project = open_project(root)
    codes = [code.strip() for code in languages.split(",")] if languages else ()
    chosen = [project.locale(code) for code in dict.fromkeys(codes)] or project.locales
    folder = output or project.root / layout.INDEX
    generations.refuse_foreign(folder)
    semantic = meaning.available() and not no_semantic
    builder.build_index(project, folder, chosen, semantic=semantic)
    listed = ", ".join(locale.code for locale in chosen)
    kind = "with" if semantic else "without"
    progress(f"index of {listed}, {kind} likeness of meaning, in {folder}")


@click.command()
@click.option(
    "--format",
    "name",
    type=click.Choice(
        [
            *("csv", "jsonl", "markdown", "articles", "chatwoot-canned-responses"),
            *("intercom-articles", "zammad-text-modules", "zendesk-dynamic-content"),
            "zendesk-help-center",
        ]
    ),
    default="csv",
    show_default=True,
    help="A table for spreadsheets, a JSON object a line, text, or what a help desk imports.",
)
@click.option(
    "--lang",
    "code",
    metavar="CODE",
    help="Language; default: the first one, and all for help desks.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, which must not be there with another content; default: print it.",
)
@click.pass_obj
def export(root: Path | None, name: str, code: str | None, output: Path | None) -> None:
    """Write all facts, to take along or to import into a help desk.

    The format "articles" tells of each article of the others its fact, address, day of its
    sources, status, and a digest that changes when what a reader sees does.
    """
    from kb_tools import export as exporting
    from kb_tools import files
    from kb_tools.desk import formats

    project = open_project(root)
    if name in formats.FORMATS:
        chosen = [project.locale(code)] if code else project.locales
        text = formats.FORMATS[name]([_edition(project, locale) for locale in chosen])
    else:
        locale = project.locale(code) if code else project.locales[0]
        text = exporting.FORMATS[name](project.editions[locale.code], project.topics(locale))
    if output is None:
        click.echo(text, nl=False)
        return
    files.refuse_changed({output: text.encode()}, "Name another file, or move it away.")
    files.write_all({output: text.encode()})
    progress(f"{len(project.editions[project.locales[0].code])} facts in {output}")


def _edition(project: Project, locale: Locale) -> Edition:
    from kb_tools.desk import article

    entries, labels = project.editions[locale.code], project.labels(locale)
    return article.edition(locale, entries, labels, dt.date.today().isoformat())


COMMANDS = (init, check, pages, build, index, export)
