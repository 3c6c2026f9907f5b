"""Capabilities as the wild writes them: all good, and no two of them alike."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .callers import PLACEHOLDER, READING

_WORDS = (
    "id",
    "class",
    "from",
    "page_size",
    "pageToken",
    "shop-id",
    "Kind",
    "max",
    "q2",
)
_WIRE_NAMES = (*_WORDS, "$top", "page.offset", "filter[name]", "type", "body_")
_HEADERS = ("X-Trace", "X-Account-Id", "Prefer", "Accept-Language")
_TYPES = ("string", "integer", "number", "boolean")
_SHAPES = ("/{}", "/{}/items", "/{}.json", "/{}:run", "/by-{}/all", "/items/{}")
_AUTHENTICATION: tuple[Any, ...] = (
    None,
    {"type": "bearer", "token": "{{SHOP_TOKEN}}"},
    {"type": "bearer", "value": "{{env.SHOP_TOKEN}}"},
    {
        "type": "apikey",
        "key": "X-Key",
        "value": "{{SHOP_TOKEN}}",
        "placement": "header",
    },
    {"type": "apiKey", "in": "query", "name": "key", "value": "k-{{env.SHOP_TOKEN}}"},
    {"type": "apikey", "header": "X-Key", "value": "Key {{UNDECLARED_TOKEN}}"},
    {"type": "basic", "username": "shop", "password": "{{SHOP_TOKEN}}"},
    {"type": "apiKey", "in": "query", "name": "AccessKey", "token": "{{SHOP_TOKEN}}"},
)


@st.composite
def capabilities(draw: Any, operations: int = 12) -> Any:
    """A document with so many operations, each with a route and a tool."""
    binds = [
        {"namespace": "env", "keys": {"SHOP_TOKEN": "SHOP_TOKEN", "TENANT": "T_ID"}}
    ]
    resources, routes, tools = [], [], []
    quiet = draw(st.booleans())
    for number in range(operations):
        consumed, path = _operation(draw, number)
        resources.append({"name": f"r{number}", "path": path, "operations": [consumed]})
        names = [
            i["name"] for i in consumed.get("inputParameters", []) if "value" not in i
        ]
        routes.append(_route(draw, number, consumed, path, names))
        tools.append(_tool(draw, number, consumed, names, quiet))
    block: Any = {
        "type": "http",
        "namespace": "shop",
        "baseUri": "https://shop.example/v1",
    }
    if authentication := draw(st.sampled_from(_AUTHENTICATION)):
        block["authentication"] = authentication
        _ask(tools[draw(st.integers(0, len(tools) - 1))], resources, authentication)
    more, shared = _sharing(draw)
    resources += more
    routes.append(shared)
    rest = {"type": "rest", "port": 8080, "namespace": "shop-api", "resources": routes}
    mcp = {"type": "mcp", "port": 9090, "namespace": "shop-tools", "tools": tools}
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": "Shop", "description": "What a shop has."},
        "binds": binds,
        "capability": {
            "consumes": [{**block, "resources": resources}],
            "exposes": [
                {**rest, "description": "A shop."},
                {**mcp, "transport": "http"},
            ],
        },
    }


def _operation(draw: Any, number: int) -> tuple[dict[str, Any], str]:
    """A consumed operation, and the path of its resource."""
    method = draw(st.sampled_from(["GET", "GET", "POST", "PUT", "PATCH", "DELETE"]))
    path, inputs = f"/things{number}", []
    names = draw(st.lists(st.sampled_from(_WORDS), max_size=2, unique=True))
    for name in names:
        slot = "{" + name + "}"
        slot = "{" + slot + "}" if draw(st.integers(0, 3)) == 0 else slot
        path += draw(st.sampled_from(_SHAPES)).replace("{}", slot)
        if draw(st.booleans()):
            inputs.append(
                {"name": name, "in": "path", "type": draw(st.sampled_from(_TYPES))}
            )
    if draw(st.integers(0, 5)) == 0:
        path += "/{{TENANT}}"
    taken = set(names)
    for name in draw(st.lists(st.sampled_from(_WIRE_NAMES), max_size=4, unique=True)):
        if name not in taken and _plain(name) not in map(_plain, taken):
            taken.add(name)
            inputs.append(_parameter(draw, name, "query"))
    for name in draw(st.lists(st.sampled_from(_HEADERS), max_size=2, unique=True)):
        inputs.append(_parameter(draw, name, "header"))
    node: dict[str, Any] = {
        "name": f"{method.lower()}-thing-{number}",
        "method": method,
    }
    if method not in READING:
        inputs += _body(draw, node)
    if inputs:
        node["inputParameters"] = inputs
    if draw(st.integers(0, 7)) == 0:
        node["outputRawFormat"] = "xml"
    return node, path


def _parameter(draw: Any, name: str, place: str) -> dict[str, Any]:
    item: dict[str, Any] = {"name": name, "in": place}
    kind = draw(st.integers(0, 5))
    if kind == 0:
        item["value"] = draw(
            st.sampled_from(["fixed", "a b&c", "x-{{env.SHOP_TOKEN}}"])
        )
    elif kind > 1:
        item["type"] = draw(st.sampled_from(_TYPES))
        item["required"] = draw(st.booleans())
    if place == "query" and kind == 5 and draw(st.booleans()):
        item["type"] = "array"
    return item


def _body(draw: Any, node: dict[str, Any]) -> list[dict[str, Any]]:
    """What is sent in the body: members in a template, or parameters, or what callers send."""
    kind = draw(st.integers(0, 9))
    first, second = draw(st.sampled_from([("title", "note"), ("lineItems", "to_whom")]))
    one, two = ("{{tools." + name + "}}" for name in (first, second))
    if kind == 1:
        node["body"] = {"type": "json", "data": {}}
    elif kind == 2:
        deep = {"say": f"for {two}!", "n": [1, one]}
        node["body"] = {
            "type": "json",
            "data": {
                "a": one,
                "b": {"c": deep, "d": True, "e": None},
            },
        }
        # A text that is put together needs its parts.
        return [{"name": second, "in": "body", "type": "string", "required": True}]
    elif kind == 3:
        node["body"] = {"type": "json", "data": one}
    elif kind == 4:
        data = {
            "a": one,
            "b": "fixed &",
            "c": two,
        }
        node["body"] = {
            "type": draw(st.sampled_from(["form", "formUrlEncoded"])),
            "data": data,
        }
    elif kind == 6:
        # A text that is all there is in a body needs its parts.
        node["body"] = {"type": "json", "data": {"query": f"{{ all(of: {one}) }}"}}
    elif kind == 7:
        kind = draw(st.sampled_from(["text", "yaml"]))
        node["body"] = {"type": kind, "data": {"content": one}}
    elif kind == 8:
        data = {"a": one, "b": "fixed", "c": f"{two}!"}
        node["body"] = {"type": "multipart", "data": data}
    elif kind == 5:
        return [
            {"name": first, "in": "body", "type": draw(st.sampled_from(_TYPES))},
            {
                "name": second,
                "in": "body",
                "type": "object",
                "required": draw(st.booleans()),
            },
        ]
    return []


def _ask(tool: Any, resources: list[Any], authentication: Any) -> None:
    """Let a tool ask for the credential, as those do that were made of an OpenAPI document."""
    key = authentication.get("name", "Authorization")
    item = {"name": key.lower(), "in": authentication.get("in", "header")}
    for resource in resources:
        (operation,) = resource["operations"]
        if tool["call"] == f"shop.{operation['name']}":
            operation.setdefault("inputParameters", []).append(item)
    tool["with"] = {**tool.get("with", {}), key: "tools.secret"}
    tool["inputParameters"] = [{"name": "secret", "type": "string", "required": True}]


def _sharing(draw: Any) -> tuple[list[Any], Any]:
    """Two operations, and the routes of one method and path that call them."""
    names = ["number", draw(st.sampled_from(["state", "filter[state]"]))]
    some = [{"name": name, "in": "query"} for name in names]
    all_of = {"name": "all-of-it", "method": "GET", "inputParameters": some}
    one_of = {"name": "one-of-it", "method": "GET"}
    routes = [
        {"method": "GET", "call": "shop.all-of-it"},
        {"method": "GET", "call": "shop.one-of-it", "with": {"number": "rest.number"}},
    ]
    resources = [
        {"name": "many", "path": "/depots", "operations": [all_of]},
        {"name": "one", "path": "/depots/{number}", "operations": [one_of]},
    ]
    return resources, {"path": "/api/depots", "operations": routes}


def _with(draw: Any, prefix: str, names: list[str]) -> dict[str, Any]:
    """What is said of some of the inputs: a name of its own, a value, or nothing."""
    says: dict[str, Any] = {}
    for number, name in enumerate(names):
        kind = draw(st.integers(0, 4))
        if kind == 1:
            says[name] = f"{prefix}.{name}"
        elif kind == 2:
            # Names that are no misspellings of one another.
            says[name] = f"{prefix}.{'abcdefghijkl'[number] * 4}"
    return says


def _route(
    draw: Any, number: int, consumed: dict[str, Any], path: str, names: list[str]
) -> dict[str, Any]:
    method = consumed["method"]
    slots = [s for s in PLACEHOLDER.findall(path) if s != "TENANT"]
    served = f"/api/{number}"
    says = _with(draw, "rest", [n for n in names if n not in slots])
    for slot in slots:
        kind = draw(st.integers(0, 3))
        shown = {1: f"my-{slot}", 2: slot.replace("_", "-").lower()}.get(kind, slot)
        served += f"/{{{shown}}}"
        if kind == 1 or draw(st.booleans()):
            says[slot] = f"rest.{shown}"
    node: dict[str, Any] = {"method": method, "call": f"shop.{consumed['name']}"}
    if says:
        node["with"] = says
    if draw(st.booleans()):
        node["outputParameters"] = [{"type": "object", "mapping": "$."}]
    return {"path": served, "name": f"r{number}", "operations": [node]}


def _tool(
    draw: Any, number: int, consumed: dict[str, Any], names: list[str], quiet: bool
) -> dict[str, Any]:
    node: dict[str, Any] = {
        "name": f"tool-{number}",
        "call": f"shop.{consumed['name']}",
    }
    says = _with(draw, "tools", names)
    if says:
        node["with"] = says
    if draw(st.booleans()):
        node["inputParameters"] = _declared(draw, consumed, says, quiet)
    if draw(st.booleans()):
        node["description"] = "Does it."
    if draw(st.booleans()):
        node["outputParameters"] = [{"type": "object", "mapping": "$."}]
    return node


def _declared(draw: Any, consumed: Any, says: Any, quiet: bool) -> list[Any]:
    """What a tool says of its inputs, as far as the operation declares them.

    If it is ``quiet``, it never says of one that it may be left out.
    """
    found: list[Any] = []
    for item in consumed.get("inputParameters", []):
        if "value" in item or item.get("in") == "body" or draw(st.booleans()):
            continue
        name = says.get(item["name"], f"tools.{item['name']}").partition(".")[2]
        kind = "string" if item.get("type") == "array" else item.get("type", "string")
        found.append({"name": name, "type": kind})
        if draw(st.booleans()):
            needed = item.get("required", False) or item.get("in") == "path"
            found[-1]["required"] = needed or quiet or draw(st.booleans())
    return found


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
