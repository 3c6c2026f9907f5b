"""What emitted packages do with bad input while they run: of callers, upstreams and issuers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from mcp import Client

from emitted import CASES
from issuers import IssuerServer
from requests_seen import Emitted, imported

JSON = "application/json"


@contextlib.asynccontextmanager
async def sandboxed(emitted: Emitted) -> AsyncIterator[tuple[Any, Any, Any]]:
    """The parts of a package, its context and its sandbox, which it talks to."""
    from importlib import import_module

    parts = emitted.parts
    name = type(parts).__module__.partition(".")[0]
    options = import_module(f"{name}.sandbox").SandboxOptions()
    async with parts.sandbox(options) as sandbox:
        context = parts.connect(parts.load_settings(sandbox.environment))
        try:
            yield parts, context, sandbox
        finally:
            await parts.close(context)


def namespaces(emitted: Emitted, kind: str) -> list[str]:
    return [one.namespace for one in emitted.parts.adapters if one.kind == kind]


def calls(sandbox: Any) -> list[Any]:
    """What reached the upstreams: one sandbox, or one for each of several."""
    upstreams = getattr(sandbox, "upstreams", {"": sandbox})
    return [record for one in upstreams.values() for record in one.records]


# Inputs that are missing


@pytest.fixture(scope="module", params=CASES)
def anything(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Emitted]:
    case: str = request.param
    with imported(case, tmp_path_factory.mktemp(case)) as found:
        yield found


def left_out(operation: Mapping[str, Any]) -> bool:
    """Whether a request without query, headers and body lacks something."""
    required = any(
        one.get("required") and one["in"] != "path"
        for one in operation.get("parameters", ())
    )
    return required or bool(operation.get("requestBody", {}).get("required"))


def test_no_route_calls_without_what_it_needs(anything: Emitted) -> None:
    async def test() -> None:
        async with sandboxed(anything) as (parts, context, sandbox):
            for namespace in namespaces(anything, "rest"):
                app = parts.rest_app(namespace, context, False)
                async with TestClient(TestServer(app)) as client:
                    contract = await client.get("/openapi.json")
                    if contract.status == 401:
                        continue  # Who calls is asked before what is missing.
                    for path, methods in (await contract.json())["paths"].items():
                        for method, operation in methods.items():
                            if method == "parameters" or not left_out(operation):
                                continue
                            place = re.sub(r"\{.*?\}", "7", path)
                            answer = await client.request(method.upper(), place)
                            text = await answer.text()
                            assert answer.status == 400, f"{method} {path}: {text}"
                            assert json.loads(text)["error"]["faults"]
            assert calls(sandbox) == []

    asyncio.run(test())


def test_no_tool_calls_without_what_it_needs(anything: Emitted) -> None:
    async def test() -> None:
        async with sandboxed(anything) as (parts, context, sandbox):
            for namespace in namespaces(anything, "mcp"):
                async with Client(parts.mcp_server(namespace, context)) as client:
                    for tool in (await client.list_tools()).tools:
                        required = tool.input_schema.get("required", [])
                        # What has to be acknowledged is, so that the rest is looked at.
                        given = {n: True for n in required if n.startswith("acknowl")}
                        if len(given) == len(required):
                            continue
                        result = await client.call_tool(tool.name, dict(given))
                        text = getattr(result.content[0], "text", "")
                        assert result.is_error, f"{tool.name}: {text}"
                        assert text.startswith("invalid_input: "), text
            assert calls(sandbox) == []

    asyncio.run(test())


# Answers that cannot be used

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def against(
    emitted: Emitted,
    answer: Answer,
    make: Callable[[Any, Any], Awaitable[Any]],
    environment: Mapping[str, str] | None = None,
) -> Any:
    """What ``make(parts, context)`` gives while ``answer`` plays the upstream."""

    async def run() -> Any:
        runner = web.ServerRunner(web.Server(answer, handler_cancellation=True))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        values = {**(environment or {}), emitted.base_uri_variable: address}
        context = emitted.parts.connect(emitted.parts.load_settings(values))
        try:
            async with asyncio.timeout(20):
                return await make(emitted.parts, context)
        finally:
            await emitted.parts.close(context)
            await runner.cleanup()

    return asyncio.run(run())


def error_of(
    emitted: Emitted, adapter: str, path: str, answer: Answer, **env: str
) -> Any:
    """The status of a route and the error in its answer."""

    async def make(parts: Any, context: Any) -> tuple[int, Any]:
        app = parts.rest_app(adapter, context, False)
        async with TestClient(TestServer(app)) as client:
            response = await client.get(path)
            return response.status, (await response.json())["error"]

    return against(emitted, answer, make, env)


def always(body: bytes, content_type: str) -> Answer:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": content_type})

    return answer


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("mapped-answers", tmp_path_factory.mktemp("shop")) as found:
        yield found


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("text-formats", tmp_path_factory.mktemp("market")) as found:
        yield found


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("document-formats", tmp_path_factory.mktemp("documents")) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        (
            "/rates",
            b'a,b\n1,2\n"SECRET',
            "CSV: unexpected end of data, in the row at line 3",
        ),
        ("/rates", b"a\n\xff", "CSV: byte 3 is not UTF-8"),
        ("/news", b"<a>\n <b>SECRET</a>", "XML: mismatched tag at line 2 column 13"),
        ("/news", b"", "XML: no element found at line 1 column 1"),
        (
            "/news",
            b'<!DOCTYPE a [<!ENTITY b "SECRET">]><a>&b;</a>',
            "XML: it declares an entity at line 1 column 25",
        ),
    ],
)
def test_a_table_that_cannot_be_converted(
    market: Emitted, path: str, body: bytes, problem: str
) -> None:
    status, error = error_of(market, "market", path, always(body, "text/plain"))
    assert (status, error["code"]) == (502, "upstream_invalid")
    assert error["message"] == f"the upstream's answer is not valid {problem}"


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("/settings", b"a: 1\nb: [SECRET\n", "YAML: .* at line 3 column 1"),
        ("/settings", b"a: &a [*a]", "YAML: an alias without an anchor.* at line 1"),
        ("/settings", b"[" * 200, "YAML: more than 100 levels .* at line 1 column 10"),
        ("/prices", b"<b>" * 9000, "HTML: too many elements .* at line 1 column"),
        ("/orders/7", b"\x0e\x02SECRET", "Avro: it breaks off before byte 6"),
        ("/ships/7", b"\x0a\x7fSECRET", "Protobuf: its 8 bytes are no message Ship"),
    ],
)
def test_a_document_that_cannot_be_converted(
    documents: Emitted, path: str, body: bytes, problem: str
) -> None:
    answer = always(body, "application/octet-stream")
    status, error = error_of(documents, "documents", path, answer)
    assert (status, error["code"]) == (502, "upstream_invalid")
    prefix = "the upstream's answer is not valid "
    assert re.match(prefix + problem, error["message"]), error
    assert "SECRET" not in error["message"]


async def endless(request: web.BaseRequest) -> web.StreamResponse:
    """An answer without an end, in chunks."""
    response = web.StreamResponse(headers={"Content-Type": JSON})
    response.enable_chunked_encoding()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        while True:
            await response.write(b"[" * 65_536)
    return response


async def dripping(request: web.BaseRequest) -> web.StreamResponse:
    """An answer without an end, slow enough to stay small."""
    response = web.StreamResponse(headers={"Content-Type": JSON})
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.01)
    return response


async def bomb(request: web.BaseRequest) -> web.StreamResponse:
    """Few bytes on the wire that become many."""
    response = web.Response(body=b" " * 3_000_000, content_type=JSON)
    response.enable_compression(web.ContentCoding.gzip)
    return response


TOKEN = {"SHOP_TOKEN": "t0ken"}


@pytest.mark.parametrize(
    ("answer", "status", "code", "problem"),
    [
        (
            always(b'{"data":\n {"id": SECRET}}', JSON),
            *(502, "upstream_invalid", "is not valid JSON: Expecting value at line 2"),
        ),
        (always(b"\xff", JSON), 502, "upstream_invalid", "byte 1 is not UTF-8"),
        (always(b"[" * 99_999, JSON), 502, "upstream_invalid", "nested too deeply"),
        (
            always(b'{"data": {"id": 1e999}}', JSON),
            502,
            "upstream_invalid",
            "cannot be written",
        ),
        (endless, 502, "upstream_invalid", "sent more than 1000000 bytes"),
        (bomb, 502, "upstream_invalid", "sent more than 1000000 bytes"),
        (dripping, 504, "upstream_timeout", "did not answer in time"),
    ],
    ids=[
        *("broken", "charset", "deep", "number", "endless", "compressed", "dripping"),
    ],
)
def test_an_answer_that_cannot_be_read(
    shop: Emitted, answer: Answer, status: int, code: str, problem: str
) -> None:
    limits = {"SHOP_MAX_RESPONSE": "1000000", "SHOP_TOTAL_TIMEOUT": "0.5"}
    found, error = error_of(shop, "shop-rest", "/orders/7", answer, **TOKEN, **limits)
    assert (found, error["code"]) == (status, code), error
    assert problem in error["message"]

    async def make(parts: Any, context: Any) -> Any:
        async with Client(parts.mcp_server("shop-mcp", context)) as client:
            return await client.call_tool("get-order-id", {"id": "7"})

    result = against(shop, answer, make, {**TOKEN, **limits})
    assert result.is_error
    text = result.content[0].text
    assert text.startswith(f"{code}: ") and problem in text
    assert "SECRET" not in text + error["message"]


# Tokens, and issuers that are away


@pytest.fixture(scope="module")
def ships(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("access-tokens", tmp_path_factory.mktemp("ships")) as found:
        yield found


class Away(IssuerServer):
    """An issuer at a port where nobody listens."""

    @property
    def name(self) -> str:
        return "http://127.0.0.1:9/realm"


AWAY = Away()


def asked(
    ships: Emitted, adapter: str, issuer: IssuerServer, authorization: bytes
) -> tuple[int, bytes]:
    """Status and whole answer of a request, written by hand; no call may be made."""

    async def refuse(request: web.BaseRequest) -> web.StreamResponse:
        raise AssertionError("a call was made")

    async def make(parts: Any, context: Any) -> tuple[int, bytes]:
        app = parts.rest_app(adapter, context, False)
        async with TestServer(app) as server:
            reader, writer = await asyncio.open_connection(server.host, server.port)
            writer.write(
                b"GET /ships HTTP/1.1\r\nHost: ships\r\nConnection: close\r\n"
                b"Authorization: " + authorization + b"\r\n\r\n"
            )
            answer = await reader.read()
            writer.close()
            return int(answer.split()[1]), answer

    values = {
        **{"SHIPS_ISSUER": issuer.name, "LOGIN_SERVER": issuer.name},
        **{"OPAQUE_CLIENT_ID": "me"},
        **{"OPAQUE_CLIENT_SECRET": "hush"},
    }

    return against(ships, refuse, make, values)  # type: ignore[no-any-return]


@pytest.mark.parametrize("adapter", ["ships", "opaque"])
def test_a_token_that_is_no_text_is_the_caller_s_fault(
    ships: Emitted, adapter: str
) -> None:
    status, answer = asked(ships, adapter, AWAY, b"Bearer \xff\xfe.\xff.\xff")
    assert status == 401
    assert b'error="invalid_token"' in answer


@pytest.mark.parametrize("adapter", ["ships", "opaque"])
def test_an_issuer_that_cannot_be_reached_is_an_outage(
    ships: Emitted, adapter: str
) -> None:
    token = AWAY.token(aud="ship-register").encode()
    status, answer = asked(ships, adapter, AWAY, b"Bearer " + token)
    assert status == 503
    assert b"\r\nRetry-After: " in answer
    assert b"issuer_unreachable" in answer
    assert b"127.0.0.1" not in answer.partition(b"\r\n\r\n")[2]
