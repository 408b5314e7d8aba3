"""The Whoosh index of all Entries, and its statistics for the answer index. The home of Whoosh.

A Whoosh index holds pickles, which run what they say: one is searched only where this user's own
build has made it, and as it was made.
"""

from __future__ import annotations

import signal
import threading
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb_tools import folders, layout
from kb_tools.entry import Entry
from kb_tools.errors import BadQuery, IndexUnusable
from kb_tools.search import analysis
from kb_tools.search.concepts import Matcher
from kb_tools.search.generations import Generation

with warnings.catch_warnings():
    warnings.simplefilter(
        "ignore"
    )  # whoosh-reloaded is frozen; its warnings tell nothing that we could mend
    from whoosh import fields, qparser
    from whoosh import index as whoosh_index
    from whoosh.analysis import Token
    from whoosh.query import NullQuery, Or, Term
    from whoosh.reading import IndexReader

_BUILD_IT = "Run kb index in the folder of the knowledge base; kb ask reads the index of anybody."
TEXTS = ("title", "statement", "questions")
LONGEST_QUERY = 1000
MOST_WORDS = 40
MOST_TYPOS = 1
LONGEST = 0.2
"""Seconds of processor time that a query may take."""
_NOT = r"(^|(?<=[\s()]))(NOT(?=\s)|-(?=[^\s-]))"
"""What excludes the word that follows: Whoosh's operator, and the minus of other search engines."""


class TermAnalyzer:
    """Whoosh's view of our one analyzer: every term in texts, whole words in queries."""

    def __init__(self, folding: Mapping[int, str]) -> None:
        self.folding = dict(folding)

    def __call__(
        self, value: str, mode: str = "", positions: bool = False, **_: Any
    ) -> Iterator[Token]:
        """Yield the tokens of a text as Whoosh asks for them."""
        folded = analysis.fold(value, self.folding)
        found = analysis.whole(folded) if mode == "query" else analysis.tokens(folded)
        token = Token(positions=positions, mode=mode)
        for term, place in found:
            token.text, token.boost, token.stopped, token.pos = term, 1.0, False, place
            token.startchar = token.endchar = 0
            yield token

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TermAnalyzer) and self.folding == other.folding

    def __hash__(self) -> int:
        return hash(type(self))


@dataclass(frozen=True)
class Statistics:
    """What the answer index is compiled from: frequencies of terms by fact and field, and field
    lengths by fact.
    """

    frequencies: dict[str, dict[str, Counter[str]]]
    """Field to term to fact id to frequency, all languages together."""
    lengths: dict[str, Counter[str]]
    """Field to fact id to number of terms."""
    languages: dict[str, set[str]]
    """Term to the languages that use it."""


@dataclass(frozen=True)
class Hit:
    """One result of a query: a fact in a language."""

    fact: str
    language: str
    title: str
    score: float


def build(
    folder: Path, entries: Sequence[Entry], folding: Mapping[int, str], matcher: Matcher
) -> None:
    """Write a Whoosh index of the Entries into an empty folder."""
    folder.mkdir(parents=True)
    made = whoosh_index.create_in(folder, _schema(folding))
    writer = made.writer(limitmb=128)
    for entry in entries:
        writer.add_document(**_document(entry, folding, matcher))
    writer.commit(optimize=True)
    made.close()


def statistics(folder: Path) -> Statistics:
    """Read the term statistics of a Whoosh index."""
    opened = whoosh_index.open_dir(folder)
    with opened.reader() as reader:
        holders = {
            number: (str(stored["fact"]), str(stored["language"]))
            for number, stored in reader.iter_docs()
        }
        found = Statistics({}, {}, {})
        for field in (*TEXTS, "concepts"):
            found.frequencies[field] = dict(_frequencies(reader, field, holders, found.languages))
            lengths: Counter[str] = Counter()
            for number, (fact, _) in holders.items():
                # Whoosh has no length, and not 0, for a document without the field
                lengths[fact] += reader.doc_field_length(number, field) or 0
            found.lengths[field] = lengths
    opened.close()
    return found


def search(
    generation: Generation,
    query: str,
    *,
    languages: Sequence[str] = (),
    limit: int = 10,
    facets: Sequence[str] = (),
) -> tuple[list[Hit], dict[str, Counter[str]]]:
    """Search with Whoosh's query language, in some languages or in all; return the hits and, for
    each facet field, how many hits have each value.

    Raise `IndexUnusable` where the index was not built here, or has changed since.
    """
    opened = _open(generation)
    with opened.searcher() as searcher:
        parser = qparser.MultifieldParser(list(TEXTS), opened.schema)
        parser.add_plugin(qparser.FuzzyTermPlugin())
        parser.replace_plugin(qparser.OperatorsPlugin(Not=_NOT))
        parsed = _parsed(parser, query)
        only = Or([Term("language", code) for code in languages]) if languages else None
        with _bounded():
            results = searcher.search(parsed, filter=only, limit=None)
        counts = {
            facet: Counter(str(value) for result in results for value in _values(result, facet))
            for facet in facets
        }
        hits = [
            Hit(result["fact"], result["language"], result["title"], float(result.score))
            for result in results[:limit]
        ]
    opened.close()
    return hits, counts


@contextmanager
def _bounded() -> Iterator[None]:
    """Raise `BadQuery` where something takes too long; only a process's main thread can tell."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise BadQuery(
            "the query takes too long\n    Use fewer words with * or ~, or longer beginnings."
        )

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _parsed(parser: Any, query: str) -> Any:
    if len(query) > LONGEST_QUERY:
        raise BadQuery(
            f"the query has {len(query)} characters, of which {LONGEST_QUERY} can be read\n"
            "    Shorten it, or put a question to kb ask."
        )
    try:
        parsed = parser.parse(analysis.scrub(query))
    except Exception as error:  # Whoosh raises whatever its parts raise on text that it cannot read
        raise BadQuery(
            f"the query {query[:80]!r} cannot be read: {error}\n    Put words with signs in them"
            " into quotes."
        ) from error
    if parsed.normalize() == NullQuery:
        raise BadQuery(
            f"the query {query[:80]!r} names nothing to search for\n    Write words, or a field"
            " and a word of it, such as title:deleted."
        )
    leaves = list(parsed.leaves())
    if len(leaves) > MOST_WORDS * len(TEXTS):
        raise BadQuery(f"the query has more than {MOST_WORDS} words\n    Leave some out.")
    if any(getattr(leaf, "maxdist", 0) > MOST_TYPOS for leaf in leaves):
        what = "a word with ~ may differ by one character only"
        raise BadQuery(f"{what}\n    Write ~ without a number, or a beginning such as delet*.")
    return parsed


def _values(result: Any, facet: str) -> list[str]:
    return str(result.get(facet, "")).split()


def _open(generation: Generation) -> Any:
    """The Whoosh index of a generation: what is opened is unpickled, so it is verified first."""
    if not generation.is_built_here:
        what = (
            "this index was not built by you on this machine, and to search it could run its code"
        )
        raise IndexUnusable(f"{generation.folder}: {what}\n    {_BUILD_IT}")
    changed = folders.changed(generation.folder)
    if changed:
        what = f"truncated or changed: {', '.join(changed[:3])}"
        raise IndexUnusable(f"{generation.folder}: {what}\n    Run kb index.")
    return whoosh_index.open_dir(generation.folder / layout.WHOOSH)


def _schema(folding: Mapping[int, str]) -> Any:
    words = {"stored": True, "lowercase": True}
    return fields.Schema(
        fact=fields.ID(stored=True, unique=False),
        language=fields.ID(stored=True),
        page=fields.KEYWORD(**words),
        about=fields.KEYWORD(**words),
        kind=fields.KEYWORD(**words),
        source=fields.KEYWORD(**words),
        **{"from": fields.ID(stored=True), "until": fields.ID(stored=True)},
        # the boost is for the query language only: `weights` says what a title counts in answers
        title=_text_field(folding, stored=True, boost=2.0),
        statement=_text_field(folding),
        questions=_text_field(folding),
        concepts=fields.KEYWORD(scorable=True),
    )


def _text_field(folding: Mapping[int, str], *, stored: bool = False, boost: float = 1.0) -> Any:
    return fields.TEXT(
        analyzer=TermAnalyzer(folding),
        stored=stored,
        phrase=True,
        field_boost=boost,
        multitoken_query="and",
    )


def _document(entry: Entry, folding: Mapping[int, str], matcher: Matcher) -> dict[str, Any]:
    """The fields of an entry; a text that stands in for a translation is shown and not searched."""
    found = [sorted(set(matcher.find(analysis.fold(text, folding)))) for text in entry.searched]
    own = entry.text_language == entry.language
    return {
        "fact": entry.id,
        "language": entry.language,
        "page": entry.page,
        "about": " ".join(subject.id for subject in entry.about),
        "kind": " ".join(sorted({said.kind for said in entry.values})),
        "source": " ".join(sorted({citation.kind for citation in entry.sources})),
        "from": entry.start or "",
        "until": entry.end or "",
        "title": entry.title if own else "",
        "_stored_title": entry.title,
        "statement": entry.text if own else "",
        "questions": "\n".join(entry.questions),
        "concepts": " ".join(concept for concepts in found for concept in concepts),
    }


def _frequencies(
    reader: IndexReader,
    field: str,
    holders: Mapping[int, tuple[str, str]],
    languages: dict[str, set[str]],
) -> Iterator[tuple[str, Counter[str]]]:
    mark = "#" if field == "concepts" else ""
    for raw in reader.lexicon(field):
        postings = reader.postings(field, raw)
        term, by_fact = mark + raw.decode("utf-8"), Counter[str]()
        while postings.is_active():
            fact, language = holders[postings.id()]
            by_fact[fact] += postings.value_as("frequency")
            languages.setdefault(term, set()).add(language)
            postings.next()
        yield term, by_fact
