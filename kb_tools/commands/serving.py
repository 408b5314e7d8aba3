"""The commands that other programs ask: serve, mcp."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from kb_tools import layout
from kb_tools.commands.options import fresh_index, index_option, open_project, words_option
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
    quiet: bool,
    site_only: bool,
) -> None:
    """Serve the built site and the HTTP API until Ctrl-C: answers, facts, and suggestions for
    tickets.

    Nothing that is asked is kept or logged. Without the extra `serve`, and with --site-only, the
    site alone is served, on this machine only.
    """
    if site_only or (find_spec("fastapi") is None and host == _HOST and folder is None):
        from kb_tools.site import server

        server.serve(site or open_project(root).root / layout.SITE, port, click.echo)
        return
    from kb_tools.desk import protection, serving
    from kb_tools.desk.service import Options
    from kb_tools.search import meaning

    protection.rate(rate)
    beside = _site(root, site)
    options = Options(
        index=fresh_index(root, folder).resolve(),
        site=beside,
        semantic=meaning.available() and not no_semantic,
        rate=rate,
        origins=origins,
        log=not quiet,
    )
    serving.run(options, serving.Place(host, port, workers, root_path.rstrip("/")), click.echo)


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
    from kb_tools.search import meaning

    semantic = meaning.available() and not no_semantic
    agents.server(CurrentIndex(fresh_index(root, folder), semantic)).run()


COMMANDS = (serve, mcp)
