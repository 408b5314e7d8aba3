"""The search box `<policy-kb>`: its modules, and the one file that they are published as. The home
of the minifier.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import minify

from kb_tools import __version__
from kb_tools.locales import Locale
from kb_tools.search.store import AnswerIndex
from kb_tools.widget import publication

Languages = Mapping[str, Mapping[str, Any]]
"""What the module knows of each language before an index is loaded, by code: `html`, the value of
the attribute `lang`, and `words`, the labels of `EARLY` by key. The first language stands in for
any other.
"""

FOLDER = Path(__file__).parent
MODULES = (
    "styles",
    "languages",
    "analysis",
    "store",
    "evidence",
    "concepts",
    "asking",
    "mail",
    "reaction",
    "table",
    "targets",
    "engine",
    "view",
    "page",
    "panel",
    "policy-kb",
)
"""The modules in the order in which each finds what it imports above it; texts first, because the
file is then smaller when compressed.
"""
EXPORTS = """{
  Engine, fill, headingOf, plainText, segments, tableView, targetsView, writeToClipboard
}"""
"""What pages that show results or copy facts in their own way need."""
EARLY = (
    "widget-placeholder",
    "widget-clear",
    "widget-loading",
    "widget-missing",
    "widget-version",
    "widget-truncated",
    "widget-not-json",
    "widget-slow",
)
"""The labels that the widget says before an index is loaded."""
NAME = f"policy-kb-{__version__}.mjs"
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async |class |function\b|const |let )", re.MULTILINE)
_STYLES = re.compile(r"(?<=^export const STYLES = css`)[^`\\]*(?=`)", re.MULTILINE)


def module(languages: Languages) -> bytes:
    """All modules as one file, minified: what a page loads, with the languages of the site."""
    return _module(json.dumps(languages, ensure_ascii=False))


@cache
def _module(table: str) -> bytes:
    texts = {name: (FOLDER / f"{name}.mjs").read_text("utf-8") for name in MODULES}
    [styles] = _STYLES.findall(texts["styles"])
    texts["styles"] = f"const STYLES = `{minify.string('text/css', styles)}`;\n"
    texts["languages"] = f"const LANGUAGES = {table};\n"
    parts = [_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts.values()]
    # in a function, because names that a module has outside of one are not shortened
    source = f"(() => {{\n{''.join(parts)}\nreturn {EXPORTS};\n}})()"
    minified: str = minify.string("application/javascript", f"export const {EXPORTS} = {source};")
    return minified.encode()


def integrity(languages: Languages) -> str:
    """The value of the `integrity` attribute for the published module."""
    return "sha384-" + base64.b64encode(hashlib.sha384(module(languages)).digest()).decode()


def publish(
    index: AnswerIndex,
    folder: Path,
    languages: Languages,
    locales: Sequence[Locale],
    policy: str,
) -> None:
    """Write the module, what its integrity attribute is, the index for it, and a page that shows it
    under a content security policy into a folder of the site.
    """
    named = {"file": NAME, "integrity": integrity(languages)}
    publication.publish(index, folder / "index")
    (folder / NAME).write_bytes(module(languages))
    links = " ·\n  ".join(
        f'<a href="../{row.code}/embed/" lang="{row.html}" hreflang="{row.html}">'
        f"{escape(row.name)}</a>"
        for row in locales
    )
    demo = (FOLDER / "demo.html").read_text("utf-8") % {**named, "links": links, "policy": policy}
    (folder / "index.html").write_text(demo, "utf-8")
    shutil.copy(FOLDER / "demo.css", folder)
    (folder / "integrity.json").write_text(json.dumps(named, indent=2) + "\n", "utf-8")
