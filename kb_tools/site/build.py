"""The static site of all languages: one plain MkDocs build a language, put together and checked
before it replaces the old one.

MkDocs runs as a subprocess and is imported nowhere, so that what it leaves behind in a process
cannot reach the next build.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kb_tools.content.source import Document
from kb_tools.errors import BuildFailed, InvalidSource, Problem
from kb_tools.language.labels import LABELS
from kb_tools.language.localize import Voice
from kb_tools.locales import LOCALES, SOURCE, Locale
from kb_tools.project import CONFIG, Project
from kb_tools.search.store import AnswerIndex
from kb_tools.site import entrance, links
from kb_tools.widget import bundle

_AT_ONCE = 2
WIDGET = "policy-kb"
"""The folder of the site that has the search box and its index."""
_WARNING = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(.*)$")
_PAGE = re.compile(
    r"Doc file '([^']+)' contains an? (?:[a-z ]+ )?link '([^']+)', (?:but )?(.+?)\.?$"
)
_ROOM = (
    "Free space on the disk, or choose a folder that you may write to with --output; the old site"
    " is untouched."
)


def build(
    project: Project,
    index: AnswerIndex,
    output: Path,
    progress: Callable[[str], None] = lambda line: None,
) -> None:
    """Build the site of all languages into a folder, in place of the site that is there; on failure
    that one stays as it was.

    The index is published with it, for the search box.
    """
    try:
        _build(project, index, output.resolve(), progress)
    except OSError as error:
        raise BuildFailed(
            str(
                Problem(
                    str(error.filename or output), f"cannot be written: {error.strerror}", _ROOM
                )
            )
        ) from error


def configuration(project: Project, locale: Locale, folder: Path) -> dict[str, object]:
    """What a language changes in mkdocs.yml, for a configuration in a folder; the site goes to
    `site` in there.

    Zensical takes it too, if the folder is the project's root: it refuses absolute paths, and pages
    outside the configuration's folder.
    """
    voice = project.voice(locale)
    root = Path(os.path.relpath(project.root.resolve(), folder.resolve()))
    return {
        "INHERIT": (root / CONFIG).as_posix(),
        "site_name": voice.label("site-name"),
        "site_url": f"{project.site_url}{locale.code}/",
        "copyright": voice.label("authority-advice"),
        "docs_dir": (root / "docs" / locale.code).as_posix(),
        "site_dir": f"site/{locale.code}",
        "theme": {"custom_dir": (root / "docs" / "theme").as_posix(), "language": locale.theme},
        "markdown_extensions": {"toc": {"permalink_title": voice.label("permalink")}},
        "extra": {
            "words": _words(project.root, voice),
            "widget": {"file": bundle.NAME, "integrity": bundle.integrity()},
        },
    }


def _build(
    project: Project, index: AnswerIndex, output: Path, progress: Callable[[str], None]
) -> None:
    _refuse_what_is_no_site(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    # beside the output, because only on one file system is a rename all or nothing
    with tempfile.TemporaryDirectory(
        prefix=f".{output.name}-", dir=output.parent, ignore_cleanup_errors=True
    ) as folder:
        made = Path(folder) / "site"
        _build_languages(project, Path(folder), progress)
        _write_entrance(project, made)
        bundle.publish(index, made / WIDGET)
        progress("checking the links of all pages")
        _raise(links.problems(made, project.site_url))
        _put(made, output, Path(folder) / "old")
    progress(f"the site is in {output}")


def _refuse_what_is_no_site(output: Path) -> None:
    """Keep a slip in --output from replacing, say, a home folder."""
    if (
        not output.exists()
        or (output.is_dir() and not any(output.iterdir()))
        or (output / SOURCE.code / "index.html").is_file()
    ):
        return
    _raise(
        [
            Problem(
                str(output),
                "holds something that is not a site",
                "Choose an empty or new folder, or remove what is there.",
            )
        ]
    )


def _build_languages(project: Project, folder: Path, progress: Callable[[str], None]) -> None:
    """Build every language, some at a time; the problems of all of them are raised together."""

    def one(locale: Locale) -> list[Problem]:
        config = folder / f"mkdocs-{locale.code}.yml"
        config.write_text(
            json.dumps(configuration(project, locale, folder)), "utf-8"
        )  # JSON is YAML
        progress(f"building site/{locale.code}")
        return _run(project.root, config, locale)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        _raise(problem for problems in pool.map(one, LOCALES.values()) for problem in problems)


def _run(root: Path, config: Path, locale: Locale) -> list[Problem]:
    """Run MkDocs on one configuration; its warnings are failures.

    Not `--quiet`: it silences the warnings before `--strict` can count them.
    """
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)],
        cwd=root,
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
        },
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return []
    said = [match[1] for line in done.stderr.splitlines() if (match := _WARNING.match(line))]
    return [_worded(root, locale, line) for line in said] or [
        _unexplained(locale, done.stderr + done.stdout)
    ]


def _worded(root: Path, locale: Locale, warning: str) -> Problem:
    """A warning by MkDocs as place, what and what to do."""
    found = _PAGE.match(warning)
    if not found:
        return Problem(
            f"{CONFIG}:1",
            f"MkDocs, building {locale.code!r}: {warning}",
            "Correct the configuration, a page or the theme.",
        )
    name, link, what = found.groups()
    page = root / "docs" / locale.code / name
    where = f"{page.relative_to(root).as_posix()}:{_line(page, link)}"
    return Problem(
        where,
        f"link {link!r}: {what}",
        "Correct the fact or the template that makes it, then run kb build.",
    )


def _line(page: Path, text: str) -> int:
    lines = page.read_text("utf-8").splitlines() if page.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _unexplained(locale: Locale, said: str) -> Problem:
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    hint = _ROOM if "[Errno" in last else "Run mkdocs build --strict to see all that it says."
    return Problem(f"{CONFIG}:1", f"MkDocs fails on {locale.code!r}: {last}", hint)


def _words(root: Path, voice: Voice) -> Mapping[str, str]:
    """The labels that the theme asks for in mkdocs.yml, in a language."""
    document = Document(root / CONFIG, root)
    words = document.data.get("extra", {}).get("words", {})
    for key in words:
        if not isinstance(LABELS.get(key), str):
            document.problem(
                ("extra", "words", key),
                f"no label is called {key!r}",
                "Use a key of LABELS in kb_tools/labels.py that has no plural.",
            )
    if document.problems:
        raise InvalidSource(document.problems)
    return {key: voice.label(key) for key in words}


def _write_entrance(project: Project, made: Path) -> None:
    """Write what belongs to no language, and drop the sitemaps that one of all languages
    replaces.
    """
    for path in [*made.glob("*/sitemap.xml"), *made.glob("*/sitemap.xml.gz")]:
        path.unlink()
    voices = [project.voice(locale) for locale in LOCALES.values()]
    pages = sorted(
        path.parent.relative_to(made / SOURCE.code).as_posix()
        for path in (made / SOURCE.code).rglob("index.html")
    )
    for name, text in entrance.files(project.site_url, voices, pages).items():
        (made / name).write_text(text, "utf-8")


def _put(made: Path, output: Path, old: Path) -> None:
    """Move a new site to its place; the one that was there comes back if that fails or is
    interrupted.
    """
    try:
        if output.exists():
            output.rename(old)
        made.rename(output)
    except BaseException:
        if old.exists() and not output.exists():
            old.rename(output)
        raise


def _raise(problems: Iterable[Problem]) -> None:
    found = sorted(set(problems))
    if found:
        raise BuildFailed("\n".join(map(str, found)))
