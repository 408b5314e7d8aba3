"""What every request passes before it is answered: bounds of its size and rate, headers that tell
browsers to be careful, and its place in the log.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb_tools.desk.telemetry import Telemetry
from kb_tools.errors import BadInput

LONGEST_ADDRESS = 40_000
"""Bytes of a query: the longest question, in letters of four bytes, each percent-encoded, would be
longer, and is a document.
"""
LARGEST_BODY = 500_000
_API = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def rate(text: str) -> RateLimitItem | None:
    """A rate such as `600/minute`; None for `0`, which means any. Raise `BadInput` for others."""
    if text.strip() == "0":
        return None
    try:
        return parse(text)
    except ValueError:
        hint = "Write such as 600/minute, or 0 for no bound."
        raise BadInput(f"{text!r} is no rate\n    {hint}") from None


class TooLarge(Exception):
    """A body of more bytes than are read."""


@dataclass
class Protection:
    """An ASGI application around another one; `site` are the headers of what is no API."""

    app: ASGIApp
    telemetry: Telemetry
    rate: RateLimitItem | None
    site: Mapping[str, str]
    _limiter: MovingWindowRateLimiter = field(
        default_factory=lambda: MovingWindowRateLimiter(MemoryStorage())
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        is_api = _is_api(scope)

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add(message, _API if is_api else self.site)
            await send(message)

        try:
            await self._answer(scope, receive, told, is_api=is_api)
        finally:
            took = time.perf_counter() - began
            self.telemetry.served(_route(scope, is_api), scope["method"], status, took)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, *, is_api: bool) -> None:
        refused = self._refusal(scope) if is_api else None
        if refused:
            await _refuse(send, *refused)
            return
        read = 0
        started = False

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST_BODY:
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, bounded, watched)
        except TooLarge:
            if not started:
                await _refuse(send, 413, "too-large", f"The body has over {LARGEST_BODY:,} bytes.")

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        """Why a request is not answered: status, code and sentence."""
        if len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "too-long", f"The query has over {LONGEST_ADDRESS:,} bytes."
        client = (scope.get("client") or ("",))[0]
        is_bound = _path(scope).startswith("/v1/")
        if self.rate and is_bound and not self._limiter.hit(self.rate, client):
            return 429, "too-many", f"More than {self.rate}; try again later."
        return None


def _path(scope: Scope) -> str:
    """The path below the one that a proxy has the service at."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _is_api(scope: Scope) -> bool:
    path = _path(scope)
    return path.startswith("/v1/") or path in _PLAIN


_PLAIN = ("/healthz", "/readyz", "/metrics", "/openapi.json")


def _route(scope: Scope, is_api: bool) -> str:
    """The pattern that matched: an address may hold what somebody asked."""
    route = getattr(scope.get("route"), "path", "")
    return route or ("unknown" if is_api else "site")


def _add(message: Message, headers: Mapping[str, str]) -> None:
    given = {name.lower() for name, _ in message["headers"]}
    message["headers"] = [
        *message["headers"],
        *(
            (name.encode(), value.encode())
            for name, value in headers.items()
            if name.lower().encode() not in given
        ),
    ]


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    if status == 429:
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
