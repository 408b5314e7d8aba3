"""Catalogs come back whole from the tools of translators: gettext, polib, the translate toolkit."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import LOCALES
from translators import TOOLS, accepted, messages, round_trip

from kb_tools import layout
from kb_tools.project import Project

CODES = [code for code in LOCALES if code != "en"]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("code", CODES)
def test_a_catalog_comes_back_whole(copy: Path, code: str, tool: str) -> None:
    assert round_trip(copy, LOCALES[code], tool) == len(Project(copy).upkeep.content)


@pytest.mark.parametrize("code", CODES)
def test_a_catalog_with_a_changed_message_comes_back_from_msgmerge(copy: Path, code: str) -> None:
    """Which keeps the former message as `#|`, and `#~|` once it is gone."""
    locale = LOCALES[code]
    path = copy / layout.page_file("handling")
    text = path.read_text("utf-8").replace("title: Encryption of notes", "title: Ciphers of notes")
    path.write_text(text, "utf-8")
    Project(copy).upkeep.extract()
    catalog, template = copy / layout.catalog(locale.catalog, "facts"), layout.template("facts")
    TOOLS["msgmerge --previous"](catalog, copy / template)
    accepted(catalog)
    status = Project(copy).upkeep.status(locale)
    assert [(row.total - row.translated, row.fuzzy) for row in status] == [(1, 1)]
    Project(copy).upkeep.update(locale)
    accepted(catalog)
    assert len(messages(catalog, locale)) == len(messages(copy / template, locale))
