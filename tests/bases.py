"""Knowledge bases of another shape than the small one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from small import spoil

from kb_tools import layout
from kb_tools.starter import create

TWELVE = ("en", "fr", "ja", "zh", "de", "es", "pt-br", "it", "nl", "ko", "ar", "ru")
"""More languages than a byte has bits; the last seven are not translated."""

_ONE_PAGE = """\
page: handling
title: Storage
intro: What is kept.
facts:
  - id: handling/deleted-files
    title: How long deleted files stay in the trash
    statement: >-
      A deleted file stays in the trash for %(period)s.
    values:
      period: {kind: duration, length: P30D, bound: exact}
    about: [trash]
    sources: [policy/deletion]
"""


def of_one_fact(folder: Path) -> Path:
    """A base of one fact in English, without questions and without a glossary."""
    create.create(folder, ["en"])
    spoil(folder / layout.SETTINGS, "pages: [handling, choices]", "pages: [handling]")
    spoil(folder / layout.SETTINGS, "  at_least: 3 ", "  at_least: 0 ")
    (folder / layout.page_file("choices")).unlink()
    (folder / layout.page_file("handling")).write_text(_ONE_PAGE, "utf-8")
    (folder / layout.QUESTIONS / "en.yml").unlink()
    (folder / layout.GLOSSARY).unlink()
    return folder


def of_languages(folder: Path, codes: Sequence[str]) -> Path:
    """The small base in some languages; those that it is not written in are partial."""
    create.create(folder, codes)
    return folder
