"""Calls of emitted packages, and the requests that an upstream gets from them."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import CIMultiDictProxy

from emitted import built
from naftiko_gen.pipeline import Package


@dataclass(frozen=True)
class Seen:
    """One request as the upstream got it."""

    method: str
    target: str
    headers: CIMultiDictProxy[str]
    body: bytes


@dataclass(frozen=True)
class Outcome:
    """What the caller got, and the requests that were made for it."""

    status: int
    text: str
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Emitted:
    """The package of a golden case, imported."""

    parts: Any
    base_uri_variable: str

    def load(self, environment: Mapping[str, str]) -> Any:
        """Its settings."""
        return self.parts.load_settings(environment)

    def call(self, environment: Mapping[str, str], make: Any) -> Outcome:
        """The outcome of ``make(parts, context)``, which gives a status and a text."""
        return asyncio.run(self._call(environment, make))

    async def _call(self, environment: Mapping[str, str], make: Any) -> Outcome:
        seen: list[Seen] = []

        async def answer(request: web.BaseRequest) -> web.Response:
            body = await request.read()
            seen.append(Seen(request.method, request.raw_path, request.headers, body))
            return web.json_response({"good": True})

        server = TestServer(web.Application(), host="127.0.0.1")
        server.app.router.add_route("*", "/{path:.*}", answer)
        async with server:
            address = str(server.make_url("")).rstrip("/")
            values = {**environment, self.base_uri_variable: address}
            context = self.parts.connect(self.parts.load_settings(values))
            try:
                status, text = await make(self.parts, context)
            finally:
                await self.parts.close(context)
        return Outcome(status, text, tuple(seen))

    def route(
        self,
        adapter: str,
        method: str,
        path: str,
        environment: Mapping[str, str],
        **options: Any,
    ) -> Outcome:
        """One request to a REST adapter."""

        async def make(parts: Any, context: Any) -> tuple[int, str]:
            app = parts.rest_app(adapter, context, False)
            async with TestClient(TestServer(app)) as client:
                answer = await client.request(method, path, **options)
                return answer.status, await answer.text()

        return self.call(environment, make)

    def tool(
        self,
        adapter: str,
        name: str,
        arguments: Mapping[str, object],
        environment: Mapping[str, str],
    ) -> Outcome:
        """One call of an MCP tool; the status is 200, or 400 for an error."""
        from mcp import Client

        async def make(parts: Any, context: Any) -> tuple[int, str]:
            async with Client(parts.mcp_server(adapter, context)) as client:
                result = await client.call_tool(name, dict(arguments))
            text = getattr(result.content[0], "text", "")
            return 400 if result.is_error else 200, text

        return self.call(environment, make)


@contextmanager
def imported(case: str, folder: Path) -> Iterator[Emitted]:
    """The package of the golden ``case``, written to ``folder``."""
    with loaded(built(case), folder) as package:
        yield package


@contextmanager
def loaded(package: Package, folder: Path) -> Iterator[Emitted]:
    """A package, written to ``folder``."""
    for path, content in package.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    name = package.capability.package
    sys.path.insert(0, str(folder))
    try:
        parts = importlib.import_module(f"{name}.__main__").PACKAGE
        upstreams = package.capability.upstreams
        variable = f"{upstreams[0].variable}_BASE_URI" if upstreams else "NO_BASE_URI"
        yield Emitted(parts, variable)
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.split(".")[0] == name]:
            del sys.modules[module]
