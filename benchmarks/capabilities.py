"""Capabilities of any size, made up by a seeded generator: the same for the same seed."""

import random
from pathlib import Path
from typing import Any

import yaml

_WORDS = (
    *("account", "balance", "carrier", "delivery", "exchange", "forecast"),
    *("gateway", "holding", "invoice", "journal", "ledger", "market"),
    *("notice", "order", "payment", "quote", "report", "shipment"),
    *("ticket", "user", "voucher", "wallet"),
)
_METHODS = ("GET", "GET", "POST", "PUT", "DELETE")
_TYPES = ("string", "integer", "number", "boolean")


def _words(chance: random.Random, most: int) -> str:
    return "-".join(chance.choice(_WORDS) for _ in range(chance.randint(1, most)))


def capability(seed: int, operations: int, errors: int = 0) -> dict[str, Any]:
    """A capability whose operations have a route and a tool each.

    The first ``errors`` routes call an operation that does not exist, by a name that is nearly
    right.
    """
    chance = random.Random(seed)
    space = f"{_words(chance, 2)}-api"
    consumed: list[Any] = []
    routes: list[Any] = []
    tools: list[Any] = []
    for number in range(operations):
        name = f"{_words(chance, 3)}-{number}"
        path = f"/{_words(chance, 2)}/{number}"
        path += chance.choice(("", "/{id}", "/{id}/details"))
        method = chance.choice(_METHODS)
        inputs: list[dict[str, str]] = [
            {
                "name": f"{_words(chance, 2)}-{n}",
                "in": "query",
                "type": chance.choice(_TYPES),
                "description": f"The {_words(chance, 4).replace('-', ' ')}.",
            }
            for n in range(chance.randint(0, 4))
        ]
        if "{" in path:
            inputs.append({"name": "id", "in": "path", "type": "string"})
        sent = [{"name": i["name"], "in": i["in"]} for i in inputs]
        said = f"{method.title()} the {_words(chance, 5).replace('-', ' ')}."
        common: dict[str, Any] = {
            "name": name,
            "description": said,
            "call": f"{space}.{name}",
        }
        operation = {"name": name, "method": method, "inputParameters": sent}
        consumed.append({"name": name, "path": path, "operations": [operation]})
        own = [{k: v for k, v in i.items() if k != "in"} for i in inputs]
        wired = {i["name"]: f"rest.{i['name']}" for i in inputs}
        route = {**common, "method": method, "inputParameters": inputs, "with": wired}
        if number < errors:
            route["call"] += "x"
        routes.append({"name": name, "path": path, "operations": [route]})
        tool = {**common, "inputParameters": own}
        tool["with"] = {i["name"]: f"tools.{i['name']}" for i in inputs}
        tools.append(tool)
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": space, "description": f"What {space} offers."},
        "binds": [{"namespace": "env", "keys": {"API_TOKEN": "API_TOKEN"}}],
        "capability": {
            "consumes": [
                {
                    "namespace": space,
                    "type": "http",
                    "baseUri": "https://api.example.com",
                    "authentication": {"type": "bearer", "token": "{{API_TOKEN}}"},
                    "resources": consumed,
                }
            ],
            "exposes": [
                {
                    "type": "rest",
                    "port": 8080,
                    "namespace": f"{space}-rest",
                    "resources": routes,
                },
                {
                    "type": "mcp",
                    "port": 9090,
                    "namespace": f"{space}-mcp",
                    "description": f"The tools of {space}.",
                    "tools": tools,
                },
            ],
        },
    }


def write(path: Path, document: dict[str, Any]) -> None:
    """Write a capability as YAML."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    path.write_text(yaml.dump(document, Dumper=dumper, sort_keys=False))


def folder_of(folder: Path, number: int) -> None:
    """So many capabilities, of 3 to 40 operations; every tenth has an error."""
    for seed in range(number):
        size = random.Random(seed).randint(3, 40)
        made = capability(seed, size, errors=int(seed % 10 == 9))
        write(folder / f"capability-{seed:04}.yaml", made)
