"""What the site has for software that reads text: a list of its pages as Markdown, by the
convention of llmstxt.org, and all facts in one file.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb_tools import export
from kb_tools.language.voice import Voice
from kb_tools.project import Project


def files(project: Project) -> dict[str, str]:
    """The files at the root of the site by name."""
    reference = project.voices[0]
    entries = project.editions[reference.locale.code]
    facts = export.as_markdown(entries, project.topics(reference.locale))
    head = "\n\n".join(_head(project, reference))
    listed = "\n\n".join(_listed(project, voice) for voice in project.voices)
    return {"llms.txt": f"{head}\n\n{listed}\n", "llms-full.txt": f"{head}\n\n{facts}"}


def _head(project: Project, voice: Voice) -> Iterator[str]:
    """What the knowledge base is, and which text is authoritative."""
    settings = project.settings
    yield f"# {voice.text('kb', settings.name)}"
    yield f"> {voice.text('kb', settings.intro)}"
    yield voice.text("kb", settings.authority.documents)
    yield voice.text("kb", settings.authority.advice)
    yield voice.text("kb", settings.ask)


def _listed(project: Project, voice: Voice) -> str:
    """The topics in a language, each with the address of its Markdown."""
    code = voice.locale.code
    topics = project.topics(voice.locale)
    lines = (
        f"- [{topics[page]}]({project.site_url}{code}/{page}/index.md)"
        for page in project.settings.pages
    )
    return "\n".join([f"## {voice.locale.name}", "", *lines])
