"""The files around the package: README, project file, image, example of the environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from naftiko_gen import ir
from naftiko_gen.ir_mcp import Folder

from . import docs, formats, guards, pools
from .contracts import contract_names
from .flows import scripts
from .main import kind
from .settings import bind_files, private_keys
from .settings_table import table
from .skill import FOLDER


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of all templates of the project folder."""
    windows = [
        u.signing.window_variable
        for u in capability.upstreams
        if u.signing is not None and u.signing.delivery == "window"
    ]
    return {
        "label": capability.label,
        "summary": capability.description or capability.label,
        "description": capability.description,
        "skipped": [
            {"what": part.what, "line": part.line, "why": "; ".join(part.why)}
            for part in capability.skipped
        ],
        "distribution": capability.distribution,
        "script": f"{capability.package}.__main__:main",
        "package": capability.package,
        "dependencies": _dependencies(capability),
        "telemetry": _telemetry(capability.observability),
        "docs": docs.told(capability),
        "hooks": f"{capability.package}/hooks.py" if capability.hooks else None,
        "contracts": [
            {"file": name, "inside": f"{capability.package}/{name}"}
            for name in contract_names(capability)
        ],
        "rest": bool(capability.rest),
        "mcp": bool(capability.mcp),
        "command": capability.operations[0].command if capability.operations else None,
        "operations": _rows(capability),
        "resources": [row for adapter in capability.mcp for row in _resources(adapter)],
        "prompts": [prompt for adapter in capability.mcp for prompt in adapter.prompts],
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
        "ports": [a.port for a in capability.servers if a.port is not None],
        "settings": table(capability),
        "secret_places": [file.path for file in bind_files(capability)],
        "secret_files": _secret_files(capability),
        "window": windows[0] if windows else None,
        "pool": pools.told(capability),
        "redis": pools.REDIS if pools.pools(capability) else None,
        "stdio_config": _stdio(capability),
        "http_config": _http(capability),
    }


def _telemetry(observability: ir.Observability | None) -> list[str]:
    """What spans need: an extra, because the package does without."""
    if observability is None:
        return []
    names = ["opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http"]
    if observability.propagation == "b3":
        names.append("opentelemetry-propagator-b3")
    return [f"{name}>=1.30,<2" for name in names]


def _dependencies(capability: ir.Capability) -> list[str]:
    patterns = (i.pattern for route in capability.routes for i in route.inputs)
    suffixes = {PurePosixPath(file.path).suffix for file in bind_files(capability)}
    names = {PurePosixPath(file.path).name for file in bind_files(capability)}
    found = ["aiohttp>=3.12,<4", *formats.requirements(capability.operations)]
    if private_keys(capability):
        found.append("cryptography>=43,<51")
    if capability.mcp:
        found.append("mcp>=2.3,<3")
    if any(patterns):
        found.append("pydantic-core>=2.27,<3")
    if any(step.language == "javascript" for step in scripts(capability)):
        found.append("quickjs-ng>=0.17,<1")
    if ".env" in suffixes or any(name.startswith(".env") for name in names):
        found.append("python-dotenv>=1,<2")
    if suffixes & {".yaml", ".yml"}:
        found.append("pyyaml>=6,<7")
    if any(access.oauth for _, access in guards.guarded(capability)):
        found.append("PyJWT[crypto]>=2.10,<3")
    return list(dict.fromkeys(found))


def _secret_files(capability: ir.Capability) -> list[str]:
    """The files of the project folder that must not leave it."""
    paths = (PurePosixPath(file.path) for file in bind_files(capability))
    inside = {
        str(path) for path in paths if not path.is_absolute() and ".." not in path.parts
    }
    return [".env", *sorted(inside - {".env"})]


def _rows(capability: ir.Capability) -> list[Mapping[str, object]]:
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
) -> Mapping[str, object]:
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


def _resources(adapter: ir.McpAdapter) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = []
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


def _adapter(adapter: ir.Server) -> Mapping[str, object]:
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
