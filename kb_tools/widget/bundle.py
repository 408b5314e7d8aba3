"""The search box `<policy-kb>`: its modules, and the one file that they are published as. The home
of the minifier.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

import minify

from kb_tools import __version__
from kb_tools.search.store import AnswerIndex
from kb_tools.widget import publication

FOLDER = Path(__file__).parent
MODULES = ("analysis", "store", "engine", "view", "page", "styles", "panel", "policy-kb")
"""The modules in the order in which each finds what it imports above it."""
NAME = f"policy-kb-{__version__}.mjs"
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async |class |function |const |let )", re.MULTILINE)
_STYLES = re.compile(r"(const STYLES = `)([^`]*)(`)")


@cache
def module() -> bytes:
    """All modules as one file, minified: what a page loads. `Engine` is exported, for pages that
    show results in their own way.
    """
    parts = [
        _EXPORT.sub("", _IMPORT.sub("", (FOLDER / f"{name}.mjs").read_text("utf-8")))
        for name in MODULES
    ]
    source = _STYLES.sub(
        lambda match: match[1] + minify.string("text/css", match[2]) + match[3], "\n".join(parts)
    )
    minified: str = minify.string("application/javascript", f"{source}\nexport {{ Engine }};")
    return minified.encode()


def integrity() -> str:
    """The value of the `integrity` attribute for the published module."""
    return "sha384-" + base64.b64encode(hashlib.sha384(module()).digest()).decode()


def publish(index: AnswerIndex, folder: Path) -> None:
    """Write the module, what its integrity attribute is, and the index for it into a folder of the
    site.
    """
    publication.publish(index, folder / "index")
    (folder / NAME).write_bytes(module())
    (folder / "index.html").write_text(
        (FOLDER / "demo.html").read_text("utf-8") % {"file": NAME, "integrity": integrity()},
        "utf-8",
    )
    (folder / "integrity.json").write_text(
        json.dumps({"file": NAME, "integrity": integrity()}, indent=2) + "\n", "utf-8"
    )
