"""Texts that would be live if a page took them for markup, in the fields of a knowledge base, and
what a browser finds of them in the built pages.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import browser
import polib
import yaml
from playwright.sync_api import Browser, Page

from kb_tools import builder, layout
from kb_tools.errors import InvalidSource
from kb_tools.language import catalog
from kb_tools.project import Project
from kb_tools.search import store
from kb_tools.site import build as building

LIVE: dict[str, str] = {
    "HTML": "<b id=kbm{n}>x</b><svg onload=alert({n})><img src=x onerror=alert({n})>",
    "ends of what is around": (
        '" id="kbm{n}" onclick="alert({n})" x=\'</title></script><script>alert({n})</script><!--'
    ),
    "Markdown": (
        "[x](javascript:alert({n})) ![x](x) <javascript:alert({n})> **x**{{: #kbm{n} onclick=x }}"
    ),
    "code and entities": "`</code><svg onload=alert({n})>` &lt;b id=kbm{n}&gt; `` \\<b id=kbm{n}>",
    "beginnings of blocks": (
        '!!! kbm{n} "[x](javascript:alert({n}))" --8<-- "mkdocs.yml" | # * {{#kbm}}'
    ),
    "references": "[kbm]: javascript:alert({n}) 'x' </section><div markdown onclick=alert({n})>",
}
"""Texts by what they would be, with the number of the field that they are in."""
BEGINNINGS = ("beginnings of blocks", "references")
"""Those that are Markdown at the beginning of a text only."""
CONFIGURED = ("site_name", "toggle.name", "permalink_title")
"""What is text in mkdocs.yml."""
_TRIES = 3
_NEVER = (
    ".id",
    ".kind",
    ".page",
    ".view",
    ".subject",
    ".fact",
    "s[]",
    ".sources[]",
    ".code",
    ".html",
)
"""What names something else, and makes all that is around it wrong."""
_FOUND = """() => [
  ...document.querySelectorAll(
    "[class*=kbm], [href^='javascript:' i], img[src=x], svg[onload], b[id]"
  ),
  ...[...document.querySelectorAll("*")].filter(
    (element) => /^kbm\\d+$/.test(element.id) ||
      element.getAttributeNames().some((name) => name.startsWith("on"))
  ),
].map((element) => element.outerHTML.slice(0, 200))"""

_FOUND_IN_BOX = """(box) => [
  ...box.shadowRoot.querySelectorAll("[id^=kbm], a[href^='javascript:' i], img, svg[onload], b"),
].map((element) => element.outerHTML.slice(0, 200))"""
_TEXT = """() => {
  const all = document.documentElement.cloneNode(true);
  // where scripts run, a browser shows nothing of it and reads no entities in it
  for (const hidden of all.querySelectorAll("noscript, script")) hidden.remove();
  return `${document.title} ${all.textContent}`;
}"""


@dataclass(frozen=True)
class Leaf:
    """A text in a YAML file: where it is told, by keys, the lines of what it is in, and the signs
    that it takes.
    """

    name: str
    lines: tuple[int, ...]
    start: int
    end: int
    text: str


@dataclass
class Injection:
    """A copy of a knowledge base that has a live text in each of its fields."""

    root: Path
    live: str
    begins: bool
    """That the live text stands before what the field says, else after it."""
    fields: dict[int, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def literal(self, number: int) -> str:
        """The live text of a field as a reader should see it."""
        return f"{self.live.format(n=number)} Q{number}Q"

    def put(self, name: str, text: str) -> str:
        """A text with the next live text in it."""
        number = len(self.fields) + len(self.refused) + 1
        while number in self.fields:
            number += 1
        self.fields[number] = name
        live = self.literal(number)
        return f"{live} {text}" if self.begins else f"{text} {live}"


def copied(root: Path, folder: Path) -> Path:
    """A copy of the sources of a knowledge base, without its pages."""
    for name in (layout.SETTINGS, layout.SITE_CONFIGURATION, layout.FACTS, layout.I18N):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, folder / name)
    for path in folder.rglob("*.yml"):
        node = yaml.compose(path.read_text("utf-8"))
        path.write_text(yaml.serialize(_in_blocks(node), width=sys.maxsize, allow_unicode=True))
    return folder


def _in_blocks(node: yaml.Node) -> yaml.Node:
    """Each text on a line of its own, so that what is told of a line is told of one field."""
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = False
        for part in node.value:
            for each in part if isinstance(part, tuple) else (part,):
                _in_blocks(each)
    elif node.style in (">", "|"):
        node.style = '"'
        node.value = node.value.strip()
    return node


# -- the sources in YAML


def leaves(text: str) -> list[Leaf]:
    """The texts of a YAML file, the first of each name."""
    node = yaml.compose(text)
    assert node is not None
    found: dict[str, Leaf] = {}
    for leaf in _leaves(node, "", ()):
        found.setdefault(leaf.name, leaf)
    return list(found.values())


def _leaves(node: yaml.Node, name: str, lines: tuple[int, ...]) -> Iterator[Leaf]:
    lines = (*lines, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            kind = _kind(value)
            shown = f"{key.value}<{kind}>" if kind else key.value
            if kind and name.endswith("values"):
                shown = f"<{kind}>"
            yield from _leaves(value, f"{name}.{shown}", (*lines, key.start_mark.line + 1))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _leaves(item, f"{name}[]", lines)
    elif node.tag == "tag:yaml.org,2002:str":
        yield Leaf(name, lines, node.start_mark.index, node.end_mark.index, node.value)


def _kind(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value.value for key, value in pairs if key.value == "kind"), "")


def into_sources(made: Injection) -> None:
    """Put a live text into every text of the YAML files that may hold one; a field is refused where
    the sources cannot be read with it.
    """
    wanted = {
        path: leaves(path.read_text("utf-8"))
        for path in sorted(made.root.rglob("*.yml"))
        if path.name != layout.SITE_CONFIGURATION.name
    }
    before = {path: path.read_text("utf-8") for path in wanted}
    refused: list[tuple[Path, Leaf]] = []
    tried = 0
    while tried < _TRIES:
        made.fields = {}
        for path, found in wanted.items():
            path.write_text(_with(made, before[path], path, found), "utf-8")
        wrong = _problems(made.root)
        out = [(path, leaf) for path in wanted for leaf in _at(made, path, wanted[path], wrong)]
        assert out or not wrong, f"no field is told to be wrong: {wrong}"
        for path, leaf in out:
            wanted[path].remove(leaf)
        refused += out
        if not wrong:
            tried += 1
            # what is told of one field can be told of those around it, too: these are tried again
            again = [each for each in refused if not each[1].name.endswith(_NEVER)]
            for path, leaf in again if tried < _TRIES else ():
                wanted[path].append(leaf)
                refused.remove((path, leaf))
    made.refused = [f"{path.relative_to(made.root)}{leaf.name}" for path, leaf in refused]


def _with(made: Injection, text: str, path: Path, found: list[Leaf]) -> str:
    for leaf in sorted(found, key=lambda leaf: -leaf.start):
        name = f"{path.relative_to(made.root)}{leaf.name}"
        said = json.dumps(made.put(name, leaf.text), ensure_ascii=False)
        text = text[: leaf.start] + said + text[leaf.end :]
    return text


def _at(made: Injection, path: Path, found: list[Leaf], wrong: set[str]) -> list[Leaf]:
    """The fields that a problem is told of: on its line, in what begins there, or next to it."""
    name = path.relative_to(made.root).as_posix()
    told = {int(place.rpartition(":")[2]) for place in wrong if place.startswith(f"{name}:")}
    here = [leaf for leaf in found if told & set(leaf.lines[-2:])]
    around = [leaf for leaf in found if told & set(leaf.lines)]
    next_to = [min(found, key=lambda leaf: abs(leaf.lines[-1] - line)) for line in told if found]
    return here or around or next_to


def _problems(root: Path) -> set[str]:
    try:
        assert Project(root).editions
    except InvalidSource as error:
        return {problem.where for problem in error.problems}
    return set()


def into_configuration(made: Injection) -> None:
    """Put a live text into what is text in mkdocs.yml, also where nothing is said yet."""
    path = made.root / layout.SITE_CONFIGURATION
    text = path.read_text("utf-8")
    found = [leaf for leaf in leaves(text) if leaf.name.endswith(CONFIGURED)]
    text = _with(made, text, path, found)
    for key in ("site_description", "site_author", "copyright"):
        text += f"{key}: {json.dumps(made.put(f'mkdocs.yml.{key}', 'x'))}\n"
    path.write_text(text, "utf-8")


# -- the translations


def into_translations(made: Injection) -> None:
    """Put a live text into every translation of the content and of the interface."""
    for locale in Project(made.root).locales[1:]:
        for domain in (catalog.FACTS, catalog.INTERFACE):
            path = made.root / layout.catalog(locale.catalog, domain)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(catalog.PACKAGE / f"{locale.catalog}.po", path)
            _into_catalog(made, path)


def _into_catalog(made: Injection, path: Path) -> None:
    messages = polib.pofile(str(path))
    for message in messages:
        name = f"{path.relative_to(made.root)} {message.msgctxt}"
        if message.msgstr:
            message.msgstr = made.put(name, message.msgstr)
        for form, said in message.msgstr_plural.items():
            message.msgstr_plural[form] = made.put(f"{name}[{form}]", said)
    messages.save()


# -- the site


def built(root: Path) -> Path:
    """The site of a knowledge base."""
    project = Project(root)
    builder.build_pages(project, lambda line: None)
    builder.build_index(project, root / layout.INDEX, project.locales)
    building.build(project, store.open_index(root / layout.INDEX), root / layout.SITE)
    return root / layout.SITE


@dataclass
class Seen:
    """What a browser finds: the fields whose live text it shows as text, and what is wrong."""

    literal: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def look(chromium: Browser, site: Path, made: Injection) -> Seen:
    """Open every page of a site, and look for what is live or is not shown as it was written."""
    seen = Seen()
    context = chromium.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: (seen.wrong.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: _note(seen, message.text))
    with browser.serving(site) as address:
        for path in sorted(site.rglob("*.html")):
            name = path.relative_to(site).as_posix()
            page.goto(f"{address}/{name.removesuffix('index.html')}")
            _look_at(page, name, made, seen)
        project = Project(made.root)
        for locale in project.locales:
            asked = project.editions[locale.code][0].title
            _ask(page, f"{address}/{locale.code}/", asked, seen)
    context.close()
    return seen


def _ask(page: Page, address: str, asked: str, seen: Seen) -> None:
    """Ask in the box and on the page of results, which show the same texts by script."""
    page.goto(address)
    box = page.locator("policy-kb").first
    box.locator("input").fill(asked)
    box.locator("[role=option]").first.wait_for()
    seen.wrong += [f"box of {address}: {found}" for found in box.evaluate(_FOUND_IN_BOX)]
    page.goto(f"{address}search/#{urlencode({'q': asked})}")
    page.locator(".kb-results .kb-section").first.wait_for()
    seen.wrong += [f"results of {address}: {found}" for found in page.evaluate(_FOUND)]


def _note(seen: Seen, text: str) -> None:
    if "Content Security Policy" in text:
        seen.wrong.append(text)


def _look_at(page: Page, name: str, made: Injection, seen: Seen) -> None:
    seen.wrong += [f"{name}: {element}" for element in page.evaluate(_FOUND)]
    text = re.sub(r"\s+", " ", page.evaluate(_TEXT))
    for found in re.finditer(r"Q(\d+)Q", text):
        number = int(found[1])
        if text[: found.end()].endswith(made.literal(number)):
            seen.literal.add(number)
        else:
            around = text[max(0, found.start() - 120) : found.end()]
            seen.wrong.append(f"{name}: {made.fields.get(number)}: shown as {around!r}")


Into = Callable[[Injection], None]
PLACES: Mapping[str, tuple[Into, ...]] = {
    "sources": (into_sources, into_configuration),
    "translations": (into_translations,),
}
"""What is put into one copy together: English that is changed has no translation."""


def injected(root: Path, folder: Path, place: str, what: str) -> Injection:
    """A copy of a knowledge base with one of the live texts in all fields of one of the places."""
    begins = what in BEGINNINGS
    made = Injection(copied(root, folder), LIVE[what], begins)
    for into in PLACES[place]:
        into(made)
    return made
