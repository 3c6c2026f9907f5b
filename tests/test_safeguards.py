"""What keeps an emitted server safe, with real clients over HTTP and stdio."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from emitted import built, write

PACKAGE = "safeguards_capability"
ERAS = ("legacy", "2026-07-28")
READING = ["list-boxes", "find-boxes"]
ALL = [*READING, "empty-box", "add-note", "note-twice"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("safeguards")
    write(folder, built("safeguards").files)
    return folder


class Served:
    """A server with its addresses, and what it said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self.rest = self.mcp = self.sandbox = ""

    async def listen(self) -> None:
        while not (self.rest and self.mcp):
            line = await self._line()
            if found := re.search(r"all calls go to (\S+)", line):
                self.sandbox = found[1]
            if found := re.search(r"vault-rest: (http://\S+)", line):
                self.rest = found[1]
            if found := re.search(r"vault-tools: (http://\S+)", line):
                self.mcp = found[1]

    async def _line(self) -> str:
        assert self.process.stderr is not None
        line = (await self.process.stderr.readline()).decode()
        assert line, "\n".join(self.lines)
        self.lines.append(line.rstrip("\n"))
        return line

    async def received(self) -> int:
        """How many calls the upstream got."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.sandbox}/_sandbox") as answer,
        ):
            counters: int = (await answer.json())["accepted"]
            return counters


@asynccontextmanager
async def serving(
    project: Path, *options: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Served]:
    """The package, served against its sandbox."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PACKAGE, "serve", "--sandbox"),
        *("--port", "vault-rest=0", "--port", "vault-tools=0", *options),
        cwd=project,
        env={**os.environ, **(environment or {})},
        stderr=asyncio.subprocess.PIPE,
    )
    served = Served(process)
    try:
        await served.listen()
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        _, rest = await process.communicate()
        served.lines += rest.decode().splitlines()
    assert process.returncode == 0


def stdio(
    project: Path, *options: str, environment: Mapping[str, str] | None = None
) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", PACKAGE, "stdio", "--sandbox", *options],
        cwd=project,
        env={**os.environ, **(environment or {})},
    )


async def names(client: Client) -> list[str]:
    return [tool.name for tool in (await client.list_tools()).tools]


def text(result: Any) -> str:
    return str(result.content[0].text)


@pytest.mark.parametrize("option", [True, False])
def test_a_read_only_server_has_nothing_that_writes(
    project: Path, option: bool
) -> None:
    async def test() -> None:
        variable = {} if option else {"SAFEGUARDS_CAPABILITY_READ_ONLY": "true"}
        options = ("--read-only",) if option else ()
        async with (
            serving(project, *options, environment=variable) as served,
            aiohttp.ClientSession(served.rest) as session,
        ):
            for method, path, body, status in (
                ("GET", "/boxes", None, 200),
                ("POST", "/searches", {"word": "x"}, 200),
                ("GET", "/boxes/7", None, 200),
                ("DELETE", "/boxes/7", None, 405),
                ("GET", "/tidy", None, 404),
                ("DELETE", "/forward/boxes/7", None, 405),
            ):
                async with session.request(method, path, json=body) as answer:
                    assert answer.status == status, (method, path)
            async with session.get("/openapi.json") as answer:
                paths = (await answer.json())["paths"]
            assert {path: [*item] for path, item in paths.items()} == {
                "/boxes": ["get"],
                "/searches": ["post"],
                "/boxes/{box}": ["get"],
                "/forward/{path}": ["get"],
            }
            assert await served.received() == 3
            for mode in ERAS:
                async with Client(served.mcp, mode=mode) as client:
                    assert await names(client) == READING
                    with pytest.raises(Exception, match="Unknown tool"):
                        await client.call_tool("add-note", {"text": "x"})
                    listed = await client.list_resource_templates()
                    uris = [item.uri_template for item in listed.resource_templates]
                    assert uris == ["vault://searches/{word}"]
                    with pytest.raises(Exception, match="Unknown resource"):
                        await client.read_resource("vault://noted/x")
        command = stdio(project, *options, environment=variable)
        async with Client(stdio_client(command)) as client:
            assert await names(client) == READING

    asyncio.run(test())


def test_destructive_tools_are_confirmed(project: Path) -> None:
    async def test() -> None:
        async with serving(project) as served:
            box = {"box": "7", "acknowledged": "the owner"}
            for mode in ERAS:
                async with Client(served.mcp, mode=mode) as client:
                    assert await names(client) == ALL
                    before = await served.received()
                    for given in ({}, {"acknowledged_2": False}, {"acknowledged_2": 1}):
                        result = await client.call_tool("empty-box", {**box, **given})
                        assert result.is_error
                        assert text(result).startswith("not_acknowledged: nothing was")
                        assert "with acknowledged_2: true" in text(result)
                    assert await served.received() == before
                    result = await client.call_tool(
                        "empty-box", {**box, "acknowledged_2": True}
                    )
                    assert not result.is_error, text(result)
                    result = await client.call_tool("add-note", {"text": "x"})
                    assert not result.is_error, text(result)
                    assert await served.received() == before + 2
        async with Client(stdio_client(stdio(project))) as client:
            result = await client.call_tool("note-twice", {"text": "x"})
            assert result.is_error and "acknowledged: true" in text(result)
            arguments = {"text": "x", "acknowledged": True}
            result = await client.call_tool("note-twice", arguments)
            assert not result.is_error, text(result)

    asyncio.run(test())


def test_what_is_confirmed_is_in_the_schema() -> None:
    by_name = {tool.name: tool for tool in built("safeguards").capability.tools}
    assert by_name["empty-box"].acknowledgement == "acknowledged_2"
    schema = by_name["note-twice"].input_schema
    assert schema["required"] == ["text", "acknowledged"]
    asked = schema["properties"]["acknowledged"]  # type: ignore[index,call-overload]
    assert asked["type"] == "boolean" and asked["const"] is True  # type: ignore[index,call-overload]
    for name in ("list-boxes", "find-boxes", "add-note"):
        assert by_name[name].acknowledgement == ""
        assert "const" not in str(by_name[name].input_schema)
