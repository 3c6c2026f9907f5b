"""The service, region or account that requests to cloud providers besides AWS are signed for."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.cloud_hosts import CloudHost, read_host
from naftiko_gen.ir_signing import Option
from naftiko_gen.names import constant
from naftiko_gen.signing_modules import MODULES

from .addresses import Address
from .node import Node

_EXAMPLES = {"azure-sharedkey": "blob", "tencent-tc3": "cvm", "volcengine-v4": "iam"}
_AZURE = ("blob", "dfs", "file", "queue", "table")


def cloud_names(
    scheme: str,
    block: Node,
    node: Node,
    base: Address,
    options: dict[str, Option],
    variables: dict[str, str],
) -> None:
    """Complete ``options`` and ``variables``: from the block, the host, or the environment.

    A region that is signed and that neither gives is read from ``<NAMESPACE>_REGION``
    when the package starts.
    """
    found = read_host(base.text)
    host = found if found and found.scheme == scheme else CloudHost(scheme)
    module = MODULES[scheme]
    if ("service", "service") in module.options:
        if host.service:
            options.setdefault("service", host.service)
        _check_service(node, module.title, scheme, str(options.get("service", "")))
    for role, given in (("region", host.region), ("account", host.account)):
        if role not in module.roles:
            continue
        if node.child("credentials").has(role):
            options.pop(role, None)
        elif given:
            options.setdefault(role, given)
        elif host.placeholder is not None and len(base.variables) > host.placeholder:
            variables[role] = base.variables[host.placeholder]
        elif scheme == "tencent-tc3":
            # Not signed, and some services know none.
            options.setdefault(role, "")
    if "region" in module.roles:
        variables.setdefault("region", f"{constant(block.text('namespace'))}_REGION")


def check_needs(
    node: Node,
    path: str,
    parameters: tuple[ir.Parameter, ...],
    signing: ir.Signing | None,
) -> None:
    """W207 for each field that the provider wants with every call, and that is not sent."""
    if signing is None or signing.model is not None:
        return
    options = dict(signing.options)
    sent = {(p.location, p.name.lower()) for p in parameters}
    for place, name, option in MODULES[signing.scheme].needs:
        if (place, name.lower()) in sent or options.get(option) or f"{name}=" in path:
            continue
        node.report.add(
            "W207",
            f"{MODULES[signing.scheme].title} wants `{name}` with every call, and "
            "this operation does not send it",
            node.span("name"),
            f"add {{name: {name}, in: {place}, value: ...}} to its `inputParameters`",
        )


def _check_service(node: Node, title: str, scheme: str, service: str) -> None:
    if not service:
        node.error(
            "E215",
            f"the host does not say which service of {title} this is",
            at="scheme",
            hint=f"write its signing name, as in `service: {_EXAMPLES[scheme]}`",
        )
    elif scheme == "azure-sharedkey" and service not in _AZURE:
        node.error(
            "E215",
            f"{title} has no service `{service}`",
            at="service",
            hint=f"known: {', '.join(_AZURE)}",
        )
