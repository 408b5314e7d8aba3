"""Hostile source files: whatever a file of a knowledge base is, a command says so in words, and in
time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from torture import forked

Damage = Callable[[Path], object]
LONGEST = 5.0
"""Seconds that a command may take beyond what it takes on a sound base."""
COMMANDS = (("check",), ("pages",), ("index", "--no-semantic"))


def _nested(opening: str, closing: str = "") -> Damage:
    return lambda path: path.write_text(f"a: {opening * 100_000}{closing * 100_000}\n", "utf-8")


def _appended(text: str) -> Damage:
    return lambda path: path.write_text(path.read_text("utf-8", "replace") + text, "utf-8")


def _in_place(make: Callable[[Path], object]) -> Damage:
    def damage(path: Path) -> None:
        path.unlink()
        make(path)

    return damage


def _half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


_BOMB = "\n".join(
    ["", "bomb0: &b0 [x, x, x, x, x, x, x, x, x]"]
    + [f"bomb{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 10)]
    + [""]
)
ANY: dict[str, Damage] = {
    "empty": lambda path: path.write_bytes(b""),
    "half of it": _half,
    "a folder": _in_place(Path.mkdir),
    "a pipe": _in_place(os.mkfifo),
    "a link to itself": _in_place(lambda path: path.symlink_to(path)),
    "a link to nothing": _in_place(lambda path: path.symlink_to("nowhere")),
    "a link to endless zeros": _in_place(lambda path: path.symlink_to("/dev/zero")),
    "bytes that are no text": lambda path: path.write_bytes(b"\xff\xfe\x80\x00" * 99),
    "a zero byte at its end": lambda path: path.write_bytes(path.read_bytes() + b"\x00"),
    "in Latin-1": lambda path: path.write_bytes("é".encode("latin-1") + path.read_bytes()),
    "a mark of the byte order": lambda path: path.write_bytes(
        "\ufeff".encode() + path.read_bytes()
    ),
    "lines that end as on Windows": lambda path: path.write_bytes(
        path.read_bytes().replace(b"\n", b"\r\n")
    ),
    "30 MB of text": lambda path: path.write_bytes(path.read_bytes() + b"# x\n" * 7_500_000),
    "marks of direction": _appended("\n# \u202e\u2066\n"),
    "a line of a million characters": _appended("\n# " + "x" * 1_000_000 + "\n"),
}
YAML: dict[str, Damage] = {
    "100,000 brackets": _nested("["),
    "100,000 braces": _nested("{"),
    "100,000 pairs of brackets": _nested("[", "]"),
    "100,000 dashes": _nested("- "),
    "100,000 keys in keys": _nested("? "),
    "deep by indentation": lambda path: path.write_text(
        "".join(f"{' ' * depth}a:\n" for depth in range(3_000)), "utf-8"
    ),
    "aliases of aliases": _appended(_BOMB),
    "an alias of itself": _appended("\nself: &self [*self]\n"),
    "a number of 5,000 digits": _appended(f"\nnumber: {'9' * 5_000}\n"),
    "a number at the top": lambda path: path.write_text("42\n", "utf-8"),
    "a tag that runs code": _appended("\nrun: !!python/object/apply:os.system ['touch ran']\n"),
    "a tag of its own": _appended("\nrun: !mine {a: b}\n"),
    "two documents": _appended("\n---\na: b\n"),
    "an anchor without an alias": _appended("\nlone: &lone [a]\n"),
    "a merge of itself": _appended("\nbase: &base {<<: *base}\n"),
    "a key that is a list": _appended("\n? [a, b]\n: c\n"),
    "a million items": _appended("\nmany:\n" + "- a\n" * 1_000_000),
}
PO: dict[str, Damage] = {
    "a message twice": lambda path: path.write_text(
        path.read_text("utf-8") + "\n" + path.read_text("utf-8").split("\n\n")[2] + "\n", "utf-8"
    ),
    "a plural by nothing": lambda path: path.write_text(
        path.read_text("utf-8").replace("plural=", "plural=n/0+", 1), "utf-8"
    ),
    "a plural of many brackets": lambda path: path.write_text(
        path.read_text("utf-8").replace("plural=", f"plural={'(' * 50_000}", 1), "utf-8"
    ),
    "99,999,999 plurals": lambda path: path.write_text(
        path.read_text("utf-8").replace("nplurals=", "nplurals=9999999", 1), "utf-8"
    ),
    "a charset of its own": lambda path: path.write_text(
        path.read_text("utf-8").replace("charset=utf-8", "charset=klingon", 1), "utf-8"
    ),
    "a placeholder misspelt": lambda path: path.write_text(
        path.read_text("utf-8").replace("%(period)s", "%(periode)s"), "utf-8"
    ),
    "a placeholder of another form": lambda path: path.write_text(
        path.read_text("utf-8").replace("%(period)s", "%(period)d"), "utf-8"
    ),
    "a lone per cent sign": lambda path: path.write_text(
        path.read_text("utf-8").replace("%(period)s", "%"), "utf-8"
    ),
    "a message without an end": _appended('\nmsgid "x\n'),
}
JSON: dict[str, Damage] = {
    "JSON of nothing": lambda path: path.write_text("null", "utf-8"),
    "JSON of a list": lambda path: path.write_text("[]", "utf-8"),
    "JSON of an empty object": lambda path: path.write_text("{}", "utf-8"),
    "JSON of many brackets": lambda path: path.write_text("[" * 100_000, "utf-8"),
    "JSON with a number that is none": lambda path: path.write_text('{"near": NaN}', "utf-8"),
}
VALUES = [
    ("length: P30D", "length: P" + "9" * 30 + "Y"),
    ("length: P30D", "length: P" + "9" * 5_000 + "D"),
    ("length: P30D", "length: " + "9" * 5_000),
    ("length: P30D", "length: P0D"),
    ("length: P30D", "length: PT30D"),
    ("bound: exact", "bound: [exact]"),
    ("about: [trash, retention]", "about: trash"),
    ("about: [trash, retention]", "about: [[trash]]"),
    ("about: [trash, retention]", "about: {a: b}"),
    ("id: handling/deleted-files", "id: handling/../deleted-files"),
    ("id: handling/deleted-files", f"id: handling/{'x' * 100_000}"),
    ("id: handling/deleted-files", "id: 5"),
    ("sources: [policy/deletion]", "sources: []"),
    ("sources: [policy/deletion]", "sources: [policy]"),
    ("stays in the trash for", "stays %(nothing)s in the trash for"),
    ("stays in the trash for", "stays % in the trash for"),
    ("stays in the trash for", "{{ 7 * 7 }} {% include 'home.md.j2' %} for"),
    ("stays in the trash for", "\\u202e stays in the trash for"),
    ("path: /v1/files", "path: /v1/files`<svg/onload=alert()>`"),
]
"""Texts of the small base's page of facts, with what is put in place of them."""
DAYS = ("before 0001-01-01", "0000-00-00", "9999-12-31", "before 9999-12-31", "2025-02-30", "[]")


@dataclass(frozen=True)
class Hostile:
    """A file of a knowledge base and what is done to it."""

    name: str
    what: str
    damage: Damage

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


def everything(base: Path) -> Iterator[Hostile]:
    """Each damage of each kind of file of the small base."""
    yaml = ["kb.yml", "mkdocs.yml", "i18n/glossary.yml", "i18n/questions/fr.yml"]
    yaml += [f"docs/facts/{name}.yml" for name in ("handling", "sources", "subjects")]
    others = ["i18n/fr/LC_MESSAGES/facts.po", "i18n/facts.pot", "docs/fr/handling.md"]
    others += ["docs/schema/page.json", "i18n/fitted.json", "i18n/meaning.npy"]
    others += [
        "docs/templates/home.md.j2",
        "i18n/readers/fr.yml",
        "i18n/fr/LC_MESSAGES/interface.po",
    ]
    for name in [*yaml, *others]:
        kinds = {".yml": YAML, ".po": PO, ".pot": PO, ".json": JSON}.get(Path(name).suffix, {})
        for what, damage in {**ANY, **kinds}.items():
            yield Hostile(name, what, damage)
    for old, new in VALUES:
        yield _replaced("docs/facts/handling.yml", old, new)
    text = (base / "docs/facts/choices.yml").read_text("utf-8")
    (line,) = [line.strip() for line in text.splitlines() if line.strip().startswith("until:")][:1]
    for day in DAYS:
        yield _replaced("docs/facts/choices.yml", line, f"until: {day}")


def _replaced(name: str, old: str, new: str) -> Hostile:
    def damage(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return Hostile(name, f"{old[:24]} -> {new[:40]}", damage)


def prepared(base: Path) -> None:
    """Give a base the files that it may have and that of `kb init` lacks."""
    package = Path(__file__).parents[2] / "kb_tools"
    for name, source in {
        "i18n/fitted.json": "search/fitted.json",
        "docs/templates/home.md.j2": "site/templates/home.md.j2",
        "i18n/readers/fr.yml": "proof/readers/fr.yml",
        "i18n/fr/LC_MESSAGES/interface.po": "language/interface/fr.po",
    }.items():
        (base / name).parent.mkdir(exist_ok=True)
        shutil.copy(package / source, base / name)
    import numpy as np

    np.save(base / "i18n/meaning.npy", np.eye(512, 16, dtype=np.float16))


def faults(base: Path, hostile: Hostile, folder: Path) -> list[str]:
    """What commands do that they may not, on a copy of a base with one hostile file."""
    copy = folder / "kb"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(base, copy, symlinks=True)
    hostile.damage(copy / hostile.name)
    found = []
    for command in COMMANDS:
        ended = forked.kb(*command, folder=copy, seconds=LONGEST * 4)
        slow = "it took too long" if ended.seconds > LONGEST else ""
        if fault := ended.fault or slow:
            last = ended.errors.strip().splitlines()[-1:] or [""]
            found.append(f"{hostile}: kb {command[0]}: {fault} ({last[0][:100]})")
    if (copy / "ran").exists() or (folder / "ran").exists():
        found.append(f"{hostile}: it ran code")
    return found
