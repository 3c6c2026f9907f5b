"""The files around the package: README, project file, image, example of the environment."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir

from . import guards
from .contracts import contract_name
from .settings import table


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of all templates of the project folder."""
    signed = next((u for u in capability.upstreams if u.signing), None)
    return {
        "label": capability.label,
        "summary": capability.description or capability.label,
        "description": capability.description,
        "distribution": capability.distribution,
        "script": f"{capability.package}.__main__:main",
        "package": capability.package,
        "dependencies": _dependencies(capability),
        "contracts": [
            {"file": name, "inside": f"{capability.package}/{name}"}
            for name in (
                contract_name(capability, adapter) for adapter in capability.adapters
            )
        ],
        "rest": bool(capability.rest),
        "mcp": bool(capability.mcp),
        "command": capability.operations[0].command if capability.operations else None,
        "operations": [
            _row(capability, operation) for operation in capability.operations
        ],
        "callers": [guards.row(*pair) for pair in guards.guarded(capability)],
        "adapters": [_adapter(a) for a in capability.adapters],
        "ports": [a.port for a in capability.adapters if a.port is not None],
        "settings": table(capability),
        "window": signed.signing.window_variable if signed and signed.signing else None,
        "stdio_config": _stdio(capability),
        "http_config": _http(capability),
    }


def _dependencies(capability: ir.Capability) -> list[str]:
    tokens = any(access.oauth for _, access in guards.guarded(capability))
    return [
        "aiohttp>=3.12,<4",
        *(["mcp>=2.3,<3"] if capability.mcp else []),
        *(["PyJWT[crypto]>=2.10,<3"] if tokens else []),
    ]


def _row(capability: ir.Capability, operation: ir.Operation) -> Mapping[str, object]:
    def uses(item: ir.Route | ir.Tool) -> bool:
        return item.operation == operation

    tools = [tool for tool in capability.tools if uses(tool)]
    return {
        "command": operation.command,
        "title": operation.title,
        "routes": [f"{r.method} {r.path}" for r in capability.routes if uses(r)],
        "tools": [tool.name for tool in tools],
        "upstream": f"{operation.method} {operation.path}",
        "changes": (
            not all(tool.read_only for tool in tools)
            if tools
            else operation.method != "GET"
        ),
    }


def _adapter(adapter: ir.Adapter) -> Mapping[str, object]:
    rest = isinstance(adapter, ir.RestAdapter)
    return {
        "namespace": adapter.namespace,
        "rest": rest,
        "url": (
            None
            if adapter.port is None
            else _url(adapter.address, adapter.port) + ("" if rest else "/mcp")
        ),
    }


def _url(address: str, port: int) -> str:
    return (
        f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"
    )


def _stdio(capability: ir.Capability) -> ir.JsonObject:
    variables: ir.JsonObject = {s.variable: "" for s in table(capability) if s.required}
    server: ir.JsonObject = {
        "command": "python",
        "args": ["-m", capability.package, "stdio"],
    }
    if variables:
        server["env"] = variables
    return {"mcpServers": {capability.name: server}}


def _headers(adapter: ir.McpAdapter) -> ir.JsonObject:
    found = guards.headers(adapter.access)
    return {"headers": found} if found else {}


def _http(capability: ir.Capability) -> ir.JsonObject:
    servers: ir.JsonObject = {
        adapter.namespace: {
            "type": "http",
            "url": f"{_url(adapter.address, adapter.port)}/mcp",
            **_headers(adapter),
        }
        for adapter in capability.mcp
        if adapter.port is not None
    }
    return {"mcpServers": servers}
