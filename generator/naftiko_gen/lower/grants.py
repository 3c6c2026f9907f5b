"""``authentication`` of type oauth2: what client credentials are exchanged for a token."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from naftiko_gen import ir
from naftiko_gen.names import constant

from .node import Node
from .templates import Settings, claim_setting

_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}")
_ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")


def lower_grant(node: Node, namespace: str, settings: Settings) -> ir.Authentication:
    """The client's credentials come from ``<NAMESPACE>_CLIENT_ID`` and ``..._CLIENT_SECRET``.

    A bind that declares a variable of this name, or just CLIENT_ID, says where they are.
    """
    grant = ir.TokenGrant(
        issuer=_address(node, "authorizationServerUri", settings),
        endpoint=_address(node, "tokenEndpoint", settings),
        scopes=_scopes(node),
        resource=node.text("resource"),
        audience=node.text("audience"),
    )
    texts = tuple(
        ir.Text((_credential(node, namespace, role, settings),))
        for role in ("CLIENT_ID", "CLIENT_SECRET")
    )
    return ir.Authentication("oauth2", "Authorization", texts, grant)


def _credential(
    node: Node, namespace: str, role: str, settings: Settings
) -> ir.Credential:
    name = f"{constant(namespace)}_{role}"
    where = node.child("type")
    variable = name
    for declared in (name, role):
        if settings.binds.has(declared):
            variable = settings.binds.find(where, declared) or name
            break
    return ir.Credential(variable, claim_setting(where, settings.scope, variable))


def _scopes(node: Node) -> tuple[str, ...]:
    found = node.child("scopes").value
    scopes = found if isinstance(found, list) else []
    texts = tuple(scope for scope in scopes if isinstance(scope, str))
    for scope in texts:
        if not _SCOPE.fullmatch(scope):
            node.error("E218", f"`{scope}` is no scope (RFC 6749, 3.3)", at="scopes")
    return texts


def _address(node: Node, key: str, settings: Settings) -> ir.Address:
    text = node.text(key)
    if not text:
        return ir.Address("")
    bare = _PLACEHOLDER.sub("x", text)
    if not _ADDRESS.fullmatch(bare) or not _safe(bare):
        node.error(
            "E238",
            "the client's secret cannot be sent to this address",
            at=key,
            hint="write an absolute https address; only this machine may be asked by http",
        )
        return ir.Address("")
    where = node.child(key)
    variables = []
    for found in _PLACEHOLDER.finditer(text):
        variable = settings.binds.find(where, found.group(1))
        if variable is None and settings.binds.complete:
            settings.binds.undeclared(where, found.group(1))
        variables.append(variable or "")
    return ir.Address(_PLACEHOLDER.sub("{}", text), tuple(variables))


def _safe(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.port != 0 and (
            parts.scheme == "https" or parts.hostname in _LOOPBACK
        )
    except ValueError:
        return False
