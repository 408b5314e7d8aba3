"""The knowledge base for software agents, by the Model Context Protocol: read-only tools that tell
what facts say, or that none answers. The home of the protocol's SDK.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from kb_tools import __version__, days
from kb_tools.desk import shapes
from kb_tools.desk.current import CurrentIndex
from kb_tools.errors import KbError
from kb_tools.search import reply as replies
from kb_tools.search.answer import LONGEST_QUESTION, Answerer

INSTRUCTIONS = """\
Facts about policies, each with its values, conditions, sources and address.
Ask ask_policy before you say anything about them, and cite the address of each fact.
Where "answered" is false nothing answers for certain: say that you do not know, and do not guess.
Tell conflicts, conditions and a status that is not empty: they limit what a fact says."""
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Made = TypeVar("Made")
Language = Annotated[
    str | None, Field(description="Code of the language of the texts; default: the question's.")
]


class Topic(shapes.Shape):
    """A topic: its page, title and address, and its facts by name."""

    page: str
    title: str
    url: str
    facts: list[shapes.Reference]


class Topics(shapes.Shape):
    """All topics in one language."""

    language: str
    topics: list[Topic]


def server(current: CurrentIndex) -> MCPServer:
    """A server of the protocol that answers from an index."""
    made = MCPServer("policy-kb", version=__version__, instructions=INSTRUCTIONS)
    told = _Reader(current).told

    @made.tool(title="Ask the policy knowledge base", annotations=READS)
    def ask_policy(
        question: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)],
        language: Language = None,
        limit: Annotated[int, Field(ge=1, le=10)] = 3,
        as_of: Annotated[str | None, Field(description="An ISO day; default: today.")] = None,
    ) -> shapes.ReplyShape:
        """Answer a question in any language from facts; kind is "none" where nothing answers."""
        return told(lambda answerer: _asked(answerer, question, language, limit, as_of))

    @made.tool(title="Get one fact", annotations=READS)
    def get_fact(
        fact: Annotated[str, Field(description="The id of a fact, such as page/slug.")],
        language: Language = None,
    ) -> shapes.FactShape:
        """Get a fact by its id: text, values, conditions, validity, conflicts, sources, address."""
        return told(lambda answerer: _fact(answerer, fact, language))

    @made.tool(title="List all topics", annotations=READS)
    def list_topics(language: Language = None) -> Topics:
        """List the topics that the knowledge base covers, with the facts of each by name."""
        return told(lambda answerer: _topics(answerer, language))

    return made


class _Reader:
    """Reads the index for tools, which the SDK runs in threads of its own: one at a time."""

    def __init__(self, current: CurrentIndex) -> None:
        self._current = current
        self._lock = Lock()

    def told(self, work: Callable[[Answerer], Made]) -> Made:
        """What some work makes of the index; a mistake of the asker as an error of the tool."""
        with self._lock:
            try:
                return work(self._current.answerer())
            except KbError as error:
                raise ToolError(str(error)) from None


def _asked(
    answerer: Answerer, question: str, language: str | None, limit: int, as_of: str | None
) -> shapes.ReplyShape:
    reply = answerer.ask(question, language=language, limit=limit, as_of=days.named(as_of))
    return shapes.ReplyShape.model_validate(replies.record(reply))


def _fact(answerer: Answerer, fact: str, language: str | None) -> shapes.FactShape:
    answerer.check_language(language)
    shown = language or answerer.index.manifest["languages"][0]
    return shapes.FactShape.model_validate(answerer.entry(fact, shown).record())


def _topics(answerer: Answerer, language: str | None) -> Topics:
    answerer.check_language(language)
    shown = language or answerer.index.manifest["languages"][0]
    by_page: dict[str, list[dict[str, Any]]] = {}
    for fact in answerer.index.manifest["facts"]:
        entry = answerer.entry(fact, shown)
        by_page.setdefault(entry.page, []).append(entry.reference())
    titles = answerer.index.edition(shown)["topics"]
    return Topics(
        language=shown,
        topics=[
            Topic(
                page=page,
                title=titles[page],
                url=facts[0]["url"].partition("#")[0],
                facts=[shapes.Reference(**fact) for fact in facts],
            )
            for page, facts in by_page.items()
        ],
    )
