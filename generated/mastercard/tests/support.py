"""Runs one case of the contract against the package's own sandbox.

Everything runs in this process: the sandbox plays the upstream (one sandbox for each of
several) and checks the request as the provider would, the package is started with the
sandbox's settings, and one call is made. A case passes when the sandbox got that one
request, found it good, and its answer came back, unchanged or mapped.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
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
    answer; None means that it comes back unchanged, or is converted to JSON unless `raw`.
    `others` are the upstream requests that follow the first one, by method and path. Of
    several upstreams, `upstream` is the namespace of the one that is asked first, and each
    of the others has its own behind its path.
    """

    name: str
    upstream_method: str
    upstream_path: str
    adapter: str = ""
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, object] = field(default_factory=dict)
    members: object = None
    body: Mapping[str, object] | None = None
    body_argument: str = "body"
    answer: object = None
    raw: bool = False
    others: Sequence[tuple[str, ...]] = ()
    upstream: str = ""

    def named(self) -> dict[str, object]:
        """All inputs by name, the body among them."""
        body = {} if self.body is None else {self.body_argument: dict(self.body)}
        return {**self.arguments, **body}


@dataclass(frozen=True, slots=True)
class PromptCase:
    """A prompt of the namespace `adapter`, arguments for it, and the (role, text) that it gives."""

    adapter: str
    name: str
    arguments: Mapping[str, str]
    messages: list[tuple[str, str]]


Answer = tuple[int, bytes]


def case_name(case: Case | PromptCase) -> str:
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


def run_forward(package: str, case: Case, caller: Any = None) -> None:
    """Request what is passed on: `upstream_path` is the very path that arrives."""

    async def check() -> None:
        async with _running(package) as (parts, context, sandbox):
            known = [await caller.middleware(context.settings)] if caller else []
            app = parts.rest_app(case.adapter, context, False)
            async with TestClient(TestServer(app)) as client:
                url, method = case.path, case.method
                answer = await client.request(method, url, middlewares=known)
                body = await answer.read()
            [(upstream, record)] = _records(sandbox)
            assert upstream == case.upstream, f"{upstream} was asked"
            path = record.target.partition("?")[0]
            shown = (record.method, path, record.error)
            wanted = (case.upstream_method, case.upstream_path, None)
            assert shown == wanted, f"upstream request: {shown}, wanted: {wanted}"
            assert answer.status == 200, f"status {answer.status}: {body!r}"
            if answer.content_type == "application/json":
                played = upstreams_of(sandbox)[upstream]
                expected = played.expected(record.method, record.operation)
                assert json.loads(body) == expected

    asyncio.run(check())


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
        answer = _bytes(result.content)
        return 200 if answer else 204, answer

    asyncio.run(_check(package, case, call))


def _bytes(content: Sequence[Any]) -> bytes:
    """What the blocks of a tool's result hold; the last one is the answer."""
    block = content[-1]
    held = getattr(block, "data", None) or getattr(
        getattr(block, "resource", None), "blob", None
    )
    if held is not None:
        return b64decode(held)
    # Text cannot hold any bytes: then it says so, and a second one has them in base64.
    text: str = block.text
    return b64decode(text) if len(content) > 1 else text.encode()


def run_resource(package: str, case: Case) -> None:
    """Read a resource of the MCP adapter with the SDK's client."""
    from mcp import Client

    async def call(parts: Any, context: Any) -> Answer:
        server = parts.mcp_server(case.adapter, context)
        async with Client(server) as client:
            return 200, await _read(client, case.path)

    asyncio.run(_check(package, case, call))


def run_files(package: str) -> None:
    """Read every published file with the SDK's client."""
    from mcp import Client

    module = import_module(f"{package}.mcp_resources")
    folder = Path(str(module.__file__)).parent / "resources"

    async def read() -> None:
        async with _running(package) as (parts, context, _):
            for adapter, files in module.FILES.items():
                async with Client(parts.mcp_server(adapter, context)) as client:
                    listed = {r.uri for r in (await client.list_resources()).resources}
                    for uri, path in files.items():
                        assert uri in listed, f"{uri} is not listed"
                        body = await _read(client, uri)
                        assert body == (folder / path).read_bytes(), uri

    asyncio.run(read())


def run_prompt(package: str, case: PromptCase) -> None:
    """Get a prompt with the SDK's client."""
    from mcp import Client

    async def get() -> list[tuple[str, str]]:
        async with _running(package) as (parts, context, _):
            client = Client(parts.mcp_server(case.adapter, context))
            async with client:
                result = await client.get_prompt(case.name, dict(case.arguments))
        return [(m.role, getattr(m.content, "text", "")) for m in result.messages]

    assert asyncio.run(get()) == case.messages


async def _read(client: Any, uri: str) -> bytes:
    """The content of a resource."""
    (content,) = (await client.read_resource(uri)).contents
    assert content.uri == uri
    blob = getattr(content, "blob", None)
    return content.text.encode() if blob is None else base64.b64decode(blob)


def upstreams_of(sandbox: Any) -> Mapping[str, Any]:
    """What plays each upstream, by namespace; the name of a single one is empty."""
    found: Mapping[str, Any] = getattr(sandbox, "upstreams", {"": sandbox})
    return found


def _records(sandbox: Any) -> list[tuple[str, Any]]:
    """Every request that an upstream got, with the name of that upstream."""
    return [
        (name, record)
        for name, played in upstreams_of(sandbox).items()
        for record in played.records
    ]


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
        (name, record.method, record.operation, record.error)
        for name, record in _records(sandbox)
    ]
    first = (case.upstream_method, case.upstream_path, case.upstream)
    called = [first, *case.others] if case.upstream_method else []
    wanted = [("".join(name), method, path, None) for method, path, *name in called]
    # Requests that do not depend on one another are made at the same time.
    assert sorted(shown, key=str) == sorted(
        wanted, key=str
    ), f"upstream requests: {shown}, wanted: {wanted}"
    if not called and case.answer is None:
        assert (status, body) == (204, b""), f"status {status}: {body!r}"
        return
    assert status == 200, f"status {status}: {body!r}"
    played = upstreams_of(sandbox).get(case.upstream)
    request = (case.upstream_method, case.upstream_path)
    if case.raw:
        assert played is not None, f"there is no upstream {case.upstream}"
        assert body == played.raw(*request), f"{body!r} is not what the upstream sent"
    else:
        expected = case.answer
        if expected is None and played is not None:
            expected = played.expected(*request)
        assert json.loads(body) == expected, f"{body!r} is not {expected}"
    if called and played is not None:
        _check_sent(case.body or {}, played.records[0])


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
