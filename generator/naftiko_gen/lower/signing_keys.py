"""Keys whose nonces several blocks would count."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir

from .node import Node


def check_keys(
    block: Node,
    signing: ir.Signing | None,
    others: list[ir.Upstream],
    blocks: Mapping[str, Node],
) -> None:
    """Refuse a key whose nonces ``block`` and one of ``others`` would count, each for itself.

    ``blocks`` are those of all of them, by namespace.
    """
    if signing is None or signing.delivery == "free":
        return
    secrets = {credential.variable for credential in signing.credentials}
    for other in others:
        if other.signing is None or other.signing.delivery == "free":
            continue
        if not secrets & {c.variable for c in other.signing.credentials}:
            continue
        # A block whose operations have schemes of their own is read as several.
        here, there = (
            _written(name, blocks)
            for name in (block.text("namespace"), other.namespace)
        )
        if here == there:
            who, hint = f"another scheme of `{there}`", "give each a key"
        else:
            who, hint = f"`{there}`", "make them one consumes block, or give each a key"
        block.error(
            "E325",
            f"{who} signs with the same key, and each would count nonces of its own",
            at="namespace" if here == block.text("namespace") else "signing",
            hint=f"{hint} under `credentials`",
        )


def _written(namespace: str, blocks: Mapping[str, Node]) -> str:
    """The namespace that the file has for a block."""
    place = blocks[namespace].span("namespace")
    return next(n for n, node in blocks.items() if node.span("namespace") == place)
