"""The call that is measured, over REST and over MCP, and proof that it was signed.

getOpenOrders with two flat fields (35 bytes), answered by a fixed envelope of 1 KiB.
"""

import http.client
import importlib
import json
import urllib.parse
from typing import Any

from benchmarks.environment import CREDENTIALS
from benchmarks.load import Post
from benchmarks.processes import Server
from benchmarks.upstream import envelope

UPSTREAM_PATH = "/0/private/OpenOrders"
TOOL = "kraken-get-open-orders"
FIELDS = {"trades": True, "userref": 12345678}
JSON_HEADERS = {"Content-Type": "application/json"}

REST_POST = Post("/v1/0/private/openorders", json.dumps(FIELDS), JSON_HEADERS)
# The upstream called without a server between, for its round-trip time.
UPSTREAM_POST = Post(UPSTREAM_PATH, "nonce=1&trades=true&userref=12345678", {})

_MCP_HEADERS = {**JSON_HEADERS, "Accept": "application/json, text/event-stream"}
_META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "benchmark", "version": "1"},
}


def message(method: str, params: dict[str, Any]) -> str:
    """A JSON-RPC request."""
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})


def _mcp_posts() -> dict[str, Post]:
    call = {"name": TOOL, "arguments": {"body": FIELDS}}
    old = {**_MCP_HEADERS, "MCP-Protocol-Version": "2025-11-25"}
    new = {
        **_MCP_HEADERS,
        "MCP-Protocol-Version": "2026-07-28",
        "Mcp-Method": "tools/call",
        "Mcp-Name": TOOL,
    }
    return {
        "2026-07-28": Post(
            "/mcp", message("tools/call", {**call, "_meta": _META}), new
        ),
        "2025-11-25": Post("/mcp", message("tools/call", call), old),
    }


MCP_POSTS = _mcp_posts()

# The first message of a stdio client in each era.
STDIO_FIRST = {
    "2026-07-28": message("server/discover", {"_meta": _META}),
    "2025-11-25": message(
        "initialize",
        {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "benchmark", "version": "1"},
        },
    ),
}


def exchange(server: Server, method: str, path: str, post: Post | None = None) -> bytes:
    """One request on a connection of its own; RuntimeError unless it is answered 200."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        body = post.body if post else None
        connection.request(method, path, body, dict(post.headers) if post else {})
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{server.name}: {answer.status} {content[:300]!r}")
    return content


def check_rest(server: Server, upstream: Server) -> None:
    """One call: the upstream's bytes come back, and the call was signed."""
    content = exchange(server, "POST", REST_POST.path, REST_POST)
    if json.loads(content) != json.loads(envelope()):
        raise RuntimeError(
            f"{server.name}: not the upstream's answer {content[:300]!r}"
        )
    check_signature(server.name, upstream)


def check_tool(server: Server, upstream: Server, era: str) -> None:
    """One tool call: the envelope comes back as structured content, and was signed."""
    post = MCP_POSTS[era]
    content = exchange(server, "POST", post.path, post)
    result = json.loads(content)["result"]
    if result.get("structuredContent") != json.loads(envelope()):
        raise RuntimeError(f"{server.name}: not the envelope: {content[:300]!r}")
    check_signature(server.name, upstream)


def check_signature(name: str, upstream: Server) -> None:
    """Sign the upstream's last request again with krakenex and compare."""
    last = json.loads(exchange(upstream, "GET", "/last"))
    head, body = last.split("\r\n\r\n", 1)
    first, *lines = head.split("\r\n")
    headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
    fields = dict(urllib.parse.parse_qsl(body))
    oracle = importlib.import_module("krakenex").API(
        key=CREDENTIALS["KRAKEN_API_KEY"], secret=CREDENTIALS["KRAKEN_API_SECRET"]
    )
    sent = {name: value for name, value in fields.items() if name != "nonce"}
    if sent != {"trades": "true", "userref": "12345678"}:
        raise RuntimeError(f"{name}: the upstream got {body!r}")
    if headers["api-sign"] != oracle._sign(fields, first.split(" ")[1]):
        raise RuntimeError(f"{name}: the signature is wrong")
