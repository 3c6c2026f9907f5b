"""Runs one case of the contract against the package's own sandbox.

Everything runs in this process: the sandbox plays the upstream and checks the request
as the provider would, the package is started with the sandbox's settings, and one call
is made. A case passes when the sandbox got that one request, found it good, and its
answer came back, unchanged or mapped.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl

from aiohttp.test_utils import TestClient, TestServer


@dataclass(frozen=True, slots=True)
class Case:
    """One call and the upstream request that it must make.

    `name` is the command of an operation or the name of a tool; a route has `method`,
    `path` (as it is requested, with its query) and perhaps `headers` and `members`
    (of its JSON body) instead, and a name for the report. `arguments` are the inputs beside the body; `body` is what the
    caller sends as the body, and what the upstream must receive as one. `adapter` is
    the namespace that exposes a route or a tool. `upstream_path` is the path as the
    capability writes it, with placeholders. `answer` is what is made of the sandbox's
    answer; None means that it comes back unchanged.
    """

    name: str
    upstream_method: str
    upstream_path: str
    adapter: str = ""
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, object] = field(default_factory=dict)
    members: Mapping[str, object] | None = None
    body: Mapping[str, object] | None = None
    body_argument: str = "body"
    answer: object = None

    def named(self) -> dict[str, object]:
        """All inputs by name, the body among them."""
        body = {} if self.body is None else {self.body_argument: dict(self.body)}
        return {**self.arguments, **body}


Answer = tuple[int, bytes]


def case_name(case: Case) -> str:
    """The name of a case in pytest's report."""
    return case.name


def run_operation(package: str, case: Case) -> None:
    """Call an operation as the command line does."""

    async def call(parts: Any, context: Any) -> Answer:
        alone = case.body is not None and not case.arguments
        arguments = dict(case.body or {}) if alone else case.named()
        reply = await parts.commands[case.name](arguments, context)
        return reply.http_status, reply.body

    asyncio.run(_check(package, case, call))


def run_route(package: str, case: Case, caller: Any = None) -> None:
    """Request a route of the REST adapter over HTTP, as `caller` when it asks who calls."""

    async def call(parts: Any, context: Any) -> Answer:
        known = [await caller.middleware(context.settings)] if caller else []
        app = parts.rest_app(case.adapter, context, False)
        async with TestClient(TestServer(app)) as client:
            answer = await client.request(
                case.method,
                case.path,
                headers=case.headers,
                middlewares=known,
                json=case.body if case.members is None else case.members,
            )
            return answer.status, await answer.read()

    asyncio.run(_check(package, case, call))


def run_tool(package: str, case: Case) -> None:
    """Call a tool of the MCP adapter with the SDK's client."""
    # Imported here, because a package without MCP adapter does not depend on it.
    from mcp import Client

    async def call(parts: Any, context: Any) -> Answer:
        server = parts.mcp_server(case.adapter, context)
        async with Client(server) as client:
            result = await client.call_tool(case.name, case.named())
        assert result.content, "the tool answered without content"
        text = getattr(result.content[0], "text", "")
        assert not result.is_error, text
        if result.structured_content is not None:
            document = json.loads(text)
            assert result.structured_content == document, "two different answers"
        return 200, text.encode()

    asyncio.run(_check(package, case, call))


@contextlib.asynccontextmanager
async def _running(package: str) -> AsyncIterator[tuple[Any, Any, Any]]:
    """The package's parts, a context for calls, and the sandbox that it talks to."""
    parts = import_module(f"{package}.__main__").PACKAGE
    options = import_module(f"{package}.sandbox").SandboxOptions()
    async with parts.sandbox(options) as sandbox:
        context = parts.connect(parts.load_settings(sandbox.environment))
        try:
            yield parts, context, sandbox
        finally:
            await parts.close(context)


async def _check(
    package: str, case: Case, call: Callable[[Any, Any], Awaitable[Answer]]
) -> None:
    async with _running(package) as (parts, context, sandbox):
        status, body = await call(parts, context)
    shown = [
        (record.method, record.operation, record.error) for record in sandbox.records
    ]
    wanted = [(case.upstream_method, case.upstream_path, None)]
    assert shown == wanted, f"upstream requests: {shown}, wanted: {wanted}"
    assert status == 200, f"status {status}: {body!r}"
    expected = case.answer
    if expected is None:
        expected = sandbox.expected(case.upstream_method, case.upstream_path)
    assert json.loads(body) == expected, f"{body!r} is not {expected}"
    _check_sent(case.body or {}, sandbox.records[0])


def _check_sent(expected: Mapping[str, object], record: Any) -> None:
    if not expected:
        return
    if record.content_type == "application/x-www-form-urlencoded":
        members: Mapping[str, object] = dict(parse_qsl(record.body.decode()))
        expected = {name: _form_text(value) for name, value in expected.items()}
    else:
        members = json.loads(record.body)
    sent = {name: members.get(name) for name in expected}
    assert sent == expected, f"sent {sent}, wanted {expected}"


def _form_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
