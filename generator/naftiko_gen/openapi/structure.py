"""Hold a document against the tables of fields; every fault is reported, none stops the walk."""

from __future__ import annotations

import re

from naftiko_gen.diagnostics import closest
from naftiko_gen.lower.node import Node

from .fields import CHOICES, TYPES, Table

_STATUS = re.compile(r"default|[1-5]([0-9]{2}|XX)")
_SCALARS: dict[str, tuple[tuple[type, ...], str]] = {
    "text": ((str,), "a text"),
    "flag": ((bool,), "`true` or `false`"),
    "number": ((int, float), "a number"),
}


def check(root: Node, table: Table) -> None:
    """Report what is missing (E503), misspelt (E504) or of the wrong kind (E505) in ``root``."""
    _Checker(table).object(root, "document")


class _Checker:
    def __init__(self, table: Table) -> None:
        self.table = table

    def value(self, node: Node, kind: str) -> None:
        if kind == "any":
            return
        if kind[0] == "[":
            self.list(node, kind[1:-1])
        elif kind[0] == "{" or kind in ("paths", "responses", "requirement"):
            self.map(node, kind)
        elif kind in _SCALARS:
            types, noun = _SCALARS[kind]
            wrong = isinstance(node.value, bool) and kind != "flag"
            if wrong or not isinstance(node.value, types):
                _wrong(node, noun)
        elif kind == "schema" and isinstance(node.value, bool):
            return
        else:
            self.object(node, kind)

    def list(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, list):
            _wrong(node, "a list")
            return
        for index in range(len(node.value)):
            self.value(node.child(index), kind)

    def map(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, dict):
            _wrong(node, "a mapping")
            return
        for key in node.value:
            if kind[0] == "{":
                self.value(node.child(key), kind[1:-1])
            elif kind == "requirement":
                self.value(node.child(key), "[text]")
            elif key.startswith("x-"):
                continue
            elif kind == "paths":
                if key.startswith("/"):
                    self.value(node.child(key), "path")
                else:
                    hint = f"write `/{key}`"
                    node.report.add(
                        "E504", "a path starts with `/`", node.key_span(key), hint
                    )
            elif _STATUS.fullmatch(key):
                self.value(node.child(key), "response")
            else:
                message = f"`{key}` is not the status of a response"
                hint = "write a status such as '200', a range such as 4XX, or `default`"
                node.report.add("E504", message, node.key_span(key), hint)

    def object(self, node: Node, kind: str) -> None:
        if not isinstance(node.value, dict):
            _wrong(node, "a mapping")
            return
        if "$ref" in node.value and kind != "path":
            self.value(node.child("$ref"), "text")
            return
        fields = {name.removesuffix("!"): k for name, k in self.table[kind].items()}
        needed = [n.removesuffix("!") for n in self.table[kind] if n.endswith("!")]
        meant = set()
        for key in node.value:
            if key in fields:
                self.value(node.child(key), fields[key])
                self.choice(node, kind, key)
            elif not key.startswith("x-"):
                meant.add(
                    _unknown(node, key, [f for f in fields if f not in node.value])
                )
        for name in needed:
            if name not in node.value and name not in meant:
                node.error("E503", f"`{name}` is missing")

    def choice(self, node: Node, kind: str, key: str) -> None:
        found = node.child(key).value
        if kind == "schema" and key == "type" or kind == "parameter" and key == "type":
            allowed: tuple[str, ...] = TYPES
            texts = found if isinstance(found, list) else [found]
        elif (kind, key) in CHOICES and isinstance(found, str):
            allowed, texts = CHOICES[kind, key], [found]
        else:
            return
        for text in texts:
            if text not in allowed:
                near = closest(text, allowed) if isinstance(text, str) else None
                node.error(
                    "E505",
                    f"`{text}` cannot be the `{key}` here",
                    at=key,
                    hint=(
                        f"did you mean `{near}`?"
                        if near
                        else f"one of {', '.join(allowed)}"
                    ),
                )


def _wrong(node: Node, noun: str) -> None:
    name = (
        f"`{node.path[-1]}`" if node.path and isinstance(node.path[-1], str) else "this"
    )
    node.error("E505", f"{name} must be {noun}")


def _unknown(node: Node, key: str, free: list[str]) -> str | None:
    """Report the field ``key``; the field that it is a misspelling of, if it is one."""
    near = closest(key, free)
    if near is None:
        node.report.add(
            "W506", f"`{key}` is no field here: left out", node.key_span(key), None
        )
    else:
        hint = f"did you mean `{near}`?"
        node.report.add("E504", f"`{key}` is no field here", node.key_span(key), hint)
    return near
