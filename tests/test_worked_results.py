"""Worked results: small capabilities of which the answer is known to the byte.

Each was worked out for the engine that defines the format. Where that engine loses what the
document evidently means, the packages do what is meant, and the test says so.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from mcp import Client

from emitted import ROOT
from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report, render_text
from requests_seen import Emitted, loaded

SPEC = ROOT / "tests" / "worked" / "capability.yaml"
DOCUMENT = {"data": {"id": 7, "tags": ["a", "b"], "owner": {"name": "X"}}}
BODIES: Mapping[str, tuple[str, str]] = {
    "/v1/document": ("application/json", json.dumps(DOCUMENT)),
    "/v1/crew": (
        "application/json",
        '[{"id":"C1","name":"Ann"},{"id":"C2","name":"Bob"}]',
    ),
    "/v1/ship": (
        "application/json",
        '{"name":"Titan","crewIds":["C2","C9"],"x":1}',
    ),
    "/v1/log/Titan": ("application/json", '{"entries":2}'),
    "/v1/xml/list": (
        "application/xml",
        "<r><u><id>1</id></u><u><id>2</id></u></r>",
    ),
    "/v1/xml/attributes": (
        "application/xml",
        '<r id="7"><n lang="en">A</n></r>',
    ),
    "/v1/xml/merged": (
        "application/xml",
        '<r><id>1</id><u id="2"><id>3</id></u></r>',
    ),
    "/v1/csv": ("text/csv", "id,name\n1,Ann\n"),
}


@dataclass(frozen=True)
class Worked:
    """The package of SPEC, and what its upstream was asked for."""

    emitted: Emitted
    folder: str

    @asynccontextmanager
    async def running(self, seen: list[str]) -> AsyncIterator[tuple[Any, Any]]:
        async def answer(request: web.Request) -> web.Response:
            seen.append(request.raw_path)
            kind, body = BODIES.get(request.path, ("application/json", "{}"))
            return web.Response(text=body, content_type=kind)

        upstream = TestServer(web.Application(), host="127.0.0.1")
        upstream.app.router.add_route("*", "/{path:.*}", answer)
        async with upstream, asyncio.timeout(20):
            parts = self.emitted.parts
            base = str(upstream.make_url("/v1"))
            context = parts.connect(parts.load_settings({"UP_BASE_URI": base}))
            try:
                yield parts, context
            finally:
                await parts.close(context)

    def get(self, path: str) -> tuple[int, str, list[str]]:
        """The answer to a GET over HTTP, and the requests that it took."""
        seen: list[str] = []

        async def go() -> tuple[int, str]:
            async with self.running(seen) as (parts, context):
                server = TestServer(parts.rest_app("worked", context, False))
                async with TestClient(server) as client:
                    answer = await client.get(path)
                    return answer.status, await answer.text()

        status, text = asyncio.run(go())
        return status, text, seen

    def tool(
        self, adapter: str, name: str, arguments: dict[str, object]
    ) -> tuple[bool, str, list[str]]:
        """Whether a tool failed, its text, and the requests that it took."""
        seen: list[str] = []

        async def go() -> Any:
            async with (
                self.running(seen) as (parts, context),
                Client(parts.mcp_server(adapter, context)) as client,
            ):
                return await client.call_tool(name, arguments)

        result = asyncio.run(go())
        return result.is_error, result.content[0].text, seen

    def post(self, message: object) -> tuple[int, Any]:
        """The answer to a JSON-RPC message over HTTP, of a client that never initialized."""

        async def go() -> tuple[int, Any]:
            async with self.running([]) as (parts, context):
                support = importlib.import_module("worked_capability.mcp_support")
                asgi = importlib.import_module("worked_capability.asgi")
                manager = support.http_manager(
                    parts.mcp_server("tools", context),
                    allowed_hosts=("127.0.0.1:*",),
                    allowed_origins=(),
                    body_limit=100_000,
                )
                app = asgi.mcp_app(manager, obstacle=context.obstacle)
                headers = {"Accept": "application/json, text/event-stream"}
                async with TestServer(app) as server, ClientSession() as session:
                    url = server.make_url("/mcp")
                    async with session.post(url, json=message, headers=headers) as got:
                        text = await got.text()
                        return got.status, json.loads(text) if text else None

        return asyncio.run(go())


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    report = Report()
    job = pipeline.Job(str(SPEC), "worked")
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, render_text(report, report.texts)
    folder = tmp_path_factory.mktemp("worked")
    with loaded(package, folder) as emitted:
        yield Worked(emitted, str(folder))


def target(text: str) -> tuple[str, dict[str, str]]:
    """A request target: its path as sent, its query as a server reads it."""
    parts = urlsplit(text)
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))


# Fixed answers


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/hello?who=Bob", {"message": "Hello Bob"}),
        ("/hello?who=", {"message": "Hello "}),
        ("/unnamed", {"value": "ok"}),
    ],
)
def test_a_fixed_answer(worked: Worked, path: str, answer: object) -> None:
    status, text, seen = worked.get(path)
    assert (status, json.loads(text), seen) == (200, answer, [])


def test_what_nobody_sent_is_nothing(worked: Worked) -> None:
    """Fixed: the template itself is no answer, whether other inputs are there or not."""
    assert json.loads(worked.get("/hello")[1]) == {"message": "Hello "}


def test_a_fixed_answer_of_a_tool(worked: Worked) -> None:
    found = worked.tool("tools", "hello", {"who": "Bob"})
    assert found == (False, '{"message":"Hello Bob"}', [])


def test_fixed_values_have_their_types(worked: Worked) -> None:
    """Fixed: numbers and booleans are what they are declared as; the rest is as it was."""
    _, text, _ = worked.get("/leaves")
    assert json.loads(text)["value"] == {
        "n": 5,
        "list": [{"a": "x"}],
        "o": {"b": True},
    }


# Values for what is called


@pytest.mark.parametrize("adapter", ["tools", "ship-tools"])
def test_with(worked: Worked, adapter: str) -> None:
    """Fixed: `tools.vessel` is the input in every adapter, whatever its namespace is."""
    failed, _, seen = worked.tool(adapter, "list-vessels", {"vessel": "IMO1"})
    assert not failed
    assert [target(one) for one in seen] == [
        (
            "/v1/vessels",
            {"vessel": "IMO1", "imo": "IMO1", "unit": "kt", "tag": "v-IMO1", "n": "5"},
        )
    ]


def test_a_template_without_its_input_calls_nothing(worked: Worked) -> None:
    """Fixed: a missing argument is told before anything is sent with a template in it."""
    failed, text, seen = worked.tool("tools", "list-vessels", {})
    assert (failed, seen) == (True, [])
    assert "vessel" in text


# Outputs


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("number", 7),
        ("tags", ["a", "b"]),
        ("nested", {"id": 7, "o": {"n": "X"}}),
        ("null", {"z": None}),
        ("second", 7),
        ("none", DOCUMENT),
        ("fixed", "fix"),
        ("items", ["a", "b"]),
    ],
)
def test_outputs(worked: Worked, path: str, answer: object) -> None:
    status, text, seen = worked.get(f"/out/{path}")
    assert (status, json.loads(text), seen) == (200, answer, ["/v1/document"])


def test_a_mapped_object_without_members_is_the_node(worked: Worked) -> None:
    """Fixed: an object with a mapping and no properties is what is found there, not `{}`."""
    _, text, _ = worked.get("/out/node")
    assert json.loads(text) == DOCUMENT["data"]


# Steps

OVERVIEW = {
    "vessel": {"name": "Titan"},
    "crew": [{"fullName": "Bob", "rank": None}],
}


def test_steps_lookup_and_mappings(worked: Worked) -> None:
    """What a mapping does not find is left out: `x` is no output of the ship.

    A mapping of a step that does not exist is refused when the package is built (E281).
    """
    status, text, _ = worked.get("/overview")
    assert (status, json.loads(text)) == (200, OVERVIEW)
    failed, told, _ = worked.tool("tools", "overview", {})
    assert (failed, json.loads(told)) == (False, OVERVIEW)


def test_a_flow_can_be_called_like_a_helper(worked: Worked) -> None:
    """`stored` and `found` are helpers of the emitted module, and names like others."""
    for path in ("/stored", "/found"):
        assert worked.get(path)[0] == 200


def test_what_steps_keep_and_what_later_steps_see(worked: Worked) -> None:
    _, text, seen = worked.get("/stored")
    assert json.loads(text) == {
        "crew": [
            {"id": "C1", "name": "Ann", "fullName": "Ann"},
            {"id": "C2", "name": "Bob", "fullName": "Bob"},
        ],
        "ship": {"shipName": "Titan", "ids": ["C2", "C9"]},
        "log": {"entries": 2},
    }
    assert "/v1/log/Titan" in seen


# Hints


def test_hints_of_a_tool_complete_the_semantics_of_its_function(worked: Worked) -> None:
    async def go() -> Any:
        async with (
            worked.running([]) as (parts, context),
            Client(parts.mcp_server("tools", context)) as client,
        ):
            return await client.list_tools()

    [tool] = [tool for tool in asyncio.run(go()).tools if tool.name == "hinted"]
    hints = tool.annotations.model_dump(by_alias=True, exclude_none=True)
    assert hints == {
        "title": "Hinted",
        "readOnlyHint": True,
        "destructiveHint": True,
        "idempotentHint": True,
        "openWorldHint": True,
    }


# Addresses


def test_a_blank_in_a_path(worked: Worked) -> None:
    assert worked.get("/sites/a%20b")[2] == ["/v1/s/a%20b/x"]


def test_a_slash_in_a_path_value(worked: Worked) -> None:
    """Fixed: a value stays one segment, so it cannot lead elsewhere."""
    assert worked.get("/site?id=a/b")[2] == ["/v1/s/a%2Fb/x"]


@pytest.mark.parametrize("path", ["/site?q=a", "/site"])
def test_a_path_value_that_is_missing(worked: Worked, path: str) -> None:
    """Fixed: nothing is sent to an address with a hole, and the caller is told."""
    status, text, seen = worked.get(path)
    assert (status, seen) == (400, [])
    assert "id" in text


def test_a_query_value_is_encoded(worked: Worked) -> None:
    (seen,) = worked.get("/sites/1?q=a%20b%26c")[2]
    assert target(seen) == ("/v1/s/1/x", {"q": "a b&c"})
    assert "a b" not in seen and "%26" in seen


# Formats


@pytest.mark.parametrize(
    ("which", "answer"),
    [
        ("list", {"u": [{"id": "1"}, {"id": "2"}]}),
        ("attributes", {"id": "7", "n": {"lang": "en", "": "A"}}),
        ("merged", {"id": "1", "u": {"id": ["2", "3"]}}),
    ],
)
def test_xml(worked: Worked, which: str, answer: object) -> None:
    assert json.loads(worked.get(f"/xml/{which}")[1]) == answer


def test_csv(worked: Worked) -> None:
    assert json.loads(worked.get("/csv")[1]) == [{"id": "1", "name": "Ann"}]
    for way in ("dotted", "plain"):
        assert json.loads(worked.get(f"/csv/{way}")[1]) == "Ann"


# JSON-RPC


def test_an_unknown_tool(worked: Worked) -> None:
    message = {
        "jsonrpc": "2.0",
        "id": "a",
        "method": "tools/call",
        "params": {"name": "nope"},
    }
    status, answer = worked.post(message)
    assert status == 200
    assert answer["id"] == "a"
    assert answer["error"]["code"] == -32602
    assert "nope" in answer["error"]["message"]


def test_a_message_without_its_version(worked: Worked) -> None:
    """Not answered, as it should be; the SDK finds the code of invalid parameters for it."""
    status, answer = worked.post({"id": 1, "method": "ping"})
    assert status == 400
    assert "result" not in answer
    assert answer["error"]["code"] in (-32600, -32602)


def test_a_message_without_an_id(worked: Worked) -> None:
    """Fixed: a message without an id asks for no answer, as JSON-RPC has it."""
    status, answer = worked.post({"jsonrpc": "2.0", "method": "ping"})
    assert (status, answer) == (202, None)
