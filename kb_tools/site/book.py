"""All facts of one language as one PDF, with contents, page numbers and bookmarks. The home of
WeasyPrint.
"""

from __future__ import annotations

from typing import Any

from kb_tools.errors import BadInput
from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.site import entrance, home
from kb_tools.site.documents import cards
from kb_tools.site.pages import PACKAGE
from kb_tools.site.topics import topic, unsaid

MISSING = """\
WeasyPrint, which makes the PDF, cannot be used here: {why}
    Install it with pip install 'kb-tools[pdf]', and on Debian its libraries with apt-get install
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."""


def name(project: Project, locale: Locale) -> str:
    """The file name of the PDF of a language."""
    return f"{project.settings.id}-{locale.code}.pdf"


def made(project: Project, locale: Locale) -> bytes:
    """The PDF of a language; the same bytes for the same sources.

    Raise `BadInput` where WeasyPrint, or a library of the system that it needs, is missing.
    """
    library = available()
    document = library.HTML(string=html(project, locale), url_fetcher=_nothing)
    styles = library.CSS(string=(PACKAGE / "book.css").read_text("utf-8"), url_fetcher=_nothing)
    written: bytes = document.write_pdf(stylesheets=[styles], pdf_identifier=b"kb", pdf_tags=True)
    return written


def available() -> Any:
    """WeasyPrint; raise `BadInput` where it cannot be used."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        why = str(error).partition("\n")[0]
        raise BadInput(MISSING.format(why=why)) from error
    return weasyprint


def html(project: Project, locale: Locale) -> str:
    """What the PDF is made of, as HTML."""
    voice, settings, knowledge = project.voice(locale), project.settings, project.knowledge
    entries = {entry.id: entry for entry in project.editions[locale.code]}
    said = {
        name: voice.text("kb", text)
        for name, text in (
            ("title", settings.title),
            ("intro", settings.intro),
            ("authority", settings.authority.documents),
            ("advice", settings.authority.advice),
        )
    }
    values = {
        **home.content(project, voice, entries),
        **said,
        "documents": cards(list(knowledge.sources), knowledge, voice, entries),
        "topics": [topic(page, project, voice, entries) for page in knowledge.pages],
        "entry": entries,
        "listed": unsaid(knowledge, entries),
        "label": voice.label,
        "counted": voice.counted,
        "spoken": voice.spoken,
        "html": {row.code: row.html for row in project.locales},
        "address": f"{project.site_url}{locale.code}/",
    }
    return entrance.documents().get_template("book.html.j2").render(values)


def _nothing(address: str, *rest: object, **options: object) -> None:
    """Fetch nothing: all that the document is made of is in it."""
    raise ValueError(f"{address} is not fetched")
