"""Real clients: aiohttp for REST, the official SDK for MCP, and MCP written by hand."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from mcp import Client
from mcp_types import CallToolResult, TextContent

from e2e.servers import LIMIT

# The modes of the official client, and the revision that each one ends up with.
ERAS = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28"}
TIMEOUT = ClientTimeout(total=LIMIT)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer that was read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error document."""
        code: str = self.document["error"]["code"]
        return code

    @property
    def retry_after(self) -> int:
        return int(self.headers["Retry-After"])


async def send(session: ClientSession, method: str, url: str, **options: Any) -> Answer:
    async with session.request(method, url, **options) as response:
        return Answer(response.status, response.headers, await response.read())


def request(method: str, url: str, **options: Any) -> Answer:
    """Make one request on a connection of its own; options as aiohttp has them."""

    async def once() -> Answer:
        async with ClientSession(timeout=TIMEOUT) as session:
            return await send(session, method, url, **options)

    return asyncio.run(once())


def post(url: str, body: object = None) -> Answer:
    """POST a JSON value; None for no body at all."""
    return request("POST", url) if body is None else request("POST", url, json=body)


async def call(client: Client, name: str, body: object = None) -> CallToolResult:
    """Call a tool with `body`; None for no arguments at all."""
    result = await client.call_tool(name, None if body is None else {"body": body})
    assert isinstance(result, CallToolResult)
    return result


def tool(url: str, name: str, body: object = None, mode: str = "auto") -> Any:
    """Call one tool over HTTP and give the result."""

    async def once() -> CallToolResult:
        async with Client(f"{url}/mcp", mode=mode) as client:
            return await asyncio.wait_for(call(client, name, body), LIMIT)

    return asyncio.run(once())


def text(result: CallToolResult) -> str:
    """The one text that a result consists of."""
    (part,) = result.content
    assert isinstance(part, TextContent)
    return part.text


def by_hand(version: str, name: str, arguments: Mapping[str, object]) -> dict[str, Any]:
    """The options of a POST that calls a tool, as either revision writes it."""
    params: dict[str, object] = {"name": name, "arguments": arguments}
    headers = {
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": version,
    }
    if version == ERAS["2026-07-28"]:
        prefix = "io.modelcontextprotocol"
        params["_meta"] = {
            f"{prefix}/protocolVersion": version,
            f"{prefix}/clientCapabilities": {},
        }
        headers |= {"Mcp-Method": "tools/call", "Mcp-Name": name}
    document = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    return {"json": document, "headers": headers}


class SandboxControl:
    """The control endpoint of the package's own sandbox."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_sandbox"

    def inject(self, *errors: object) -> None:
        """Play these faults, in order, instead of the next answers."""
        self._post({"errors": errors})

    def state(self) -> dict[str, Any]:
        with urllib.request.urlopen(self._url, timeout=LIMIT) as response:
            state: dict[str, Any] = json.load(response)
        return state

    @property
    def received(self) -> int:
        """How many requests came; a refused one would be a defect of the signer."""
        state = self.state()
        assert state["rejected"] == 0, state
        received: int = state["accepted"]
        return received

    def _post(self, document: object) -> None:
        data = json.dumps(document).encode()
        urllib.request.urlopen(self._url, data, timeout=LIMIT).close()
