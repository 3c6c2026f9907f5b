"""Resources and prompts of an emitted package, read by the official client in both eras."""

from __future__ import annotations

import asyncio
import base64
import importlib
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from mcp import Client, MCPError, StdioServerParameters
from mcp_types import (
    BlobResourceContents,
    PaginatedRequestParams,
    TextContent,
    TextResourceContents,
)

from emitted import built, spec_of
from naftiko_gen import pipeline
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report, render_text
from requests_seen import Emitted, imported, loaded

CASE = "mcp-resources"
PACKAGE = "mcp_resources_capability"
WAYS = [
    ("http", "legacy"),
    ("http", "2026-07-28"),
    ("stdio", "legacy"),
    ("stdio", "2026-07-28"),
]
LINE = {"item": {"sku": "a-1", "secret": "x"}, "count": 3}


@dataclass
class Shop:
    """An upstream that answers what a test wants, and remembers what was asked."""

    status: int = 200
    body: bytes = b'{"total": "\xc3\xbc"}'
    content_type: str = "application/json"
    targets: list[str] = field(default_factory=list)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        self.targets.append(request.raw_path)
        headers = {"Content-Type": self.content_type}
        return web.Response(status=self.status, body=self.body, headers=headers)


Scene = Callable[[Client, Shop], Awaitable[None]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resources")


@pytest.fixture(scope="module")
def shop(folder: Path) -> Iterator[Emitted]:
    with imported(CASE, folder) as package:
        yield package


@asynccontextmanager
async def over_http(parts: Any, address: str, mode: str) -> AsyncIterator[Client]:
    context = parts.connect(parts.load_settings({"SHOP_BASE_URI": address}))
    support = importlib.import_module(f"{PACKAGE}.mcp_support")
    asgi = importlib.import_module(f"{PACKAGE}.asgi")
    manager = support.http_manager(
        parts.mcp_server("shop-mcp", context),
        allowed_hosts=("127.0.0.1:*",),
        allowed_origins=(),
        body_limit=100_000,
    )
    async with TestServer(asgi.mcp_app(manager, obstacle=context.obstacle)) as server:
        path = "/mcp" if mode == "legacy" else "/"
        async with Client(str(server.make_url(path)), mode=mode) as client:
            yield client
    await parts.close(context)


@asynccontextmanager
async def over_stdio(folder: Path, address: str, mode: str) -> AsyncIterator[Client]:
    program = StdioServerParameters(
        command=sys.executable,
        args=["-m", PACKAGE, "stdio"],
        env={"PYTHONPATH": str(folder), "SHOP_BASE_URI": address},
        cwd=str(folder),
    )
    async with Client(program, mode=mode) as client:
        yield client


def play(
    scene: Scene, shop: Emitted, folder: Path, way: tuple[str, str] = WAYS[1]
) -> Shop:
    """Let ``scene`` use the server, and give the upstream back."""
    upstream = Shop()
    transport, mode = way

    async def go() -> None:
        server = TestServer(web.Application(), host="127.0.0.1")
        server.app.router.add_route("*", "/{path:.*}", upstream.answer)
        async with server:
            address = str(server.make_url("")).rstrip("/")
            client = (
                over_http(shop.parts, address, mode)
                if transport == "http"
                else over_stdio(folder, address, mode)
            )
            async with client as connected:
                await asyncio.wait_for(scene(connected, upstream), 30)

    asyncio.run(go())
    return upstream


async def text(client: Client, uri: str) -> tuple[str, str | None]:
    """The text of a resource and its media type."""
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents), content
    assert content.uri == uri
    return content.text, content.mime_type


async def refused(client: Client, uri: str) -> tuple[int, str]:
    """The code and the message of the error that reading ``uri`` gives."""
    with pytest.raises(MCPError) as caught:
        await client.read_resource(uri)
    return caught.value.code, caught.value.message


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_everything_is_listed_and_read(
    shop: Emitted, folder: Path, way: tuple[str, str]
) -> None:
    async def scene(client: Client, upstream: Shop) -> None:
        listed = (await client.list_resources()).resources
        assert [item.uri for item in listed] == [
            "shop://totals",
            "docs://guides/start.md",
            "docs://guides/units/weights.json",
            "docs://letter",
        ]
        assert [item.mime_type for item in listed] == [
            None,
            "text/markdown",
            "application/json",
            "text/plain",
        ]
        templates = (await client.list_resource_templates()).resource_templates
        assert [item.uri_template for item in templates] == [
            "shop://orders/{order}/lines/{line_number}.json",
            "shop://labels/{number}",
            "shop://orders/{order}/summary",
        ]
        assert await text(client, "shop://totals") == (
            '{"total": "ü"}',
            "application/json",
        )
        upstream.body = b'{"item": {"sku": "a-1", "secret": "x"}, "count": 3}'
        uri = "shop://orders/7%2F%20%C3%BC/lines/2.json"
        assert await text(client, uri) == (
            '{"sku":"a-1","count":3}',
            "application/vnd.shop+json; charset=utf-8",
        )
        upstream.body = b'{"item": {"sku": "a-1"}, "total": 5}'
        assert await text(client, "shop://orders/8/summary") == (
            '{"order":{"first":{"sku":"a-1"}},"total":5}',
            "application/json",
        )
        upstream.body, upstream.content_type = b"\x89PNG\xff", "image/png"
        (content,) = (await client.read_resource("shop://labels/5")).contents
        assert isinstance(content, BlobResourceContents)
        assert base64.b64decode(content.blob) == b"\x89PNG\xff"
        assert content.mime_type == "image/png"
        files = spec_of(CASE).parent
        assert (await text(client, "docs://guides/start.md"))[0] == (
            files / "guides" / "start.md"
        ).read_text("utf-8")
        assert await text(client, "docs://letter") == (
            (files / "letter.txt").read_text("utf-8"),
            "text/plain",
        )
        names = [prompt.name for prompt in (await client.list_prompts()).prompts]
        assert names == ["explain-order", "letter"]
        found = await client.get_prompt("explain-order", {"order": "{{tone}}"})
        said = [
            (m.role, m.content.text)
            for m in found.messages
            if isinstance(m.content, TextContent)
        ]
        assert said == [
            ("user", "Explain order {{tone}} in a {{tone}} tone."),
            ("assistant", "Which part of it?"),
            ("user", "{{tone}}"),
        ]
        not_found = -32002 if way[1] == "legacy" else -32602
        assert (await refused(client, "shop://nothing"))[0] == not_found

    upstream = play(scene, shop, folder, way)
    one, two, *both, last = upstream.targets
    assert (one, two) == (
        "/totals",
        "/orders/7%2F%20%C3%BC/lines/2?locale=en&tag=line-2",
    )
    assert sorted(both) == ["/orders/8/lines/1", "/totals"]
    assert last == "/labels/5"


def test_what_cannot_be_read(shop: Emitted, folder: Path) -> None:
    async def scene(client: Client, upstream: Shop) -> None:
        for uri in ("docs://guides", "docs://guides/", "docs://guides/units"):
            code, message = await refused(client, uri)
            assert (code, "directory" in message) == (-32602, True), uri
        for uri in (
            "docs://guides/../__init__.py",
            "docs://guides/units/../../../settings.py",
            "docs://guides/%2e%2e/__init__.py",
            "docs://guides/..%2f..%2fsettings.py",
            "docs://guides//etc/passwd",
            "docs://guides/start.md\0.json",
            "docs://guides/start.md%00",
            "docs://guides/./start.md",
            "docs://guides/start.md?x",
            "docs://guides\\start.md",
            "docs://GUIDES/start.md",
            "docs://letter/letter.txt",
            "file:///etc/passwd",
            "/etc/passwd",
            "shop://orders/1/lines/.json",
            "shop://orders//lines/2.json",
            "shop://orders/1/lines/2",
            "shop://labels/%ff",
            "shop://labels/" + "9" * 5000,
            "",
        ):
            assert (await refused(client, uri))[0] == -32602, uri
        with pytest.raises(MCPError) as cursor:
            await client.session.list_resources(
                params=PaginatedRequestParams(cursor="2")
            )
        assert cursor.value.code == -32602
        # A value that would change the path of the upstream.
        code, message = await refused(client, "shop://labels/%2e%2e")
        assert (code, "invalid_input" in message) == (-32602, True)

    assert play(scene, shop, folder).targets == []


def test_failures_of_the_upstream_are_errors(shop: Emitted, folder: Path) -> None:
    async def scene(client: Client, upstream: Shop) -> None:
        upstream.body = b"password=hunter2"
        for status in (401, 404, 500):
            upstream.status = status
            code, message = await refused(client, "shop://totals")
            assert (code, message) == (
                -32603,
                f"the upstream answered with status {status}",
            )
        upstream.status = 404
        code, message = await refused(client, "shop://labels/5")
        assert (code, "shop://labels/5" in message) == (-32602, True)
        upstream.status = 200
        code, message = await refused(client, "shop://orders/1/lines/2.json")
        assert (code, "not valid JSON" in message) == (-32603, True)
        assert "hunter2" not in message
        upstream.body, upstream.content_type = b"gr\xfcn", "text/plain; charset=latin-1"
        assert (await text(client, "shop://totals"))[0] == "grün"
        for charset in ("nonsense", "undefined", "punycode"):
            upstream.content_type = f"text/plain; charset={charset}"
            (content,) = (await client.read_resource("shop://totals")).contents
            assert isinstance(content, BlobResourceContents)
        upstream.status, upstream.body = 204, b""
        upstream.content_type = "application/json"
        assert (await text(client, "shop://totals"))[0] == ""

    play(scene, shop, folder)


def test_prompts_that_cannot_be_made(shop: Emitted, folder: Path) -> None:
    async def scene(client: Client, upstream: Shop) -> None:
        wrong: tuple[tuple[str, dict[str, str] | None, str], ...] = (
            ("nothing", {}, "Unknown prompt: nothing"),
            ("letter", {"order": "1"}, "Missing required arguments: customer"),
            ("letter", None, "Missing required arguments: customer, order"),
        )
        for name, arguments, message in wrong:
            with pytest.raises(MCPError) as caught:
                await client.get_prompt(name, arguments)
            assert (caught.value.code, caught.value.message) == (-32602, message)
        made = await client.get_prompt(
            "letter", {"customer": "A", "order": "", "x": ""}
        )
        (first,) = made.messages
        assert isinstance(first.content, TextContent)
        assert first.content.text == (
            "Write a letter to A.\n\nMention {{ blanks }} and order .\n"
        )
        told = await client.session.discover()
        assert told.capabilities.resources is not None
        assert told.capabilities.prompts is not None
        assert told.capabilities.completions is None

    play(scene, shop, folder, ("http", "auto"))


def test_a_file_that_is_gone_is_an_error(shop: Emitted, folder: Path) -> None:
    path = folder / PACKAGE / "resources" / "letter_file" / "letter.txt"

    async def scene(client: Client, upstream: Shop) -> None:
        path.rename(path.with_suffix(".away"))
        try:
            code, message = await refused(client, "docs://letter")
        finally:
            path.with_suffix(".away").rename(path)
        assert (code, message) == (-32603, "the file cannot be read")

    play(scene, shop, folder)


def test_a_changed_file_is_drift(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / CASE
    shutil.copytree(spec_of(CASE).parent, case, ignore=lambda *_: ["expected"])
    build = ["build", str(case / "capability.yaml"), "-o", str(tmp_path / "out")]
    check = ["check", *build[1:]]
    assert (run(build), run(check)) == (0, 0)
    for change in (
        lambda: (case / "letter.txt").write_text("Hello {{customer}}, {{order}}"),
        lambda: (case / "guides" / "new.md").write_text("new"),
        lambda: os.remove(case / "guides" / "new.md"),
    ):
        change()
        assert run(check) == 2
        assert run(build) == 0
        assert run(check) == 0
    (case / "guides" / ".env").write_text("SECRET=1")
    capsys.readouterr()
    assert run(build) == 0
    assert "W291" in capsys.readouterr().err
    assert not list((tmp_path / "out").rglob("resources/**/.env"))
    assert not any(
        ".env" in path.split("/")[-1]
        for path in built(CASE).files
        if "resources" in path
    )


LATER = """
ikanos: 1.0.0-beta5
info: {display: Later, description: Keywords of later versions., version: 7.1-x}
capability:
  consumes:
    - type: http
      namespace: up
      baseUri: https://up.example
      resources:
        things:
          path: /things
          operations: {get-things: {method: GET}}
  exposes:
    - type: mcp
      namespace: kept
      port: 9101
      ttlMs: 60000
      cacheScope: public
      tools: {get-things: {description: Things, call: up.get-things}}
      resources:
        things: {display: T, uri: "up://t", description: Things., call: up.get-things, binary: true}
    - type: mcp
      namespace: private
      port: 9102
      cacheScope: private
      tools: {get-things: {description: Things, call: up.get-things}}
    - type: mcp
      namespace: usual
      port: 9103
      tools: {get-things: {description: Things, call: up.get-things}}
      resources:
        things: {display: T, uri: "up://t", description: Things., call: up.get-things}
"""


def test_keywords_of_later_versions(tmp_path: Path) -> None:
    spec = tmp_path / "later.yaml"
    spec.write_text(LATER)
    report = Report()
    package = pipeline.build(
        pipeline.Job(str(spec), "later"), report, pipeline.Stages()
    )
    assert package is not None, render_text(report, report.texts)

    async def hints(parts: Any, context: Any, adapter: str) -> list[tuple[int, str]]:
        async with Client(parts.mcp_server(adapter, context), mode="auto") as client:
            assert client.session.server_info is not None
            assert client.session.server_info.version == "7.1-x"
            results: list[Any] = [
                await client.session.discover(),
                await client.list_tools(),
            ]
            if adapter != "private":
                results += [
                    await client.list_resources(),
                    await client.read_resource("up://t"),
                ]
                (content,) = results[-1].contents
                blob = isinstance(content, BlobResourceContents)
                assert blob is (adapter == "kept")
        return [(result.ttl_ms, result.cache_scope) for result in results]

    async def scene(parts: Any, context: Any) -> tuple[int, str]:
        assert await hints(parts, context, "kept") == [(60_000, "public")] * 4
        assert await hints(parts, context, "private") == [(0, "private")] * 2
        hour = (3_600_000, "public")
        assert await hints(parts, context, "usual") == [hour] * 3 + [(0, "private")]
        return 200, ""

    with loaded(package, tmp_path / "out") as emitted_package:
        emitted_package.call({}, scene)
