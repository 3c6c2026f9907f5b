"""What keeps an emitted server safe, with real clients over HTTP and stdio."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from emitted import built, run, write

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


PREFIX = "SAFEGUARDS_CAPABILITY"
TOKEN = {f"{PREFIX}_CALLER_TOKEN": "m4rker-token"}
BEARER = {"Authorization": "Bearer m4rker-token"}


@pytest.mark.parametrize("scheme", ["bearer", "basic"])
def test_callers_are_asked_who_they_are(project: Path, scheme: str) -> None:
    async def test() -> None:
        pair = {f"{PREFIX}_CALLER_USER": "desk", f"{PREFIX}_CALLER_PASSWORD": "s3cret"}
        values = TOKEN if scheme == "bearer" else pair
        good = BEARER["Authorization"]
        if scheme == "basic":
            good = aiohttp.encode_basic_auth("desk", "s3cret")
        async with (
            serving(project, f"--require-{scheme}", environment=values) as served,
            aiohttp.ClientSession() as session,
        ):
            mcp = served.mcp.removesuffix("/mcp")
            for given in (None, "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc=", good + "x"):
                headers = {} if given is None else {"Authorization": given}
                for url in (f"{served.rest}/boxes", f"{served.rest}/no", served.mcp):
                    async with session.post(url, json={}, headers=headers) as answer:
                        assert answer.status == 401, (url, given)
                        challenge = answer.headers["WWW-Authenticate"]
                        assert challenge.lower().startswith(scheme)
                    assert await served.received() == 0
            for probe in (f"{served.rest}/health/ready", f"{mcp}/health/live"):
                async with session.get(probe) as answer:
                    assert answer.status == 200
            headers = {"Authorization": good}
            async with session.get(f"{served.rest}/boxes", headers=headers) as answer:
                assert answer.status == 200
            for mode in ERAS:
                async with httpx2.AsyncClient(headers=headers) as http:
                    wire = streamable_http_client(served.mcp, http_client=http)
                    async with Client(wire, mode=mode) as client:
                        assert await names(client) == ALL
        assert not any("s3cret" in line or "m4rker" in line for line in served.lines)

    asyncio.run(test())


@pytest.mark.parametrize(
    ("scheme", "missing"),
    [("bearer", ["TOKEN"]), ("basic", ["USER", "PASSWORD"])],
)
def test_credentials_that_are_asked_for_must_be_set(
    project: Path, scheme: str, missing: list[str]
) -> None:
    done = run("-m", PACKAGE, "serve", "--sandbox", f"--require-{scheme}", cwd=project)
    assert done.returncode == 1
    for name in missing:
        assert f"{PREFIX}_CALLER_{name} is not set" in done.stderr


def test_an_open_adapter_that_others_can_call_is_told(project: Path) -> None:
    async def test() -> None:
        async with serving(project, "--host", "0.0.0.0") as served:
            pass
        warned = [line for line in served.lines if line.startswith("warning: ")]
        assert [line.split()[1] for line in warned] == ["vault-rest", "vault-tools"]
        async with serving(project, "--host", "0.0.0.0", environment=TOKEN) as served:
            pass
        assert not any("warning" in line for line in served.lines)

    asyncio.run(test())


def test_each_caller_has_a_limit(project: Path) -> None:
    async def test() -> None:
        values = {**TOKEN, f"{PREFIX}_CALLER_RATE": "2/h"}
        async with (
            serving(project, environment=values) as served,
            aiohttp.ClientSession(headers=BEARER) as session,
        ):
            for status in (200, 200, 429):
                async with session.get(f"{served.rest}/boxes") as answer:
                    assert answer.status == status
            assert 0 < int(answer.headers["Retry-After"]) <= 1800
            async with session.get(f"{served.rest}/health/live") as answer:
                assert answer.status == 200
            for mode in ERAS:
                async with httpx2.AsyncClient(headers=BEARER) as http:
                    wire = streamable_http_client(served.mcp, http_client=http)
                    async with Client(wire, mode=mode) as client:
                        result = await client.call_tool("list-boxes", {})
                        assert result.is_error
                        assert "too_many_calls" in text(result)
                        assert "retry after" in text(result)
            assert await served.received() == 2
        command = stdio(project, environment=values)
        async with Client(stdio_client(command)) as client:
            done = [await client.call_tool("list-boxes", {}) for _ in range(3)]
            assert [result.is_error for result in done] == [False, False, True]

    asyncio.run(test())


def test_calls_are_noted_without_values(project: Path, tmp_path: Path) -> None:
    async def test() -> None:
        path = tmp_path / "audit"
        values = {**TOKEN, f"{PREFIX}_AUDIT_LOG": str(path), "VAULT_KEY": "m4rker-key"}
        mark, refused = "m4rker", list[str]()
        async with (
            serving(project, "--workers", "2", environment=values) as served,
            aiohttp.ClientSession(served.rest, headers=BEARER) as session,
        ):
            wrong = {"Authorization": f"Bearer {mark}", "X-Request-Id": mark}
            for method, target in (
                ("GET", f"/boxes/{mark}?{mark}={mark}"),
                ("PURGE", f"/{mark}"),
                ("POST", served.mcp),
            ):
                async with session.request(method, target, headers=wrong) as answer:
                    assert answer.status == 401
                    refused.append(answer.headers["X-Request-Id"])
            for method, target, body in (
                ("GET", f"/boxes/{mark}?{mark}={mark}", None),
                ("DELETE", f"/boxes/{mark}?acknowledged={mark}", None),
                ("POST", "/searches", {"word": mark}),
                ("POST", "/searches", {"word": mark, mark: mark}),
                ("POST", f"/forward/{mark}?{mark}={mark}", {mark: mark}),
                ("GET", f"/{mark}", None),
            ):
                headers = {f"X-{mark}": mark, "X-Request-Id": f"id-{method}"}
                request = session.request(method, target, json=body, headers=headers)
                async with request as answer:
                    assert answer.status in (200, 400, 404)
            for mode in ERAS:
                async with httpx2.AsyncClient(headers=BEARER) as http:
                    wire = streamable_http_client(served.mcp, http_client=http)
                    async with Client(wire, mode=mode) as client:
                        await client.call_tool("add-note", {"text": mark, mark: mark})
                        await client.call_tool("note-twice", {"text": mark})
                        await client.call_tool("find-boxes", {"word": mark})
                        await client.read_resource(f"vault://searches/{mark}")
        command = stdio(project, environment=values)
        async with Client(stdio_client(command)) as client:
            await client.call_tool("find-boxes", {"word": mark})
        written = path.read_text()
        assert mark not in written.lower()
        found = [json.loads(line) for line in written.splitlines()]
        shown = [
            (
                line.get("route") or line.get("tool") or line["resource"],
                line["arguments"],
                line.get("status") or line["outcome"],
            )
            for line in found
        ]
        tools = [
            ("add-note", ["text"], "error"),
            ("note-twice", ["text"], "error"),
            ("find-boxes", ["word"], "ok"),
            ("resources/read", [], "ok"),
        ]
        assert shown == [
            ("GET /boxes/{box}", [], 401),
            ("* /{path}", [], 401),
            ("POST /mcp", [], 401),
            ("GET /boxes/{box}", ["box"], 200),
            ("DELETE /boxes/{box}", ["acknowledged", "box"], 200),
            ("POST /searches", ["word"], 200),
            ("POST /searches", ["word"], 400),
            ("* /forward/{path}", ["path"], 200),
            *tools,
            *tools,
            ("find-boxes", ["word"], "ok"),
        ]
        ids = [line["request_id"] for line in found[:5]]
        assert ids == [*refused, "id-GET", "id-DELETE"]
        callers = [line.get("caller", "") for line in found]
        assert callers == [""] * 3 + ["bearer token"] * 13 + [""]

    asyncio.run(test())
