"""The command `kb`: each command parses, calls one thing and prints. The home of Click.

Modules that only some commands need are imported where they are used, so that `kb ask` starts at
once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kb_tools import __version__
from kb_tools.commands import answering, authoring, translating
from kb_tools.commands.options import find_root
from kb_tools.errors import InvalidSource, KbError

_OF_XLIFF = ("lxml", "translate")


class Commands(click.Group):
    """Shows what a user can mend as a message; anything else is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; print a `KbError` and exit with 1."""
        try:
            return super().invoke(ctx)
        except InvalidSource as error:
            number = len(error.problems)
            click.echo(str(error), err=True)
            click.echo(f"{number} problem{'s' * (number != 1)}", err=True)
        except KbError as error:
            click.echo(f"kb: {error}", err=True)
        except ModuleNotFoundError as error:
            # answering needs few libraries; all others come with an extra
            if str(error.name).startswith("kb_tools"):
                raise
            extra = "xliff" if str(error.name).partition(".")[0] in _OF_XLIFF else "build"
            hint = f"Run pip install 'kb-tools[{extra}]'."
            click.echo(f"kb: this needs the package {error.name}\n    {hint}", err=True)
        ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
@click.option(
    "--project",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the knowledge base; default: here or above.",
)
@click.pass_context
def cli(ctx: click.Context, root: Path | None) -> None:
    """Facts about policies: stored once, rendered in several languages, found from a question in
    any of them.
    """
    ctx.obj = root or find_root()


for command in (*answering.COMMANDS, *authoring.COMMANDS, translating.i18n):
    cli.add_command(command)
