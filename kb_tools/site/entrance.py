"""What the site has besides its languages: the page that offers them, the sitemap, and what robots
and lost readers get.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from kb_tools.language.localize import Voice

_PAGE = """\
<!doctype html>
<html lang="{lang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{title}</title>
{head}
    <link rel="icon" href="{base}{code}/images/favicon.svg">
    <link rel="stylesheet" href="{base}{code}/stylesheets/entrance.css">
  </head>
  <body>
    <main>
      <h1>{title}</h1>
      <ul>
{items}
      </ul>
    </main>
  </body>
</html>
"""
_ITEM = """\
        <li lang="{lang}">
          <a href="{base}{code}/" hreflang="{lang}">{name}</a>
          <span>{text}</span>
        </li>"""


def files(site_url: str, voices: Sequence[Voice], pages: Sequence[str]) -> dict[str, str]:
    """The files at the root of the site by name; the first voice speaks the reference language,
    `pages` are paths such as "zdr".
    """
    return {
        "index.html": _index(site_url, voices),
        "404.html": _lost(site_url, voices),
        "sitemap.xml": _sitemap(site_url, voices, pages),
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n",
    }


def alternates(site_url: str, voices: Sequence[Voice], page: str) -> dict[str, str]:
    """The address of a page by the language it is in; `x-default` is the root for the home page,
    else the reference language.
    """
    path = "" if page in ("", ".") else f"{page}/"
    found = {voice.locale.html: f"{site_url}{voice.locale.code}/{path}" for voice in voices}
    return {**found, "x-default": f"{site_url}{voices[0].locale.code}/{path}" if path else site_url}


def _index(site_url: str, voices: Sequence[Voice]) -> str:
    """The page that offers all languages: four links, and a script that follows one of them for the
    reader.
    """
    base, reference = "", voices[0]
    head = [
        f'    <meta name="description" content="{escape(reference.label("home-intro"))}">',
        f'    <link rel="canonical" href="{site_url}">',
        *(
            f'    <link rel="alternate" hreflang="{lang}" href="{url}">'
            for lang, url in alternates(site_url, voices, "").items()
        ),
        f'    <script src="{base}{reference.locale.code}/javascripts/entrance.js" defer></script>',
    ]
    return _page(
        base,
        reference,
        reference.label("site-name"),
        head,
        [_item(base, voice, voice.label("home-title")) for voice in voices],
    )


def _lost(site_url: str, voices: Sequence[Voice]) -> str:
    """The page for addresses that do not exist: a host shows it anywhere, so its links begin at the
    host.
    """
    base, reference = urlsplit(site_url).path, voices[0]
    head = ['    <meta name="robots" content="noindex">']
    return _page(
        base,
        reference,
        reference.label("not-found"),
        head,
        [_item(base, voice, voice.label("not-found")) for voice in voices],
    )


def _page(
    base: str, reference: Voice, title: str, head: Sequence[str], items: Sequence[str]
) -> str:
    return _PAGE.format(
        lang=reference.locale.html,
        code=reference.locale.code,
        base=base,
        title=escape(title),
        head="\n".join(head),
        items="\n".join(items),
    )


def _item(base: str, voice: Voice, text: str) -> str:
    locale = voice.locale
    return _ITEM.format(
        base=base, code=locale.code, lang=locale.html, name=locale.name, text=escape(text)
    )


def _sitemap(site_url: str, voices: Sequence[Voice], pages: Sequence[str]) -> str:
    """Every page in every language with its alternates; without dates, because the day of a build
    says nothing of the content.
    """
    rows = []
    for page in pages:
        urls = alternates(site_url, voices, page)
        known = "".join(
            f'\n    <xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>'
            for lang, url in urls.items()
        )
        rows += [
            f"  <url>\n    <loc>{url}</loc>{known}\n  </url>\n"
            for url in dict.fromkeys(urls.values())
        ]
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{"".join(rows)}</urlset>\n'
