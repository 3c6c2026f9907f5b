"""Functions that routes and tools share, and answers for which nothing is called."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from mcp import Client

from emitted import built
from naftiko_gen import ir
from naftiko_gen.diagnostics import Report
from naftiko_gen.lower import lower
from naftiko_gen.source import read
from requests_seen import Emitted, imported
from static.mocks import said_boolean, said_number

SHIP = {"data": {"name": "Titan", "tonnage": 7}}


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("aggregates", tmp_path_factory.mktemp("aggregates")) as package:
        yield package


@pytest.fixture(scope="module")
def greeter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("fixed-answers", tmp_path_factory.mktemp("fixed")) as package:
        yield package


def asked(
    fleet: Emitted, calls: list[Any], status: int = 200
) -> tuple[list[tuple[int, Any]], list[str]]:
    """The answers to routes (texts) and tools (pairs), and what the registry was asked for."""
    seen: list[str] = []

    async def registry(request: web.Request) -> web.Response:
        seen.append(f"{request.method} {request.raw_path}")
        body: object = SHIP if status == 200 else {"fault": status}
        if request.path == "/crews":
            body = [{"name": "Ann"}]
        return web.json_response(body, status=status)

    async def run() -> list[tuple[int, Any]]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", registry)
        found: list[tuple[int, Any]] = []
        async with TestServer(app) as upstream:
            base = str(upstream.make_url("")).rstrip("/")
            parts = fleet.parts
            context = parts.connect(parts.load_settings({"REGISTRY_BASE_URI": base}))
            rest = TestServer(parts.rest_app("fleet-rest", context, False))
            async with (
                TestClient(rest) as client,
                Client(parts.mcp_server("fleet-tools", context)) as tools,
            ):
                for call in calls:
                    if isinstance(call, str):
                        method, _, path = call.partition(" ")
                        got = await client.request(method, path)
                        found.append((got.status, json.loads(await got.text())))
                        continue
                    result = await tools.call_tool(*call)
                    text = getattr(result.content[0], "text", "")
                    document = text if result.is_error else json.loads(text)
                    found.append((400 if result.is_error else 200, document))
            await parts.close(context)
        return found

    return asyncio.run(run()), seen


def test_a_function_answers_the_same_to_a_route_and_a_tool(fleet: Emitted) -> None:
    answers, seen = asked(
        fleet, ["GET /ships/9?lang=de", ("get-ship", {"number": "9"})]
    )
    assert answers == [(200, {"title": "Titan", "tons": 7})] * 2
    assert seen == ["GET /ships/9?lang=en"] * 2


def test_a_unit_wires_its_own_inputs(fleet: Emitted) -> None:
    answers, seen = asked(fleet, [("crew-of", {"vessel": "7"}), ("titanic", {})])
    crew = {"ship": SHIP["data"], "crew": [{"name": "Ann"}]}
    assert answers == [(200, crew), (200, SHIP)]
    assert sorted(seen) == ["GET /crews?ship=IMO7", "GET /ships/9", "GET /ships/IMO7"]


def test_outputs_of_a_unit_shape_what_its_function_passes_on(fleet: Emitted) -> None:
    answers, _ = asked(fleet, ["GET /raw/9"])
    assert answers == [(200, "Titan")]


def test_a_failure_of_the_upstream_keeps_its_status(fleet: Emitted) -> None:
    calls = ["GET /ships/9", "GET /crews/9", ("get-ship", {"number": "9"})]
    answers, _ = asked(fleet, calls, 404)
    assert answers[:2] == [(404, {"fault": 404})] * 2
    assert answers[2][0] == 400 and "404" in answers[2][1]


def test_a_missing_input_calls_nothing(fleet: Emitted) -> None:
    answers, seen = asked(fleet, [("get-ship", {}), ("crew-of", {})])
    assert [status for status, _ in answers] == [400, 400]
    assert "number" in answers[0][1] and "vessel" in answers[1][1]
    assert seen == []


def test_a_function_that_calls_nothing(fleet: Emitted) -> None:
    answers, seen = asked(fleet, ["GET /about?who=Bob", ("about", {})])
    assert answers == [
        (200, {"greeting": "Registry for Bob", "ships": 3}),
        (200, {"greeting": "Registry for ", "ships": 3}),
    ]
    assert seen == []


def test_tools_inherit_names_descriptions_inputs_and_hints() -> None:
    tools = json.loads(built("aggregates").files["tools.json"])["tools"]
    by_name = {tool["name"]: tool for tool in tools}
    ship = by_name["get-ship"]
    assert ship["description"] == "The name of a ship"
    assert ship["inputSchema"] == {
        "type": "object",
        "properties": {
            "number": {"type": "string", "description": "IMO number of the ship."}
        },
        "additionalProperties": False,
        "required": ["number"],
    }

    def hints(name: str) -> list[bool]:
        keys = ("readOnly", "destructive", "idempotent", "openWorld")
        return [by_name[name]["annotations"][f"{key}Hint"] for key in keys]

    assert hints("get-ship") == [True, False, True, True]
    # The function says that it is not idempotent, the tool that the world is closed.
    assert hints("scrap-ship") == [False, True, False, False]
    assert by_name["crew-of"]["description"] == "Who sails on a ship"
    assert list(by_name["crew-of"]["inputSchema"]["properties"]) == ["vessel"]
    assert by_name["titanic"]["inputSchema"]["properties"] == {}


def test_a_function_is_emitted_once_and_only_if_something_refers_to_it() -> None:
    flows = built("aggregates").files["aggregates_capability/flows.py"].decode()
    assert flows.count("async def ") == 5
    assert "unused" not in flows


@pytest.mark.parametrize(
    ("semantics", "hints", "expected"),
    [
        (
            {"safe": True, "idempotent": True},
            {"openWorld": True, "destructive": True},
            (True, True, True, True),
        ),
        ({"safe": False}, {}, (False, False, True, True)),
        ({"safe": True, "idempotent": False}, {}, (True, False, False, True)),
        ({"cacheable": True}, {"readOnly": False}, (False, False, True, True)),
        ({}, {"idempotent": False}, (True, False, False, True)),
    ],
)
def test_hints_of_a_tool_override_the_semantics_of_its_function(
    tmp_path: Path,
    semantics: dict[str, bool],
    hints: dict[str, bool],
    expected: tuple[bool, bool, bool, bool],
) -> None:
    function: dict[str, Any] = {"name": "f", "description": "F"}
    function["semantics"] = semantics
    function["outputParameters"] = [{"name": "a", "type": "string", "value": "b"}]
    capability, report = lowered(tmp_path, [function], {"ref": "a.f", "hints": hints})
    assert capability is not None, report.errors
    [tool] = capability.tools
    found = (tool.read_only, tool.destructive, tool.idempotent, tool.open_world)
    assert found == expected


def lowered(
    folder: Path, functions: list[Any], tool: dict[str, Any]
) -> tuple[ir.Capability | None, Report]:
    document = {
        "naftiko": "1.0.0-alpha2",
        "capability": {
            "aggregates": [{"label": "A", "namespace": "a", "functions": functions}],
            "exposes": [
                {"type": "mcp", "namespace": "t", "port": 9090, "tools": [tool]}
            ],
        },
    }
    path = folder / "capability.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    report = Report()
    source = read(str(path), report)
    assert source is not None
    return lower(source, report, "made"), report


def test_a_fault_in_a_function_is_reported_once(tmp_path: Path) -> None:
    function = {"name": "f", "description": "F", "call": "nowhere.op"}
    _, report = lowered(tmp_path, [function], {"ref": "a.f"})
    assert [error.code for error in report.errors] == ["E201"]


# Answers for which nothing is called


@pytest.mark.parametrize(
    ("method", "path", "status", "answer"),
    [
        ("GET", "/hello?who=Bob", 200, {"message": "Hello Bob"}),
        ("GET", "/hello?who=%22%7B%7Bwho%7D%7D", 200, {"message": 'Hello "{{who}}'}),
        ("GET", "/hello?who=", 200, {"message": "Hello "}),
        ("GET", "/hello", 200, {"message": "Hello "}),
        ("GET", "/state", 200, {"value": "ok"}),
        ("DELETE", "/void", 204, None),
    ],
)
def test_fixed_answers(
    greeter: Emitted, method: str, path: str, status: int, answer: object
) -> None:
    found = greeter.route("greeter-rest", method, path, {})
    assert (found.status, found.seen) == (status, ())
    assert (json.loads(found.text) if found.text else None) == answer


def test_leaves_have_the_types_that_they_declare(greeter: Emitted) -> None:
    found = greeter.route(
        "greeter-rest", "POST", "/shapes/true", {}, json={"count": 12}
    )
    assert json.loads(found.text) == {
        "value": {
            "n": 5,
            "count": 12,
            "big": True,
            "list": [{"a": "true-x"}],
            "o": {"b": True},
        }
    }
    bare = greeter.route("greeter-rest", "POST", "/shapes/xl", {})
    shape = json.loads(bare.text)["value"]
    assert (shape["count"], shape["big"]) == (None, None)


def test_a_fixed_answer_of_a_tool(greeter: Emitted) -> None:
    told = greeter.tool("greeter-mcp", "greet", {"who": "Bob", "loud": True}, {})
    assert told.text == '{"message":"Hello Bob","loud":true,"year":2026}'
    assert greeter.tool("greeter-mcp", "greet", {}, {}).status == 400


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        (" -7 ", -7),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("1e999", None),
        ("nan", None),
        ("", None),
        ("0x1", None),
        ("1" * 401, None),
    ],
)
def test_a_text_says_a_number(text: str, number: object) -> None:
    assert repr(said_number(text)) == repr(number)


def test_a_text_says_a_boolean() -> None:
    assert [said_boolean(t) for t in ("true", " false", "True", "")] == [
        True,
        False,
        None,
        None,
    ]
