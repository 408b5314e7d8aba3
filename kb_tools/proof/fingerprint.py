"""A hash of everything that an index is made of: equal exactly where the indexes would be equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kb_tools import __version__, layout, textfile
from kb_tools.errors import InvalidSource, Problem

_PACKAGE = Path(__file__).parents[1]
_SOURCES = (
    layout.SETTINGS.as_posix(),
    layout.SITE_CONFIGURATION.as_posix(),
    f"{layout.FACTS}/*.yml",
    f"{layout.I18N}/*/LC_MESSAGES/*.po",
    f"{layout.QUESTIONS}/*.yml",
    layout.GLOSSARY.as_posix(),
    f"{layout.GLOSSARIES}/*.yml",
    layout.FITTED.as_posix(),
    layout.MAP.as_posix(),
)
_ROOMS = ("content", "language", "search")
"""The rooms of the program whose code and catalogs shape an index."""


def of_sources(root: Path, *, semantic: bool) -> str:
    """The fingerprint of an index of the sources below a project's root, made by this program, with
    vectors for likeness of meaning or without. Raise `InvalidSource` where one cannot be read.
    """
    digest = hashlib.sha256(f"{__version__}\0{_program()}\0{semantic}\0".encode())
    paths = (path for pattern in _SOURCES for path in root.glob(pattern))
    for line in _hashed(root, sorted(paths)):
        digest.update(line)
    return digest.hexdigest()[:32]


@cache
def _program() -> str:
    digest = hashlib.sha256()
    rooms = (path for room in _ROOMS for path in (_PACKAGE / room).rglob("*"))
    paths = [*_PACKAGE.glob("*.py"), *rooms]
    for line in _hashed(_PACKAGE, sorted(p for p in paths if p.suffix in (".py", ".po", ".json"))):
        digest.update(line)
    return digest.hexdigest()


def _hashed(root: Path, paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        name = path.relative_to(root).as_posix()
        try:
            content = textfile.content(path)
        except OSError as error:
            hint = "Restore the file or correct its permissions."
            problem = Problem(f"{name}:1", f"cannot be read: {error.strerror}", hint)
            raise InvalidSource([problem]) from None
        yield f"{name}\0{len(content)}\0".encode()
        yield content
