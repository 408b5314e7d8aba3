"""Checks a built site across its languages: links, anchors, languages and their alternates, and
that it loads nothing from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from kb_tools.errors import Problem
from kb_tools.locales import SOURCE, Locale

_LOADS = {
    ("img", "src"),
    ("script", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("link", "href"),
    ("image", "href"),
    ("use", "href"),
    ("use", "xlink:href"),
}
_CORRECT = "Correct the theme, or the fact or template that makes the page, then run kb build."


@dataclass(frozen=True)
class Reference:
    """One address in a page: the line it stands on, and whether a browser loads it by itself."""

    line: int
    address: str
    loads: bool


@dataclass
class Page:
    """What the checks need of one HTML page; `path` is relative to the site."""

    path: str
    language: str = ""
    hidden: bool = False
    """That search engines are told to pass over it, as for the page of lost readers."""
    anchors: set[str] = field(default_factory=set)
    references: list[Reference] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)


class Site:
    """The pages and other files of a built site, found by their addresses."""

    def __init__(self, folder: Path, url: str, locales: Sequence[Locale]) -> None:
        self.url = url
        self.locales = {locale.code: locale for locale in locales}
        self.files = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        }
        self.pages = {
            name: read(name, (folder / name).read_text("utf-8"))
            for name in sorted(self.files)
            if name.endswith(".html")
        }

    def address(self, page: Page) -> str:
        """The address of a page."""
        return self.url + page.path.removesuffix("index.html")

    def path(self, address: str) -> str | None:
        """The file that an absolute address without fragment stands for; None if it is outside the
        site.
        """
        if not address.startswith(self.url):
            return None
        path = unquote(urlsplit(address[len(self.url) :]).path)
        return f"{path}index.html" if path == "" or path.endswith("/") else path


def problems(folder: Path, url: str, locales: Sequence[Locale]) -> list[Problem]:
    """All that is wrong in the site in a folder, which is to be published at an address ending with
    a slash.
    """
    site = Site(folder, url, locales)
    found = [
        problem
        for page in site.pages.values()
        for check in (_references, _language, _alternates)
        for problem in check(site, page)
    ]
    return sorted(set(found))


def read(path: str, text: str) -> Page:
    """Read what the checks need of a page."""
    reader = _Reader(Page(path))
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.page.language = values.get("lang", "")
        if tag == "meta" and values.get("name") == "robots":
            self.page.hidden = "noindex" in values.get("content", "")
        if "id" in values:
            self.page.anchors.add(values["id"])
        self._addresses(tag, values)

    def _addresses(self, tag: str, values: Mapping[str, str]) -> None:
        kinds = values.get("rel", "").split()
        if tag == "link" and "alternate" in kinds and "hreflang" in values:
            self.page.alternates[values["hreflang"]] = values.get("href", "")
        for name, value in values.items():
            loads = (tag, name) in _LOADS
            if loads or (tag, name) == ("a", "href"):
                self.page.references.append(Reference(self.getpos()[0], value, loads))
        for candidate in values.get("srcset", "").split(","):
            if candidate.strip():
                self.page.references.append(
                    Reference(self.getpos()[0], candidate.split()[0], loads=True)
                )


def _references(site: Site, page: Page) -> Iterator[Problem]:
    """Every address inside the site exists with its anchor; nothing is loaded from outside."""
    for reference in page.references:
        address, anchor = urldefrag(urljoin(site.address(page), reference.address))
        where = f"{page.path}:{reference.line}"
        if urlsplit(address).scheme not in ("http", "https"):
            continue
        path = site.path(address)
        if path is None:
            if reference.loads:
                yield Problem(
                    where,
                    f"{reference.address!r} is loaded from another site",
                    "Put the file into docs/theme/ and load it from there.",
                )
            elif urlsplit(address).netloc == urlsplit(site.url).netloc:
                yield Problem(where, f"link {reference.address!r} leads out of the site", _CORRECT)
        elif path not in site.files:
            yield Problem(where, f"link {reference.address!r} leads nowhere", _CORRECT)
        elif anchor and path in site.pages and unquote(anchor) not in site.pages[path].anchors:
            yield Problem(
                where, f"link {reference.address!r} leads to no anchor of {path}", _CORRECT
            )


def _language(site: Site, page: Page) -> Iterator[Problem]:
    """A page says the language of the folder that it is in."""
    locale = site.locales.get(page.path.partition("/")[0], SOURCE)
    if page.language != locale.html:
        yield Problem(
            f"{page.path}:1",
            f"the page says lang={page.language!r} and not {locale.html!r}",
            "Correct the theme's language.",
        )


def _alternates(site: Site, page: Page) -> Iterator[Problem]:
    """A page names itself in all languages, and all of them name the same."""
    if page.hidden:
        return
    where, hint = (
        f"{page.path}:1",
        "Correct site_meta in the theme's main.html.",
    )
    expected = {locale.html for locale in site.locales.values()} | {"x-default"}
    if set(page.alternates) != expected:
        yield Problem(
            where, f"has alternates in {_listed(page.alternates)} and not {_listed(expected)}", hint
        )
    inside = page.path.partition("/")[0] in site.locales
    own = page.alternates.get(page.language if inside else "x-default")
    if own != site.address(page):
        yield Problem(where, f"names {own!r} as itself and not {site.address(page)!r}", hint)
    for language, address in page.alternates.items():
        other = site.pages.get(site.path(address) or "")
        if other is not None and other.alternates != page.alternates:
            yield Problem(
                where, f"its alternate in {language!r}, {other.path}, names other alternates", hint
            )
        if other is None:
            yield Problem(where, f"its alternate in {language!r} does not exist: {address!r}", hint)


def _listed(languages: Mapping[str, str] | set[str]) -> str:
    return ", ".join(sorted(languages)) or "no language"
