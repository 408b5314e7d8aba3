"""What all commands share: their options, the project they work on, and how they tell their
progress.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb_tools.errors import BadInput

if TYPE_CHECKING:
    from kb_tools.project import Project

INDEX = Path("build/index")
SITE = Path("site")

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def open_project(root: Path | None) -> Project:
    """The knowledge base in a folder; raise `BadInput` where none was found."""
    from kb_tools.project import Project

    if root is None:
        raise BadInput(
            "there is no knowledge base here\n    Change to its folder, or name it with kb"
            " --project DIR."
        )
    return Project(root.resolve())


def progress(line: str) -> None:
    """Tell how far a long command is, where it does not get into output."""
    click.echo(line, err=True)
