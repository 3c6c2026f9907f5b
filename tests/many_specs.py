"""Specs of many shapes and lengths of names, written by a seeded generator."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

_WORDS = [
    "harbour",
    "lamp",
    "orchard",
    "ferry",
    "quartz",
    "meadow",
    "cider",
    "violin",
    "kestrel",
    "saddle",
]
_TYPES = ("string", "integer", "number", "boolean")


def _name(chance: random.Random, longest: int) -> str:
    return "-".join(chance.choice(_WORDS) for _ in range(chance.randint(1, longest)))


def _text(chance: random.Random, longest: int) -> str:
    words = (chance.choice(_WORDS) for _ in range(chance.randint(1, longest)))
    return " ".join(words).capitalize() + chance.choice(["", ".", ' — «quoted» "text"'])


def _operation(chance: random.Random, name: str, path: str) -> dict[str, Any]:
    inputs = [
        {"name": f"{_name(chance, 3)}-{n}", "in": chance.choice(["query", "header"])}
        for n in range(chance.randint(0, 6))
    ]
    method = chance.choice(["GET", "POST", "DELETE"])
    inputs += [{"name": "id", "in": "path"}] if "{id}" in path else []
    body = {"body": {"type": "json", "data": {}}} if method == "POST" else {}
    return {"name": name, "method": method, "inputParameters": inputs, **body}


def document(seed: int, operations: int | None = None) -> dict[str, Any]:
    """A sound capability with REST and MCP adapters; the same for the same seed."""
    chance = random.Random(seed)
    space = f"{_name(chance, 5)}-api"
    resources: list[Any] = []
    exposed: list[Any] = []
    tools: list[Any] = []
    for number in range(operations or chance.randint(1, 6)):
        name, path = f"{_name(chance, 6)}-{number}", f"/{_name(chance, 2)}/{number}"
        path += chance.choice(["", "/{id}", "/{id}/details"])
        operation = _operation(chance, name, path)
        resources.append({"name": name, "path": path, "operations": [operation]})
        inputs = [
            {
                "name": one["name"],
                "in": one["in"],
                "type": chance.choice(_TYPES),
                "description": _text(chance, 30),
            }
            for one in operation["inputParameters"]
        ]
        call = f"{space}.{name}"
        wired = {one["name"]: f"rest.{one['name']}" for one in inputs}
        exposed.append(
            {
                "name": name,
                "path": path,
                "operations": [
                    {
                        "method": operation["method"],
                        "name": name,
                        "description": _text(chance, 40),
                        "call": call,
                        "inputParameters": inputs,
                        **({"with": wired} if wired else {}),
                    }
                ],
            }
        )
        tools.append(
            {
                "name": name,
                "description": _text(chance, 60),
                "call": call,
                "inputParameters": [
                    {k: v for k, v in one.items() if k != "in"} for one in inputs
                ],
                **({"with": {k: f"tools.{k}" for k in wired}} if wired else {}),
            }
        )
    secret = f"{_name(chance, 5)}-key".upper().replace("-", "_")
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": _text(chance, 3), "description": _text(chance, 50)},
        "binds": [{"namespace": "env", "keys": {secret: secret}}],
        "capability": {
            "consumes": [
                {
                    "namespace": space,
                    "type": "http",
                    "baseUri": "https://api.example.com",
                    "authentication": {"type": "bearer", "token": f"{{{{{secret}}}}}"},
                    "resources": resources,
                }
            ],
            "exposes": [
                {
                    "type": "rest",
                    "port": 8080,
                    "namespace": f"{_name(chance, 3)}-rest",
                    "resources": exposed,
                },
                {
                    "type": "mcp",
                    "port": 9090,
                    "namespace": f"{_name(chance, 3)}-mcp",
                    "description": _text(chance, 10),
                    "tools": tools,
                },
            ],
        },
    }


def write_all(folder: Path, number: int) -> None:
    """``number`` specs in some folders: sound ones, some with warnings, every seventh refused."""
    for seed in range(number):
        made = document(seed)
        if seed % 7 == 3:
            made["capability"]["exposes"][0]["resources"][0]["operations"][0][
                "call"
            ] = "nowhere.nothing"
        if seed % 5 == 1:
            made["info"]["title"] = made["info"].pop("label")
        path = (
            folder
            / f"part{seed % 3}"
            / f"spec-{seed:03}.{'json' if seed % 4 else 'yaml'}"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(made, indent=1), encoding="utf-8")
