"""Security schemes: which one a capability can authenticate its calls with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from naftiko_gen.diagnostics import closest
from naftiko_gen.ir import JsonObject
from naftiko_gen.lower.node import Node
from naftiko_gen.names import constant, words

from .model import Credential
from .parameters import NAME
from .references import listed, resolved

_ENDPOINT = re.compile(
    r"(https://|http://(?=(localhost|127\.0\.0\.1|\[::1\])[:/]))"
    r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[1-9][0-9]{0,4})?"
    r"(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
)
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def credential(
    root: Node, operations: Sequence[Node], namespace: str, base: str, *, old: bool
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
        found = _read(
            name, declared[name], namespace, base, _scopes(wanted, name), old=old
        )
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


def _read(
    name: str,
    node: Node,
    namespace: str,
    base: str,
    scopes: Sequence[str],
    *,
    old: bool,
) -> Credential | None:
    prefix = constant(namespace)
    variable = constant(name)
    if words(name)[: len(words(namespace))] != words(namespace):
        variable = f"{prefix}_{variable}"
    kind, scheme = node.text("type"), node.text("scheme").lower()
    if kind == "apiKey":
        where, key = node.text("in"), node.text("name")
        usable = where == "query" or (where == "header" and _TOKEN.fullmatch(key))
        if where == "cookie" and NAME.fullmatch(key) and words(key):
            sent: JsonObject = {"name": key, "in": "cookie"}
            sent["value"] = _template(variable)
            return Credential(name, sent, (variable,), key, where)
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
    elif kind == "oauth2" and (grant := _grant(node, base, scopes, old=old)):
        pair = (f"{prefix}_CLIENT_ID", f"{prefix}_CLIENT_SECRET")
        return Credential(name, grant, pair, "Authorization", "header")
    elif (kind == "http" and scheme in ("basic", "digest")) or (
        kind == "basic" and old
    ):
        user, password = f"{variable}_USERNAME", f"{variable}_PASSWORD"
        block = {
            "type": "digest" if scheme == "digest" else "basic",
            "username": _template(user),
            "password": _template(password),
        }
        return Credential(name, block, (user, password), "Authorization", "header")
    shown = f"http {scheme}" if kind == "http" else kind
    if kind == "oauth2":
        shown = "oauth2 without client credentials from an https address"
    if kind == "apiKey":
        shown = f"apiKey in {node.text('in') or 'no place'}"
    node.error("W504", f"the scheme `{name}` ({shown}) cannot be used: left out")
    return None


def _grant(
    node: Node, base: str, scopes: Sequence[str], *, old: bool
) -> JsonObject | None:
    """The block for client credentials; None when the scheme has no flow of this kind."""
    if old and node.text("flow") != "application":
        return None
    flow = node if old else node.child("flows").child("clientCredentials")
    written = flow.text("tokenUrl")
    if not written:
        return None
    # An address without a host is relative to that of the API.
    endpoint = urljoin(f"{base}/", written)
    if not base or not _ENDPOINT.fullmatch(endpoint):
        return None
    origin = urlsplit(endpoint)
    block: JsonObject = {
        "type": "oauth2",
        "authorizationServerUri": f"{origin.scheme}://{origin.netloc}",
        "tokenEndpoint": endpoint,
        "resource": base,
    }
    if scopes:
        block["scopes"] = list(scopes)
    return block


def _scopes(holders: Sequence[Node], scheme: str) -> list[str]:
    """The scopes that any operation asks ``scheme`` for."""
    found: dict[str, None] = {}
    for holder in holders:
        for requirement in holder.items("security"):
            texts = listed(requirement.child(scheme))
            found |= dict.fromkeys(text for text in texts if _is_scope(text))
    return list(found)


def _is_scope(text: object) -> bool:
    return isinstance(text, str) and _SCOPE.fullmatch(text) is not None


def _template(variable: str) -> str:
    return f"{{{{env.{variable}}}}}"
