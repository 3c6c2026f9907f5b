"""FastMCP with the same twelve tools, stateless, JSON answers, on its own uvicorn.

Its upstream client is aiohttp as in the generated server, which is the fastest choice
here; `PEER_CLIENT=httpx2` takes the client that FastMCP itself depends on (slower under
load, less memory). `PEER_TRANSPORT=stdio` serves stdin and stdout instead.
"""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastmcp import FastMCP  # type: ignore[import-not-found,unused-ignore]

from benchmarks.peers.kraken import OPERATIONS, Operation, encode, settings, sign

CONFIG = settings()
Send = Callable[[str, str, dict[str, str]], Awaitable[bytes]]
Tool = Callable[..., Awaitable[dict[str, Any]]]


def aiohttp_sender() -> Send:
    """POST by a pooled aiohttp session; must be called inside the running loop."""
    import aiohttp

    session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def send(url: str, body: str, headers: dict[str, str]) -> bytes:
        async with session.post(url, data=body.encode(), headers=headers) as answer:
            return await answer.read()

    return send


def httpx2_sender() -> Send:
    """POST by a pooled httpx2 client."""
    import httpx2  # type: ignore[import-not-found,unused-ignore]

    client = httpx2.AsyncClient()

    async def send(url: str, body: str, headers: dict[str, str]) -> bytes:
        answer = await client.post(url, content=body.encode(), headers=headers)
        return bytes(answer.content)

    return send


def make_tool(operation: Operation, senders: list[Send]) -> Tool:
    """The function behind one tool."""

    async def call(body: dict[str, Any] | None = None) -> dict[str, Any]:
        nonce = str(time.time_ns())
        form = encode(body or {}, nonce)
        headers = {
            "API-Key": CONFIG.key,
            "API-Sign": sign(operation.path, nonce, form, CONFIG.secret),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        answer = await senders[0](CONFIG.upstream + operation.path, form, headers)
        result: dict[str, Any] = json.loads(answer)
        return result

    return call


async def main() -> None:
    """Serve until the process is ended."""
    server = FastMCP("kraken", version="1.0.0")
    client = os.environ.get("PEER_CLIENT", "aiohttp")
    senders = [httpx2_sender() if client == "httpx2" else aiohttp_sender()]
    for operation in OPERATIONS:
        server.tool(
            make_tool(operation, senders),
            name=operation.tool,
            description=operation.description,
        )
    if os.environ.get("PEER_TRANSPORT") == "stdio":
        await server.run_stdio_async(show_banner=False)
    else:
        await server.run_http_async(
            show_banner=False,
            host="127.0.0.1",
            port=CONFIG.port,
            path="/mcp",
            log_level="warning",
            json_response=True,
            stateless_http=True,
            uvicorn_config={"access_log": False},
        )


if __name__ == "__main__":
    try:
        # The loop that uvicorn itself would choose when it is installed.
        import uvloop
    except ImportError:
        asyncio.run(main())
    else:
        uvloop.run(main())
