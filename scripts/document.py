"""Put what every command's --help prints into docs/handbook/commands.md; with --check only tell
whether it is there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kb_tools.commands.cli import cli

HANDBOOK = Path(__file__).parent.parent / "docs/handbook/commands.md"
_BLOCK = re.compile(
    r"(^## `?(kb[ a-z0-9]*?)`?\n(?:(?!^## )[\s\S])*?```text\n)([\s\S]*?)(```)", re.MULTILINE
)


def main() -> None:
    """Write the help texts, or fail where they are not what the commands print."""
    old = HANDBOOK.read_text("utf-8")
    helps = dict(_helps(cli, "kb"))
    new = _BLOCK.sub(lambda match: match[1] + helps.get(match[2], match[3]) + match[4], old)
    missing = sorted(
        name for name in helps if not re.search(rf"^## `?{name}`?$", new, re.MULTILINE)
    )
    if missing:
        sys.exit(
            f"{HANDBOOK}: no heading for {', '.join(missing)}\n    Add '## {missing[0]}' with a"
            " ```text block below it."
        )
    if "--check" in sys.argv and new != old:
        sys.exit(f"{HANDBOOK}: not what the commands print\n    Run python scripts/document.py.")
    HANDBOOK.write_text(new, "utf-8")


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
