"""MkDocs with Material: the configuration of a language's site, and a run of MkDocs on it.

MkDocs runs as a subprocess and is imported nowhere, so that what it leaves behind in a process
cannot reach the next build.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb_tools import __version__, layout
from kb_tools.errors import Problem
from kb_tools.language.labels import LABELS
from kb_tools.locales import SOURCE, Locale
from kb_tools.project import Project
from kb_tools.site import book, escaping, policy
from kb_tools.widget import bundle

THEME = Path(__file__).parent / "theme"
ROOM = (
    "Free space on the disk, or choose a folder that you may write to with --output; the old site"
    " is untouched."
)
WORDS = (
    *("from-file", "home", "not-found", "not-found-hint", "home-topics", "permalink"),
    *("as-of", "as-of-note", "as-of-today", "take-along", "print"),
    *("fact-actions", "report", "table-copy", "table-csv", "table-filter"),
    *("widget-copy-text", "widget-copy-link", "widget-copied", "widget-not-copied"),
)
"""Labels that the theme says."""
PALETTE = ("palette-auto", "palette-dark", "palette-light")
"""Labels that mkdocs.yml names the choices of colors by, in English."""
_WARNING = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(.*)$")
_PAGE = re.compile(
    r"Doc file '([^']+)' contains an? (?:[a-z ]+ )?link '([^']+)', (?:but )?(.+?)\.?$"
)
_LANGUAGES = "partials/languages"
_SCRIPTS = [
    "javascripts/kb.js",
    {"path": "javascripts/embed.js", "type": "module"},
    {"path": "javascripts/tables.js", "type": "module"},
    {"path": "javascripts/facts.js", "type": "module"},
    {"path": "javascripts/results.js", "type": "module"},
]


@dataclass(frozen=True)
class Engine:
    """Builds the sites of a project's languages below a folder of its own."""

    project: Project
    folder: Path
    widget: Mapping[str, str]
    """The file of the search box, and the value of its `integrity` attribute."""
    pdf: bool = False
    """That each language has a PDF, which its pages link to."""

    def prepare(self) -> None:
        """Write the theme: the package's, what the base has in its place, and the interface
        languages that Material lacks.
        """
        theme = self.folder / "theme"
        shutil.copytree(THEME, theme)
        own = self.project.root / layout.THEME
        if own.is_dir():
            shutil.copytree(own, theme, dirs_exist_ok=True)
        for locale in self.project.locales:
            partial = theme / _LANGUAGES / f"{locale.html}.html"
            if not partial.exists() and not (_material() / f"{locale.html}.html").exists():
                partial.parent.mkdir(parents=True, exist_ok=True)
                partial.write_text(_interface(locale), "utf-8")

    def build(self, locale: Locale) -> list[Problem]:
        """Build one language into `site/<code>`; return what MkDocs complains of."""
        config = self.folder / f"mkdocs-{locale.code}.yml"
        # JSON is YAML
        config.write_text(json.dumps(self.configuration(locale)), "utf-8")
        return _run(self.project.root, config, locale)

    def configuration(self, locale: Locale) -> dict[str, Any]:
        """What a language changes in mkdocs.yml.

        Zensical takes it too, if the folder is the project's root: it refuses absolute paths, and
        pages outside the configuration's folder.
        """
        project, voice = self.project, self.project.voice(locale)
        settings = project.settings
        root = Path(os.path.relpath(project.root.resolve(), self.folder.resolve()))
        pages = ["index", *settings.pages, "sources"]
        return {
            "INHERIT": (root / layout.SITE_CONFIGURATION).as_posix(),
            "site_name": voice.text("kb", settings.name),
            "site_url": f"{project.site_url}{locale.code}/",
            "copyright": voice.text("kb", settings.authority.advice),
            "docs_dir": (root / layout.DOCS / locale.code).as_posix(),
            "site_dir": f"site/{locale.code}",
            "nav": [f"{page}.md" for page in pages],
            "not_in_nav": "\n".join(f"/{page}.md" for page in ("embed", "search", *self._gone())),
            "theme": {
                "custom_dir": "theme",
                "language": locale.html,
                "favicon": "images/favicon.svg",
            },
            "markdown_extensions": {"toc": {"permalink_title": voice.label("permalink")}},
            "hooks": [escaping.__file__],
            "extra_css": ["stylesheets/kb.css"],
            "extra_javascript": _SCRIPTS,
            "extra": self._extra(locale),
        }

    def _extra(self, locale: Locale) -> dict[str, Any]:
        """What the theme is told besides what MkDocs knows."""
        project, voice = self.project, self.project.voice(locale)
        return {
            "generator": False,
            "alternate": [
                {"name": row.name, "lang": row.html, "link": f"../{row.code}/"}
                for row in project.locales
            ],
            "words": {key: voice.label(key) for key in WORDS},
            "palette": {str(LABELS[key]): voice.label(key) for key in PALETTE},
            "widget": dict(self.widget),
            "policy": policy.META,
            "topics": list(project.settings.pages),
            "report": project.settings.report,
            "pdf": book.name(project, locale) if self.pdf else None,
            "version": __version__,
        }

    def _gone(self) -> list[str]:
        """Pages that only lead on to where their facts are now."""
        settings, former = self.project.settings, self.project.knowledge.former
        named = {fact.partition("/")[0] for fact in (*former, *settings.withdrawn)}
        return sorted(named - set(settings.pages))


def early_words(project: Project) -> dict[str, dict[str, Any]]:
    """What the search box says before it has loaded answers, by language."""
    return {
        voice.locale.code: {
            "html": voice.locale.html,
            "words": {key: voice.label(key) for key in bundle.EARLY},
        }
        for voice in project.voices
    }


def _material() -> Path:
    """Where Material keeps its interface languages."""
    spec = find_spec("material")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("Material for MkDocs is missing", name="mkdocs-material")
    return Path(spec.submodule_search_locations[0]) / "templates" / _LANGUAGES


def _interface(locale: Locale) -> str:
    """An interface language for Material: the one that comes nearest, under the right tag."""
    candidates = (locale.code, locale.code.partition("-")[0], SOURCE.code)
    near = next(code for code in candidates if (_material() / f"{code}.html").exists())
    return (
        f'{{% import "{_LANGUAGES}/{near}.html" as near %}}'
        f'{{% macro t(key) %}}{{% if key == "language" %}}{locale.html}'
        "{% else %}{{ near.t(key) }}{% endif %}{% endmacro %}\n"
    )


def _run(root: Path, config: Path, locale: Locale) -> list[Problem]:
    """Run MkDocs on one configuration; its warnings are failures.

    Not `--quiet`: it silences the warnings before `--strict` can count them.
    """
    quiet = {"NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)],
        cwd=root,
        env={**os.environ, **quiet},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return []
    matches = map(_WARNING.match, done.stderr.splitlines())
    said = [_worded(root, locale, match[1]) for match in matches if match]
    return said or [_unexplained(locale, done.stderr + done.stdout)]


def _worded(root: Path, locale: Locale, warning: str) -> Problem:
    """A warning by MkDocs as place, what and what to do."""
    found = _PAGE.match(warning)
    if not found:
        what = f"MkDocs, building {locale.code!r}: {warning}"
        hint = "Correct the configuration, a page or the theme."
        return Problem(f"{layout.SITE_CONFIGURATION}:1", what, hint)
    name, link, what = found.groups()
    page = layout.DOCS / locale.code / name
    return Problem(
        f"{page.as_posix()}:{_line(root / page, link)}",
        f"link {link!r}: {what}",
        "Correct the fact or the template that makes it, then run kb build.",
    )


def _line(page: Path, text: str) -> int:
    lines = page.read_text("utf-8").splitlines() if page.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _unexplained(locale: Locale, said: str) -> Problem:
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    hint = ROOM if "[Errno" in last else "Run mkdocs build --strict to see all that it says."
    what = f"MkDocs fails on {locale.code!r}: {last}"
    return Problem(f"{layout.SITE_CONFIGURATION}:1", what, hint)
