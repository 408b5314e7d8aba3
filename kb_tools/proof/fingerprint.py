"""A hash of all sources of an index: equal exactly where an index of them would be equal."""

from __future__ import annotations

import hashlib
from pathlib import Path

_SOURCES = (
    "docs/facts/*.yml",
    "i18n/*/LC_MESSAGES/*.po",
    "i18n/questions/*.yml",
    "i18n/glossary.yml",
    "i18n/fitted.json",
    "mkdocs.yml",
)


def of_sources(root: Path) -> str:
    """The fingerprint of the sources below a project's root."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in root.glob(pattern)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]
