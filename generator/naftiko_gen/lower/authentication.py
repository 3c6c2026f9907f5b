"""``authentication`` and ``signing`` of a consumes block."""

from __future__ import annotations

import re

from naftiko_gen import ir
from naftiko_gen.names import Scope

from .binds import Binds
from .node import Node, clash_error

#: The name of a header field (RFC 9110, section 5.6.2).
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def lower_authentication(
    block: Node, binds: Binds, scope: Scope
) -> ir.Authentication | None:
    """The static credentials of ``block``; None when it has none or they were refused."""
    node = block.child("authentication")
    if not isinstance(node.value, dict) or block.has("signing"):
        return None
    kind = node.text("type")
    if kind == "apikey":
        query = node.text("placement") == "query"
        return _static(
            node, binds, scope, "apikey-query" if query else "apikey-header", ("value",)
        )
    if kind == "bearer":
        return _static(node, binds, scope, "bearer", ("token",))
    if kind == "basic":
        return _static(node, binds, scope, "basic", ("username", "password"))
    if kind:
        node.unsupported("type", f"upstream authentication `{kind}`")
    return None


def _static(
    node: Node,
    binds: Binds,
    scope: Scope,
    kind: ir.AuthenticationKind,
    keys: tuple[str, ...],
) -> ir.Authentication | None:
    credentials = []
    for key in keys:
        variable = binds.secret(node, key)
        if variable is not None:
            ident = _claim(node, key, scope, variable)
            credentials.append(ir.Credential(variable, ident))
    if len(credentials) != len(keys):
        return None
    name = "Authorization"
    if kind.startswith("apikey"):
        name = node.text("key")
        if not name:
            if not node.flawed():
                node.error(
                    "E301",
                    "an API key without `key`, the name that it is sent under, cannot be compiled yet",
                )
            return None
        if kind == "apikey-header" and not _TOKEN.fullmatch(name):
            node.error(
                "E218",
                "no header can have this name",
                at="key",
                hint="header names are letters, digits and !#$%&'*+-.^_`|~",
            )
    return ir.Authentication(kind, name, tuple(credentials))


def check_credential(operation: Node, block: Node) -> None:
    """Refuse parameters of ``operation`` that are the credential of ``block``: callers never send it."""
    node = block.child("authentication")
    if not isinstance(node.value, dict) or block.has("signing"):
        return
    key, place = "Authorization", "header"
    if node.text("type") == "apikey":
        key, place = node.text("key"), node.text("placement", "header")
    for item in operation.items("inputParameters"):
        same = item.text("name").lower() == key.lower()
        if same and item.text("in") == place:
            item.unsupported("name", f"the parameter `{key}`, which is the credential,")


def _claim(node: Node, key: str, scope: Scope, variable: str) -> str:
    """The identifier for ``variable``, which several upstreams may share."""
    ident, clash = scope.claim(variable)
    if clash not in (None, variable):
        clash_error(node, key, variable, str(clash))
    return ident


def lower_errors(block: Node) -> ir.ErrorRules | None:
    """The in-band error rules of ``block``; None when answers carry no errors of their own."""
    node = block.child("errors")
    if not isinstance(node.value, dict):
        return None
    ignore = node.child("ignore").value or []
    return ir.ErrorRules(
        member=node.text("path"),
        rules=tuple(_rule(rule) for rule in node.items("rules")),
        otherwise=_rule(node.child("otherwise")),
        ignore=tuple(text for text in ignore if isinstance(text, str)),
    )


def _rule(node: Node) -> ir.ErrorRule:
    status = node.child("status").value
    return ir.ErrorRule(
        prefix=node.text("prefix"),
        status=status if isinstance(status, int) else 502,
        kind=node.text("kind", "request"),
        after=node.text("after"),
    )
