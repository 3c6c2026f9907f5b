"""Answers in other formats than JSON, as callers of emitted packages get them."""

from __future__ import annotations

import asyncio
import json
import struct
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from mcp import MCPError

from naftiko_gen.cli import run
from naftiko_gen.formats import needed
from requests_seen import Emitted, imported
from test_lower import codes, document

RATES = b'currency,rate\nEUR,1.25\n"x\ny",2\n'
NEWS = b"<rss><channel><title>T</title><item><title>A</title></item></channel></rss>"
ANSWERS = {
    "/rates.csv": (RATES, "text/csv"),
    "/banks.tsv": (b"name\tcity\nA\tRome\n", "text/tab-separated-values"),
    "/fees.psv": (b"fee|x\n3%|1\n", "text/plain"),
    "/news.xml": (NEWS, "application/rss+xml"),
}


class Running:
    """A package whose upstream gives the answers in ``answers``."""

    def __init__(self, package: Emitted) -> None:
        self.package = package
        self.answers: dict[str, tuple[bytes, str]] = {}
        self.status = 200

    def _run(self, make: Any) -> Any:
        async def answer(request: web.BaseRequest) -> web.Response:
            body, kind = self.answers[request.path]
            headers = {"Content-Type": kind}
            return web.Response(body=body, status=self.status, headers=headers)

        async def run() -> Any:
            server = TestServer(web.Application(), host="127.0.0.1")
            server.app.router.add_route("*", "/{path:.*}", answer)
            async with server:
                address = str(server.make_url("")).rstrip("/")
                parts = self.package.parts
                values = {self.package.base_uri_variable: address}
                context = parts.connect(parts.load_settings(values))
                try:
                    return await make(parts, context)
                finally:
                    await parts.close(context)

        return asyncio.run(run())

    def get(self, path: str, adapter: str = "market") -> tuple[int, str, bytes]:
        """Status, content type and body of a route."""

        async def make(parts: Any, context: Any) -> tuple[int, str, bytes]:
            app = parts.rest_app(adapter, context, False)
            async with TestClient(TestServer(app)) as client:
                answer = await client.get(path)
                kind = answer.headers["Content-Type"]
                return answer.status, kind, await answer.read()

        found: tuple[int, str, bytes] = self._run(make)
        return found

    def resource(self, uri: str, adapter: str) -> Any:
        """What a resource holds, as the official client sees it, or its error's message."""
        from mcp import Client

        async def make(parts: Any, context: Any) -> Any:
            async with Client(parts.mcp_server(adapter, context)) as client:
                try:
                    return (await client.read_resource(uri)).contents[0]
                except MCPError as error:
                    return error.message

        return self._run(make)

    def tool(
        self,
        name: str,
        adapter: str = "market-tools",
        arguments: dict[str, Any] | None = None,
    ) -> Any:
        """The result of a tool, as the official client sees it."""
        from mcp import Client

        async def make(parts: Any, context: Any) -> Any:
            async with Client(parts.mcp_server(adapter, context)) as client:
                return await client.call_tool(name, arguments or {})

        return self._run(make)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("text-formats", tmp_path_factory.mktemp("texts")) as found:
        yield found


@pytest.fixture
def market(package: Emitted) -> Running:
    running = Running(package)
    running.answers |= ANSWERS
    return running


def test_a_table_is_mapped_over_rest(market: Running) -> None:
    status, kind, body = market.get("/rates")
    assert (status, kind) == (200, "application/json")
    assert json.loads(body) == [
        {"currency": "EUR", "rate": "1.25"},
        {"currency": "x\ny", "rate": "2"},
    ]


def test_a_feed_is_mapped_over_rest(market: Running) -> None:
    _, _, body = market.get("/news")
    # One item is no list: [*] of an object are its members, and a text has no title.
    assert json.loads(body) == {"title": "T", "headlines": []}
    more = NEWS.replace(b"</item>", b"</item><item><title>B</title></item>")
    market.answers["/news.xml"] = (more, "text/xml")
    assert json.loads(market.get("/news")[2]) == {"title": "T", "headlines": ["A", "B"]}


def test_without_a_mapping_the_answer_comes_as_it_is(market: Running) -> None:
    assert market.get("/rates.csv") == (200, "text/csv", RATES)
    told = market.tool("pass-news")
    assert not told.is_error
    assert [block.text for block in told.content] == [NEWS.decode()]
    assert told.structured_content is None


def test_tables_are_mapped_over_mcp(market: Running) -> None:
    assert json.loads(market.tool("list-banks").content[0].text) == [{"name": "A"}]
    assert json.loads(market.tool("list-fees").content[0].text) == "3%"


def test_a_broken_answer_is_the_upstreams_fault(market: Running) -> None:
    market.answers["/rates.csv"] = (b"a\n1,SECRET\n", "text/csv")
    status, kind, body = market.get("/rates")
    assert (status, kind) == (502, "application/json")
    error = json.loads(body)["error"]
    assert error["code"] == "upstream_invalid"
    assert "not valid CSV: the row at line 2" in error["message"]
    assert b"SECRET" not in body
    market.answers["/banks.tsv"] = (b'a\n"SECRET', "text/plain")
    told = market.tool("list-banks")
    assert told.is_error
    assert "not valid TSV" in told.content[0].text
    assert "SECRET" not in told.content[0].text


def test_an_error_of_the_upstream_is_not_converted(market: Running) -> None:
    market.status = 404
    market.answers["/rates.csv"] = (b"no such table", "text/plain")
    assert market.get("/rates") == (404, "text/plain", b"no such table")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("documents")
    with imported("document-formats", folder) as found:
        yield Running(found)


def test_documents_are_mapped(documents: Running) -> None:
    page = (
        b"<table><tr><th>Article<tr><td>no</table><div id=prices><table class=list>"
        b"<tr><th>Article<th>Price<tr><td>Tea<td>2.50</table></div>"
    )
    documents.answers = {
        "/settings.yaml": (b"shop: {currency: EUR, open: true}", "text/yaml"),
        "/prices.html": (page, "text/html"),
        "/notes.md": (b"# Release 1\nFixes\n# Plans\nnone", "text/markdown"),
        "/orders/7": (
            b"\x0e\x02\xe7\x00\x02\x02\x02a\x00\x00\x00\x00xy",
            "avro/binary",
        ),
        "/ships/9": (
            b"\x12\x01T\x18\x01\x22\x09\x09" + struct.pack("<d", 1.5),
            "application/x",
        ),
    }
    wanted: dict[str, object] = {
        "/settings": {"currency": "EUR", "open": True},
        "/prices": [{"article": "Tea", "price": "2.50"}],
        "/orders/7": {"id": 7, "total": "-0.25", "skus": ["a"]},
        "/ships/9": {"name": "T", "kind": "TANKER", "track": [1.5]},
    }
    for path, expected in wanted.items():
        status, kind, body = documents.get(path, "documents")
        assert (status, kind) == (200, "application/json"), body
        assert json.loads(body) == expected, path
    told = documents.tool("list-releases", "document-tools")
    assert json.loads(told.content[0].text) == [{"name": "Release 1", "text": "Fixes"}]
    raw = documents.get("/ships/9/message", "documents")
    assert raw == (200, "application/x", documents.answers["/ships/9"][0])
    order = documents.answers["/orders/7"][0]
    [blob] = documents.tool("pass-order", "document-tools", {"id": "7"}).content
    assert blob.resource.mime_type == "avro/binary"
    assert b64decode(blob.resource.blob) == order
    # Bytes of which a text could be made are no text either.
    documents.answers["/orders/7"] = (b"abc", "text/plain")
    [blob] = documents.tool("pass-order", "document-tools", {"id": "7"}).content
    assert b64decode(blob.resource.blob) == b"abc"
    documents.answers["/orders/7"] = (b"\x0e", "avro/binary")
    status, _, body = documents.get("/orders/7", "documents")
    assert status == 502
    assert b"not valid Avro: it breaks off before byte 2" in body


@pytest.mark.parametrize(
    ("kind", "schema"),
    [("avro", "s.avsc"), ("protobuf", "s.proto"), ("html", "table")],
)
def test_a_tool_that_is_not_installed_is_asked_for(
    kind: str, schema: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(needed, "import_module", missing)
    (tmp_path / "s.avsc").write_text('"string"')
    (tmp_path / "s.proto").write_text("message S {}")
    operation = {"outputRawFormat": kind, "outputSchema": schema}
    content = document([], operation=operation)
    assert codes(tmp_path, content) == ["E601"]


def test_a_changed_schema_is_drift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "common").mkdir()
    near = tmp_path / "common" / "near.proto"
    near.write_text('syntax = "proto3"; message Near { string name = 1; }')
    (tmp_path / "s.proto").write_text(
        'syntax = "proto3"; import "common/near.proto"; message S { Near near = 1; }'
    )
    operation = {"outputRawFormat": "protobuf", "outputSchema": "s.proto"}
    (tmp_path / "api.yaml").write_text(json.dumps(document([], operation=operation)))
    assert run(["build", "api.yaml"]) == 0
    assert run(["check", "api.yaml"]) == 0
    near.write_text('syntax = "proto3"; message Near { string other = 1; }')
    assert run(["check", "api.yaml"]) == 2
    told = capsys.readouterr().out
    assert "common/near.proto changed" in told


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with imported("binary-answers", tmp_path_factory.mktemp("scans")) as found:
        yield Running(found)


def test_bytes_are_passed_on_up_to_a_size(scans: Running) -> None:
    scans.answers = {
        "/scans/1": (b"\x89PNG", "application/octet-stream"),
        "/scans/2": (b"x" * 65, "image/png"),
        "/scans/3": (b"", "image/png"),
        "/films/1": (b"x" * 65, "video/mp4"),
    }
    assert scans.get("/scans/1", "scans") == (200, "image/png", b"\x89PNG")
    status, _, body = scans.get("/scans/2", "scans")
    assert status == 502
    assert b"Upstream response exceeded maxBinarySize (limit=64 bytes)" in body
    # The operation's own limit wins over that of the adapter.
    assert scans.get("/films/1", "scans")[:2] == (200, "video/mp4")

    # What the route promises, and what the function of an aggregate does, counts more than
    # what the upstream says.
    scans.answers["/films/2"] = (b"film", "application/octet-stream")
    assert scans.get("/films/2", "scans") == (200, "video/mp4", b"film")
    assert scans.get("/trailers/2", "scans") == (200, "video/webm", b"film")
    assert scans.get("/posters/2", "scans") == (200, "image/webp", b"film")
    contract = json.loads(scans.get("/openapi.json", "scans")[2])["paths"]
    described = contract["/films/{id}"]["get"]["responses"]
    assert described["404"]["description"] == "There is no such film."
    assert list(described["404"]["content"]) == ["application/json"]
    assert list(described["200"]["content"]) == ["video/mp4"]
    assert list(contract["/trailers/{id}"]["get"]["responses"]["200"]["content"]) == [
        "video/webm"
    ]

    def told(name: str, number: str) -> Any:
        return scans.tool(name, "scan-tools", {"id": number})

    [image] = told("get-scan", "1").content
    assert (image.type, image.mime_type) == ("image", "image/png")
    assert b64decode(image.data) == b"\x89PNG"
    assert not told("get-scan", "2").is_error
    nothing = told("get-scan", "3")
    assert nothing.is_error
    assert nothing.content[0].text == "No binary response entity received"
    [film] = told("get-film", "1").content
    assert film.type == "resource"
    assert film.resource.mime_type == "video/mp4"
    assert str(film.resource.uri).startswith("ikanos://transient/scan-tools/get-film/")
    assert b64decode(film.resource.blob) == b"x" * 65
    # Resources have the limit of their adapter.
    scans.answers["/scans/4"] = (b"x" * 128, "image/png")
    scans.answers["/scans/5"] = (b"x" * 129, "image/png")
    read = scans.resource("scans://4", "scan-tools")
    assert (b64decode(read.blob), read.mime_type) == (b"x" * 128, "image/png")
    refused = scans.resource("scans://5", "scan-tools")
    assert "exceeded maxBinarySize (limit=128 bytes)" in refused
    scans.status = 404
    assert scans.get("/scans/1", "scans")[0] == 404
    assert told("get-scan", "1").is_error
