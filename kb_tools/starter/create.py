"""Makes a new knowledge base from the one in `base`, in the languages that are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb_tools import files, layout
from kb_tools.content.settings import MOST_LANGUAGES, endonym
from kb_tools.errors import BadInput
from kb_tools.locales import SOURCE

BASE = Path(__file__).parent / "base"
_ROW = re.compile(r"^  - \{code: (?P<code>[a-z-]+)(?:, catalog: (?P<catalog>\w+))?.*\}\n", re.M)
"""A row of a language in kb.yml."""
_TERMS = re.compile(r"^ {4,6}(?P<code>[a-z]{2}): \[.*\]\n", re.M)
"""The terms of a language in the glossary, on a line of their own."""


def create(folder: Path, languages: Sequence[str]) -> int:
    """Write a knowledge base into a new or empty folder; return the number of its files.

    A language that the base is not written in becomes a partial one: English stands in for what is
    not translated yet. Raise `BadInput` where the folder holds something or a language is unknown,
    `BuildFailed` where it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "not empty" if folder.is_dir() else "not a folder"
        hint = "Name a new or an empty folder."
        raise BadInput(f"{folder}: {what}, so nothing was written\n    {hint}")
    codes = list(dict.fromkeys([SOURCE.code, *languages]))
    _refuse_unknown(codes)
    made = {folder / name: content for name, content in _contents(codes)}
    files.write_all(made)
    return len(made)


def _refuse_unknown(codes: Sequence[str]) -> None:
    for code in codes:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code) or not _name(code):
            hint = "Use codes such as en, fr, ja, zh, de or pt-br, with a comma between them."
            raise BadInput(f"unknown language {code!r}\n    {hint}")
    if len(codes) > MOST_LANGUAGES:
        hint = f"Name {MOST_LANGUAGES} at most."
        raise BadInput(f"{len(codes)} languages are too many\n    {hint}")


def _name(code: str) -> str | None:
    return endonym(code.replace("-", "_"))


def _contents(codes: Sequence[str]) -> Iterator[tuple[Path, bytes]]:
    """The files of the new knowledge base, without those of other languages."""
    settings = (BASE / layout.SETTINGS).read_text("utf-8")
    left_out = {
        path
        for row in _ROW.finditer(settings)
        if row["code"] not in codes
        for path in (
            layout.catalog(row["catalog"] or row["code"], "facts"),
            layout.QUESTIONS / f"{row['code']}.yml",
        )
    }
    for path in sorted(path for path in BASE.rglob("*") if path.is_file()):
        name, content = path.relative_to(BASE), path.read_bytes()
        if name in left_out or path.suffix == ".pyc":
            continue
        if name == layout.SETTINGS:
            content = _with_languages(settings, codes).encode()
        elif name == layout.GLOSSARY:
            content = _with_terms(content.decode("utf-8"), codes).encode()
        # a dot would hide the file from what builds the package
        yield (Path(".gitignore") if name == Path("gitignore") else name), content


def _with_languages(settings: str, codes: Sequence[str]) -> str:
    """The settings with a row for each language, in the order in which they are asked for."""
    rows = {row["code"]: row[0] for row in _ROW.finditer(settings)}
    wanted = (
        rows.get(code, f"  - {{code: {code}, name: {_name(code)}, partial: true}}\n")
        for code in codes
    )
    first = next(_ROW.finditer(settings)).start()
    return settings[:first] + "".join(wanted) + _ROW.sub("", settings[first:])


def _with_terms(glossary: str, codes: Sequence[str]) -> str:
    return _TERMS.sub(lambda line: line[0] if line["code"] in codes else "", glossary)
