"""Answers in other formats than JSON, as callers of emitted packages get them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from requests_seen import Emitted, imported

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

    def tool(self, name: str, adapter: str = "market-tools") -> Any:
        """The result of a tool, as the official client sees it."""
        from mcp import Client

        async def make(parts: Any, context: Any) -> Any:
            async with Client(parts.mcp_server(adapter, context)) as client:
                return await client.call_tool(name, {})

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
