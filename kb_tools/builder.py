"""The steps of a build, in order: pages, index, site; each is whole or leaves what was there."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kb_tools import check, compiler, fingerprint, pages, schemas, site
from kb_tools.errors import InvalidSource, Problem
from kb_tools.labels import LABELS
from kb_tools.locales import LOCALES, Locale
from kb_tools.project import Project

DECISION = Path("i18n/decision.json")
Progress = Callable[[str], None]


def build(project: Project, index: Path, output: Path, progress: Progress) -> None:
    """Render the pages, build both indexes and the site."""
    rendered = check.render(project)
    changed = [*pages.write(project.root, rendered), *schemas.write(project.root)]
    progress(f"pages: {sum(map(len, rendered.values()))} rendered, {len(changed)} files changed")
    build_index(project, index, list(LOCALES.values()))
    progress(f"index: {sum(map(len, project.editions.values()))} entries")
    site.build(project, output, progress)


def build_index(project: Project, folder: Path, languages: Sequence[Locale]) -> None:
    """Build both indexes of some languages."""
    editions = {locale.code: project.editions[locale.code] for locale in languages}
    labels = {locale.code: _labels(project, locale) for locale in languages}
    compiler.build(folder, editions, labels, project.glossary, decision(project.root), fingerprint.of_sources(project.root))


def verify(project: Project, progress: Progress) -> None:
    """Raise `InvalidSource` where a committed page or schema is out of date, `BuildFailed` where the site cannot be built."""
    stale = [*pages.outdated(project.root, check.render(project)), *schemas.outdated(project.root)]
    if stale:
        raise InvalidSource(stale)
    with tempfile.TemporaryDirectory() as folder:
        site.build(project, Path(folder) / "site", progress)


def decision(root: Path) -> Mapping[str, Any]:
    """What `scripts/calibrate.py` fitted: the coefficients of the evidence and the threshold."""
    try:
        fitted: dict[str, Any] = json.loads((root / DECISION).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidSource([Problem(f"{DECISION}:1", f"cannot be read: {error}", "Run python scripts/calibrate.py.")]) from error
    return fitted


def _labels(project: Project, locale: Locale) -> dict[str, str]:
    voice = project.voice(locale)
    return {key: voice.label(key) for key, msgid in LABELS.items() if isinstance(msgid, str)}
