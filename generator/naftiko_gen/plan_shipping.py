"""The files of a project for those who run and publish it: what ``--with`` adds."""

from __future__ import annotations

from collections.abc import Sequence

from . import ir, overlay, pins, plan_copies
from .json_file import json_bytes
from .options import Options
from .plan_items import Item
from .source import Source
from .views import clients, dependencies, sbom, server_json, shipping

CHANGELOG = "CHANGELOG.md"


def changelog(
    capability: ir.Capability,
    source: Source,
    options: Options,
    applied: Sequence[overlay.Applied],
) -> list[Item]:
    """The changelog as it begins, and copies of what later builds compare with."""
    if "changelog" not in options.extras:
        return []
    from .changes.entries import begun, date_of

    text = begun(capability.release, date_of(source))
    laid_over = plan_copies.overlays(overlay.inputs(applied))
    return [
        Item(CHANGELOG, data=text.encode(), kept=True),
        *(Item(path, data=data) for path, data in laid_over.items()),
    ]


def items(capability: ir.Capability, options: Options) -> list[Item]:
    """The files of all that was chosen and that makes sense for the package.

    Where nothing listens, nothing is deployed; what is for MCP needs an MCP adapter.
    """
    found: list[Item] = []
    facts = shipping.view(capability)
    for path, template in _templates(capability, options).items():
        found.append(Item(path, template=f"project/{template}", context=facts))
    chosen = options.extras
    if {"constraints", "sbom"} & {*chosen}:
        used = pins.closure(dependencies.shipped(capability))
        if "constraints" in chosen:
            found.append(Item("constraints.txt", data=pins.constraints(used).encode()))
        if "sbom" in chosen:
            document = sbom.document(capability, used)
            found.append(Item("sbom.cdx.json", data=json_bytes(document)))
    if capability.mcp and "server-json" in chosen:
        description = server_json.document(capability, options.server_name)
        found.append(Item("server.json", data=json_bytes(description)))
    if capability.mcp and "clients" in chosen:
        found += [
            Item(f"clients/{name}", data=json_bytes(document))
            for name, document in clients.documents(capability).items()
        ]
        context = clients.codex(capability)
        template = "project/codex.toml.jinja"
        found.append(Item("clients/codex.toml", template=template, context=context))
    return found


def _templates(capability: ir.Capability, options: Options) -> dict[str, str]:
    """The templates by path."""
    found: dict[str, str] = {}
    if "publish" in options.extras:
        found[".github/workflows/publish.yml"] = "publish.yml.jinja"
    if not shipping.ports(capability):
        return found
    if "compose" in options.extras:
        found["compose.yaml"] = "compose.yaml.jinja"
    if "systemd" in options.extras:
        found[f"{capability.distribution}.service"] = "systemd.service.jinja"
    if "kubernetes" in options.extras:
        names = ["deployment", "network-policy", "service"]
        if shipping.exclusive(capability) is None:
            names += ["autoscaler", "disruption-budget"]
        found |= {f"kubernetes/{n}.yaml": f"kubernetes/{n}.yaml.jinja" for n in names}
    return found
