"""The commands of authors, translators and maintainers: check, build, index, i18n."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kb_tools.commands.options import INDEX, SITE, json_option, open_project, progress
from kb_tools.locales import LOCALES


@click.command()
@json_option
@click.pass_obj
def check(root: Path | None, as_json: bool) -> None:
    """Check facts, catalogs, glossary, values on all pages and generated files; print every
    problem.
    """
    from kb_tools.proof import check as checking

    problems = checking.check(open_project(root))
    if as_json:
        click.echo(json.dumps([vars(problem) for problem in problems]))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(problems)} problem{'s' * (len(problems) != 1)}", err=True)
    if problems:
        sys.exit(1)


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
    help="Folder of the site; default: site of the project.",
)
@click.pass_obj
def build(root: Path | None, only_check: bool, output: Path | None) -> None:
    """Render the pages of all languages, build the index and the site."""
    from kb_tools import builder

    project = open_project(root)
    if only_check:
        builder.verify(project, progress)
        progress("up to date")
    else:
        builder.build(project, project.root / INDEX, output or project.root / SITE, progress)


@click.command()
@click.option(
    "--languages",
    metavar="CODES",
    help=f"Only these languages, such as en,fr; default: {','.join(LOCALES)}.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Folder of the index; default: build/index of the project.",
)
@click.option("--no-semantic", is_flag=True, help="Leave out the vectors for likeness of meaning.")
@click.pass_obj
def index(root: Path | None, languages: str | None, output: Path | None, no_semantic: bool) -> None:
    """Build the Whoosh index and the answer index only.

    With the semantic extra installed it holds vectors for likeness of meaning; those of unchanged
    texts are kept.
    """
    from kb_tools import builder, locales
    from kb_tools.search import meaning

    project = open_project(root)
    chosen = (
        [locales.get(code.strip()) for code in languages.split(",")]
        if languages
        else list(LOCALES.values())
    )
    folder = output or project.root / INDEX
    semantic = meaning.available() and not no_semantic
    builder.build_index(project, folder, chosen, semantic=semantic)
    progress(
        f"index of {', '.join(locale.code for locale in chosen)},"
        f" {'with' if semantic else 'without'} likeness of meaning, in {folder}"
    )


@click.group()
def i18n() -> None:
    """Translations: what is to be translated, and how far it is."""


@i18n.command("extract")
@click.pass_obj
def i18n_extract(root: Path | None) -> None:
    """Write the templates (.pot) from the facts and the interface."""
    from kb_tools.language import catalog

    project = open_project(root)
    for path in catalog.extract(project.root, project.knowledge):
        click.echo(path.relative_to(project.root))


@i18n.command("update")
@click.pass_obj
def i18n_update(root: Path | None) -> None:
    """Bring every language's catalogs up to the templates; only what changed is left to
    translate.
    """
    from kb_tools.language import catalog
    from kb_tools.locales import TRANSLATED

    project = open_project(root)
    changed = catalog.extract(project.root, project.knowledge)
    for locale in TRANSLATED:
        changed += catalog.update(project.root, project.knowledge, locale)
    for path in changed:
        click.echo(path.relative_to(project.root))


@i18n.command("status")
@json_option
@click.pass_obj
def i18n_status(root: Path | None, as_json: bool) -> None:
    """Count what is translated, fuzzy and missing; fail unless all is translated."""
    from kb_tools.language import catalog
    from kb_tools.locales import TRANSLATED

    project = open_project(root)
    rows = [
        row
        for locale in TRANSLATED
        for row in catalog.status(project.root, project.knowledge, locale)
    ]
    if as_json:
        click.echo(json.dumps([vars(row) for row in rows]))
    else:
        for row in rows:
            todo = (
                f", {row.fuzzy} fuzzy, {row.missing} missing, {row.obsolete} obsolete"
                if row.translated < row.total or row.obsolete
                else ""
            )
            click.echo(
                f"{row.language}  {row.domain:<10} {row.translated}/{row.total} translated{todo}"
            )
    if any(row.translated < row.total for row in rows):
        sys.exit(1)
