"""A complete capability for each accepted deviation, all made of one sound capability."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]


def sound() -> Document:
    """A capability without any deviation."""
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": "Orders", "description": "Orders of a shop."},
        "binds": [{"namespace": "env", "keys": {"SHOP_TOKEN": "SHOP_TOKEN"}}],
        "capability": {
            "consumes": [
                {
                    "type": "http",
                    "namespace": "shop",
                    "baseUri": "https://shop.example",
                    "authentication": {"type": "bearer", "token": "{{SHOP_TOKEN}}"},
                    "resources": [
                        {
                            "name": "orders",
                            "path": "/orders",
                            "operations": [
                                {
                                    "name": "list",
                                    "method": "GET",
                                    "inputParameters": [
                                        {"name": "limit", "in": "query"}
                                    ],
                                },
                                {
                                    "name": "add",
                                    "method": "POST",
                                    "body": {"type": "json", "data": {}},
                                },
                            ],
                        },
                        {
                            "name": "order",
                            "path": "/orders/{order-id}",
                            "operations": [
                                {
                                    "name": "get-order",
                                    "method": "GET",
                                    "inputParameters": [
                                        {"name": "order-id", "in": "path"}
                                    ],
                                }
                            ],
                        },
                    ],
                }
            ],
            "exposes": [
                {
                    "type": "rest",
                    "namespace": "orders-rest",
                    "port": 8080,
                    "resources": [
                        {
                            "name": "orders",
                            "path": "/orders",
                            "operations": [
                                {"method": "GET", "call": "shop.list"},
                                {"method": "POST", "call": "shop.add"},
                            ],
                        },
                        {
                            "name": "order",
                            "path": "/orders/{order-id}",
                            "operations": [{"method": "GET", "call": "shop.get-order"}],
                        },
                    ],
                },
                {
                    "type": "mcp",
                    "namespace": "orders-mcp",
                    "port": 9090,
                    "description": "Orders.",
                    "tools": [
                        {
                            "name": "list-orders",
                            "description": "The orders.",
                            "call": "shop.list",
                        },
                        {
                            "name": "get-order",
                            "description": "One order.",
                            "call": "shop.get-order",
                        },
                    ],
                },
            ],
        },
    }


def specimen(code: str) -> Document:
    """A capability whose only deviation is the one of ``code``."""
    document = copy.deepcopy(sound())
    _CHANGES[code](_Parts(document))
    return document


class _Parts:
    """The places of the document that deviations are put into."""

    def __init__(self, document: Document) -> None:
        self.root = document
        self.info = document["info"]
        self.capability = document["capability"]
        self.block = self.capability["consumes"][0]
        self.credential = self.block["authentication"]
        self.many, self.one = self.block["resources"]
        self.list, self.add = self.many["operations"]
        self.get = self.one["operations"][0]
        self.rest, self.mcp = self.capability["exposes"]
        self.routes = self.rest["resources"][0]["operations"]
        self.route = self.rest["resources"][1]["operations"][0]
        self.tool = self.mcp["tools"][0]


_Change = Callable[[_Parts], Any]
_CHANGES: dict[str, _Change] = {}


def _case(code: str) -> Callable[[_Change], _Change]:
    def known(change: _Change) -> _Change:
        _CHANGES[code] = change
        return change

    return known


@_case("W101")
def _(p: _Parts) -> None:
    p.list["inputParameters"] = [
        {"name": "limit", "in": "query", "type": "integer", "description": "How many."},
        {"name": "state", "in": "query", "type": "string", "required": True},
        {"name": "shop", "in": "query", "type": "string", "required": True},
        {"name": 'it\'s "new"', "in": "body", "value": "x"},
    ][:3]
    p.block["inputParameters"] = [{"name": "X-Shop", "in": "header", "type": "string"}]


@_case("W102")
def _(p: _Parts) -> None:
    p.rest["description"] = "What customers have ordered."


@_case("W103")
def _(p: _Parts) -> None:
    p.tool["outputParameters"] = [{"type": "array", "mapping": "$."}]
    p.route["outputParameters"] = [{"type": "object", "mapping": "$.data"}]


@_case("W104")
def _(p: _Parts) -> None:
    text = {"type": "string", "mapping": "$.state"}
    p.tool["outputParameters"] = [{"name": "state", **text}]
    p.route["outputParameters"] = [
        {"name": "state", **text},
        {"name": "total", "type": "number", "mapping": "$.total"},
    ]


@_case("W110")
def _(p: _Parts) -> None:
    p.root["naftiko"] = "1.0.0-alpha1"


@_case("W112")
def _(p: _Parts) -> None:
    p.list["inputParameters"].append({"name": "Authorization", "in": "header"})
    p.get["inputParameters"].append({"name": "authorization", "in": "header"})


@_case("W120")
def _(p: _Parts) -> None:
    p.root.update(id="orders", name="Shop orders", tags=["shop"])
    del p.info["label"]


@_case("W121")
def _(p: _Parts) -> None:
    p.info["title"] = p.info.pop("label")


@_case("W122")
def _(p: _Parts) -> None:
    p.info.update(version="1.2", contact={"email": "shop@shop.example"})


@_case("W123")
def _(p: _Parts) -> None:
    p.root["binds"] = []
    del p.block["authentication"]


@_case("W124")
def _(p: _Parts) -> None:
    p.block["auth"] = p.block.pop("authentication")


@_case("W125")
def _(p: _Parts) -> None:
    p.block["authentication"] = {
        "type": "apiKey",
        "in": "header",
        "name": "X-Token",
        "value": "{{SHOP_TOKEN}}",
    }


@_case("W126")
def _(p: _Parts) -> None:
    p.block["authentication"] = {
        "type": "apikey",
        "headers": {"X-Token": "{{SHOP_TOKEN}}", "X-Key": "{{SHOP_TOKEN}}"},
    }


@_case("W127")
def _(p: _Parts) -> None:
    p.capability["consumes"].append(copy.deepcopy(p.block))


@_case("W128")
def _(p: _Parts) -> None:
    p.list["id"] = p.list.pop("name")


@_case("W129")
def _(p: _Parts) -> None:
    p.list["inputParameters"].append({"name": "", "in": "query"})


@_case("W130")
def _(p: _Parts) -> None:
    del p.list["inputParameters"][0]["in"]
    del p.get["inputParameters"][0]["in"]


@_case("W131")
def _(p: _Parts) -> None:
    p.block["resources"] = [
        {
            "name": "orders",
            "path": "/orders",
            "operations": [
                {**p.list, "path": "/"},
                {**p.get, "path": "/{order-id}"},
                p.add,
            ],
        }
    ]


@_case("W132")
def _(p: _Parts) -> None:
    p.many["path"] = "/?view=all#ListOrders"


@_case("W133")
def _(p: _Parts) -> None:
    p.tool["name"] = "list.orders"
    p.list["name"] = "list.all"
    p.tool["call"] = p.routes[0]["call"] = "shop.list.all"


@_case("W134")
def _(p: _Parts) -> None:
    p.add["body"] = {"type": "form", "data": {"item": "{{tools.item}}"}}


@_case("W135")
def _(p: _Parts) -> None:
    p.add["body"] = {"type": "yaml", "data": {"document": "{{tools.document}}"}}


@_case("W136")
def _(p: _Parts) -> None:
    p.add["body"] = {"type": "json"}


@_case("W137")
def _(p: _Parts) -> None:
    output = {"name": "total", "type": "integer", "value": "$.total"}
    p.list["outputParameters"] = [output]


@_case("W138")
def _(p: _Parts) -> None:
    del p.rest["namespace"], p.mcp["namespace"]


@_case("W139")
def _(p: _Parts) -> None:
    p.rest["resources"] = []


@_case("W140")
def _(p: _Parts) -> None:
    p.credential["token"] = "HMAC-SHA256 {{SHOP_TOKEN}}"


@_case("W141")
def _(p: _Parts) -> None:
    p.route["inputParameters"] = [
        {
            "name": "order-id",
            "in": "path",
            "type": "string",
            "description": "Its number.",
            "required": True,
        }
    ]


@_case("W142")
def _(p: _Parts) -> None:
    p.tool["call"] = "shop.List"


@_case("W143")
def _(p: _Parts) -> None:
    for unit in (*p.routes, p.route, *p.mcp["tools"]):
        unit["call"] = unit["call"].replace("shop.", "shop-api.")


@_case("W144")
def _(p: _Parts) -> None:
    del p.tool["description"]
    p.tool["inputParameters"] = [{"name": "limit", "type": "number"}]


@_case("W145")
def _(p: _Parts) -> None:
    p.capability["exposes"].append(_skill())
    p.capability["exposes"][-1]["skills"][0]["location"] = "file:///opt/skills"


@_case("W146")
def _(p: _Parts) -> None:
    p.capability["exposes"].append(_skill())
    p.capability["exposes"][-1]["skills"][0]["allowed-tools"] = "list-orders,get-order"


@_case("W147")
def _(p: _Parts) -> None:
    p.one["path"] = "/orders"


@_case("W148")
def _(p: _Parts) -> None:
    p.mcp["tools"][1]["with"] = {"order_id": "tools.number"}


@_case("W149")
def _(p: _Parts) -> None:
    p.tool["with"] = {"limit": "tools.limit", "since": "tools.since"}


@_case("W150")
def _(p: _Parts) -> None:
    p.credential["token"] = "{{OTHER_TOKEN}}"


@_case("W151")
def _(p: _Parts) -> None:
    p.block["baseUri"] = "https://shop.example/api/{tenant}/v2"
    for number, address in enumerate(("{{SHOP_URL}}/v2", "{scheme}://{host}/v2")):
        other = {"name": f"list-{number}", "method": "GET"}
        resources = [{"name": "orders", "path": "/orders", "operations": [other]}]
        block = {"type": "http", "namespace": f"shop-{number}", "baseUri": address}
        p.capability["consumes"].append({**block, "resources": resources})
        tool = {**p.tool, "name": f"orders-{number}"}
        p.mcp["tools"].append({**tool, "call": f"shop-{number}.list-{number}"})
    p.root["binds"][0]["keys"]["SHOP_URL"] = "SHOP_URL"


@_case("W152")
def _(p: _Parts) -> None:
    p.list["inputParameters"] = [
        {"name": "$top", "in": "query"},
        {"name": "filter[state]", "in": "query"},
        {"name": "filter-state", "in": "query"},
    ]
    p.get["inputParameters"].append({"name": "$top", "in": "query"})
    p.tool["with"] = {"$top": "tools.page.size", "filter[state]": "tools.filter[state]"}
    p.tool["inputParameters"] = [
        {"name": "page.size", "type": "string", "description": "How many."}
    ]


@_case("W153")
def _(p: _Parts) -> None:
    p.tool["with"] = {"limit": "tools.limit", "authorization": "tools.token"}
    p.tool["inputParameters"] = [
        {"name": "limit", "type": "string", "description": "How many."},
        {"name": "token", "type": "string", "description": "The key."},
    ]
    p.routes[0]["inputParameters"] = [
        {
            "name": "Authorization",
            "in": "header",
            "type": "string",
            "description": "Key.",
        }
    ]


@_case("W154")
def _(p: _Parts) -> None:
    p.many["path"] = "/shops/{shop}/orders"


@_case("W155")
def _(p: _Parts) -> None:
    p.list["inputParameters"][0]["type"] = "array"


@_case("W156")
def _(p: _Parts) -> None:
    p.list["outputRawFormat"] = "text"
    p.get["outputRawFormat"] = "binary"


@_case("W157")
def _(p: _Parts) -> None:
    p.many["path"] = "orders"
    p.rest["resources"][0]["path"] = "orders"


@_case("W158")
def _(p: _Parts) -> None:
    p.add["inputParameters"] = [
        {"name": "name", "in": "body"},
        {"name": "note", "in": "body"},
    ]
    p.add["body"] = {"type": "json", "data": {"order": "{{name}}"}}


@_case("W166")
def _(p: _Parts) -> None:
    limit = p.list["inputParameters"][0]
    p.list["inputParameters"] += [{"name": "page", "in": "query"}, {**limit}]
    argument = {"name": "limit", "type": "string", "description": "How many."}
    p.tool["inputParameters"] = [argument, {**argument, "description": "Many."}]


@_case("W180")
def _(p: _Parts) -> None:
    p.list["inputParameters"][0]["type"] = "string"
    argument = {"name": "limit", "type": "string", "description": "How many."}
    p.tool["inputParameters"] = [argument]


@_case("W201")
def _(p: _Parts) -> None:
    p.block["baseUri"] = "https://sqs.eu-west-1.amazonaws.com"


@_case("W159")
def _(p: _Parts) -> None:
    p.block["base_url"] = p.block.pop("baseUri")
    p.add["Body"] = p.add.pop("body")
    p.tool["title"] = "Orders"
    p.mcp["tools"][1]["annotations"] = {"readOnlyHint": True}


@_case("W160")
def _(p: _Parts) -> None:
    p.credential["type"] = "Bearer"
    p.list["method"] = "get"
    p.list["inputParameters"][0]["in"] = "Query"
    p.mcp["transport"] = "streamable-http"


@_case("W161")
def _(p: _Parts) -> None:
    p.mcp["port"] = "9090"
    p.info["label"] = 2026
    p.tool["hints"] = {"readOnly": "true"}


@_case("W162")
def _(p: _Parts) -> None:
    p.info["tags"] = None
    p.list["description"] = None
    p.rest["resources"][0]["operations"][0]["with"] = None


@_case("W163")
def _(p: _Parts) -> None:
    p.root["binds"] = {"env": {"SHOP_TOKEN": "SHOP_TOKEN"}}
    p.capability["consumes"] = p.block
    p.list["inputParameters"] = {"limit": {"in": "query"}}
    p.mcp["tools"] = {tool.pop("name"): tool for tool in p.mcp["tools"]}


@_case("W164")
def _(p: _Parts) -> None:
    p.root["x-team"] = "shop"
    p.block["version"] = "2"
    p.list["inputParameters"][0]["example"] = 5


@_case("W165")
def _(p: _Parts) -> None:
    p.root["exposes"] = p.capability.pop("exposes")
    p.capability["info"] = p.root.pop("info")


@_case("W174")
def _(p: _Parts) -> None:
    p.add["payload"] = {"item": "{{tools.item}}"}
    del p.add["body"]


@_case("W167")
def _(p: _Parts) -> None:
    p.add["body"] = {"type": "json", "data": {"item": "tools.item", "n": "{{args.n}}"}}


@_case("W168")
def _(p: _Parts) -> None:
    p.one["path"] = "/orders/:order-id"
    p.rest["resources"][1]["path"] = "/orders/<order-id>"


@_case("W169")
def _(p: _Parts) -> None:
    p.credential["token"] = "${SHOP_TOKEN}"
    p.block["inputParameters"] = [
        {"name": "X-Shop", "in": "header", "value": "env.SHOP_TOKEN"}
    ]


@_case("W170")
def _(p: _Parts) -> None:
    p.block["authentication"] = "none"
    del p.root["binds"]


@_case("W171")
def _(p: _Parts) -> None:
    del p.root["naftiko"]


@_case("W173")
def _(p: _Parts) -> None:
    items = {"type": "object"}
    p.tool["outputParameters"] = [
        {"type": "array", "mapping": "$.data", "items": items}
    ]


@_case("W175")
def _(p: _Parts) -> None:
    p.add["body"] = {"type": "json", "data": {True: "{{tools.on}}"}}


@_case("W202")
def _(p: _Parts) -> None:
    p.block["errors"] = {
        "path": "error",
        "otherwise": {"status": 502, "kind": "request"},
    }
    p.add["cost"] = 2
    p.tool["tags"] = ["reading"]


@_case("W206")
def _(p: _Parts) -> None:
    again = {"name": "orders-again", "path": "/orders", "operations": [*p.routes[:1]]}
    p.rest["resources"].append(again)
    p.routes.append({"method": "POST", "call": "shop.add"})


@_case("W212")
def _(p: _Parts) -> None:
    for tool, kind in zip(p.mcp["tools"], ("string", "number"), strict=True):
        tool.update(
            call="shop.list",
            inputParameters=[{"name": "limit", "type": kind, "description": "Many."}],
        )


@_case("W215")
def _(p: _Parts) -> None:
    p.root["binds"][0]["keys"]["SHOP_URL"] = "SHOP_ADDRESS"
    p.root["binds"].append({"namespace": "old", "keys": {"OLD_KEY": "OLD_KEY"}})
    p.capability["binds"] = [{"namespace": "older", "keys": {"OLDER": "OLDER"}}]


@_case("W299")
def _(p: _Parts) -> None:
    p.get["outputRawFormat"] = "binary"
    output = {"type": "string", "mapping": "$.data"}
    p.route["outputParameters"] = [output]


def _skill() -> Document:
    tool = {"name": "list", "description": "The orders."}
    source = {"sourceNamespace": "orders-mcp", "action": "list-orders"}
    return {
        "type": "skill",
        "namespace": "orders-skills",
        "port": 9091,
        "description": "Skills.",
        "skills": [
            {
                "name": "ordering",
                "description": "How to order.",
                "tools": [{**tool, "from": source}],
            }
        ],
    }


#: The codes that there is a specimen of.
KNOWN = tuple(_CHANGES)
