"""Every secret that a package reads from its environment."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen import ir

from . import guards


def credentials(capability: ir.Capability) -> tuple[ir.Credential, ...]:
    """Every secret that the package reads, once."""
    found = {c.variable: c for c in credentials_of_calls(capability)}
    for _, access in guards.guarded(capability):
        for credential in access.credentials:
            found.setdefault(credential.variable, credential)
    return tuple(found.values())


def credentials_of_calls(capability: ir.Capability) -> tuple[ir.Credential, ...]:
    """Every secret that calls of upstreams need, once."""
    found: dict[str, ir.Credential] = {}
    for upstream in capability.upstreams:
        for holder in (upstream.authentication, upstream.signing):
            for credential in holder.credentials if holder else ():
                found.setdefault(credential.variable, credential)
    for credential in _of_templates(capability):
        found.setdefault(credential.variable, credential)
    return tuple(found.values())


def credentials_beside(capability: ir.Capability, upstream: ir.Upstream) -> set[str]:
    """The variables that something else than the signatures of ``upstream`` needs."""
    found = [*_of_templates(capability)]
    for other in capability.upstreams:
        if other.authentication is not None:
            found += other.authentication.credentials
        if other.signing is not None and other is not upstream:
            found += other.signing.credentials
    for _, access in guards.guarded(capability):
        found += access.credentials
    return {credential.variable for credential in found}


def _of_templates(capability: ir.Capability) -> Iterator[ir.Credential]:
    for operation in capability.operations:
        yield from operation.settings
    routes = [value for route in capability.routes for _, value in route.fixed]
    tools = [value for tool in capability.tools for _, value in tool.fixed]
    resources = [value for r in capability.resources for _, value in r.fixed]
    for value in (*routes, *tools, *resources):
        if isinstance(value, ir.Text):
            yield from (p for p in value.parts if isinstance(p, ir.Credential))
