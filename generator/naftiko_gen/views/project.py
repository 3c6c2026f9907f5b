"""The files around the package: README, project file, image, example of the environment."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.ir_mcp import Folder
from naftiko_gen.lock import NAME as LOCK
from naftiko_gen.names import constant
from naftiko_gen.options import Options

from . import added, dependencies, docs, guards, pools, server_json, shipping
from .contracts import contract_names
from .main import kind
from .project_files import secret_files
from .settings import bind_files
from .settings_table import table
from .skill import FOLDER

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Adapter, Project, Resource
    from naftiko_gen.contexts.project import Operation as Row

#: The longest summary of a distribution.
_SUMMARY = 512


def view(capability: ir.Capability, options: Options) -> Project:
    """The context of all templates of the project folder."""
    windows = [
        u.signing.window_variable
        for u in capability.upstreams
        if u.signing is not None and u.signing.delivery == "window"
    ]
    return {
        "label": capability.label,
        "summary": _summary(capability),
        "release": capability.release,
        "image": f"{capability.distribution}:{capability.release}",
        "keywords": [tag for tag in capability.tags if _is_keyword(tag)],
        "description": capability.description,
        "skipped": [
            {"what": part.what, "line": part.line, "why": "; ".join(part.why)}
            for part in capability.skipped
        ],
        "distribution": capability.distribution,
        "script": f"{capability.package}.__main__:main",
        "package": capability.package,
        "prefix": constant(capability.package),
        "dependencies": dependencies.required(capability),
        "speed": list(dependencies.SPEED),
        "telemetry": dependencies.telemetry(capability.observability),
        "docs": docs.told(capability),
        "metrics": capability.metrics,
        "hooks": f"{capability.package}/hooks.py" if capability.hooks else None,
        "contracts": [
            {"file": name, "inside": f"{capability.package}/{name}"}
            for name in contract_names(capability)
        ],
        "lock": LOCK,
        "lock_inside": f"{capability.package}/{LOCK}",
        "rest": bool(capability.rest),
        "mcp": bool(capability.mcp),
        "command": capability.operations[0].command if capability.operations else None,
        "operations": _rows(capability),
        "resources": [row for adapter in capability.mcp for row in _resources(adapter)],
        "prompts": [
            {
                "name": p.name,
                "title": p.title,
                "arguments": [a.name for a in p.arguments],
            }
            for adapter in capability.mcp
            for p in adapter.prompts
        ],
        "skills": (
            {"folder": FOLDER, "inside": f"{capability.package}/{FOLDER}"}
            if capability.skill
            else None
        ),
        "forwards": [
            {"path": f.path, "title": f.title, "upstream": f.namespace}
            for f in capability.forwards
        ],
        "callers": [guards.row(*pair) for pair in guards.guarded(capability)],
        "adapters": [_adapter(a) for a in capability.servers],
        "ports": shipping.ports(capability),
        "health": shipping.health(capability),
        "settings": table(capability),
        "sources": _sources(capability, options),
        "added": added.rows(capability, options),
        "pinned": "constraints" in options.extras,
        "registered": (
            server_json.name(capability, options.server_name)
            if capability.mcp and "server-json" in options.extras
            else None
        ),
        "secret_places": [file.path for file in bind_files(capability)],
        "secret_files": secret_files(capability),
        "window": windows[0] if windows else None,
        "pool": pools.told(capability),
        "extras": ",".join(dependencies.extras(capability)),
        "redis": pools.REDIS if pools.pools(capability) else None,
        "stdio_config": _stdio(capability),
        "http_config": _http(capability),
    }


def _summary(capability: ir.Capability) -> str:
    """One line, of the length that an index takes."""
    text = capability.description or capability.label
    return shorten(text, _SUMMARY, placeholder="…") or capability.distribution


def _is_keyword(tag: str) -> bool:
    """Whether a tag can stand in a list that commas separate."""
    return bool(tag.strip()) and tag.isprintable() and "," not in tag


def _sources(capability: ir.Capability, options: Options) -> list[str]:
    """What a source distribution holds besides the project file and the README."""
    found = [capability.package, "capability.yaml", LOCK, *contract_names(capability)]
    if capability.adapters:
        found.append("tests")
    if capability.skill:
        found.append(FOLDER)
    if "changelog" in options.extras:
        found.append("CHANGELOG.md")
    return found


def _rows(capability: ir.Capability) -> list[Row]:
    routes: dict[str, list[ir.Route]] = {}
    tools: dict[str, list[ir.Tool]] = {}
    for route in capability.routes:
        routes.setdefault(_command(route), []).append(route)
    for tool in capability.tools:
        tools.setdefault(_command(tool), []).append(tool)
    return [
        _row(runs, routes.get(runs.command, ()), tools.get(runs.command, ()))
        for runs in capability.runnables
    ]


def _command(item: ir.Route | ir.Tool) -> str:
    return item.runs.command


def _row(
    runs: ir.Runnable, routes: Sequence[ir.Route], tools: Sequence[ir.Tool]
) -> Row:
    calls = runs.operations if isinstance(runs, ir.Flow) else (runs,)
    return {
        "command": runs.command,
        "title": runs.title,
        "routes": [f"{r.method} {r.path}" for r in routes],
        "tools": [tool.name for tool in tools],
        "upstream": ", ".join(dict.fromkeys(f"{o.method} {o.path}" for o in calls)),
        "changes": (
            not all(tool.read_only for tool in tools)
            if tools
            else any(o.method != "GET" for o in calls)
        ),
    }


_KINDS = {
    "rest": ("REST", ""),
    "mcp": ("MCP", "/mcp"),
    "skill": ("skills", "/skills"),
    "control": ("management", ""),
}


def _resources(adapter: ir.McpAdapter) -> list[Resource]:
    rows: list[Resource] = []
    for item in adapter.exposed:
        if isinstance(item, Folder):
            rows += [
                {"uri": file.uri, "title": item.title, "source": None}
                for file in item.files
            ]
        else:
            source = item.runs.command
            rows.append({"uri": item.uri, "title": item.title, "source": source})
    return rows


def _adapter(adapter: ir.Server) -> Adapter:
    serves, path = _KINDS[kind(adapter)]
    return {
        "namespace": adapter.namespace,
        "serves": serves,
        "url": (
            None if adapter.port is None else _url(adapter.address, adapter.port) + path
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
