"""Which Han characters are read as another: Traditional Chinese and Japanese forms as Simplified
ones. The home of OpenCC.
"""

from __future__ import annotations

from functools import cache

import opencc

_HAN = range(0x4E00, 0xA000)


@cache
def folding() -> dict[int, str]:
    """Code points of Traditional and Japanese forms, with the Simplified character that stands for
    each.
    """
    to_traditional, to_simplified = opencc.OpenCC("jp2t"), opencc.OpenCC("t2s")
    read_as = {code: to_simplified.convert(to_traditional.convert(chr(code))) for code in _HAN}
    return {
        code: simple for code, simple in read_as.items() if simple != chr(code) and len(simple) == 1
    }


def folding_for(text: str) -> dict[int, str]:
    """The part of the table whose results occur in a text (already folded): all that a search of
    that text needs.
    """
    present = set(text)
    return {code: simple for code, simple in folding().items() if simple in present}
