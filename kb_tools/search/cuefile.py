"""The file of cues, `cues.yml`, and what the index holds of it: the terms of the languages that are
asked in. The glossary adds what the kinds of subjects are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import RootModel

from kb_tools.content.source import Document
from kb_tools.content.values import Text
from kb_tools.errors import InvalidSource
from kb_tools.search import analysis
from kb_tools.search.cues import KIND, SAYS_NOTHING, straight

PACKAGE = Path(__file__).parent
_SIGNS = re.compile(r"['-]")
Terms = Mapping[str, Mapping[str, Sequence[str]]]
"""Cue to language to terms."""


class CueFile(RootModel[dict[str, dict[str, tuple[Text, ...]]]]):
    """Cues with their terms in each language."""


def compile_terms(
    kinds: Terms, languages: Iterable[str], folding: analysis.Folding
) -> dict[str, dict[str, list[str]]]:
    """The folded terms of each cue that has some, by language: those of the program, and what the
    kinds of subjects of a knowledge base are called.
    """
    document = Document(PACKAGE / "cues.yml", PACKAGE)
    own = document.parse(CueFile)
    if own is None:
        raise InvalidSource(document.problems)
    named = {f"{KIND}{kind}": terms for kind, terms in kinds.items()}
    said = {**own.root, **named}
    return {
        language: {
            cue: _folded(cue, by_language[language], folding)
            for cue, by_language in said.items()
            if language in by_language
        }
        for language in languages
    }


def _folded(cue: str, words: Iterable[str], folding: analysis.Folding) -> list[str]:
    terms = {_plain(term, folding) for term in words}
    if cue in SAYS_NOTHING:
        # they are looked for in what is left of a text between concepts, which has no signs
        terms |= {" ".join(_SIGNS.sub(" ", term).split()) for term in terms}
    return sorted(terms)


def _plain(term: str, folding: analysis.Folding) -> str:
    return " ".join(straight(analysis.fold(term, folding)).split())
