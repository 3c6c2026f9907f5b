"""Wiring: which value of a route or tool feeds which part of the upstream request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naftiko_gen import ir
from naftiko_gen.diagnostics import Diagnostic, Report
from naftiko_gen.lower import lower
from naftiko_gen.source import read

Document = dict[str, Any]


def document(
    inputs: list[Document],
    *,
    path: str = "/things",
    method: str = "POST",
    route: Document | None = None,
    tool: Document | None = None,
    route_path: str = "/things",
    operation: Document | None = None,
) -> Document:
    """A capability with one operation, one route and one tool."""
    consumed = {
        "name": "doIt",
        "method": method,
        "inputParameters": inputs,
        **(operation or {}),
    }
    called = {"call": "up.doIt"}
    return {
        "naftiko": "1.0.0-alpha2",
        "capability": {
            "consumes": [
                {
                    "type": "http",
                    "namespace": "up",
                    "baseUri": "https://up.example",
                    "resources": [
                        {"name": "things", "path": path, "operations": [consumed]}
                    ],
                }
            ],
            "exposes": [
                {
                    "type": "rest",
                    "namespace": "api",
                    "port": 8080,
                    "resources": [
                        {
                            "path": route_path,
                            "operations": [
                                {
                                    "method": method,
                                    "name": "doIt",
                                    **called,
                                    **(route or {}),
                                }
                            ],
                        }
                    ],
                },
                {
                    "type": "mcp",
                    "namespace": "tools-of-it",
                    "port": 9090,
                    "tools": [
                        {
                            "name": "do-it",
                            "description": "Do it",
                            **called,
                            **(tool or {}),
                        }
                    ],
                },
            ],
        },
    }


def lowered(
    folder: Path, content: Document
) -> tuple[ir.Capability | None, tuple[Diagnostic, ...]]:
    report = Report()
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    source = read(str(path), report)
    assert source is not None
    return lower(source, report, "spec"), report.diagnostics


def good(folder: Path, content: Document) -> ir.Capability:
    capability, problems = lowered(folder, content)
    assert capability is not None, problems
    return capability


def codes(folder: Path, content: Document) -> list[str]:
    capability, problems = lowered(folder, content)
    assert capability is None
    return [problem.code for problem in problems]


def both(capability: ir.Capability) -> tuple[ir.Route | ir.Tool, ...]:
    return (*capability.routes, *capability.tools)


def taken(route: ir.Route) -> list[tuple[str, str, str]]:
    return [(i.name, i.location, i.target.name) for i in route.inputs]


def test_without_with_names_are_equal(tmp_path: Path) -> None:
    inputs = [
        {"name": "id", "in": "path"},
        {"name": "limit", "in": "query", "type": "integer"},
        {"name": "X-Who", "in": "header"},
    ]
    content = document(inputs, path="/things/{id}", route_path="/things/{id}")
    capability = good(tmp_path, content)
    assert taken(capability.routes[0]) == [
        ("id", "path", "id"),
        ("limit", "query", "limit"),
        ("X-Who", "header", "X-Who"),
    ]
    tool = capability.tools[0]
    assert [(i.name, i.location) for i in tool.inputs] == [
        ("id", "argument"),
        ("limit", "argument"),
        ("X-Who", "argument"),
    ]
    assert tool.input_schema == {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "limit": {"type": "integer"},
            "X-Who": {"type": "string"},
        },
        "additionalProperties": False,
        "required": ["id"],
    }


@pytest.mark.parametrize(
    "reference",
    ["rest.page", "api.page", "rest.query.page", "input.page", " rest.page "],
)
def test_a_reference_renames_an_input(tmp_path: Path, reference: str) -> None:
    content = document(
        [{"name": "limit", "in": "query"}], route={"with": {"limit": reference}}
    )
    assert taken(good(tmp_path, content).routes[0]) == [("page", "query", "limit")]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (7, "integer", "7"),
        ("7", "integer", "7"),
        (1.5, "number", "1.5"),
        ("true", "boolean", "true"),
        ("full", "string", "full"),
        ("v1.0", "string", "v1.0"),
        ("https://a.example/x", "string", "https://a.example/x"),
        ("", "string", ""),
    ],
)
def test_a_constant_is_no_input(
    tmp_path: Path, value: object, kind: str, text: str
) -> None:
    content = document(
        [{"name": "p", "in": "query", "type": kind}],
        route={"with": {"p": value}},
        tool={"with": {"p": value}},
    )
    capability = good(tmp_path, content)
    for exposed in both(capability):
        assert exposed.inputs == ()
        assert [(p.name, fixed) for p, fixed in exposed.fixed] == [("p", text)]


@pytest.mark.parametrize(
    ("location", "kind", "value"),
    [
        ("query", "integer", "seven"),
        ("query", "integer", 1.5),
        ("query", "boolean", "yes"),
        ("query", "number", "1,5"),
        ("header", "string", "a\r\nX-Evil: 1"),
        ("path", "string", ".."),
        ("path", "string", ""),
    ],
)
def test_a_constant_that_does_not_fit_is_refused(
    tmp_path: Path, location: str, kind: str, value: object
) -> None:
    content = document(
        [{"name": "p", "in": location, "type": kind}],
        path="/things/{p}" if location == "path" else "/things",
        route={"with": {"p": value}},
        tool={"with": {"p": value}},
    )
    assert codes(tmp_path, content) == ["E218", "E218"]


def test_a_path_parameter_comes_from_the_path_or_the_query(tmp_path: Path) -> None:
    inputs: list[Document] = [{"name": "thing-id", "in": "path"}]
    for route_path, method, expected in (
        ("/t/{thingId}", "POST", ("thing_id", "path", "thing-id")),
        ("/t/{thing-id}", "GET", ("thing_id", "path", "thing-id")),
        ("/t", "GET", ("thing-id", "query", "thing-id")),
    ):
        content = document(
            inputs, path="/things/{thing-id}", method=method, route_path=route_path
        )
        assert taken(good(tmp_path, content).routes[0]) == [expected]
    content = document(inputs, path="/things/{thing-id}", route_path="/t")
    assert codes(tmp_path, content) == ["E213"]


def test_a_placeholder_without_a_parameter_is_one(tmp_path: Path) -> None:
    for path in ("/things/{id}", "/things/{{id}}", "/things/{{ id }}"):
        capability = good(tmp_path, document([], path=path, route_path="/t/{id}"))
        [parameter] = capability.operations[0].parameters
        assert (parameter.name, parameter.location, parameter.required) == (
            "id",
            "path",
            True,
        )
        assert capability.operations[0].path_parts == ("/things/", parameter)


def test_a_fixed_value_is_a_part_of_the_path(tmp_path: Path) -> None:
    inputs: list[Document] = [
        {"name": "shop", "in": "path", "value": "a/b}"},
        {"name": "kind", "in": "path", "value": "{{shop}}-x"},
    ]
    content = document(inputs, path="/{shop}/{kind}/{id}", route_path="/{id}")
    operation = good(tmp_path, content).operations[0]
    [id_] = operation.inputs
    assert operation.path_parts == ("/", "a%2Fb%7D", "/", "a%2Fb%7D-x", "/", id_)


def test_placeholders_that_are_one_name_to_a_router_are_refused(tmp_path: Path) -> None:
    content = document([], path="/t/{a-b}/{aB}", route_path="/t/{a-b}/{aB}")
    assert set(codes(tmp_path, content)) == {"E212"}


def test_alike_names_are_numbered_and_one_name_is_one_value(tmp_path: Path) -> None:
    inputs: list[Document] = [
        {"name": "id", "in": "query"},
        {"name": "page-size", "in": "query"},
        {"name": "pageSize", "in": "query", "type": "integer"},
        {"name": "id", "in": "header", "required": True},
    ]
    capability = good(
        tmp_path, document(inputs, path="/t/{id}", route_path="/t/{id}", method="GET")
    )
    [operation] = capability.operations
    assert [(p.name, p.ident, p.type) for p in operation.inputs] == [
        ("id", "id_", "string"),
        ("page-size", "page_size", "string"),
        ("pageSize", "page_size_2", "integer"),
    ]
    assert [p.location for p in operation.parameters if p.ident == "id_"] == [
        *("query", "header", "path")
    ]
    assert taken(capability.routes[0])[0] == ("id", "path", "id")
    assert len(capability.tools[0].inputs) == 3


def test_a_parameter_is_declared_once_in_a_list(tmp_path: Path) -> None:
    inputs: list[Document] = [{"name": "id", "in": "query"}] * 2
    assert codes(tmp_path, document(inputs, method="GET")) == ["E219"]


@pytest.mark.parametrize(
    ("data", "required"),
    [
        (
            {"query": '{ things(first: {{tools.n}}, of: "{{tools.who}}") }'},
            [True, True],
        ),
        ([{"query": "{{tools.n}}-{{tools.who}}"}], [True, True]),
        ({"query": "{{tools.n}} {{tools.who}}", "variables": {}}, [False, False]),
        ({"query": "{{tools.n}}", "who": "{{tools.who}}"}, [False, False]),
        ({"query": "{{tools.n}}"}, [False]),
    ],
)
def test_a_text_that_is_all_there_is_in_a_body_needs_its_parts(
    data: Any, required: list[bool], tmp_path: Path
) -> None:
    operation = {"body": {"type": "json", "data": data}}
    capability = good(tmp_path, document([], operation=operation))
    assert [p.required for p in capability.operations[0].inputs] == required


def test_the_body_is_wired_by_its_name(tmp_path: Path) -> None:
    body = {"name": "body", "in": "body", "type": "object", "required": True}
    content = document(
        [body],
        route={"with": {"body": "rest.body"}},
        tool={"with": {"body": "tools.order"}},
    )
    capability = good(tmp_path, content)
    assert capability.routes[0].takes_body
    assert capability.tools[0].body_argument == "order"
    assert capability.tools[0].input_schema["required"] == ["order"]
    plain = good(tmp_path, document([body]))
    assert plain.tools[0].body_argument == "body"


@pytest.mark.parametrize(
    ("with_", "code"),
    [
        ({"nothing": "rest.x"}, "E203"),
        ({"limit": "rset.x"}, "E203"),
        ({"limit": "{{# x }}"}, "E301"),
        ({"body": "fixed"}, "E203"),
    ],
)
def test_with_is_refused(tmp_path: Path, with_: Document, code: str) -> None:
    inputs: list[Document] = [
        {"name": "limit", "in": "query"},
        {"name": "body", "in": "body", "type": "object"},
    ]
    assert codes(tmp_path, document(inputs, route={"with": with_})) == [code]


@pytest.mark.parametrize(
    ("method", "hints", "expected"),
    [
        ("GET", {}, (True, False, True, True)),
        ("POST", {}, (False, True, False, True)),
        ("DELETE", {}, (False, True, True, True)),
        ("PUT", {}, (False, True, True, True)),
        ("PATCH", {}, (False, True, False, True)),
        ("POST", {"readOnly": True, "destructive": False}, (True, False, False, True)),
        ("GET", {"openWorld": False, "idempotent": False}, (True, False, False, False)),
    ],
)
def test_hints_come_from_the_capability_else_from_the_method(
    tmp_path: Path, method: str, hints: Document, expected: tuple[bool, ...]
) -> None:
    content = document([], method=method, tool={"hints": hints} if hints else {})
    [tool] = good(tmp_path, content).tools
    found = (tool.read_only, tool.destructive, tool.idempotent, tool.open_world)
    assert found == expected


def test_only_what_is_called_is_emitted(tmp_path: Path) -> None:
    content = document([])
    consumes = content["capability"]["consumes"]
    consumes[0]["resources"][0]["operations"].append({"name": "idle", "method": "GET"})
    consumes.append({**consumes[0], "namespace": "unused"})
    capability = good(tmp_path, content)
    assert [upstream.namespace for upstream in capability.upstreams] == ["up"]
    assert [operation.name for operation in capability.operations] == ["doIt"]


def test_operations_of_two_namespaces_may_have_one_name(tmp_path: Path) -> None:
    content = document([])
    consumes = content["capability"]["consumes"]
    consumes.append({**consumes[0], "namespace": "other"})
    tools = content["capability"]["exposes"][1]["tools"]
    tools.append({"name": "it", "description": "It", "call": "other.doIt"})
    capability = good(tmp_path, content)
    assert [(o.ident, o.command) for o in capability.operations] == [
        ("up_do_it", "up-do-it"),
        ("other_do_it", "other-do-it"),
    ]


TYPES = st.sampled_from(["string", "integer", "number", "boolean"])
NAME = st.from_regex(r"[A-Za-z0-9_*-]{1,10}", fullmatch=True)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(NAME, st.sampled_from(["query", "header"]), TYPES, st.booleans()),
        max_size=5,
    )
)
def test_every_parameter_is_fed_once_or_the_capability_is_refused(
    tmp_path: Path, parameters: list[tuple[str, str, str, bool]]
) -> None:
    inputs: list[Document] = [
        {"name": name, "in": place, "type": kind, "required": required}
        for name, place, kind, required in parameters
    ]
    capability, problems = lowered(tmp_path, document(inputs))
    if capability is None:
        # E301: a header that the client sets itself, such as TE.
        assert {problem.code for problem in problems} <= {"E219", "E301", "E336"}
        return
    [operation] = capability.operations
    # One name is one value of one type, wherever it is sent.
    kinds = {name: kind for name, _, kind, _ in reversed(parameters)}
    needed = [
        name
        for name in kinds
        if any(must for other, _, _, must in parameters if other == name)
    ]
    assert [(p.name, p.location, p.type, p.required) for p in operation.parameters] == [
        (name, place, kinds[name], name in needed) for name, place, _, _ in parameters
    ]
    idents = {p.ident: p.name for p in operation.parameters}
    assert len(idents) == len(operation.inputs) == len(kinds)
    for exposed in both(capability):
        assert [i.target for i in exposed.inputs] == list(operation.inputs)
    required = capability.tools[0].input_schema.get("required", [])
    assert isinstance(required, list)
    assert len(required) == len(needed) and {*required} == {*needed}
