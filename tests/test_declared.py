"""What routes and tools declare is compiled or refused; one defect is one diagnostic."""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from naftiko_gen import ir, pipeline
from naftiko_gen.diagnostics import Report
from naftiko_gen.pipeline import Job, Stages

Document = Any

BASE: Document = yaml.safe_load("""
naftiko: 1.0.0-alpha2
info: {label: Things, description: Things and their parts.}
binds: [{namespace: env, keys: {TOKEN: THINGS_TOKEN}}]
capability:
  consumes:
    - type: http
      namespace: api
      baseUri: https://api.example
      authentication: {type: bearer, token: '{{env.TOKEN}}'}
      resources:
        - name: thing
          path: /things/{id}
          operations:
            - name: getThing
              method: GET
              inputParameters:
                - {name: id, in: path}
                - {name: limit, in: query}
        - name: things
          path: /things
          operations:
            - {name: addThing, method: POST, inputParameters: [{name: body, in: body}]}
  exposes:
    - type: rest
      namespace: api-rest
      port: 8001
      resources:
        - path: /things/{id}
          operations: [{method: GET, name: getThing, call: api.getThing}]
        - path: /things
          operations: [{method: POST, name: addThing, call: api.addThing}]
    - type: mcp
      namespace: api-mcp
      port: 9001
      tools:
        - {name: get-thing, description: One thing, call: api.getThing}
        - {name: add-thing, description: A new thing, call: api.addThing}
""")
CONSUMED = "capability.consumes.0"
OPERATION = f"{CONSUMED}.resources.0.operations.0"
RESOURCE = "capability.exposes.0.resources.0"
ROUTE = f"{RESOURCE}.operations.0"
BODY_ROUTE = "capability.exposes.0.resources.1.operations.0"
TOOL = "capability.exposes.1.tools.0"


def changed(edits: dict[str, Any]) -> Document:
    """The base with other values; a value of None removes, ``a>b`` renames a key in its place."""
    document = copy.deepcopy(BASE)
    for path, value in edits.items():
        *above, last = path.split(".")
        place = document
        for key in above:
            place = place[int(key) if key.isdigit() else key]
        old, _, new = last.partition(">")
        if new:
            entries = list(place.items())
            place.clear()
            place.update({new if key == old else key: item for key, item in entries})
        elif value is None:
            del place[last]
        else:
            place[int(last) if last.isdigit() else last] = value
    return document


def checked(
    folder: Path, document: Document, *, warnings: bool = False
) -> tuple[ir.Capability | None, list[tuple[str, str]]]:
    """The capability, and the code and marked text of every error (or warning of ours)."""
    spec = folder / "things.yaml"
    spec.write_text(yaml.safe_dump(document, sort_keys=False))
    report = Report()
    found = pipeline.check(Job(str(spec), "things"), report, Stages())
    lines = spec.read_text().splitlines()
    errors = [
        (
            error.code,
            lines[error.span.start.line - 1][
                error.span.start.column - 1 : error.span.end.column - 1
            ],
        )
        for error in (report.diagnostics if warnings else report.errors)
    ]
    return (found.capability if found else None), errors


def one(**more: object) -> list[dict[str, object]]:
    return [
        {
            "name": "limit",
            "in": "query",
            "type": "string",
            "description": "How many.",
            **more,
        }
    ]


def argument(**more: object) -> list[dict[str, object]]:
    return [
        {key: value for key, value in item.items() if key != "in"}
        for item in one(**more)
    ]


def test_the_base_is_fine(tmp_path: Path) -> None:
    assert checked(tmp_path, BASE)[1] == []


REFUSED: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "no pattern": ({f"{ROUTE}.inputParameters": one(pattern="(a")}, ("E333", "(a")),
    "looking ahead": (
        {f"{ROUTE}.inputParameters": one(pattern="a(?=b)")},
        ("E333", "a(?=b)"),
    ),
    "a reference to a group": (
        {f"{ROUTE}.inputParameters": one(pattern=r"(a)\1")},
        ("E333", r"(a)\1"),
    ),
    "a pattern without a bound": (
        {f"{ROUTE}.inputParameters": one(pattern="(x{1000}){1000}")},
        ("E333", "(x{1000}){1000}"),
    ),
    "value": (
        {f"{ROUTE}.inputParameters": one(type="integer", value="five")},
        ("E218", "five"),
    ),
    "a place in the query": (
        {f"{ROUTE}.inputParameters": one(value="$.a")},
        ("E338", "$.a"),
    ),
    "a place that is chosen": (
        {f"{ROUTE}.inputParameters": one(**{"in": "body"}, value="$..a")},
        ("E231", "$..a"),
    ),
    "a place that cannot be read": (
        {f"{ROUTE}.inputParameters": one(**{"in": "body"}, value="$.a[")},
        ("E231", "["),
    ),
    "a fixed body": (
        {
            f"{BODY_ROUTE}.inputParameters": one(
                name="body", **{"in": "body"}, type="object", value="x"
            )
        },
        ("E218", "x"),
    ),
    "two bodies": (
        {
            f"{CONSUMED}.resources.1.operations.0.inputParameters": [
                {"name": "body", "in": "body"},
                {"name": "body", "in": "body", "value": "{}"},
            ],
        },
        ("E332", "in"),
    ),
    "a body and a member of it": (
        {
            f"{CONSUMED}.resources.1.operations.0.inputParameters": [
                {"name": "body", "in": "body"},
                {"name": "part", "in": "body"},
            ],
        },
        ("E332", "inputParameters"),
    ),
    "mappings of a call": (
        {f"{TOOL}.mappings": [{"targetName": "a", "value": "$.a"}]},
        ("E331", "mappings"),
    ),
    "not in the path": (
        {f"{ROUTE}.inputParameters": one(**{"in": "path"})},
        ("E210", "limit"),
    ),
    "twice": (
        {f"{ROUTE}.inputParameters": one() + one(type="number")},
        ("E219", "limit"),
    ),
    "an optional path": (
        {f"{TOOL}.inputParameters": argument(name="id", required=False)},
        ("E213", "false"),
    ),
    "a misspelt reference": (
        {
            f"{TOOL}.inputParameters": argument(),
            f"{TOOL}.with": {"limit": "tools.limt"},
        },
        ("E203", "tools.limt"),
    ),
    "a path that is not there": (
        {f"{ROUTE}.with": {"limit": "rest.path.limit"}},
        ("E210", "rest.path.limit"),
    ),
    "a part of the query": (
        {f"{BODY_ROUTE}.with": {"body": "rest.query.part"}},
        ("E336", "rest.query.part"),
    ),
    "a backslash in a path": (
        {f"{CONSUMED}.resources.0.path": "/things/{id}\\1"},
        ("E220", "/things/{id}\\1"),
    ),
    "half a placeholder": (
        {f"{CONSUMED}.resources.0.path": "/things/{id"},
        ("E220", "/things/{id"),
    ),
    "dots": ({f"{RESOURCE}.path": "/a/../{id}"}, ("E220", "/a/../{id}")),
    "framing": (
        {f"{OPERATION}.inputParameters.1": {"name": "Content-Length", "in": "header"}},
        ("E336", "Content-Length"),
    ),
    "an API key without a name": (
        {f"{CONSUMED}.authentication": {"type": "apikey", "value": "{{env.TOKEN}}"}},
        ("E239", "type: apikey"),
    ),
    "no name of a header": (
        {
            f"{CONSUMED}.authentication": {
                "type": "apikey",
                "key": "X Key",
                "value": "{{env.TOKEN}}",
            }
        },
        ("E218", "X Key"),
    ),
    "nothing exposed": ({"capability.exposes": None}, ("E334", "consumes:")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_compiled_is_refused_in_its_place(
    case: str, tmp_path: Path
) -> None:
    edits, expected = REFUSED[case]
    assert checked(tmp_path, changed(edits))[1] == [expected]


#: Keys that calls and credentials depend on, and what each is misspelt as.
MISSPELT = (
    "binds>bnds",
    "binds.0.keys>key",
    "capability.consumes>consums",
    f"{CONSUMED}.namespace>namspace",
    f"{CONSUMED}.resources>resorces",
    f"{CONSUMED}.authentication.token>tokn",
    f"{CONSUMED}.resources.0.path>pth",
    f"{CONSUMED}.resources.0.operations>operatons",
    f"{OPERATION}.name>nam",
    f"{ROUTE}.call>cal",
    f"{TOOL}.call>cal",
)


@pytest.mark.parametrize("path", MISSPELT)
def test_a_misspelt_key_is_one_diagnostic(path: str, tmp_path: Path) -> None:
    errors = checked(tmp_path, changed({path: None}))[1]
    assert errors == [("E102", path.rpartition(">")[2])]


def test_an_empty_list_is_one_diagnostic(tmp_path: Path) -> None:
    errors = checked(tmp_path, changed({f"{CONSUMED}.resources": []}))[1]
    assert errors == [("E106", "[]")]


def test_a_bind_that_two_namespaces_declare_must_be_named_in_full(
    tmp_path: Path,
) -> None:
    other = {"namespace": "other", "keys": {"TOKEN": "OTHER_TOKEN"}}
    token = f"{CONSUMED}.authentication.token"
    document = changed({token: "{{TOKEN}}"})
    document["binds"].append(other)
    assert checked(tmp_path, document)[1] == [("E204", "'{{TOKEN}}'")]
    document = changed({token: "{{other.TOKEN}}"})
    document["binds"].append(other)
    capability, errors = checked(tmp_path, document)
    assert errors == [] and capability is not None
    authentication = capability.upstreams[0].authentication
    assert authentication is not None
    assert [c.variable for c in authentication.credentials] == ["OTHER_TOKEN"]
    document["binds"][1]["namespace"] = "env"
    document["capability"]["consumes"][0]["authentication"]["token"] = "{{env.TOKEN}}"
    assert checked(tmp_path, document)[1] == [("E205", "env")]


def test_the_exposed_side_writes_types_descriptions_and_requirements(
    tmp_path: Path,
) -> None:
    document = changed(
        {
            f"{ROUTE}.inputParameters": one(name="max", type="integer"),
            f"{ROUTE}.with": {"limit": "rest.max"},
            f"{TOOL}.inputParameters": argument(type="integer"),
        }
    )
    capability, errors = checked(tmp_path, document)
    assert errors == [] and capability is not None
    route, tool = capability.routes[0], capability.tools[0]
    assert [(i.name, i.target.type, i.description) for i in route.inputs] == [
        ("id", "string", ""),
        ("max", "integer", "How many."),
    ]
    assert tool.input_schema == {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "limit": {"type": "integer", "description": "How many."},
        },
        "additionalProperties": False,
        # Declared inputs of tools are required unless they say otherwise.
        "required": ["id", "limit"],
    }


def test_a_reference_is_taken_from_where_it_says(tmp_path: Path) -> None:
    document = changed({f"{ROUTE}.with": {"limit": "rest.header.X-Limit"}})
    capability, errors = checked(tmp_path, document)
    assert errors == [] and capability is not None
    places = [(i.name, i.location) for i in capability.routes[0].inputs]
    assert places == [("id", "path"), ("X-Limit", "header")]


def test_adapters_may_have_tools_of_one_name(tmp_path: Path) -> None:
    other = copy.deepcopy(BASE["capability"]["exposes"][1])
    document = copy.deepcopy(BASE)
    document["capability"]["exposes"].append(
        {**other, "namespace": "two", "port": 9002}
    )
    capability, errors = checked(tmp_path, document)
    assert errors == [] and capability is not None
    assert [tool.ident for tool in capability.tools] == [
        "get_thing",
        "add_thing",
        "two_get_thing",
        "two_add_thing",
    ]


def imported(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def test_no_operation_takes_a_name_that_its_module_imports(tmp_path: Path) -> None:
    def built(names: list[str]) -> dict[str, ast.Module]:
        """Modules of a package with an operation, a route and a tool of each name."""
        document = copy.deepcopy(BASE)
        operations = document["capability"]["consumes"][0]["resources"][1]
        resources = document["capability"]["exposes"][0]["resources"]
        tools = document["capability"]["exposes"][1]["tools"]
        for name in names:
            body = {"name": "body", "in": "body"}
            call = {"name": name, "call": f"api.{name}"}
            operations["operations"].append(
                {"name": name, "method": "POST", "inputParameters": [body]}
            )
            resources.append(
                {"path": f"/{name}", "operations": [{"method": "POST", **call}]}
            )
            source = {"description": "One", "with": {"body": "tools.it"}}
            tools.append({**call, **source})
        schema = {
            "type": "object",
            "properties": {"a": {"type": "string", "maxLength": 9}},
        }
        for operation in operations["operations"]:
            operation["requestBody"] = schema
        spec = tmp_path / "names.yaml"
        spec.write_text(yaml.safe_dump(document, sort_keys=False))
        report = Report()
        package = pipeline.build(Job(str(spec), "names"), report, Stages())
        assert package is not None, report.errors
        return {
            path: ast.parse(content)
            for path, content in package.files.items()
            if path.startswith("names_capability/") and path.endswith(".py")
        }

    made = ("operations", "commands", "inputs", "rest", "mcp_server")
    modules = {f"names_capability/{name}.py" for name in made}
    taken = {
        name.rstrip("_").replace("_", "-")
        for path, tree in built([]).items()
        if path in modules
        for name in imported(tree)
        if name == name.lower() and not name.startswith("__")
    }
    assert {"partial", "check-body", "read-tools"} <= taken
    for path, tree in built(sorted(taken)).items():
        defined = {
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert not defined & imported(tree), path
