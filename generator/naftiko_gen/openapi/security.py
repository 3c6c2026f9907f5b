"""Security schemes: which one a capability can authenticate its calls with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from naftiko_gen.diagnostics import closest
from naftiko_gen.ir import JsonObject
from naftiko_gen.lower.node import Node
from naftiko_gen.names import constant, words

from .model import Credential
from .references import resolved

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def credential(
    root: Node, operations: Sequence[Node], namespace: str, *, old: bool
) -> Credential | None:
    """The first scheme that is asked for and can be used; else the first that is declared.

    Reports schemes that nobody declares (E512), and (W504) those that cannot be used and the
    operations that want another one.
    """
    holder = root if old else root.child("components")
    declared = {
        name: resolved(node)
        for name, node in holder.members(
            "securityDefinitions" if old else "securitySchemes"
        )
    }
    wanted = [node for node in (root, *operations) if node.has("security")]
    asked: list[str] = []
    for node in wanted:
        for requirement, name in _names(node):
            if name in declared:
                asked.append(name)
                continue
            near = closest(name, declared)
            requirement.report.add(
                "E512",
                f"no security scheme is called `{name}`",
                requirement.key_span(name),
                f"did you mean `{near}`?" if near else _known(declared),
            )
    chosen: Credential | None = None
    for name in dict.fromkeys(asked or declared):
        found = _read(name, declared[name], namespace, old=old)
        chosen = chosen or found
    for node in wanted:
        if all(name in declared for _, name in _names(node)):
            _check_met(node, chosen)
    return chosen


def _known(declared: dict[str, Node]) -> str:
    return f"declared: {', '.join(declared)}" if declared else "none is declared"


def _names(node: Node) -> Iterator[tuple[Node, str]]:
    for requirement in node.items("security"):
        for name in requirement.value:
            yield requirement, name


def _check_met(node: Node, chosen: Credential | None) -> None:
    requirements = [set(item.value) for item in node.items("security")]
    have = {chosen.scheme} if chosen else set()
    if not requirements or any(need <= have for need in requirements):
        return
    how = f"with `{chosen.scheme}` only" if chosen else "without credentials"
    span = node.key_span("security")
    node.report.add("W504", f"more is asked for here: calls are sent {how}", span, None)


def _read(name: str, node: Node, namespace: str, *, old: bool) -> Credential | None:
    prefix = constant(namespace)
    variable = constant(name)
    if words(name)[: len(words(namespace))] != words(namespace):
        variable = f"{prefix}_{variable}"
    kind, scheme = node.text("type"), node.text("scheme").lower()
    if kind == "apiKey":
        where, key = node.text("in"), node.text("name")
        usable = where == "query" or (where == "header" and _TOKEN.fullmatch(key))
        if usable and key:
            block: JsonObject = {
                "type": "apikey",
                "key": key,
                "value": _template(variable),
                "placement": where,
            }
            return Credential(name, block, (variable,), key, where)
    elif kind == "http" and scheme == "bearer":
        block = {"type": "bearer", "token": _template(variable)}
        return Credential(name, block, (variable,), "Authorization", "header")
    elif (kind == "http" and scheme == "basic") or (kind == "basic" and old):
        user, password = f"{variable}_USERNAME", f"{variable}_PASSWORD"
        block = {
            "type": "basic",
            "username": _template(user),
            "password": _template(password),
        }
        return Credential(name, block, (user, password), "Authorization", "header")
    shown = f"http {scheme}" if kind == "http" else kind
    if kind == "apiKey":
        shown = f"apiKey in {node.text('in') or 'no place'}"
    node.error("W504", f"the scheme `{name}` ({shown}) cannot be used: left out")
    return None


def _template(variable: str) -> str:
    return f"{{{{env.{variable}}}}}"
