"""Documents of other kinds, which are told apart by the keys at their root."""

from __future__ import annotations

from .diagnostics import Report
from .names import plain
from .source import Source

#: One of these, however it is spelled, and the file is meant as a capability.
_OURS = (
    "naftiko",
    "ikanos",
    "capability",
    "consumes",
    "exposes",
    "aggregates",
    "binds",
)
_OPENAPI = "make a capability of it: naftiko-gen import openapi {}"
_BEGIN = (
    "a capability begins with `naftiko: 1.0.0-alpha2`, and has `info` and `capability`"
)
#: Keys that tell, and what a document with all of them is.
_KINDS = (
    (("openapi",), "an OpenAPI document", _OPENAPI),
    (("swagger",), "an OpenAPI document", _OPENAPI),
    (("asyncapi",), "an AsyncAPI document", _BEGIN),
    (("arazzo",), "an Arazzo document", _BEGIN),
    (
        ("overlay", "actions"),
        "an overlay",
        "lay it over a capability: build --overlay {}",
    ),
    (("info", "item"), "a Postman collection", _BEGIN),
    (("apiVersion", "kind"), "a manifest", _BEGIN),
    (("apiVersion", "name", "version"), "a Helm chart", _BEGIN),
    (("on", "jobs"), "a GitHub workflow", _BEGIN),
    (("mcp_tools",), "a list of MCP tools", _BEGIN),
    (("mcpServers",), "the configuration of an MCP client", _BEGIN),
    (("workflow",), "the description of a workflow", _BEGIN),
    (("workflows",), "the description of workflows", _BEGIN),
)
_SHOWN = 6


def refused(source: Source, report: Report) -> bool:
    """Report E014 for a document of another kind, and nothing else of it."""
    data = source.data
    if not isinstance(data, dict) or not data:
        return False
    keys = [*data]
    if any(plain(key).startswith(_OURS) for key in keys):
        return False
    what, at, hint = "this is not a capability", keys[0], _BEGIN
    for telling, kind, advice in _KINDS:
        if all(key in data for key in telling):
            what, at, hint = f"this is {kind}, not a capability", telling[0], advice
            break
    listed = ", ".join(f"`{key[:40]}`" for key in keys[:_SHOWN])
    more = ", ..." if len(keys) > _SHOWN else ""
    report.add(
        "E014",
        f"{what}: its keys are {listed}{more}",
        source.span((at,), key=True),
        hint.format(source.file),
    )
    return True
