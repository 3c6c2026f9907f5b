"""The table of contents of an emitted package: what makes each path, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import ir
from .pycode import docstring
from .source import Source
from .views import (
    commands,
    context,
    contract_tests,
    contracts,
    failures,
    guards,
    inputs,
    main,
    mappings,
    mcp_server,
    operations,
    project,
    rest,
    sandbox,
    settings,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One emitted file: a template with its context, a static file, or data."""

    path: str
    template: str | None = None
    static: str | None = None
    data: bytes | None = None
    context: Mapping[str, object] = field(default_factory=dict)


#: Static modules of every package.
_ALWAYS = (
    "arguments",
    "bodies",
    "check",
    "check_text",
    "client",
    "command",
    "command_call",
    "command_serve",
    "command_stdio",
    "contract",
    "deadlines",
    "encoding",
    "environment",
    "errors",
    "faults",
    "inband",
    "listening",
    "origins",
    "package",
    "reply",
    "rest_support",
    "sandbox",
    "sandbox_behaviour",
    "sandbox_control",
    "sandbox_samples",
    "sandbox_verifier",
    "serving",
    "strict_json",
    "transport",
    "upstream",
    "wire",
    "workers",
)
_MCP = ("asgi", "mcp_support")
_MAPPED = ("json_values", "mapped")
_SIGNED = ("pacing", "signed_upstream")
#: The signer of each scheme, emitted as signing.py, and the static module of its verifier.
_SCHEMES = {"kraken-spot": ("signing_kraken_spot", "sandbox_kraken_spot")}


def plan(capability: ir.Capability, source: Source) -> tuple[Item, ...]:
    """Every file of the package, in the order of its path."""
    items = [*_project(capability, source), *_package(capability), *_static(capability)]
    return tuple(sorted(items, key=lambda item: item.path))


def _project(capability: ir.Capability, source: Source) -> list[Item]:
    facts = project.view(capability)
    return [
        Item("README.md", template="project/README.md.jinja", context=facts),
        Item("pyproject.toml", template="project/pyproject.toml.jinja", context=facts),
        Item("Dockerfile", template="project/Dockerfile.jinja", context=facts),
        Item(".env.example", template="project/env.example.jinja", context=facts),
        Item(".dockerignore", static="project/dockerignore"),
        Item("capability.yaml", data=source.raw),
        *(
            Item(name, data=data)
            for name, data in contracts.contracts(capability).items()
        ),
        Item(
            "tests/test_contract.py",
            template="tests/test_contract.py.jinja",
            context=contract_tests.view(capability),
        ),
        Item("tests/support.py", static="static_tests/support.py"),
        *(
            [Item("tests/callers.py", static="static_tests/callers.py")]
            if guards.guarded(capability)
            else []
        ),
    ]


def _package(capability: ir.Capability) -> list[Item]:
    files: list[tuple[str, Mapping[str, object]]] = [
        ("__init__", {"doc": docstring(capability.label, 0)}),
        ("__main__", main.view(capability)),
        ("commands", commands.view(capability)),
        ("context", context.view(capability)),
        ("operations", operations.view(capability)),
        ("parts", main.parts_view(capability)),
        ("sandbox_setup", sandbox.view(capability)),
        ("settings", settings.view(capability)),
    ]
    if any(operation.body for operation in capability.operations):
        files.append(("inputs", inputs.view(capability)))
    if any(upstream.errors for upstream in capability.upstreams):
        files.append(("failures", failures.view(capability)))
    if mappings.outputs(capability):
        files.append(("mappings", mappings.view(capability)))
    if guards.guarded(capability):
        files.append(("guards", guards.view(capability)))
    if capability.rest:
        files.append(("rest", rest.view(capability)))
    if capability.mcp:
        files.append(("mcp_server", mcp_server.view(capability)))
    return [
        Item(
            f"{capability.package}/{name}.py",
            template=f"package/{name}.py.jinja",
            context=facts,
        )
        for name, facts in files
    ]


def _static(capability: ir.Capability) -> list[Item]:
    names = {name: name for name in _ALWAYS}
    if capability.mcp:
        names |= {name: name for name in _MCP}
    if any(operation.payload for operation in capability.operations):
        names["payloads"] = "payloads"
    if mappings.outputs(capability):
        names |= {name: name for name in _MAPPED}
    names |= {name: name for name in guards.modules(capability)}
    for upstream in capability.upstreams:
        if upstream.signing is not None:
            signer, verifier = _SCHEMES[upstream.signing.scheme]
            names |= {name: name for name in _SIGNED} | {
                "signing": signer,
                verifier: verifier,
            }
        elif upstream.authentication is not None:
            names["credentials"] = "credentials"
    items = [
        Item(f"{capability.package}/{name}.py", static=f"static/{module}.py")
        for name, module in names.items()
    ]
    samples = sandbox.samples(capability)
    return [
        *items,
        Item(f"{capability.package}/sandbox_samples.json", data=samples),
        Item(f"{capability.package}/py.typed", data=b""),
    ]
