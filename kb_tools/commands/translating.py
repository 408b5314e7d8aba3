"""The commands of translators: `kb i18n`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kb_tools.commands.options import json_option, open_project


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
    """Count what is translated, fuzzy and missing; fail unless all is translated, but for partial
    languages.
    """
    upkeep = open_project(root).upkeep
    counted = [(locale, row) for locale in upkeep.translated for row in upkeep.status(locale)]
    if as_json:
        click.echo(json.dumps([vars(row) for _, row in counted]))
    for _, row in [] if as_json else counted:
        line = f"{row.language}  {row.domain:<10} {row.translated}/{row.total} translated"
        if row.translated < row.total or row.obsolete:
            line += f", {row.fuzzy} fuzzy, {row.missing} missing, {row.obsolete} obsolete"
        click.echo(line)
    if any(row.translated < row.total and not locale.partial for locale, row in counted):
        sys.exit(1)
