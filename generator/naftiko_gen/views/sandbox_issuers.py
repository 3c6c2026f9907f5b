"""The authorization servers of the sandbox, for callers of adapters that take tokens."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Value, code, ident

from . import guards


def issuers_of(capability: ir.Capability) -> tuple[Value, ...]:
    """The issuers of access tokens: adapters that share a variable share one."""
    found: dict[str, list[ir.Access]] = {}
    resources: dict[str, str] = {}
    for adapter, access in guards.guarded(capability):
        if access.oauth is not None:
            found.setdefault(access.oauth.issuer.variable, []).append(access)
            resources.setdefault(access.oauth.resource.variable, here(adapter))
    return tuple(_issuer(name, found[name], resources) for name in found)


def _issuer(
    variable: str, sharing: list[ir.Access], resources: Mapping[str, str]
) -> Call:
    oauths = [access.oauth for access in sharing if access.oauth is not None]
    audiences = dict.fromkeys(
        o.audience or resources[o.resource.variable] for o in oauths
    )
    scopes = dict.fromkeys(scope for o in oauths for scope in o.scopes)
    clients = dict.fromkeys(a.credentials for a in sharing if a.credentials)
    arguments: list[Value] = [variable, tuple(audiences), tuple(scopes)]
    if clients:
        arguments.append(tuple(tuple(ident(c.ident) for c in one) for one in clients))
    return Call(code("Issued"), tuple(arguments))


def here(adapter: ir.Server) -> str:
    """What an adapter that runs on this machine is called, to those who ask for its tokens."""
    path = "/mcp" if isinstance(adapter, ir.McpAdapter) else ""
    return f"http://127.0.0.1:{adapter.port or 8080}{path}"
