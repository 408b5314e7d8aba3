"""`python -m kb_tools` is `kb`."""

from kb_tools.commands.cli import cli

cli(prog_name="kb")
