"""The commands of translators: `kb i18n`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kb_tools.commands.options import json_option, open_project
from kb_tools.errors import BadInput, UnknownLanguage


@click.group()
def i18n() -> None:
    """Translations: what is to be translated, and how far it is."""


@i18n.command("extract")
@click.pass_obj
def extract(root: Path | None) -> None:
    """Write the template (.pot) from the facts and what the knowledge base says of itself."""
    for name in open_project(root).upkeep.extract():
        click.echo(name)


@i18n.command("update")
@click.pass_obj
def update(root: Path | None) -> None:
    """Bring every language's catalogs up to the templates; only what changed is left to translate.

    Where the package does not know a language, its catalogs hold the words of the interface too.
    """
    upkeep = open_project(root).upkeep
    changed = upkeep.extract()
    for locale in upkeep.translated:
        changed += upkeep.update(locale)
    for name in changed:
        click.echo(name)


@i18n.command("status")
@json_option
@click.pass_obj
def status(root: Path | None, as_json: bool) -> None:
    """Count what is translated, fuzzy, missing and read by a second reader; fail unless all is
    translated, but for partial languages.
    """
    upkeep = open_project(root).upkeep
    counted = [(locale, row) for locale in upkeep.translated for row in upkeep.status(locale)]
    if as_json:
        click.echo(json.dumps([vars(row) for _, row in counted]))
    for _, row in [] if as_json else counted:
        line = f"{row.language}  {row.domain:<10} {row.translated}/{row.total} translated"
        if row.translated < row.total or row.obsolete:
            line += f", {row.fuzzy} fuzzy, {row.missing} missing, {row.obsolete} obsolete"
        line += f", {row.reviewed} reviewed"
        click.echo(line)
    if any(row.translated < row.total and not locale.partial for locale, row in counted):
        sys.exit(1)


@i18n.command("reviewed")
@click.argument("code", metavar="LANGUAGE")
@click.option("--by", "reader", required=True, metavar="NAME", help="Who has read them.")
@click.option(
    "--context",
    "pattern",
    default="*",
    metavar="PATTERN",
    help="Only contexts such as 'PAGE/*', the texts of a page's facts; default: all.",
)
@click.pass_obj
def reviewed(root: Path | None, code: str, reader: str, pattern: str) -> None:
    """Mark the translations of LANGUAGE as read by a second reader, who did not write them.

    The mark lapses by itself when the English or the translation is changed.
    """
    project = open_project(root)
    locale = project.locale(code)
    if locale not in project.upkeep.translated:
        raise BadInput(f"{code} is what is translated from\n    Name a language of the catalogs.")
    number = project.upkeep.mark_reviewed(locale, reader, pattern)
    click.echo(f"{code}: {number} translations marked as reviewed")


@i18n.command("export")
@click.option(
    "--lang", "languages", metavar="CODE", multiple=True, help="Only this language; repeat it."
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("xliff"),
    show_default=True,
    help="Folder for the files.",
)
@click.option("--all", "everything", is_flag=True, help="What is translated already, too.")
@click.pass_obj
def export(root: Path | None, languages: tuple[str, ...], output: Path, everything: bool) -> None:
    """Write what is to be translated as XLIFF 1.2 for agencies, a file a catalog and language.

    A file that is there and says something else is not replaced: it may have translations.
    """
    from kb_tools import files
    from kb_tools.language import xliff

    upkeep = open_project(root).upkeep
    known = {locale.code: locale for locale in upkeep.translated}
    unknown = [code for code in languages if code not in known]
    if unknown:
        hint = f"Use one of {', '.join(known)}."
        raise UnknownLanguage(f"no language {', '.join(map(repr, unknown))}\n    {hint}")
    chosen = languages or tuple(known)
    made = {code: xliff.exported(upkeep, known[code], everything=everything) for code in chosen}
    contents = {output / name: text for found in made.values() for name, text in found.items()}
    files.refuse_changed(contents, "Import what is translated in it, then remove it.")
    files.write_all(contents)
    for path in contents:
        click.echo(path)
    for code in chosen:
        if not made[code]:
            click.echo(f"{code}: nothing to translate; --all exports what is translated", err=True)


@i18n.command("import")
@click.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.pass_obj
def take_in(root: Path | None, paths: tuple[Path, ...]) -> None:
    """Put the translations of XLIFF files into the catalogs: all of them, or none where anything is
    wrong.

    What is empty or marked as unfinished stays as it was, and so does what says something else in
    English by now.
    """
    from kb_tools.language import xliff

    for path, taken in xliff.take_in(open_project(root).upkeep, paths).items():
        click.echo(
            f"{path}: {taken.new} taken, {taken.same} the same, {taken.unfinished} unfinished,"
            f" {len(taken.gone)} no longer asked for"
        )
        if taken.gone:
            changed = ", ".join(dict.fromkeys(taken.gone))
            click.echo(f"  left out, because their English has changed: {changed}", err=True)
