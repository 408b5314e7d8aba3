"""`make mutants`: a change that no test notices is told unless it is listed with a reason."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def mutants(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with three mutants of one function in the place of all."""
    monkeypatch.chdir(root)
    spec = importlib.util.spec_from_file_location("mutants", root / "scripts/mutants.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


NAME = "kb_tools.search.weights.x__is_chance__mutmut_"


def compared(
    mutants: ModuleType, monkeypatch: pytest.MonkeyPatch, listed: Path, *codes: int
) -> int:
    """Compare mutants of one function with a list, given the exit codes of their tests."""
    results = {f"{NAME}{number}": code for number, code in enumerate(codes, 1)}
    monkeypatch.setattr(mutants, "SURVIVORS", listed)
    monkeypatch.setattr(mutants, "_files", lambda: iter([(Path("weights.py"), results)]))
    monkeypatch.setattr(
        mutants, "_change", lambda name, path: f"{mutants._place(name)}: a => {name[-1]}"
    )
    return int(mutants._compare(results))


@pytest.mark.parametrize(
    ("listed", "codes", "failed", "told"),
    [
        ("", (1, 1), 0, "killed 2 of 2 (100%), survived 0: listed 0, new 0"),
        ("", (1, 0), 1, "killed 1 of 2 (50%), survived 1: listed 0, new 1"),
        ("", (36, -11), 0, "killed 2 of 2 (100%), survived 0: listed 0, new 0"),
        ("", (1, 33), 1, "killed 1 of 2 (50%), survived 1: listed 0, new 1"),
        ("2", (1, 0), 0, "killed 1 of 2 (50%), survived 1: listed 1, new 0"),
        ("2", (0, 0), 1, "killed 0 of 2 (0%), survived 2: listed 1, new 1"),
        ("2", (1, 1), 0, "killed 2 of 2 (100%), survived 0: listed 0, new 0"),
    ],
    ids=[
        "all are killed",
        "one survives",
        "one takes for ever, one ends the process",
        "one is reached by no test",
        "one that is listed survives",
        "one that is not listed survives, too",
        "one that is listed is killed",
    ],
)
def test_a_survivor_that_is_not_listed_is_a_failure(
    mutants: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    listed: str,
    codes: tuple[int, ...],
    failed: int,
    told: str,
) -> None:
    line = f"search.weights._is_chance: a => {listed} | it is equivalent\n"
    (tmp_path / "survivors.txt").write_text(f"# a remark\n\n{line if listed else ''}", "utf-8")
    assert compared(mutants, monkeypatch, tmp_path / "survivors.txt", *codes) == failed
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == told
    assert any(line.startswith("new: search.weights._is_chance: a => ") for line in lines) == failed
    assert any(line.startswith("listed, but killed") for line in lines) == (
        bool(listed) and codes == (1, 1)
    )


@pytest.mark.parametrize("line", ["search.weights._is_chance: a => b", "a: b => c | "])
def test_a_survivor_needs_a_reason(
    mutants: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str
) -> None:
    (tmp_path / "survivors.txt").write_text(f"{line}\n", "utf-8")
    with pytest.raises(SystemExit, match=r":1: a survivor without a reason"):
        compared(mutants, monkeypatch, tmp_path / "survivors.txt", 1)


def test_the_sample_takes_as_many_mutants_of_each_module_and_the_same_each_time(
    mutants: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = {f"{NAME}{number}": None for number in range(9)}
    other = {f"kb_tools.days.x_read__mutmut_{number}": None for number in range(9)}
    files = [(Path("weights.py"), one), (Path("days.py"), other), (Path("site/build.py"), one)]
    monkeypatch.setattr(mutants, "_files", lambda: iter(files))
    sample = mutants._sample(2)
    assert [len(set(sample) & set(names)) for names in (one, other)] == [2, 2]
    assert len(sample) == 4, "what only tests that take minutes reach is left out"
    del files[0]
    assert mutants._sample(2) == sample[2:]


def functions(path: Path) -> set[str]:
    """The functions of a module and the methods of its classes."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            methods = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
            found |= {f"{node.name}.{name}" for name in methods}
    return found


def test_every_function_that_survivors_name_exists(mutants: ModuleType, root: Path) -> None:
    places = {change.partition(": ")[0] for change in mutants._listed()}
    known = {
        ".".join((*path.relative_to(root / "kb_tools").with_suffix("").parts, function))
        for path in (root / "kb_tools").rglob("*.py")
        for function in functions(path)
    }
    assert places <= known, "a line of tests/survivors.txt is of another time"
