"""What a page of the site may run and load: its content security policy, the lines that tell it to
servers, and the check that no page needs more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from kb_tools.errors import Problem

_DIRECTIVES = {
    "default-src": "'self'",
    "img-src": "'self' data:",  # Material's style sheets hold their icons
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
_IN_HEADERS = {**_DIRECTIVES, "frame-ancestors": "'self'"}
"""Browsers heed `frame-ancestors` in a header only."""
_SCHEMES = ("", "http", "https", "mailto")
_ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "poster", "cite")
_CORRECT = "Correct the theme, or the fact or template that makes the page, then run kb build."


def _line(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


META = _line(_DIRECTIVES)
"""The policy as every page says it of itself."""
HEADERS = {"Content-Security-Policy": _line(_IN_HEADERS), "X-Content-Type-Options": "nosniff"}
"""What servers say of every file."""


def hosting(address: str, widget: str) -> dict[str, str]:
    """What servers are to be told, by the name of a file in the site; `address` is where the site
    is published, `widget` the folder of the search box, which pages of any origin may load.
    """
    path = urlsplit(address).path
    shared = {"Access-Control-Allow-Origin": "*"}
    return {
        "_headers": _listed(f"{path}*", HEADERS) + _listed(f"{path}{widget}/*", shared),
        "hosting/nginx.conf": _nginx(path, HEADERS)
        + _nginx(f"{path}{widget}/", {**HEADERS, **shared}),
        "hosting/Caddyfile": _caddy(f"{path}*", HEADERS) + _caddy(f"{path}{widget}/*", shared),
    }


def _listed(path: str, headers: Mapping[str, str]) -> str:
    """Headers as Netlify and Cloudflare Pages read them."""
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _nginx(path: str, headers: Mapping[str, str]) -> str:
    """Headers as nginx reads them, where a location does not take those of the one around it."""
    lines = (f'  add_header {name} "{value}" always;\n' for name, value in headers.items())
    return f"location {path} {{\n{''.join(lines)}}}\n"


def _caddy(path: str, headers: Mapping[str, str]) -> str:
    return "".join(f'header {path} {name} "{value}"\n' for name, value in headers.items())


def problems(folder: Path) -> list[Problem]:
    """What the pages in a folder hold that their policy forbids, or that is no part of a page."""
    found: list[Problem] = []
    for path in sorted(folder.rglob("*.html")):
        page = _Page(path.relative_to(folder).as_posix())
        page.feed(path.read_text("utf-8"))
        page.close()
        found += page.found
        if page.policies != [META]:
            where = f"{page.name}:1"
            hint = (
                "Let the head of the page say config.extra.policy, as the theme's main.html does."
            )
            found.append(Problem(where, "does not say the content security policy", hint))
    return found


class _Page(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.policies: list[str] = []
        self.found: list[Problem] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for what in _forbidden(tag, values):
            where = f"{self.name}:{self.getpos()[0]}"
            self.found.append(Problem(where, f"<{tag}> {what}", _CORRECT))
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(values.get("content", ""))


def _forbidden(tag: str, values: Mapping[str, str]) -> Iterator[str]:
    is_data = values.get("type", "").endswith("json")
    if tag == "style" or (tag == "script" and "src" not in values and not is_data):
        yield "stands in the page and not in a file"
    if tag == "base" or (tag == "meta" and values.get("http-equiv", "").lower() == "refresh"):
        yield "changes where the page leads"
    for name, value in values.items():
        if name.startswith("on") or name in ("style", "srcdoc"):
            yield f"has the attribute {name!r}"
        if name in _ADDRESSES and _scheme(value) not in _SCHEMES:
            yield f"leads to {value!r}"


def _scheme(address: str) -> str:
    """The scheme as browsers read it, which pass over spaces and signs of control."""
    shown = "".join(sign for sign in address if sign > " ")
    before, colon, _ = shown.partition(":")
    return before.lower() if colon and not set(before) & set("/?#") else ""
