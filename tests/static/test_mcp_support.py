"""Servers of tools, used by the official client in both eras, over HTTP and stdio."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from mcp import Client, MCPError, StdioServerParameters
from mcp_types import CallToolResult, PaginatedRequestParams, TextContent

import program
from static.asgi import mcp_app
from static.mcp_support import http_manager

PROGRAM = Path(program.__file__)
MODES = ["legacy", "auto", "2026-07-28"]
Scene = Callable[[Client, program.Context], Awaitable[None]]


@asynccontextmanager
async def over_http(mode: str) -> AsyncIterator[tuple[Client, program.Context]]:
    context = program.Context(program.load_settings({"STUB_KEY": "x"}))
    manager = http_manager(
        program.mcp_server("stub-mcp", context),
        allowed_hosts=("127.0.0.1:*",),
        allowed_origins=(),
        body_limit=100_000,
    )
    app = mcp_app(manager, obstacle=context.obstacle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/mcp"
    try:
        async with Client(url, mode=mode) as client:
            yield client, context
    finally:
        await runner.cleanup()


def play(scene: Scene, mode: str = "2026-07-28") -> None:
    async def run() -> None:
        async with over_http(mode) as (client, context):
            await asyncio.wait_for(scene(client, context), 30)

    asyncio.run(run())


def texts(result: CallToolResult) -> list[str]:
    assert all(isinstance(part, TextContent) for part in result.content)
    return [part.text for part in result.content if isinstance(part, TextContent)]


async def answer(client: Client, name: str, **arguments: Any) -> CallToolResult:
    result = await client.call_tool(name, arguments)
    assert isinstance(result, CallToolResult)
    return result


@pytest.mark.parametrize("mode", MODES)
def test_the_official_client_lists_and_calls(mode: str) -> None:
    async def scene(client: Client, context: program.Context) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == list(program.COMMANDS)
        for tool in listed:
            assert tool.title == f"The {tool.name} tool"
            assert tool.input_schema == program.SCHEMA
            hints = tool.annotations
            assert hints is not None
            assert hints.title == tool.title
            assert hints.read_only_hint is (tool.name == "echo")
            assert hints.destructive_hint is (tool.name == "crash")
            assert hints.idempotent_hint is (tool.name == "echo")
            assert hints.open_world_hint is (tool.name != "echo")
        result = await answer(client, "echo", body={"a": "é"})
        assert not result.is_error
        assert result.structured_content == {"given": {"body": {"a": "é"}}}
        assert texts(result) == ['{"given": {"body": {"a": "\\u00e9"}}}']
        none = await client.call_tool("echo", None)
        assert isinstance(none, CallToolResult)
        assert none.structured_content == {"given": {}}

    play(scene, mode)


@pytest.mark.parametrize("mode", MODES)
def test_what_the_protocol_calls_an_error(mode: str) -> None:
    async def scene(client: Client, context: program.Context) -> None:
        with pytest.raises(MCPError) as unknown:
            await client.call_tool("nothing", {})
        assert unknown.value.code == -32602
        assert unknown.value.message == "Unknown tool: nothing"
        with pytest.raises(MCPError) as cursor:
            await client.session.list_tools(
                params=PaginatedRequestParams(cursor="again")
            )
        assert cursor.value.code == -32602

    play(scene, mode)


def test_only_tools_are_advertised_and_may_be_kept() -> None:
    async def scene(client: Client, context: program.Context) -> None:
        found = await client.session.discover()
        told = found.capabilities.model_dump(exclude_none=True)
        assert list(told) == ["tools"]
        assert not found.capabilities.tools or not found.capabilities.tools.list_changed
        assert found.supported_versions == ["2026-07-28"]
        assert found.instructions == "Use it."
        listed = await client.list_tools()
        for result in (found, listed):
            assert result.ttl_ms == 3_600_000
            assert result.cache_scope == "public"

    play(scene, "auto")


def test_the_server_tells_who_it_is() -> None:
    async def scene(client: Client, context: program.Context) -> None:
        info = client.session.server_info
        assert info is not None
        assert (info.name, info.title) == ("stub-mcp", "The stub")
        assert info.version == "1.2.3"

    play(scene, "legacy")


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
@pytest.mark.parametrize(
    ("text", "structured"),
    [
        ('{"a": [1.5]}', {"a": [1.5]}),
        ("[1]", None),
        ("not json", None),
        ('{"a": NaN}', None),
        ('{"a": 1e999}', None),
        ('{"a": "\\ud800"}', None),
        ('{"a": "\\u00e9"}', {"a": "é"}),
        ('{"a":' * 101 + "1" + "}" * 101, None),
    ],
)
def test_text_is_the_body_and_objects_are_structured(
    mode: str, text: str, structured: object
) -> None:
    async def scene(client: Client, context: program.Context) -> None:
        result = await answer(client, "play", text=text)
        assert texts(result) == [text]
        assert result.structured_content == structured
        assert not result.is_error

    play(scene, mode)


def test_deep_objects_that_are_still_structured_arrive() -> None:
    async def scene(client: Client, context: program.Context) -> None:
        text = '{"a":' * 100 + "1" + "}" * 100
        result = await answer(client, "play", text=text)
        assert result.structured_content is not None

    for mode in ("legacy", "2026-07-28"):
        play(scene, mode)


def test_bytes_that_are_no_text_come_as_base64() -> None:
    async def scene(client: Client, context: program.Context) -> None:
        result = await answer(client, "play", hex="ff00", type="image/x")
        assert texts(result) == ["2 bytes of image/x, in base64:", "/wA="]
        assert result.structured_content is None

    play(scene)


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
def test_failures_are_told_to_the_model(
    mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(client: Client, context: program.Context) -> None:
        envelope = '{"error":["EAPI:Invalid nonce","EOther"]}'
        failure = "EAPI:Invalid nonce|EOther"
        result = await answer(client, "play", text=envelope, failure=failure)
        assert result.is_error
        assert texts(result) == ["EAPI:Invalid nonce\nEOther\nretry after 2 s"]
        assert result.structured_content == {"error": ["EAPI:Invalid nonce", "EOther"]}

        result = await answer(client, "refuse")
        assert result.is_error
        assert texts(result) == [
            "invalid_input: /body/a is required\n"
            "/body/a: is required\n/body/b: must be a string"
        ]
        result = await answer(client, "play", text="x" * 5000, status=502)
        assert result.is_error
        (text,) = texts(result)
        assert text.startswith("the upstream answered with status 502\nxxx")
        assert len(text) < 2100

        result = await answer(client, "play", text='{"no":1}', status=404)
        assert result.is_error
        assert texts(result) == ["the upstream answered with status 404\n" '{"no":1}']

        result = await answer(client, "play", text="slow down", status=429, after=4.2)
        assert result.is_error
        assert texts(result) == [
            "the upstream answered with status 429\nretry after 5 s\nslow down"
        ]

        result = await answer(client, "crash")
        assert result.is_error
        assert texts(result) == ["internal error"]

    play(scene, mode)
    lines = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert lines == [
        "tool play failed (nonce)",
        "tool play failed (the upstream answered 502)",
        "tool crash failed",
    ]


def test_a_cancelled_call_is_cancelled_upstream() -> None:
    # The client of 2026-07-28 cancels by closing the response. That of 2025-11-25
    # sends a notification, which a stateless server cannot tell the owner of.
    async def scene(client: Client, context: program.Context) -> None:
        call = asyncio.create_task(client.call_tool("slow", {}))
        await context.arrived.wait()
        call.cancel()
        await context.cancelled.wait()

    play(scene)


def by_stdio(extra: dict[str, str] | None = None) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=[str(PROGRAM), "stdio"],
        env={"STUB_KEY": "x", "PATH": os.environ.get("PATH", ""), **(extra or {})},
    )


@pytest.mark.parametrize("mode", MODES)
def test_stdio_carries_nothing_but_the_protocol(mode: str) -> None:
    async def run() -> None:
        async with Client(by_stdio(), mode=mode) as client:
            listed = (await client.list_tools()).tools
            assert [tool.name for tool in listed] == list(program.COMMANDS)
            for _ in range(2):
                result = await answer(client, "noisy")
                assert result.structured_content == {"noise": True}
            with pytest.raises(MCPError) as unknown:
                await client.call_tool("nothing", {})
            assert unknown.value.code == -32602

    asyncio.run(asyncio.wait_for(run(), 60))


@pytest.mark.parametrize("mode", MODES)
def test_progress_is_told_over_http_before_the_answer(mode: str) -> None:
    async def scene(client: Client, context: program.Context) -> None:
        told: list[tuple[float, float | None, str | None]] = []

        async def heard(
            progress: float, total: float | None, message: str | None
        ) -> None:
            told.append((progress, total, message))
            context.heard.set()

        # The tool waits until its progress has arrived here.
        result = await client.call_tool("report", {}, progress_callback=heard)
        assert isinstance(result, CallToolResult)
        assert result.structured_content == {"done": True}
        assert told == [(1, 2, "first"), (2, 2, "second")]

    play(scene, mode)
