"""What a reader may be led to besides facts: overviews, and the notice on which text is
authoritative.
"""

from __future__ import annotations

from typing import Any

from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.site.overviews import Overviews


def overviews(project: Project, locale: Locale) -> list[dict[str, Any]]:
    """The overviews of all pages in a language: `title`, `address` on the site of the language, and
    the ids of their `facts`.
    """
    entries = {entry.id: entry for entry in project.editions[locale.code]}
    made = Overviews(project.knowledge, project.voice(locale), entries)
    return [
        {
            "title": overview.title,
            "address": f"{page.page}/#{overview.id}",
            "facts": list(dict.fromkeys(overview.facts)),
        }
        for page in project.knowledge.pages
        for overview in made.of(page)
        if overview.facts
    ]


def notice(project: Project, locale: Locale) -> dict[str, str]:
    """What is said of which text is authoritative: `title`, `text` and `address`."""
    voice, authority = project.voice(locale), project.settings.authority
    texts = (voice.text("kb", text) for text in (authority.documents, authority.advice))
    return {
        "title": voice.label("authority"),
        "text": " ".join(texts),
        "address": "sources/#authority",
    }
