"""Text to terms: one pipeline of pure functions for questions and texts of every language.

Terms are plain strings: a folded word, `~` and its stem, two neighbouring CJK characters, one Han
character,
an identifier in one piece, and `=` with a number and its unit.
The widget's `analysis.mjs` mirrors this module; shared vectors keep them together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

Folding = Mapping[int, str]
"""Characters (code points) that are read as another: Traditional and Japanese forms of Han
characters as Simplified ones.
"""

STEM = 5
"""Letters of a word that its stem has at most."""
SHORTEST_STEMMED = 4
LONGEST_TERM = 64

_HIRAGANA_TO_KATAKANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
_KANA = {**_HIRAGANA_TO_KATAKANA, 0x30FC: ""}
_DOTLESS = {ord("ı"): "i"}
"""What Turkish lower case makes of the I of an identifier; `casefold` leaves it."""
_VOICING = {"\u3099", "\u309a"}
_CJK = r"\u3005-\u3007\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_CHARACTER = re.compile(rf"[\u3041-\u3096{_CJK}]")
_HANGUL = r"\uac00-\ud7a3"
_PIECE = re.compile(
    rf"(?P<cjk>[{_CJK}]+)|(?P<hangul>[{_HANGUL}]+)|(?P<word>[^\W_{_CJK}{_HANGUL}]+)"
)
# runs are taken whole (possessive) and from their start only, so that no text takes quadratic time
_IDENTIFIER = re.compile(
    r"/?(?<![a-z0-9])[a-z0-9]++(?:[_./@-][a-z0-9]++)+|(?<![a-z0-9])/[a-z0-9]++"
)
_ADDRESS = re.compile(
    r"(?P<web>(?:https?://|www\.)[!-~]*)|[a-z0-9._+-]++(?P<mail>@[a-z0-9._+-]*[a-z0-9])?"
)
"""An address on the web or of mail, or what could begin one."""
_NUMBER = re.compile(r"(?<!\d)(\d++)\s*+([a-z]++|小?[分時时天日年][間间钟]?)")
_UNITS = {
    "i": [
        "minute",
        "minutes",
        "min",
        "mins",
        "minuten",
        "minuto",
        "minutos",
        "minuti",
        "分",
        "分間",
        "分间",
        "分钟",
    ],
    "h": [
        "hour",
        "hours",
        "h",
        "heure",
        "heures",
        "stunden",
        "stunde",
        "hora",
        "horas",
        "ore",
        "時",
        "時間",
        "时",
        "时间",
        "小时",
    ],
    "d": [
        "day",
        "days",
        "d",
        "jour",
        "jours",
        "tag",
        "tage",
        "tagen",
        "dia",
        "dias",
        "giorni",
        "dagen",
        "日",
        "日間",
        "日间",
        "天",
    ],
    "y": [
        "year",
        "years",
        "y",
        "an",
        "ans",
        "annee",
        "annees",
        "jahr",
        "jahre",
        "jahren",
        "ano",
        "anos",
        "anni",
        "jaar",
        "年",
        "年間",
        "年间",
    ],
}


def scrub(text: str) -> str:
    """Drop what is not text: controls become spaces; format characters, lone surrogates and private
    use go.
    """
    return "".join(map(_scrubbed, text))


def _scrubbed(character: str) -> str:
    if " " <= character < "\x7f":
        return character
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" | "Cs" | "Co" | "Cn":
            return ""
    return character


def fold(text: str, folding: Folding) -> str:
    """Read alike what readers write alike: case, accents, width, kana, long vowels and Han
    variants.

    >>> fold("Ｒétention  ZÉRO ﾌﾟﾛﾝﾌﾟﾄ サーバー さーば", {})
    'retention  zero プロンプト サバ サバ'
    """
    compatible = unicodedata.normalize("NFKC", scrub(text)).casefold()
    if compatible.isascii():
        return compatible
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", compatible)
        if c in _VOICING or unicodedata.category(c) != "Mn"
    )
    return unicodedata.normalize("NFC", bare).translate(_KANA | _DOTLESS).translate(dict(folding))


def terms(text: str, folding: Folding) -> list[str]:
    """All terms of a text, repeated as they occur.

    >>> terms("保持期間: 29 days", {})
    ['保', '持', '期', '間', '保持', '持期', '期間', '29', 'days', '~day', '=29d']
    """
    return [term for term, _ in tokens(fold(text, folding))]


def tokens(folded: str) -> Iterator[tuple[str, int]]:
    """The terms of a folded text with their positions; the stem of a word stands at the word's."""
    position = 0
    for piece in _PIECE.finditer(folded):
        text = piece.group()
        if piece["word"]:
            yield text[:LONGEST_TERM], position
            if len(text) >= SHORTEST_STEMMED:
                yield f"~{text.removesuffix('s')[:STEM]}", position
            position += 1
        else:
            if piece["cjk"]:
                yield from (
                    (character, position + place)
                    for place, character in enumerate(text)
                    if not _is_kana(character)
                )
            yield from ((pair, position + place) for place, pair in _pairs(text))
            position += len(text)
    yield from ((identifier[:LONGEST_TERM], position) for identifier in _IDENTIFIER.findall(folded))
    yield from ((quantity, position) for quantity in _quantities(folded))


def apart(folded: str, known: Collection[str]) -> tuple[str, list[str]]:
    """A folded question without the addresses in it, and these as identifiers: what words they are
    made of says nothing of what is asked. One that is a known term stays where it is.

    >>> apart("is https://kb.example/files eligible", {})
    ('is   eligible', ['kb.example/files'])
    """
    found: list[str] = []

    def set_aside(address: re.Match[str]) -> str:
        if not (address["web"] or address["mail"]):
            return address[0]
        named = address[0].removeprefix("https://").removeprefix("http://")
        names = [name[:LONGEST_TERM] for name in _IDENTIFIER.findall(named)]
        if any(name in known for name in names):
            return address[0]
        found.extend(names)
        return " "

    return _ADDRESS.sub(set_aside, folded), found


def whole(folded: str) -> list[tuple[str, int]]:
    """The terms that a person would name, with their positions: words, and CJK two characters at a
    time; a lone CJK character is itself.
    """
    found, position = [], 0
    for piece in _PIECE.finditer(folded):
        text = piece.group()
        if piece["word"] or len(text) == 1:
            found.append((text[:LONGEST_TERM], position))
        else:
            found += [(pair, position + place) for place, pair in _pairs(text)]
        position += 1 if piece["word"] else len(text)
    return found


def _pairs(text: str) -> Iterator[tuple[int, str]]:
    """Neighbouring characters with their places; not where kana meets Han, which is seldom within a
    word.
    """
    for place in range(len(text) - 1):
        if _is_kana(text[place]) == _is_kana(text[place + 1]):
            yield place, text[place : place + 2]


def _is_kana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30ff"


def _quantities(folded: str) -> Iterator[str]:
    """Numbers with a unit of time, whatever the language says the unit with."""
    for amount, unit in _NUMBER.findall(folded):
        for short, words in _FOLDED_UNITS.items():
            if unit in words:
                yield f"={int(amount[:9])}{short}"


def classify(term: str) -> str:
    """The class of a term, told by its first character and length: word, stem, kana, character,
    concept or quantity.
    """
    match term[:1]:
        case "~":
            return "stem"
        case "#":
            return "concept"
        case "=":
            return "quantity"
    if len(term) == 2 and _is_kana(term[0]):
        # kana words are long runs of pairs, each of which says less than a pair of Han characters
        return "kana"
    return "character" if len(term) == 1 and term >= "\u3400" else "word"


def has_cjk(text: str) -> bool:
    """Tell whether a text has Han characters or kana.

    >>> has_cjk("Web版"), has_cjk("か"), has_cjk("web")
    (True, True, False)
    """
    return bool(_CJK_CHARACTER.search(text))


def is_identifier(term: str) -> bool:
    """Tell whether a term is an identifier in one piece, such as `/v1/files` or
    `disable_telemetry`.
    """
    return term[0] not in "~#=" and any(sign in term for sign in "/_.@")


def spaced(folded: str) -> str:
    """Folded text as glossary terms are matched in it: every word between two spaces of its own,
    CJK without.

    >>> spaced("web版harbor notes")
    ' web 版 harbor  notes '
    """
    return "".join(
        piece.group() if piece["cjk"] else f" {piece.group()} " for piece in _PIECE.finditer(folded)
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed, none empty."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if part]


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
_FOLDED_UNITS = {
    short: frozenset(fold(word, {}) for word in words) for short, words in _UNITS.items()
}
