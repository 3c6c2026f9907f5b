"""The service and the region that requests to AWS are signed for."""

from __future__ import annotations

from naftiko_gen.aws_hosts import AwsHost, read_host
from naftiko_gen.ir_signing import Option
from naftiko_gen.names import constant

from .addresses import Address
from .node import Node


def aws_names(
    block: Node,
    node: Node,
    base: Address,
    options: dict[str, Option],
    variables: dict[str, str],
) -> None:
    """Complete ``options`` and ``variables``: from the block, the host, or the environment.

    A region that neither gives is read from ``<NAMESPACE>_REGION`` when the package starts.
    """
    host = read_host(base.text) or AwsHost("", "", None)
    if host.service:
        options.setdefault("service", host.service)
    if "service" not in options:
        node.error(
            "E215",
            "the host does not say which service of AWS this is",
            at="scheme",
            hint="write its signing name, as in `service: dynamodb`",
        )
    if node.child("credentials").has("region"):
        options.pop("region", None)
    elif host.region:
        options.setdefault("region", host.region)
    elif host.placeholder is not None and len(base.variables) > host.placeholder:
        variables["region"] = base.variables[host.placeholder]
    variables.setdefault("region", f"{constant(block.text('namespace'))}_REGION")
