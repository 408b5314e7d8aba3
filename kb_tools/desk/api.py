"""The HTTP API of a knowledge base and its site as one application; nothing that is asked is
kept.
"""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kb_tools import __version__, layout
from kb_tools.desk import protection
from kb_tools.desk.responses import error
from kb_tools.desk.routes import router
from kb_tools.desk.service import Options, Service
from kb_tools.desk.telemetry import Telemetry
from kb_tools.errors import BadInput, BadQuestion, KbError, UnknownFact, UnknownLanguage
from kb_tools.site import policy

_MISTAKES: dict[type[Exception], tuple[int, str]] = {
    UnknownFact: (404, "unknown-fact"),
    UnknownLanguage: (422, "unknown-language"),
    BadQuestion: (422, "no-words"),
    BadInput: (422, "bad-request"),
}
"""Status and code by what is wrong with a request."""
_WORDS = {404: "not-found", 405: "method-not-allowed", 400: "bad-request"}


def application(options: Options) -> ASGIApp:
    """The service as an ASGI application; raise `IndexUnusable` where there is no index."""
    telemetry = Telemetry(options.log)
    limit = protection.rate(options.rate)
    service = Service(options, telemetry)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(
        title="Policy knowledge base",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        description="Answers from facts, with their sources; read-only, and nothing asked is kept.",
    )
    app.state.service = service
    app.include_router(router)
    for kind in (KbError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _failed)
    app.mount("/v1", _nothing)
    if options.site:
        app.mount("/", Site(options.site))
    if options.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(options.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "If-None-Match"],
            expose_headers=["ETag"],
        )
    return protection.Protection(app, telemetry, limit, policy.HEADERS)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Tell programs in their own shape that the API has no such address, or no such method there;
    else the site would answer.
    """
    whole = {**scope, "root_path": scope["app_root_path"]}
    for route in router.routes:
        if isinstance(route, Route) and route.matches(whole)[0] == Match.PARTIAL:
            allowed = {"Allow": ", ".join(sorted(route.methods or ()))}
            raise HTTPException(405, f"Use {allowed['Allow']}.", allowed)
    raise HTTPException(404, "The API has no such address; /openapi.json lists all.")


class Site(StaticFiles):
    """The built site, with its own page for the lost; its search box may be had by any page."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file; one of the search box for pages of any origin, as a sandboxed frame needs."""
        response = await super().get_response(path, scope)
        if path.startswith(f"{layout.WIDGET}/"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def _failed(request: Request, failure: Exception) -> Response:
    """A failure in the one shape of errors; of one that was not foreseen no more than that."""
    if isinstance(failure, HTTPException):
        code, status = _WORDS.get(failure.status_code, "unavailable"), failure.status_code
        return error(status, code, str(failure.detail), dict(failure.headers or {}))
    if isinstance(failure, RequestValidationError):
        told = "; ".join(
            f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in failure.errors()
        )
        return error(422, "bad-request", told)
    if isinstance(failure, KbError):
        return error(*_MISTAKES.get(type(failure), (503, "no-index")), str(failure))
    frame = traceback.extract_tb(failure.__traceback__)[-1]
    request.app.state.service.telemetry.line(
        failure=type(failure).__name__, file=Path(frame.filename).name, number=frame.lineno
    )
    return error(500, "internal", "The service failed; the time of this request is in its log.")
