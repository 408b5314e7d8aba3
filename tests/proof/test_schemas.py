"""The schemas by which an editor completes and checks a source file as it is typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small import said

from kb_tools import layout
from kb_tools.errors import InvalidSource
from kb_tools.proof import schemas

KEYS = {
    "kb": {"languages", "publisher", "title", "pages"},
    "page": {"page", "title", "intro", "facts"},
    "sources": {"sources"},
    "subjects": {"subjects"},
    "glossary": {"concepts"},
}


@pytest.mark.parametrize("name", KEYS)
def test_an_editor_is_told_the_keys_of_a_file(name: str) -> None:
    schema = json.loads(schemas.rendered()[f"{name}.json"])
    assert KEYS[name] <= set(schema["properties"])
    assert schema["additionalProperties"] is False, "another key is a fault"


def descriptions(schema: Any) -> Iterator[str]:
    """What a schema tells people of its parts."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for part in schema.values():
            yield from descriptions(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from descriptions(part)


def test_descriptions_flow_however_their_lines_are_broken_in_the_program() -> None:
    told = [each for text in schemas.rendered().values() for each in descriptions(json.loads(text))]
    assert len(told) > 10
    assert [text for text in told if text != " ".join(text.split())] == []


def test_a_schema_is_read_by_people_too() -> None:
    for name, text in schemas.rendered().items():
        assert text.startswith('{\n  "'), name
        assert text.endswith("}\n"), name
        assert "\\u" not in text, name


def test_schemas_are_written_where_they_are_not_what_the_program_says(copy: Path) -> None:
    shutil.rmtree(copy / layout.SCHEMAS, ignore_errors=True)
    names = sorted(schemas.rendered())
    where = layout.SCHEMAS.as_posix()
    assert sorted(said(schemas.outdated(copy))) == [
        f"{where}/{name}:1: out of date" for name in names
    ]
    assert sorted(path.name for path in schemas.write(copy)) == names
    assert schemas.outdated(copy) == []
    assert schemas.write(copy) == []
    (copy / layout.SCHEMAS / "page.json").write_text("{}\n", "utf-8")
    (problem,) = schemas.outdated(copy)
    assert problem.where == f"{where}/page.json:1"
    assert problem.hint == "Run kb build and commit the schema."


def test_a_schema_of_somebody_elses_is_not_replaced(copy: Path) -> None:
    mine = copy / layout.SCHEMAS / "page.json"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("{}", "utf-8")
    with pytest.raises(InvalidSource, match=r"docs/schema/page\.json:1: not a schema of ours"):
        schemas.write(copy)
    assert mine.read_text("utf-8") == "{}"
