"""Software agents ask by the Model Context Protocol, over standard input and output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from desk.conftest import ASKED, TRASH
from kb_tools.desk import agents
from kb_tools.desk.current import CurrentIndex
from kb_tools.search import reply as replies
from kb_tools.search.answer import Answerer


@asynccontextmanager
async def here(index: Path) -> AsyncIterator[Client]:
    """A client of a server in this process."""
    async with Client(agents.server(CurrentIndex(index, semantic=False, tell=print))) as client:
        yield client


@asynccontextmanager
async def beside(index: Path) -> AsyncIterator[Client]:
    """A client of `kb mcp`."""
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "kb_tools", "mcp", "--index", str(index), "--no-semantic"],
        env=dict(os.environ),
        cwd=index,  # outside of any knowledge base
    )
    async with Client(stdio_client(started)) as client:
        yield client


def apart(call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What a coroutine returns, in a thread of its own: the browser's loop may be in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, call).result()


def told(index: Path, tool: str, *, process: bool = False, **given: Any) -> Any:
    """What a tool says: its data, or the sentence of its error."""

    async def call() -> Any:
        async with (beside if process else here)(index) as client:
            result = await client.call_tool(tool, given)
            if result.is_error:
                return result.content[0].text
            return result.structured_content

    return apart(call)


@pytest.mark.parametrize("language", ASKED)
def test_an_agent_is_told_what_everybody_is_told(
    index: Path, answerer: Answerer, language: str
) -> None:
    found = told(index, "ask_policy", question=ASKED[language])
    own = json.loads(json.dumps(replies.record(answerer.ask(ASKED[language]))))
    assert {key: value for key, value in found.items() if value is not None or key in own} == own


def test_it_is_told_over_standard_input_and_output(index: Path) -> None:
    found = told(index, "ask_policy", process=True, question=ASKED["ja"], language="fr")
    assert found["answers"][0]["fact"] == TRASH
    assert "30\xa0jours" in found["answers"][0]["text"]


def test_many_questions_at_once_get_their_own_answers(index: Path, answerer: Answerer) -> None:
    asked = [*ASKED.values()] * 10
    found: dict[int, str] = {}

    async def all_at_once() -> None:
        async with here(index) as client, anyio.create_task_group() as group:

            async def one(place: int) -> None:
                told = await client.call_tool("ask_policy", {"question": asked[place]})
                found[place] = told.structured_content["asked_in"]

            for place in range(len(asked)):
                group.start_soon(one, place)

    apart(all_at_once)
    assert [found[place] for place in range(len(asked))] == [*ASKED] * 10


def test_that_nothing_answers_is_told(index: Path) -> None:
    found = told(index, "ask_policy", question="Where can I park my bicycle?")
    assert (found["kind"], found["answered"], found["answers"]) == ("none", False, [])


def test_a_fact_is_told_whole(index: Path, answerer: Answerer) -> None:
    found = told(index, "get_fact", fact=TRASH, language="zh")
    assert found == json.loads(json.dumps(answerer.entry(TRASH, "zh").record()))


def test_all_topics_are_listed_with_all_facts(index: Path, answerer: Answerer) -> None:
    found = told(index, "list_topics", language="ja")
    listed = [fact["fact"] for topic in found["topics"] for fact in topic["facts"]]
    assert listed == answerer.index.manifest["facts"]
    titles = answerer.index.edition("ja")["topics"]
    assert {topic["page"]: topic["title"] for topic in found["topics"]} == titles


WRONG = [
    ("ask_policy", {"question": "?!"}, "the question has no words"),
    ("ask_policy", {"question": "trash", "language": "xx"}, "has no language 'xx'"),
    ("ask_policy", {"question": "trash", "as_of": "2025-02-30"}, "not a date that exists"),
    ("ask_policy", {"question": "trash", "as_of": "soon"}, "is not a date"),
    ("ask_policy", {"question": "trash", "limit": 0}, "limit"),
    ("ask_policy", {"question": "a" * 9000}, "question"),
    ("ask_policy", {}, "question"),
    ("get_fact", {"fact": "handling/deleted-file"}, f"Did you mean {TRASH}"),
    ("get_fact", {"fact": TRASH, "language": "xx"}, "has no language"),
    ("list_topics", {"language": "xx"}, "has no language"),
]


@pytest.mark.parametrize(("tool", "given", "says"), WRONG, ids=[str(row[1])[:40] for row in WRONG])
def test_a_mistake_is_told_with_what_to_do(
    index: Path, tool: str, given: dict[str, Any], says: str
) -> None:
    found = told(index, tool, **given)
    assert says in found
    assert "Traceback" not in found


def test_all_tools_say_that_they_only_read_and_what_they_give(index: Path) -> None:
    async def tools() -> Any:
        async with here(index) as client:
            return (await client.list_tools()).tools

    found = apart(tools)
    assert {tool.name for tool in found} == {"ask_policy", "get_fact", "list_topics"}
    for tool in found:
        assert tool.annotations.read_only_hint
        assert tool.output_schema["properties"]
        assert tool.description
