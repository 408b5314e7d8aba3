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
) -> dict[str, list[str]]:
    """The folded terms of each cue in some languages: those of the program, and what the kinds of
    subjects of a knowledge base are called.
    """
    document = Document(PACKAGE / "cues.yml", PACKAGE)
    own = document.parse(CueFile)
    if own is None:
        raise InvalidSource(document.problems)
    named = {f"{KIND}{kind}": terms for kind, terms in kinds.items()}
    wanted = list(languages)
    made = {}
    for cue, by_language in {**own.root, **named}.items():
        terms = {_plain(term, folding) for code in wanted for term in by_language.get(code, ())}
        if cue in SAYS_NOTHING:
            # they are looked for in what is left of a text between concepts, which has no signs
            terms |= {" ".join(_SIGNS.sub(" ", term).split()) for term in terms}
        made[cue] = sorted(terms)
    return made


def _plain(term: str, folding: analysis.Folding) -> str:
    return " ".join(straight(analysis.fold(term, folding)).split())
