"""The MCP adapter over HTTP towards its clients: what it refuses, and how."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from mcp import Client, MCPError

from e2e.clients import ERAS, SandboxControl, by_hand, call, request, text, tool
from e2e.servers import LIMIT, MCP, Server, serve

TOOL = "kraken-get-open-orders"
ANYWHERE = {"KRAKEN_CAPABILITY_ALLOWED_HOSTS": "api.example, other.example:8443"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("--sandbox", environ=ANYWHERE, adapters=(MCP,)) as running:
        yield running


@pytest.fixture
def sandbox(server: Server) -> Iterator[SandboxControl]:
    """The sandbox; the test that uses it must not make it receive anything."""
    control = SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1])
    before = control.received
    yield control
    assert control.received == before


@pytest.mark.parametrize("mode", ERAS)
def test_a_tool_that_does_not_exist(
    server: Server, sandbox: SandboxControl, mode: str
) -> None:
    async def scene() -> None:
        async with Client(f"{server.mcp}/mcp", mode=mode) as client:
            with pytest.raises(MCPError) as caught:
                await call(client, "kraken-withdraw-everything", {})
        assert caught.value.code == -32602
        assert "kraken-withdraw-everything" in caught.value.message

    asyncio.run(asyncio.wait_for(scene(), LIMIT))


@pytest.mark.parametrize("mode", ERAS)
def test_a_bad_field_is_named(
    server: Server, sandbox: SandboxControl, mode: str
) -> None:
    body: object = {"userref": "seven", "other": 1}
    result = tool(server.mcp, TOOL, body, mode)
    assert result.is_error
    lines = text(result).split("\n")
    assert lines[0].startswith("invalid_input: /body/")
    assert {line.partition(": ")[0] for line in lines[1:]} == {
        "/body/userref",
        "/body/other",
    }
    result = tool(server.mcp, "kraken-query-orders-info", mode=mode)
    assert result.is_error
    assert text(result).startswith("invalid_input: /body ")


@pytest.mark.parametrize("version", ERAS.values())
def test_arguments_beside_the_body(
    server: Server, sandbox: SandboxControl, version: str
) -> None:
    options = by_hand(version, TOOL, {"trades": True})
    answer = request("POST", f"{server.mcp}/mcp", **options)
    assert answer.status == 200
    result = answer.document["result"]
    assert result["isError"]
    assert "/trades" in result["content"][0]["text"]


@pytest.mark.parametrize("place", ["/mcp", "/"])
@pytest.mark.parametrize("version", ERAS.values())
@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:9090"}, 421),
        ({"Host": "other.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
    ids=str,
)
def test_strangers(
    server: Server,
    sandbox: SandboxControl,
    place: str,
    version: str,
    header: dict[str, str],
    status: int,
) -> None:
    options = by_hand(version, TOOL, {})
    options["headers"] |= header
    assert request("POST", server.mcp + place, **options).status == status


@pytest.mark.parametrize("version", ERAS.values())
@pytest.mark.parametrize(
    "header",
    [
        {},
        {"Host": "api.example"},
        {"Host": "api.example:443", "Origin": "https://api.example:443"},
        {"Host": "other.example:8443", "Origin": "https://other.example:8443"},
        {"Origin": "http://localhost:{port}"},
    ],
    ids=str,
)
def test_those_who_are_let_in(
    server: Server, version: str, header: dict[str, str]
) -> None:
    port = server.mcp.rpartition(":")[2]
    options = by_hand(version, TOOL, {"body": {"trades": True}})
    options["headers"] |= {
        name: value.format(port=port) for name, value in header.items()
    }
    answer = request("POST", f"{server.mcp}/mcp", **options)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    result = answer.document["result"]
    assert not result.get("isError")
    assert result["structuredContent"]["error"] == []


def test_the_allowed_hosts_are_told_at_the_start(server: Server) -> None:
    told = server.program.wait_for(r"/mcp \(allowed hosts: (.*)\)")[1]
    assert {"api.example", "api.example:*", "other.example:8443"} <= set(
        told.split(", ")
    )


def test_other_paths_and_methods(server: Server, sandbox: SandboxControl) -> None:
    answer = request("POST", f"{server.mcp}/other")
    assert (answer.status, answer.code) == (404, "not_found")
    for method in ("GET", "DELETE"):
        answer = request(method, f"{server.mcp}/mcp")
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")
