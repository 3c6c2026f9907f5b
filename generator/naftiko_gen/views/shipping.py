"""The files that deploy and publish a package: compose, Kubernetes, systemd, the workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from naftiko_gen import ir
from naftiko_gen.names import constant

from . import nonces, pools
from .project_files import mounts
from .settings_table import table

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Deployed

#: Names of Services are labels of DNS that begin with a letter (RFC 1035).
_LONGEST = 50
_HTTPS = 443
_OTLP = 4318
_REDIS = 6379


def view(capability: ir.Capability) -> Deployed:
    """The context of all of their templates."""
    alone = exclusive(capability)
    return {
        "label": capability.label,
        "distribution": capability.distribution,
        "image": f"{capability.distribution}:{capability.release}",
        "name": label(capability),
        "package": capability.package,
        "mcp": bool(capability.mcp),
        "ports": ports(capability),
        "check": health(capability),
        "hosts": f"{constant(capability.package)}_ALLOWED_HOSTS",
        "unneeded": not any(s.required or s.serving for s in table(capability)),
        "mounts": mounts(capability, label(capability)),
        "alone": alone is not None,
        "shared": bool(pools.pools(capability)),
        "key": None if alone is None else alone.credentials[0].variable,
        "upstream_ports": upstream_ports(capability),
    }


def ports(capability: ir.Capability) -> list[int]:
    """The ports that other machines may reach; management stays on this one."""
    return [
        server.port
        for server in capability.servers
        if server.port is not None and not isinstance(server, ir.ControlAdapter)
    ]


def exclusive(capability: ir.Capability) -> ir.Signing | None:
    """The first signing whose key only one process may use, because its nonces rise."""
    for upstream in capability.upstreams:
        signing = upstream.signing
        if signing is not None and (
            signing.delivery != "free" or nonces.increasing(signing)
        ):
            return signing
    return None


def label(capability: ir.Capability) -> str:
    """The name of what is deployed."""
    name = capability.distribution[:_LONGEST].strip("-")
    return name if name[0].isalpha() else f"c-{name}"


def health(capability: ir.Capability) -> list[str]:
    """The command that asks the first server how it is, without a shell; empty without one."""
    found = ports(capability)
    if not found:
        return []
    url = f"http://127.0.0.1:{found[0]}/health/live"
    code = f"import urllib.request as u; u.urlopen('{url}', timeout=2)"
    return ["python", "-c", code]


def upstream_ports(capability: ir.Capability) -> list[int]:
    """The ports of upstreams and of what else is called; 443 for what is not known."""
    found = {_HTTPS}
    for upstream in capability.upstreams:
        if not upstream.base_variables:
            address = urlsplit(upstream.base_uri)
            found.add(address.port or (80 if address.scheme == "http" else _HTTPS))
    if capability.observability is not None:
        found.add(_OTLP)
    if pools.pools(capability):
        found.add(_REDIS)
    return sorted(found)
