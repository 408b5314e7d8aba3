"""Where the parts of a knowledge base are, as paths below its root folder."""

from __future__ import annotations

from pathlib import Path

SETTINGS = Path("kb.yml")
"""What marks the root of a knowledge base."""
SITE_CONFIGURATION = Path("mkdocs.yml")

DOCS = Path("docs")
FACTS = DOCS / "facts"
SOURCES = FACTS / "sources.yml"
SUBJECTS = FACTS / "subjects.yml"
SCHEMAS = DOCS / "schema"
TEMPLATES = DOCS / "templates"
"""Templates of the base's own, in place of those of the package with the same name."""
THEME = DOCS / "theme"
"""Files of the base's own theme, in place of those of the package with the same name."""

I18N = Path("i18n")
QUESTIONS = I18N / "questions"
GLOSSARY = I18N / "glossary.yml"
GLOSSARIES = I18N / "glossary"
"""Terms of languages that are asked in and have no pages, a file each."""
READERS = I18N / "readers"
"""How languages that the package has no reader for say values."""
FITTED = I18N / "fitted.json"
"""What was fitted to the questions of this base; the package has a default."""
MAP = I18N / "meaning.npy"
"""The linear map of meanings that was fitted to the texts of this base; it may have none."""

INDEX = Path("build/index")
WHOOSH = "whoosh"
"""The folder of the Whoosh index within an index."""
SITE = Path("site")


def page_file(page: str) -> Path:
    """The source file of a topic page."""
    return FACTS / f"{page}.yml"


def catalog(name: str, domain: str) -> Path:
    """The catalog of a language, by the name that gettext has for it, such as zh_Hans."""
    return I18N / name / "LC_MESSAGES" / f"{domain}.po"


def template(domain: str) -> Path:
    """The template of the catalogs of a domain."""
    return I18N / f"{domain}.pot"


WIDGET = "policy-kb"
"""The folder of the search box within the site."""
