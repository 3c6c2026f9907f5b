"""Call every route and tool of an emitted package, and compare what its upstream sees."""

from __future__ import annotations

import email.message
import email.policy
import importlib
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from mcp import Client
from yarl import URL

from naftiko_gen import ir

from .callers import ABSENT, Unit, Wanted
from .reading import Reading


@dataclass(frozen=True)
class Seen:
    """One request as the upstream got it."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


_ANSWERS = {"xml": ("<good/>", "application/xml")}


@contextmanager
def imported(package: str, folder: Path) -> Iterator[Any]:
    """The parts of a package that stands in ``folder``."""
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(f"{package}.__main__").PACKAGE
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.split(".")[0] == package]:
            del sys.modules[module]


async def faults(
    capability: ir.Capability,
    folder: Path,
    data: Any,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> list[tuple[Unit, str]]:
    """What is wrong with the requests that the calls of all routes and tools make.

    Each is called with all that it takes, and with no more than it needs. The
    ``environment`` has what signatures are made with; then credentials are not looked at.
    """
    seen: list[Seen] = []
    format = "json"

    async def answer(request: web.BaseRequest) -> web.Response:
        body = await request.read()
        seen.append(Seen(request.method, request.raw_path, request.headers, body))
        text, kind = _ANSWERS.get(format, ('{"good": true}', "application/json"))
        return web.Response(text=text, content_type=kind)

    found: list[tuple[Unit, str]] = []
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    units = [
        unit
        for everything in (True, False)
        for unit in Reading(data, credentials=not environment).units(
            everything=everything
        )
    ]
    with imported(capability.package, folder) as parts:
        async with TestServer(app, host="127.0.0.1") as server:
            address = str(server.make_url("")).rstrip("/")
            values = {
                **Reading(data).environment,
                **environment,
                **{f"{u.variable}_BASE_URI": address for u in capability.upstreams},
            }
            context = parts.connect(parts.load_settings(values))
            try:
                for adapter in capability.adapters:
                    async with _caller(parts, adapter, context) as call:
                        for unit in units:
                            if unit.adapter == adapter.namespace:
                                seen.clear()
                                format = unit.answers
                                said = await call(unit)
                                found += [(unit, f) for f in _faults(unit, seen, said)]
            finally:
                await parts.close(context)
    return found


@asynccontextmanager
async def _caller(
    parts: Any, adapter: ir.Adapter, context: Any
) -> AsyncIterator[Callable[[Unit], Awaitable[str]]]:
    """What calls a unit of the adapter; it gives the status and the text of the answer."""
    if isinstance(adapter, ir.McpAdapter):
        async with Client(parts.mcp_server(adapter.namespace, context)) as agent:

            async def call(unit: Unit) -> str:
                result = await agent.call_tool(unit.name, unit.arguments)
                text = "".join(getattr(part, "text", "") for part in result.content)
                return f"{400 if result.is_error else 200} {text[:500]}"

            yield call
        return
    app = parts.rest_app(adapter.namespace, context, False)
    async with TestClient(TestServer(app)) as client:

        async def request(unit: Unit) -> str:
            method = unit.name.partition(" ")[0]
            address = URL(unit.path, encoded=True)
            if unit.query:
                address = address.with_query(unit.query)
            body = {} if unit.body is ABSENT else {"json": unit.body}
            answer = await client.request(method, address, headers=unit.headers, **body)
            return f"{answer.status} {(await answer.text())[:500]}"

        yield request


def _faults(unit: Unit, seen: list[Seen], said: str) -> Iterator[str]:
    if len(seen) != 1:
        yield f"{len(seen)} requests: {said}"
        return
    yield from differences(unit.wanted, seen[0])
    if not said.startswith("200"):
        yield f"answered {said}"


def differences(wanted: Wanted, seen: Seen) -> Iterator[str]:
    """How a request differs from the one that was to be made."""
    path, _, query = seen.target.partition("?")
    if seen.method != wanted.method:
        yield f"method: {seen.method}, not {wanted.method}"
    if [unquote(part) for part in path.split("/")] != wanted.path:
        yield f"path: {path}, not {wanted.path}"
    pairs = parse_qsl(query, keep_blank_values=True)
    if sorted(pairs) != sorted(wanted.query):
        yield f"query: {sorted(pairs)}, not {sorted(wanted.query)}"
    for name, value in wanted.headers.items():
        if seen.headers.get(name) != value:
            yield f"header {name}: {seen.headers.get(name)}, not {value}"
    if wanted.body is ABSENT:
        if seen.body:
            yield f"body: {seen.body!r}, not none"
    elif _body(seen) != wanted.body:
        yield f"body: {_body(seen)!r}, not {wanted.body!r}"


def _body(seen: Seen) -> Any:
    kind = seen.headers.get("Content-Type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(seen.body.decode(), keep_blank_values=True))
    if kind.startswith("multipart/form-data"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        form = email.message_from_bytes(head + seen.body, policy=email.policy.HTTP)
        return {
            name: _content(part)
            for part in form.walk()
            if (name := part.get_param("name", header="Content-Disposition"))
        }
    try:
        return json.loads(seen.body)
    except ValueError:
        return seen.body.decode("utf-8", "replace")


def _content(part: email.message.Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()
