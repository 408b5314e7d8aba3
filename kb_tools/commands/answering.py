"""The commands of everybody: ask, show, search, eval."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb_tools import days, jsonl
from kb_tools.commands.options import (
    bold,
    fresh_index,
    index_option,
    json_option,
    language_option,
    words_option,
)
from kb_tools.errors import BadInput

if TYPE_CHECKING:
    from kb_tools.search.answer import Answerer
    from kb_tools.search.reply import Reply


@click.command()
@click.argument("question", required=False)
@language_option
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
@index_option
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help='Answer a file of {"id", "text"} lines, one JSON line each.',
)
@words_option
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
    answered = answerer.ask(question or "", language=language, limit=limit, as_of=days.named(as_of))
    _print_reply(answerer, answered, explain=explain, words=no_semantic, as_json=as_json)


@click.command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "--compare",
    type=click.Path(path_type=Path),
    help="Also tell what got better and worse since this earlier JSON report.",
)
@words_option
@index_option
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
    where nothing does. It may have "kind", the reaction that is wanted, and "all", the facts that a
    list, a comparison or a choice must show.
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


@click.command()
@click.argument("fact")
@click.option(
    "--lang",
    "language",
    metavar="CODE",
    help="Language to show it in, such as fr; default: the first of the index.",
)
@index_option
@json_option
@click.pass_obj
def show(
    root: Path | None, fact: str, language: str | None, folder: Path | None, as_json: bool
) -> None:
    """Show the fact with the id FACT, such as page/slug."""
    from kb_tools.search import reply

    answerer = _answerer(root, folder)
    answerer.check_language(language)
    entry = answerer.entry(fact, language or answerer.index.manifest["languages"][0])
    if entry.id != fact:
        click.echo(f"{fact} is called {entry.id} now", err=True)
    if as_json:
        click.echo(json.dumps(entry.record()))
        return
    status, labels = (
        entry.status(dt.date.today().isoformat()),
        answerer.index.labels(entry.language),
    )
    for line in reply.show_lines(entry, status, labels, bold):
        click.echo(line)


@click.command()
@click.argument("query")
@click.option("--lang", "language", metavar="CODE", help="Only texts of this language.")
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
@index_option
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
    """Search all texts with Whoosh's query language, in an index that you have built yourself: an
    index of somebody else's is not opened, because its Whoosh part could run their code.

    \b
    Fields: title, statement, questions, concepts, about, page, kind, source, language, from, until.
    about:files AND deletion             both must hold
    files -links                         the second must not; "--" goes before a leading "-"
    "deleted files"                      a phrase
    delet* OR retension~                 a beginning; a word with a typo
    until:[2025-01-01 TO 2025-12-31]     dates of validity
    """
    from kb_tools.search import generations, index, store

    fields = ("page", "about", "kind", "source") if facets else ()
    place = fresh_index(root, folder)
    generation = generations.held(place)
    manifest = store.read_manifest(generation.folder)
    store.check_language(manifest, language)
    languages = [language] if language else manifest["languages"]
    hits, counts = index.search(generation, query, languages=languages, limit=limit, facets=fields)
    if as_json:
        found = {name: dict(values.most_common()) for name, values in counts.items()}
        click.echo(json.dumps({"hits": [vars(hit) for hit in hits], "facets": found}))
        return
    for hit in hits:
        click.echo(f"{hit.score:7.2f}  {hit.language}  {bold(hit.fact)}  {hit.title}")
    for name, values in counts.items():
        listed = ", ".join(f"{value} {number}" for value, number in values.most_common())
        click.echo(f"{name}: {listed}")
    if not hits:
        click.echo("Nothing found.", err=True)


def _print_reply(
    answerer: Answerer, answered: Reply, *, explain: bool, words: bool, as_json: bool
) -> None:
    from kb_tools.search import reply

    if as_json:
        click.echo(json.dumps(reply.record(answered)))
        return
    labels = answerer.index.labels(answered.language)
    for remark in _remarks(answered, labels["searched-for"], words=words):
        click.echo(remark, err=True)
    for line in reply.lines(answered, labels, bold):
        click.echo(line)
    for line in reply.explanation(answered) if explain else ():
        click.echo(line)


def _remarks(answered: Reply, searched_for: str, *, words: bool) -> Iterator[str]:
    """What there is to say about how a question was read, besides the answer."""
    if not answered.semantic and not words:
        yield "Words alone: the semantic extra is not installed, or the index was built without it."
    if answered.cut:
        yield "Only the beginning of this long text was read."
    if answered.corrected:
        yield searched_for % {"words": ", ".join(answered.corrected.values())}


def _answerer(root: Path | None, folder: Path | None, *, semantic: bool = False) -> Answerer:
    from kb_tools.search import meaning
    from kb_tools.search.answer import Answerer

    return Answerer.open(fresh_index(root, folder), semantic=semantic and meaning.available())


def _batch(answerer: Answerer, path: Path) -> Iterator[str]:
    for number, row in jsonl.read(path):
        try:
            identifier, question = row["id"], row["text"]
            if not isinstance(question, str):
                raise TypeError
        except (KeyError, TypeError):
            hint = 'Write {"id": ..., "text": "..."} on each line.'
            raise BadInput(f"{path}:{number}: not a question\n    {hint}") from None
        yield json.dumps({"id": identifier, **answerer.best_guesses(question).record()})


COMMANDS = (ask, show, search, evaluate)
