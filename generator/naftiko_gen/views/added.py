"""What ``--with`` adds to a project, for its README."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.options import Options

from . import server_json, shipping

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Added


def rows(capability: ir.Capability, options: Options) -> list[Added]:
    """Each file or folder that is there, and how it is used."""
    served, mcp = bool(shipping.ports(capability)), bool(capability.mcp)
    unit = f"{capability.distribution}.service"
    registered = server_json.name(capability, options.server_name)
    known = (
        ("changelog", "CHANGELOG.md", True, _CHANGELOG),
        ("constraints", "constraints.txt", True, _CONSTRAINTS),
        ("sbom", "sbom.cdx.json", True, _SBOM),
        ("compose", "compose.yaml", served, _COMPOSE),
        ("kubernetes", "kubernetes", served, _replicas(capability)),
        ("systemd", unit, served, _SYSTEMD),
        ("publish", ".github/workflows/publish.yml", True, _PUBLISH),
        ("server-json", "server.json", mcp, f"{_REGISTERED} {registered}"),
        ("clients", "clients", mcp, _CLIENTS),
    )
    return [
        {"path": path, "what": what}
        for name, path, sensible, what in known
        if sensible and name in options.extras
    ]


_CHANGELOG = (
    "what changed for callers and operators; builds add to it, and keep your words"
)
_CONSTRAINTS = (
    "exact versions of all libraries, with digests: "
    "pip install --require-hashes -r constraints.txt"
)
_SBOM = "the bill of materials of the image (CycloneDX 1.6)"
_COMPOSE = "docker compose up --build, with the values in .env"
_SYSTEMD = "a hardened unit; it says where it looks for the package and the values"
_PUBLISH = "publishes a release, with trusted publishing"
_REGISTERED = "what the MCP Registry is told; the server is called"
_CLIENTS = "configurations of MCP clients that start the package; none holds a secret"


def _replicas(capability: ir.Capability) -> str:
    many = "two to six replicas"
    one = "one replica, because nonces of a key have to rise"
    kind = many if shipping.exclusive(capability) is None else one
    return f"kubectl apply -f kubernetes/; {kind}"
