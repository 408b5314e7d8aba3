"""What the site has besides its languages: the page that offers them, the sitemap, and what robots
and lost readers get.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import jinja2

from kb_tools.language.voice import Voice
from kb_tools.locales import Locale
from kb_tools.project import Project
from kb_tools.site import policy
from kb_tools.site.pages import PACKAGE


@dataclass(frozen=True)
class Choice:
    """A language that the page offers, with what it says of the site; `spoken` is the value of
    `lang` for that.
    """

    locale: Locale
    text: str
    spoken: str


def files(project: Project, pages: Sequence[str]) -> dict[str, str]:
    """The files at the root of the site by name; `pages` are paths such as "handling"."""
    url, settings = project.site_url, project.settings
    reference = project.voices[0]
    templates = documents()
    entrance = templates.get_template("entrance.html.j2")
    index = entrance.render(
        policy=policy.META,
        base="",
        reference=reference.locale,
        title=settings.name,
        description=settings.intro,
        canonical=url,
        alternates=alternates(url, project.locales, ""),
        choices=[_choice(project, voice) for voice in project.voices],
    )
    # a host shows this page for any address, so its links begin at the host
    lost = entrance.render(
        policy=policy.META,
        base=urlsplit(url).path,
        reference=reference.locale,
        title=reference.label("not-found"),
        canonical="",
        choices=[
            Choice(voice.locale, voice.label("not-found"), voice.spoken.html)
            for voice in project.voices
        ],
    )
    sitemap = templates.get_template("sitemap.xml.j2").render(
        pages=[alternates(url, project.locales, page) for page in pages]
    )
    return {
        "index.html": index,
        "404.html": lost,
        "sitemap.xml": sitemap,
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n",
    }


def documents() -> jinja2.Environment:
    """The templates of whole HTML documents: what they put out is text."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(PACKAGE),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )


def _choice(project: Project, voice: Voice) -> Choice:
    title = project.settings.title
    spoken = project.locale(voice.language_of("kb", title))
    return Choice(voice.locale, voice.text("kb", title), spoken.html)


def alternates(site_url: str, locales: Sequence[Locale], page: str) -> dict[str, str]:
    """The address of a page by the language it is in; `x-default` is the root for the home page,
    else the reference language.
    """
    path = "" if page in ("", ".") else f"{page}/"
    found = {locale.html: f"{site_url}{locale.code}/{path}" for locale in locales}
    default = f"{site_url}{locales[0].code}/{path}" if path else site_url
    return {**found, "x-default": default}
