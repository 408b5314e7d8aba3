"""Put what the code says of itself into the handbook; with --check only tell whether it is there.

What every command's --help prints goes into docs/handbook/commands.md, and the rooms of the package
with the first sentence of each module into docs/handbook/design.md.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from rooms import LAYERS, PACKAGE

from kb_tools.commands.cli import cli

HANDBOOK = Path(__file__).parent.parent / "docs/handbook"
COMMANDS, DESIGN = HANDBOOK / "commands.md", HANDBOOK / "design.md"
_BLOCK = re.compile(
    r"(^## `?(kb[ a-z0-9]*?)`?\n(?:(?!^## )[\s\S])*?```text\n)([\s\S]*?)(```)", re.MULTILINE
)
_ROOMS = re.compile(r"(<!-- rooms -->\n)([\s\S]*?)(<!-- end of rooms -->)")


def main() -> None:
    """Write both pages, or fail where they are not what the code says."""
    made = {COMMANDS: _commands(COMMANDS.read_text("utf-8"))}
    rooms = "\n".join(["", "| layer | room | modules |", "|--:|---|---|", *_rooms(), "", ""])
    made[DESIGN] = _ROOMS.sub(lambda found: found[1] + rooms + found[3], DESIGN.read_text("utf-8"))
    for path, text in made.items():
        if "--check" in sys.argv and path.read_text("utf-8") != text:
            sys.exit(f"{path}: not what the code says\n    Run python scripts/document.py.")
        path.write_text(text, "utf-8")


def _commands(old: str) -> str:
    helps = dict(_helps(cli, "kb"))
    new = _BLOCK.sub(lambda match: match[1] + helps.get(match[2], match[3]) + match[4], old)
    headings = (name for name in helps if not re.search(rf"^## `?{name}`?$", new, re.MULTILINE))
    if missing := sorted(headings):
        sys.exit(
            f"{COMMANDS}: no heading for {', '.join(missing)}\n    Add '## {missing[0]}' with a"
            " ```text block below it."
        )
    return new


def _rooms() -> Iterator[str]:
    """A row a room, from the bottom up: its modules with what each is for."""
    for level, rooms in enumerate(LAYERS):
        for room in sorted(rooms):
            folder = PACKAGE / room
            if not folder.is_dir():
                yield f"| {level} | `{room}` | {_sentence(folder.with_suffix('.py'))} |"
                continue
            modules = sorted(path for path in folder.glob("*.py") if path.stem != "__init__")
            told = "<br>".join(f"`{path.stem}` {_sentence(path)}" for path in modules)
            yield f"| {level} | `{room}/` {_sentence(folder / '__init__.py')} | {told} |"


def _sentence(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = " ".join(str(ast.get_docstring(ast.parse(path.read_text("utf-8")))).split())
    return re.split(r"(?<=\.) (?=[A-Z])", text)[0].replace("|", "\\|")


def _helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command,
        info_name=name,
        terminal_width=80,
        max_content_width=80,
        help_option_names=["-h", "--help"],
    )
    if isinstance(command, click.Group):
        if name == "kb":
            yield name, command.get_help(context) + "\n"
        for child in command.commands.values():
            yield from _helps(child, f"{name} {child.name}")
    else:
        yield name, command.get_help(context) + "\n"


if __name__ == "__main__":
    main()
