"""Files that people write, read: plain ones of a bounded size; texts in UTF-8, with what an editor
shows nothing of told by name.
"""

from __future__ import annotations

import errno
import re
import stat
import unicodedata
from pathlib import Path

from kb_tools.errors import Problem

LARGEST = 20_000_000
"""Bytes of the largest file that is read."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff]"
)
"""Controls, marks of direction and spaces without width, none of which a text here needs."""
_INDENT = re.compile(r"[^\S\n]*")
_PLAIN = " \t\r"
_HINT = "Delete it; an editor shows it by its code, or type the line again."


def content(path: Path) -> bytes:
    """The bytes of a plain file; raise `OSError` where it is none, or larger than any that people
    write.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "Not a plain file", str(path))
    if status.st_size > LARGEST:
        raise OSError(errno.EFBIG, f"Larger than {LARGEST // 10**6} MB", str(path))
    return path.read_bytes()


def read(path: Path) -> str:
    """The text of a UTF-8 file, with `\\n` at the end of lines and without a byte order mark.

    Raise `OSError` or `UnicodeDecodeError` where it cannot be read.
    """
    text = content(path).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_leniently(path: Path) -> str:
    """The text of a generated file, to be compared: what is no UTF-8 in it is replaced, and one
    that cannot be read at all is empty.
    """
    try:
        return content(path).decode("utf-8", "replace")
    except OSError:
        return ""


def invisible(text: str, name: str) -> list[Problem]:
    """The characters of a file, called `name`, that no editor shows and a reader stumbles over."""
    return [
        Problem(f"{name}:{number}", found, _HINT)
        for number, line in enumerate(text.split("\n"), 1)
        if (found := unseen(line))
    ]


def unseen(line: str) -> str:
    """Say which character of a line no editor shows, the first of them; empty for none."""
    indent = _INDENT.match(line)
    wide = [character for character in (indent[0] if indent else "") if character not in _PLAIN]
    found = [*wide, *_INVISIBLE.findall(line)]
    if not found:
        return ""
    character = found[0]
    name = unicodedata.name(character, "a control character")
    return f"an invisible character, U+{ord(character):04X} {name}"
