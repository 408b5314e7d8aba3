"""YAML text to plain data, with the line of every key and item kept for error messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kb_tools import textfile
from kb_tools.errors import Problem

Loc = tuple[str | int, ...]
_MOST_NODES = 100_000
"""More parts than a file that people write has; aliases of aliases make more."""
_DEEPEST = 50
_TOO_DEEP = f"not valid YAML: nested more than {_DEEPEST} deep", "Close what is open."
_TOO_MANY = f"more than {_MOST_NODES} parts", "Divide the file."
_LONGEST_NUMBER = 18
ModelT = TypeVar("ModelT", bound=BaseModel)
_TAGGED = {
    "'kind'": ("value", "{kind: duration, length: P29D}"),
    "'view'": ("view", "{view: periods, id: periods}"),
}
"""By the key that tells which of several mappings one is: what it is called, and an example."""

_WORDS = {
    "extra_forbidden": (
        "unknown key {key}",
        "Remove it or correct its spelling; editors complete the keys from docs/schema/.",
    ),
    "missing": ("key {key} is missing", "Add it."),
    "literal_error": ("{key} is {given}", "Use one of {expected}."),
    "string_pattern_mismatch": ("{key} is {given}", "Write text that matches {pattern}."),
    "string_type": ("{key} is not text", "Write text; put a number, true or false in quotes."),
    "string_too_long": ("{key} is longer than {max_length} characters", "Shorten it."),
    "string_too_short": ("{key} is empty", "Write it, or remove what it belongs to."),
    "tuple_type": ("{key} is not a list", "Write each item on a line of its own, after '- '."),
    "too_short": ("{key} needs at least {min_length}", "Add one, or remove what it belongs to."),
}
"""By Pydantic's name of an error: what is wrong, and what to do."""


class Document:
    """A parsed YAML file: its data, and where each part of it stands.

    Scalars follow YAML 1.2: only `true`, `false`, `null` and integers are more than text, so `no`
    and `2025-09-19` stay strings.
    """

    def __init__(self, path: Path, root: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        self.problems: list[Problem] = []
        self.lines: dict[Loc, int] = {(): 1}
        self.data: Any = self._read(path)

    def where(self, loc: Loc = ()) -> str:
        """The file and line of a part of the document, or of the nearest part that exists around
        it.
        """
        known: Loc = ()
        for step in loc:
            if (*known, step) in self.lines:
                known = (*known, step)
        return f"{self.name}:{self.lines[known]}"

    def problem(self, loc: Loc, what: str, hint: str = "") -> None:
        """Note one problem at a part of the document."""
        self.problems.append(Problem(self.where(loc), what, hint))

    def parse(self, kind: type[ModelT]) -> ModelT | None:
        """Validate the data; note every problem and return None if there is one."""
        if self.problems:
            return None
        try:
            return kind.model_validate(self.data)
        except ValidationError as error:
            for detail in error.errors():
                self.problem(self._place(detail), *_worded(detail, self.data))
            return None

    def _place(self, detail: ErrorDetails) -> Loc:
        """Pydantic names a field by its alias or its name; a document only by its key."""
        return tuple(detail["loc"])

    def _read(self, path: Path) -> Any:
        try:
            content = textfile.read(path)
            self.problems += textfile.invisible(content, self.name)
            if self.problems:
                return None
            if self._is_beyond_bounds(content):
                return None
            node = yaml.compose(content, Loader=yaml.CSafeLoader)
        except UnicodeDecodeError as error:
            self.problem((), f"not UTF-8 text (byte {error.start})", "Save the file as UTF-8.")
        except OSError as error:
            hint = "Restore the file or correct its permissions."
            self.problem((), f"cannot be read: {error.strerror}", hint)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.problems.append(
                Problem(
                    f"{self.name}:{line}",
                    f"not valid YAML: {error.problem}",
                    "Mend the syntax; quote text that has ': ' or '#'.",
                )
            )
        except yaml.reader.ReaderError as error:
            line = content.encode()[: error.position].count(b"\n") + 1
            self.problems.append(
                Problem(
                    f"{self.name}:{line}",
                    f"not valid YAML: {error.reason}",
                    "Remove the characters that YAML does not allow.",
                )
            )
        else:
            if node is None:
                self.problem((), "the file is empty", "Restore its content.")
                return None
            return self._built(node)
        return None

    def _is_beyond_bounds(self, content: str) -> bool:
        """Note a problem where there are more parts than people write, or parts in parts more
        deeply: the parser would run out of memory or stack.
        """
        if content.count("\n") > _MOST_NODES:
            self.problem((), *_TOO_MANY)
            return True
        depth = 0
        for number, event in enumerate(yaml.parse(content, Loader=yaml.CSafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST or number > _MOST_NODES:
                line = event.start_mark.line + 1 if event.start_mark else 1
                what, hint = _TOO_MANY if number > _MOST_NODES else _TOO_DEEP
                self.problems.append(Problem(f"{self.name}:{line}", what, hint))
                return True
        return False

    def _built(self, node: yaml.Node) -> Any:
        try:
            return self._build(node, ())
        except RecursionError:
            what = "not valid YAML: too many parts, or an alias stands inside what it names"
            hint = "Write the text out instead of naming it with & and *."
            self.problems.append(Problem(f"{self.name}:1", what, hint))
            return None

    def _build(self, node: yaml.Node, loc: Loc) -> Any:
        if len(self.lines) > _MOST_NODES:
            raise RecursionError
        self.lines.setdefault(loc, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*loc, number)) for number, item in enumerate(node.value)]
        if node.tag.startswith("!"):
            hint = "Remove it: nothing here is of a kind of its own."
            self.problem(loc, f"a tag, {node.tag}", hint)
        unseen = textfile.unseen(str(node.value))
        if unseen:
            self.problem(loc, unseen, "Write the text without it.")
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in built:
                first = self.lines[(*loc, key)]
                place = f"{self.name}:{key_node.start_mark.line + 1}"
                self.problems.append(
                    Problem(
                        place,
                        f"key {key!r} stands twice, first on line {first}",
                        "Remove or rename one of them.",
                    )
                )
                continue
            self.lines[(*loc, key)] = key_node.start_mark.line + 1
            built[key] = self._build(value_node, (*loc, key))
        return built


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    plain = node.tag.rpartition(":")[2]
    if plain == "bool" and text in ("true", "false"):
        return text == "true"
    if plain == "int" and text.isdecimal() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    if plain == "null":
        return None
    return text


def _worded(detail: ErrorDetails, data: Any) -> tuple[str, str]:
    """Say a validation error as what is wrong and what to do, naming the fact it stands in."""
    key, context = _key(detail["loc"]), detail.get("ctx") or {}
    match detail["type"]:
        case "union_tag_invalid" | "union_tag_not_found":
            what, hint = _kind_worded(context)
        case "value_error":
            what, _, hint = str(context["error"]).partition(": ")
            hint = hint[:1].upper() + hint[1:] + "." if hint else ""
        case "model_type" | "dict_type":
            what = f"{f'{key} is ' if key else ''}not a mapping of keys to values"
            hint = "Compare with the other files of this folder."
        case kind if kind in _WORDS:
            given = repr(detail["input"]) if isinstance(detail["input"], str | int) else ""
            words = {**context, "key": key, "given": given}
            what, hint = (part.format(**words) for part in _WORDS[kind])
        case _:
            what = f"{key}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
            hint = "Compare with the examples in the handbook."
    return f"{_holder(detail['loc'], data)}{what}", hint


def _key(loc: Loc) -> str:
    """Name a key, or an item of a list with the key of the list; empty for a whole file."""
    if not loc:
        return ""
    if loc[-1] == "[key]":
        return "a key"
    if isinstance(loc[-1], int):
        return f"item {loc[-1] + 1} of {_key(loc[:-1])}" if len(loc) > 1 else f"item {loc[-1] + 1}"
    return repr(loc[-1].rstrip("_"))


def _kind_worded(context: dict[str, Any]) -> tuple[str, str]:
    """Say what is wrong with the key that tells which value or view a mapping is."""
    thing, example = _TAGGED[context["discriminator"]]
    if "tag" not in context:
        return f"a {thing} has no {context['discriminator']}", f"Write a mapping such as {example}."
    return f"unknown kind of {thing} {context['tag']!r}", f"Use one of {context['expected_tags']}."


def _holder(loc: Loc, data: Any) -> str:
    """Name the fact, source or subject that a place stands in: "fact 'handling/trash': "."""
    if len(loc) < 2 or not isinstance(data, dict) or not isinstance(loc[1], int):
        return ""
    items = data.get(loc[0])
    item = items[loc[1]] if isinstance(items, list) and loc[1] < len(items) else None
    return (
        f"{str(loc[0]).rstrip('s')} {item['id']!r}: "
        if isinstance(item, dict) and "id" in item
        else ""
    )
