"""What all commands share: their options, the project they work on, and how they tell their
progress.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb_tools import layout
from kb_tools.errors import BadInput, IndexUnusable

if TYPE_CHECKING:
    from kb_tools.project import Project

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
language_option = click.option(
    "--lang",
    "language",
    metavar="CODE",
    help="Language of the answers, such as fr; default: the question's.",
)
index_option = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path),
    help=f"Folder of the index; default: {layout.INDEX} of the project.",
)
words_option = click.option(
    "--no-semantic",
    is_flag=True,
    help="Use words alone (as it always does without the semantic extra).",
)


def find_root() -> Path | None:
    """The folder of a knowledge base that holds the current folder, of whatever age."""
    here = Path.cwd()
    marks = (layout.SETTINGS, layout.FACTS)
    above = (here, *here.parents)
    return next((each for each in above if any((each / mark).exists() for mark in marks)), None)


def open_project(root: Path | None) -> Project:
    """The knowledge base in a folder; raise `BadInput` where none was found."""
    from kb_tools.content import settings
    from kb_tools.project import Project

    if root is None:
        hint = "Change to its folder, name it with kb --project DIR, or make one with kb init DIR."
        raise BadInput(f"there is no knowledge base here\n    {hint}")
    settings.refuse_older_layout(root)
    return Project(root.resolve())


def fresh_index(root: Path | None, folder: Path | None) -> Path:
    """The folder of the index; raise `IndexUnusable` where its sources, or the program, have
    changed since it was built, `BadInput` where the knowledge base has an older layout.
    """
    from kb_tools.proof import fingerprint
    from kb_tools.search import generations, store

    if folder is None and root is None:
        hint = "Change to the folder of a knowledge base, or name an index with --index DIR."
        raise IndexUnusable(f"there is no index here\n    {hint}")
    if root and not (root / layout.SETTINGS).exists():
        from kb_tools.content import settings  # more than answering needs

        settings.refuse_older_layout(root)
    place = folder or (root or Path()) / layout.INDEX
    generation = generations.held(place)
    manifest = store.read_manifest(generation.folder)
    semantic = "vectors" in manifest["files"]
    if root and manifest["fingerprint"] != fingerprint.of_sources(root, semantic=semantic):
        what = "the facts, translations, questions or the program have changed since it was built"
        raise IndexUnusable(f"{place}: {what}\n    Run kb index.")
    return place


def progress(line: str) -> None:
    """Tell how far a long command is, where it does not get into output."""
    click.echo(line, err=True)


def bold(text: str) -> str:
    """Text that stands out on a terminal; Click drops the color elsewhere."""
    return click.style(text, bold=True)
