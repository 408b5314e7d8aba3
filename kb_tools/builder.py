"""The steps of a build, in order: pages, index, site; each is whole or leaves what was there."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kb_tools.errors import InvalidSource, Problem
from kb_tools.language.labels import LABELS
from kb_tools.locales import LOCALES, Locale
from kb_tools.project import Project
from kb_tools.proof import check, fingerprint, schemas
from kb_tools.search import compiler, meaning, store
from kb_tools.site import build as site
from kb_tools.site import pages

FITTED = Path("i18n/fitted.json")
Progress = Callable[[str], None]


def build(project: Project, index: Path, output: Path, progress: Progress) -> None:
    """Render the pages, build both indexes and the site."""
    rendered = check.render(project)
    changed = [*pages.write(project.root, rendered), *schemas.write(project.root)]
    progress(f"pages: {sum(map(len, rendered.values()))} rendered, {len(changed)} files changed")
    semantic = meaning.available()
    build_index(project, index, list(LOCALES.values()), semantic=semantic)
    progress(
        f"index: {sum(map(len, project.editions.values()))} entries,"
        f" {'with' if semantic else 'without'} likeness of meaning"
    )
    site.build(project, store.open_index(index), output, progress)


def build_index(
    project: Project, folder: Path, languages: Sequence[Locale], *, semantic: bool = False
) -> None:
    """Build both indexes of some languages, with vectors where they are wanted."""
    material = compiler.Material(
        editions={locale.code: project.editions[locale.code] for locale in languages},
        labels={locale.code: _labels(project, locale) for locale in languages},
        glossary=project.glossary,
        named=[
            subject.id
            for subject in project.knowledge.subjects.values()
            if subject.kind in ("feature", "service")
        ],
        fitted=fitted(project.root),
        fingerprint=fingerprint.of_sources(project.root),
    )
    compiler.build(folder, material, semantic=semantic)


def verify(project: Project, progress: Progress) -> None:
    """Raise `InvalidSource` where a committed page or schema is out of date, `BuildFailed` where
    the site cannot be built.
    """
    stale = [*pages.outdated(project.root, check.render(project)), *schemas.outdated(project.root)]
    if stale:
        raise InvalidSource(stale)
    with tempfile.TemporaryDirectory() as folder:
        build_index(project, Path(folder) / "index", list(LOCALES.values()))
        site.build(
            project, store.open_index(Path(folder) / "index"), Path(folder) / "site", progress
        )


def fitted(root: Path) -> Mapping[str, Any]:
    """What `scripts/calibrate.py` fitted: how words and likeness are fused, and when the evidence
    suffices.
    """
    try:
        found: dict[str, Any] = json.loads((root / FITTED).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidSource(
            [Problem(f"{FITTED}:1", f"cannot be read: {error}", "Run make calibrate.")]
        ) from error
    return found


def _labels(project: Project, locale: Locale) -> dict[str, str]:
    voice = project.voice(locale)
    return {key: voice.label(key) for key, msgid in LABELS.items() if isinstance(msgid, str)}
