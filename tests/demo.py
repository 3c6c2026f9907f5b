"""Serve the generated Kraken package against its sandbox; make one REST call and one MCP call."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
from mcp import Client

PACKAGE = Path(__file__).resolve().parent.parent / "generated" / "kraken"
REST, MCP = "spot-rest-account-data-rest", "spot-rest-account-data-mcp"


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on right now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [opened.getsockname()[1] for opened in sockets]
    for opened in sockets:
        opened.close()
    return ports


async def ready(session: aiohttp.ClientSession, url: str) -> None:
    """Return as soon as `url` answers 200."""
    async with asyncio.timeout(20):
        while True:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


async def calls(rest: int, mcp: int) -> None:
    """Make and print both calls."""
    async with aiohttp.ClientSession() as session:
        await ready(session, f"http://127.0.0.1:{rest}/health/ready")
        url = f"http://127.0.0.1:{rest}/v1/0/private/balance"
        print(f"\n$ curl -X POST {url}")
        async with session.post(url) as response:
            print(response.status, await response.text())
        await ready(session, f"http://127.0.0.1:{mcp}/health/ready")
    arguments = {"body": {"trades": True}}
    print(f"\nMCP tools/call kraken-get-open-orders {json.dumps(arguments)}")
    async with Client(f"http://127.0.0.1:{mcp}/mcp") as client:
        result = await client.call_tool("kraken-get-open-orders", arguments)
    print("isError:", result.is_error)
    print(json.dumps(result.structured_content, indent=2))


async def main() -> int:
    """Start the server, make the calls, stop it; the server's exit code."""
    rest, mcp = free_ports(2)
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "kraken_capability", "serve", "--sandbox"),
        *("--port", f"{REST}={rest}", "--port", f"{MCP}={mcp}"),
        cwd=PACKAGE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        await calls(rest, mcp)
    finally:
        if server.returncode is None:
            server.send_signal(signal.SIGTERM)
        code = await server.wait()
    return code


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
