"""The commands of operators, and of programs that ask: serve, mcp, gaps."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import click

from kb_tools import layout
from kb_tools.commands.options import (
    fresh_index,
    index_option,
    json_option,
    open_project,
    progress,
    words_option,
)
from kb_tools.errors import BadInput

_HOST = "127.0.0.1"


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@click.option(
    "--host",
    default=_HOST,
    show_default=True,
    help="Address to listen at; 0.0.0.0 lets other machines ask.",
)
@click.option(
    "--site",
    "site",
    type=click.Path(path_type=Path),
    help=f"Folder of the site; default: {layout.SITE} of the project.",
)
@index_option
@words_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that answer; each core can use one.",
)
@click.option(
    "--rate",
    default="600/minute",
    show_default=True,
    help="Requests that a client may make; 0 for any.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Whose pages may ask, such as https://desk.example; may be given several times.",
)
@click.option(
    "--root-path",
    default="",
    metavar="PATH",
    help="Path at which a proxy has the service, such as /policies; the proxy takes it off.",
)
@click.option(
    "--gaps",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File in which to count what could not be answered, by words that facts have; default:"
    " nowhere.",
)
@click.option(
    "--gaps-days",
    type=click.IntRange(1, 3650),
    default=30,
    show_default=True,
    help="Days that such counts are kept.",
)
@click.option("--quiet", is_flag=True, help="Log no line of JSON a request.")
@click.option("--site-only", is_flag=True, help="Serve files alone, without the HTTP API.")
@click.pass_obj
def serve(
    root: Path | None,
    port: int,
    host: str,
    site: Path | None,
    folder: Path | None,
    no_semantic: bool,
    workers: int,
    rate: str,
    origins: tuple[str, ...],
    root_path: str,
    gaps: Path | None,
    gaps_days: int,
    quiet: bool,
    site_only: bool,
) -> None:
    """Serve the built site and the HTTP API until Ctrl-C: answers, facts, and suggestions for
    tickets.

    Nothing that is asked is kept or logged; kb gaps prints what --gaps counts. Without the extra
    `serve`, outside a knowledge base, and with --site-only, files alone are served, here only.
    """
    if site_only or not (folder or host != _HOST or _has_api(root)):
        _serve_site(site or open_project(root).root / layout.SITE, port)
        return
    from kb_tools.desk import protection, serving
    from kb_tools.desk.service import Options

    protection.rate(rate)
    options = Options(
        site=_site(root, site),
        index=fresh_index(root, folder).resolve(),
        semantic=_is_semantic(no_semantic),
        rate=rate,
        origins=origins,
        log=not quiet,
        gaps=gaps.resolve() if gaps else None,
        gaps_days=gaps_days,
    )
    serving.run(options, serving.Place(host, port, workers, root_path.rstrip("/")), click.echo)


def _has_api(root: Path | None) -> bool:
    return root is not None and find_spec("fastapi") is not None


def _serve_site(folder: Path, port: int) -> None:
    from kb_tools.site import server

    server.serve(folder, port, click.echo)


def _is_semantic(no_semantic: bool) -> bool:
    from kb_tools.search import meaning

    return meaning.available() and not no_semantic


def _site(root: Path | None, named: Path | None) -> Path | None:
    """The folder of the site; None where there is none and none is named."""
    site = named or (root / layout.SITE if root else None)
    if site and (site / "index.html").is_file():
        return site.resolve()
    if named:
        raise BadInput(f"{named}: there is no site\n    Run kb build.")
    return None


@click.command()
@index_option
@words_option
@click.pass_obj
def mcp(root: Path | None, folder: Path | None, no_semantic: bool) -> None:
    """Answer software agents on standard input and output, by the Model Context Protocol.

    The tools ask_policy, get_fact and list_topics read only. A new index is taken as soon as it is
    there.
    """
    from kb_tools.desk import agents
    from kb_tools.desk.current import CurrentIndex

    current = CurrentIndex(fresh_index(root, folder), _is_semantic(no_semantic), progress)
    agents.server(current).run()


@click.command("gaps")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=30,
    show_default=True,
    help="Count these last days only.",
)
@click.option("--purge", is_flag=True, help="Also remove what is older.")
@json_option
def count_gaps(file: Path, days: int, purge: bool, as_json: bool) -> None:
    """Print the words of questions that could not be answered, the most frequent first, from the
    FILE that kb serve counts them in.
    """
    from kb_tools.desk import gaps

    found = gaps.counts(file, days, purge=purge)
    if as_json:
        click.echo(json.dumps([{"term": term, "questions": number} for term, number in found]))
        return
    for term, number in found:
        click.echo(f"{number:6} {term}")
    if not found:
        click.echo("No gaps.", err=True)


COMMANDS = (serve, mcp, count_gaps)
