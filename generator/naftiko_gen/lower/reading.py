"""What only reads: operations and flows, the routes that run them, and resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from naftiko_gen import ir

#: Methods that change nothing (RFC 9110, section 9.2.1).
SAFE = ("GET", "HEAD")


def reads(runs: ir.Runnable) -> bool:
    """Whether nothing is changed, by the methods or by what the author of a function promises."""
    if isinstance(runs, ir.Operation):
        return runs.method in SAFE
    safe = all(operation.method in SAFE for operation in runs.operations)
    return safe if runs.safe is None else runs.safe


def with_reads(
    rest: Iterable[ir.RestAdapter], mcp: Sequence[ir.McpAdapter]
) -> tuple[list[ir.RestAdapter], list[ir.McpAdapter]]:
    """The adapters with what is known of their routes and resources.

    What the hints of tools say of an operation holds for all that calls it.
    """
    said: dict[str, bool] = {}
    for adapter in mcp:
        for tool in adapter.tools:
            command = tool.runs.command
            said[command] = said.get(command, True) and tool.read_only

    def known(runs: ir.Runnable) -> bool:
        return said.get(runs.command, reads(runs))

    return (
        [
            replace(a, routes=tuple(replace(r, reads=known(r.runs)) for r in a.routes))
            for a in rest
        ],
        [
            replace(
                a,
                exposed=tuple(
                    replace(e, reads=known(e.runs)) if isinstance(e, ir.Resource) else e
                    for e in a.exposed
                ),
            )
            for a in mcp
        ],
    )


def changing(
    rest: Iterable[ir.RestAdapter], mcp: Iterable[ir.McpAdapter]
) -> set[tuple[str, str]]:
    """What changes something, by the namespace of its adapter and each name that it goes by."""
    found: set[tuple[str, str]] = set()
    for adapter in rest:
        for route in adapter.routes:
            if not route.reads:
                found.add((adapter.namespace, route.name))
                found.add((adapter.namespace, f"{route.method} {route.path}"))
    for server in mcp:
        found |= {(server.namespace, t.name) for t in server.tools if not t.read_only}
        found |= {(server.namespace, r.name) for r in server.resources if not r.reads}
    return found


def only_reading(adapter: ir.RestAdapter) -> ir.RestAdapter:
    """The adapter without what changes something."""
    routes = tuple(route for route in adapter.routes if route.reads)
    kept = {route.ident for route in routes}
    choices = (
        replace(
            choice,
            alternatives=tuple(a for a in choice.alternatives if a.ident in kept),
        )
        for choice in adapter.choices
    )
    return replace(
        adapter,
        routes=routes,
        choices=tuple(choice for choice in choices if choice.alternatives),
        forwards=tuple(replace(f, read_only=True) for f in adapter.forwards),
    )
