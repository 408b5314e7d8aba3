"""The addresses of the HTTP API, read-only: what each takes and gives."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kb_tools import days
from kb_tools.desk import negotiation, shapes
from kb_tools.desk.responses import as_json, tagged
from kb_tools.desk.service import Service
from kb_tools.desk.suggestions import Ticket, suggest
from kb_tools.desk.telemetry import Telemetry
from kb_tools.entry import Entry
from kb_tools.search import reply as replies
from kb_tools.search.answer import LONGEST_QUESTION, Answerer

LOOPBACK = ("127.0.0.1", "::1")
FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": shapes.Failed, "description": told}
    for status, told in (
        (400, "The request cannot be read."),
        (404, "There is no such fact."),
        (413, "The body is too large."),
        (414, "The query is too long."),
        (422, "A parameter is not what it may be."),
        (429, "More requests than one client may make."),
        (503, "It took too long, or there is no index."),
    )
}
router = APIRouter(responses=FAILURES)
Asked = Annotated[str, Query(min_length=1, max_length=LONGEST_QUESTION, description="A question.")]
Lang = Annotated[
    str | None,
    Query(
        max_length=35,
        description="Language of the texts; default: as Accept-Language prefers, else as asked in.",
    ),
]
DATE = {"format": "date"}
Day = Annotated[
    str | None,
    Query(max_length=10, description="An ISO day; default: today.", json_schema_extra=DATE),
]
Accepted = Annotated[str | None, Header(alias="Accept-Language", include_in_schema=False)]


@router.get("/v1/answers", response_model=shapes.ReplyShape, summary="Answer a question")
async def answers(
    request: Request,
    q: Asked,
    lang: Lang = None,
    limit: Annotated[int, Query(ge=1, le=10)] = 3,
    as_of: Day = None,
    labels: Annotated[bool, Query(description="Also give the words of the interface.")] = False,
    accepted: Accepted = None,
) -> Response:
    """The facts that answer a question, how there is to react to it, or that nothing answers."""
    day = days.named(as_of)
    service: Service = request.app.state.service

    def work(answerer: Answerer) -> dict[str, Any]:
        language = _language(answerer, lang, accepted)
        reply = answerer.ask(q, language=language, limit=limit, as_of=day)
        if not reply.answered:
            service.unanswered(answerer, q)
        found = replies.record(reply)
        if labels:
            found["labels"] = dict(answerer.index.labels(reply.language))
        return found

    made = await service.run(work)
    service.telemetry.replied(made["kind"], made["language"])
    return as_json(made, cache="no-store")


@router.post(
    "/v1/suggestions", response_model=shapes.SuggestionsShape, summary="Suggest answers to a ticket"
)
async def suggestions(request: Request, ticket: shapes.TicketShape) -> Response:
    """An answer to each question of the new part of a ticket, ready to paste."""
    day = days.named(ticket.as_of)

    def work(answerer: Answerer) -> dict[str, Any]:
        language = _language(answerer, ticket.language, None)
        asked = Ticket(ticket.subject, ticket.body, language)
        return suggest(answerer, asked, limit=ticket.limit, as_of=day)

    service: Service = request.app.state.service
    made = await service.run(work)
    for one in made["suggestions"]:
        service.telemetry.replied(one["kind"], made["language"])
    return as_json(made, cache="no-store")


@router.get("/v1/facts", response_model=shapes.FactList, summary="List facts")
async def facts(
    request: Request,
    lang: Lang = None,
    page: Annotated[str | None, Query(max_length=100, description="Only of this page.")] = None,
    subject: Annotated[
        str | None, Query(max_length=100, description="Only about what has this id.")
    ] = None,
    kind: Annotated[
        str | None, Query(max_length=100, description="Only with a value of this kind.")
    ] = None,
    changed_since: Annotated[
        str | None,
        Query(
            max_length=10,
            description="Only with a source received on this ISO day or later.",
            json_schema_extra=DATE,
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    if_none_match: Annotated[str | None, Header(include_in_schema=False)] = None,
    accepted: Accepted = None,
) -> Response:
    """The facts of the knowledge base, in the order of its pages."""
    since = days.named(changed_since)

    def fits(entry: Entry) -> bool:
        return (
            (page is None or entry.page == page)
            and (subject is None or any(one.id == subject for one in entry.about))
            and (kind is None or any(said.kind == kind for said in entry.values))
            and (since is None or any(one.received >= since.isoformat() for one in entry.sources))
        )

    def work(answerer: Answerer) -> dict[str, Any]:
        language = _language(answerer, lang, accepted) or answerer.index.manifest["languages"][0]
        every = (answerer.entry(fact, language) for fact in answerer.index.manifest["facts"])
        found = [entry.record() for entry in every if fits(entry)]
        return {
            "total": len(found),
            "language": language,
            "facts": found[offset : offset + limit],
        }

    return tagged(await request.app.state.service.run(work), if_none_match)


@router.get("/v1/facts/{page}/{slug}", response_model=shapes.FactShape, summary="One fact")
async def fact(
    request: Request,
    page: str,
    slug: str,
    lang: Lang = None,
    if_none_match: Annotated[str | None, Header(include_in_schema=False)] = None,
    accepted: Accepted = None,
) -> Response:
    """A fact by its id or a former one, with an ETag that changes when what it says does."""

    def work(answerer: Answerer) -> dict[str, Any]:
        language = _language(answerer, lang, accepted) or answerer.index.manifest["languages"][0]
        return answerer.entry(f"{page}/{slug}", language).record()

    return tagged(await request.app.state.service.run(work), if_none_match)


@router.get("/healthz", response_model=shapes.Health, summary="Does it live?")
async def health() -> Response:
    """Tell that the process answers."""
    return as_json({"status": "ok"}, cache="no-store")


@router.get("/readyz", response_model=shapes.Ready, summary="Is it ready to answer?")
async def ready(request: Request) -> Response:
    """Tell which generation of the index answers."""

    def work(answerer: Answerer) -> dict[str, Any]:
        number = len(answerer.index.manifest["facts"])
        generation = answerer.index.generation.folder.name
        return {"status": "ok", "generation": generation, "facts": number}

    return as_json(await request.app.state.service.run(work), cache="no-store")


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Counts for Prometheus, for who asks from this machine only."""
    if not request.client or request.client.host not in LOOPBACK:
        raise HTTPException(404, "There is nothing at this address.")
    telemetry: Telemetry = request.app.state.service.telemetry
    return Response(telemetry.exposition(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _language(answerer: Answerer, named: str | None, accepted: str | None) -> str | None:
    """The language that is named, else preferred, else None; raise `UnknownLanguage`."""
    known = answerer.index.manifest["languages"]
    if named:
        found = negotiation.suited(named, known)
        if found is None:
            answerer.check_language(named)
        return found
    return negotiation.preferred(accepted, known) if accepted else None
