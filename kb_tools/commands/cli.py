"""The command `kb`: each command parses, calls one thing and prints. The home of Click.

Modules that only some commands need are imported where they are used, so that `kb ask` starts at
once.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb_tools import __version__
from kb_tools.commands import authoring
from kb_tools.commands.options import INDEX, SITE, json_option, open_project
from kb_tools.errors import BadInput, IndexUnusable, InvalidSource, KbError
from kb_tools.locales import LOCALES

if TYPE_CHECKING:
    from kb_tools.search.answer import Answerer

_language = click.option(
    "--lang",
    "language",
    type=click.Choice(list(LOCALES)),
    help="Language of the answers; default: the question's.",
)
_index = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of the index; default: build/index of the project.",
)


class Commands(click.Group):
    """Shows what a user can mend as a message; anything else is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; print a `KbError` and exit with 1."""
        try:
            return super().invoke(ctx)
        except InvalidSource as error:
            click.echo(str(error), err=True)
            click.echo(
                f"{len(error.problems)} {'problem' if len(error.problems) == 1 else 'problems'}",
                err=True,
            )
        except KbError as error:
            click.echo(f"kb: {error}", err=True)
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
    """Facts about data policies: stored once, rendered in four languages, found from a question in
    any of them.
    """
    ctx.obj = root or _find_root()


@cli.command()
@click.argument("question", required=False)
@_language
@click.option(
    "--limit",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="Most answers to give.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    help="Answer with what was valid on this day, such as 2025-09-01; default: today.",
)
@_index
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help='Answer a file of {"id", "text"} lines, one JSON line each.',
)
@click.option(
    "--no-semantic",
    is_flag=True,
    help="Use words alone (as it always does without the semantic extra).",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Also show the terms, concepts and likeness that made each rank.",
)
@json_option
@click.pass_obj
def ask(
    root: Path | None,
    question: str | None,
    language: str | None,
    limit: int,
    as_of: str | None,
    folder: Path | None,
    batch: Path | None,
    no_semantic: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Answer QUESTION from the facts, in the language it is asked in, with conditions, sources and
    address.

    Says so when it does not know.
    """
    if (question is None) == (batch is None):
        raise click.UsageError("Give a question, or a file with --batch.")
    answerer = _answerer(root, folder, semantic=not no_semantic)
    if batch is not None:
        for line in _batch(answerer, batch):
            click.echo(line)
        return
    from kb_tools.search import reply

    answered = answerer.ask(question or "", language=language, limit=limit, as_of=_day(as_of))
    if as_json:
        click.echo(json.dumps(reply.record(answered)))
        return
    if not answered.semantic and not no_semantic:
        click.echo(
            "Words alone: the semantic extra is not installed, or the index was built without it.",
            err=True,
        )
    if answered.cut:
        click.echo("Only the beginning of this long text was read.", err=True)
    if answered.corrected:
        click.echo(
            answerer.index.labels(answered.language)["searched-for"]
            % {"words": ", ".join(answered.corrected.values())},
            err=True,
        )
    for line in reply.lines(answered, answerer.index.labels(answered.language), _bold):
        click.echo(line)
    for line in reply.explanation(answered) if explain else ():
        click.echo(line)


@cli.command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "--compare",
    type=click.Path(path_type=Path),
    help="Also tell what got better and worse since this earlier JSON report.",
)
@click.option("--no-semantic", is_flag=True, help="Use words alone.")
@_index
@json_option
@click.pass_obj
def evaluate(
    root: Path | None,
    questions: Path,
    compare: Path | None,
    no_semantic: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Measure how well the file QUESTIONS is answered, by language and type, with every miss.

    Each line is {"id", "lang", "type", "text", "gold"}; gold lists the facts that answer it, none
    where nothing does.
    """
    from kb_tools.search import evaluation

    answerer = _answerer(root, folder, semantic=not no_semantic)
    report = evaluation.evaluate(answerer, evaluation.read(questions))
    if as_json:
        click.echo(json.dumps(report.to_json()))
        return
    for line in evaluation.lines(report):
        click.echo(line)
    if compare:
        for line in evaluation.comparison(report, evaluation.earlier(compare)):
            click.echo(line)


@cli.command()
@click.argument("fact")
@_language
@_index
@json_option
@click.pass_obj
def show(
    root: Path | None, fact: str, language: str | None, folder: Path | None, as_json: bool
) -> None:
    """Show the fact with the id FACT, such as features/batch-retention."""
    from kb_tools.search import reply

    answerer = _answerer(root, folder)
    answerer.check_language(language)
    entry = answerer.entry(fact, language or answerer.index.manifest["languages"][0])
    if as_json:
        click.echo(json.dumps(reply.entry_record(entry)))
        return
    for line in reply.show_lines(
        entry,
        entry.status(dt.date.today().isoformat()),
        answerer.index.labels(entry.language),
        _bold,
    ):
        click.echo(line)


@cli.command()
@click.argument("query")
@click.option(
    "--lang", "language", type=click.Choice(list(LOCALES)), help="Only texts of this language."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Most hits to print.",
)
@click.option(
    "--facets",
    is_flag=True,
    help="Also count the hits by page, subject, kind of value and kind of source.",
)
@_index
@json_option
@click.pass_obj
def search(
    root: Path | None,
    query: str,
    language: str | None,
    limit: int,
    facets: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Search all texts with Whoosh's query language.

    \b
    Fields: title, statement, questions, concepts, about, page, kind, source, language, from, until.
    about:batch-api AND retention        both must hold
    "zero data retention"                a phrase
    telemetr* OR retension~              a beginning; a word with a typo
    until:[2025-01-01 TO 2025-12-31]     dates of validity
    """
    from kb_tools.search import index

    fields = ("page", "about", "kind", "source") if facets else ()
    hits, counts = index.search(
        _whoosh(root, folder), query, language=language, limit=limit, facets=fields
    )
    if as_json:
        click.echo(
            json.dumps(
                {
                    "hits": [vars(hit) for hit in hits],
                    "facets": {name: dict(found.most_common()) for name, found in counts.items()},
                }
            )
        )
        return
    for hit in hits:
        click.echo(f"{hit.score:7.2f}  {hit.language}  {_bold(hit.fact)}  {hit.title}")
    for name, found in counts.items():
        click.echo(
            f"{name}: " + ", ".join(f"{value} {number}" for value, number in found.most_common())
        )
    if not hits:
        click.echo("Nothing found.", err=True)


@cli.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
@click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of the site; default: site of the project.",
)
@click.pass_obj
def serve(root: Path | None, port: int, folder: Path | None) -> None:
    """Serve the built site on this machine only, until Ctrl-C."""
    from kb_tools.site import server

    server.serve(folder or open_project(root).root / SITE, port, click.echo)


def _find_root() -> Path | None:
    """The folder of a knowledge base that holds the current folder."""
    here = Path.cwd()
    return next(
        (
            folder
            for folder in (here, *here.parents)
            if (folder / "mkdocs.yml").exists() and (folder / "docs/facts").is_dir()
        ),
        None,
    )


def _answerer(root: Path | None, folder: Path | None, *, semantic: bool = False) -> Answerer:
    from kb_tools.search import meaning
    from kb_tools.search.answer import Answerer

    return Answerer.open(_fresh(root, folder), semantic=semantic and meaning.available())


def _whoosh(root: Path | None, folder: Path | None) -> Path:
    return _fresh(root, folder) / "whoosh"


def _fresh(root: Path | None, folder: Path | None) -> Path:
    """The folder of the index; raise `IndexUnusable` where its sources have changed since it was
    built.
    """
    from kb_tools.proof import fingerprint
    from kb_tools.search import store

    if folder is None and root is None:
        raise IndexUnusable(
            "there is no index here\n    Change to the folder of a knowledge base, or name an index"
            " with --index DIR."
        )
    place = folder or (root or Path()) / INDEX
    manifest = store.read_manifest(place)
    if root is not None and manifest["fingerprint"] != fingerprint.of_sources(root):
        raise IndexUnusable(
            f"{place}: the facts, translations or questions have changed since it was built\n   "
            " Run kb index."
        )
    return place


def _batch(answerer: Answerer, path: Path) -> Iterator[str]:
    for number, text in enumerate(_lines(path), 1):
        try:
            row = json.loads(text)
            identifier, question = row["id"], row["text"]
            if not isinstance(question, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            raise BadInput(
                f'{path}:{number}: not a question\n    Write {{"id": ..., "text": "..."}} on each'
                " line."
            ) from None
        answered, hits = answerer.best_guesses(question)
        yield json.dumps({"id": identifier, "answered": answered, "hits": hits})


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    except OSError as error:
        raise BadInput(
            f"{path}: cannot be read: {error.strerror}\n    Name a file of questions."
        ) from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text\n    Save the file as UTF-8.") from None


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"{text!r} is not a date that exists\n    Write a day of the calendar such as"
            " 2025-09-01."
        ) from None


def _bold(text: str) -> str:
    return click.style(text, bold=True)


for command in (authoring.check, authoring.build, authoring.index, authoring.i18n):
    cli.add_command(command)
