"""The command `kb`: each command parses, calls one thing and prints. The home of Click.

Modules that only some commands need are imported where they are used, so that `kb ask` starts at
once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from kb_tools import __version__
from kb_tools.commands import answering, authoring, serving, translating
from kb_tools.commands.options import find_root
from kb_tools.errors import InvalidSource, KbError

_EXTRAS = {
    "fastapi": "serve",
    "limits": "serve",
    "lxml": "xliff",
    "mcp": "mcp",
    "mcp_types": "mcp",
    "prometheus_client": "serve",
    "starlette": "serve",
    "translate": "xliff",
    "uvicorn": "serve",
}
"""By package: the extra that it comes with, where that is not `build`."""


class Commands(click.Group):
    """Shows what fails as a message that says what to do, and never a traceback."""

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
            extra = _EXTRAS.get(str(error.name).partition(".")[0], "build")
            hint = f"Run pip install 'kb-tools[{extra}]'."
            click.echo(f"kb: this needs the package {error.name}\n    {hint}", err=True)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except EOFError as error:
            # Click would take it for the end of input
            _tell(ctx, error)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # a reader who has seen enough, such as head
            _tell(ctx, error)
        ctx.exit(1)


def _tell(ctx: click.Context, error: Exception) -> None:
    from kb_tools.commands import failures  # needed where something fails only

    if ctx.params.get("debug"):
        raise error
    click.echo(f"kb: {failures.worded(error)}", err=True)
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try again when it ends, and fail with a status of its own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
@click.option(
    "--project",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the knowledge base; default: here or above.",
)
@click.option("--debug", is_flag=True, help="Show the details of a failure that was not foreseen.")
@click.pass_context
def cli(ctx: click.Context, root: Path | None, debug: bool) -> None:
    """Facts about policies: stored once, rendered in several languages, found from a question in
    any of them.
    """
    ctx.obj = root or find_root()


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a closed output is told, and errors are told on any terminal, with a
    question mark for a character that it lacks.
    """
    if sys.stdout is None:
        raise SystemExit("kb: there is no standard output\n    Open it, or send it to /dev/null.")
    with suppress(AttributeError):  # no stream of text
        sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    cli.main(arguments, prog_name="kb")


for command in (*answering.COMMANDS, *authoring.COMMANDS, *serving.COMMANDS, translating.i18n):
    cli.add_command(command)
