"""The control adapter: one, at a port of its own, not open to the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath

from .places import adapters, text
from .rule import Offence, Rule, quoted

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _alone(data: JsonValue) -> Iterator[Offence]:
    ports: dict[int, NodePath] = {}
    for path, node in adapters(data):
        port = node.get("port")
        if node.get("type") != "control" and _is_port(port):
            ports.setdefault(port, (*path, "port"))
    found: NodePath | None = None
    for path, node in adapters(data, "control"):
        if found is not None:
            yield Offence(
                (*path, "type"), "a capability has one control adapter", first=found
            )
        found = found or (*path, "type")
        port = node.get("port")
        if _is_port(port) and port in ports:
            yield Offence(
                (*path, "port"),
                f"the control adapter shares port {port} with another adapter",
                "choose another port",
                first=ports[port],
            )


def _is_port(value: JsonValue) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _local(data: JsonValue) -> Iterator[Offence]:
    for place in adapters(data, "control"):
        address = text(place, "address")
        if address and address not in _LOOPBACK:
            yield Offence(
                (*place[0], "address"),
                f"the control adapter listens at {quoted(address)}, where others may"
                " reach it",
                "use `localhost`",
            )


RULES = (
    Rule("control-port-singleton-and-unique", "W321", _alone, Severity.ERROR),
    Rule("control-address-localhost-warning", "W322", _local),
)
