"""Responses of the HTTP API: JSON in one form, with an ETag where what it says rarely changes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from starlette.responses import Response


def error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    """A failure in the one shape of errors."""
    content = {"error": {"code": code, "message": message}}
    return as_json(content, status=status, cache="no-store", headers=headers)


def as_json(
    content: Any, *, cache: str, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """JSON in ASCII: a question may hold what UTF-8 cannot say."""
    told = {**(headers or {}), "Cache-Control": cache}
    return Response(json.dumps(content), status, told, media_type="application/json")


def tagged(content: Any, known: str | None) -> Response:
    """JSON with an ETag of what it says; 304 for whoever has it already."""
    body = json.dumps(content)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if known and tag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type="application/json")
