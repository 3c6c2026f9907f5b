"""``authentication`` of an exposed adapter."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from naftiko_gen import ir
from naftiko_gen.names import constant
from naftiko_gen.textcode import means_itself

from .node import Node
from .templates import Settings, claim_setting

#: The name of a header field (RFC 9110, section 5.6.2).
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
#: RFC 6749, section 3.3.
_SCOPE = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+")
_TEMPLATE = re.compile(r"\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")

_SECRETS: dict[str, tuple[ir.AccessKind, tuple[str, ...]]] = {
    "basic": ("basic", ("username", "password")),
    "bearer": ("bearer", ("token",)),
    "digest": ("digest", ("username", "password")),
}


def lower_access(
    adapter: Node, settings: Settings, namespace: str = ""
) -> ir.Access | None:
    """What ``adapter`` asks of its callers; None for nothing, or after an error.

    ``namespace`` is what an adapter without one is called.
    """
    node = adapter.child("authentication")
    if not isinstance(node.value, dict):
        return None
    kind = node.text("type")
    if kind == "oauth2":
        return _oauth(node, namespace or adapter.text("namespace"), settings)
    if kind == "apikey":
        return _key(node, settings)
    if kind not in _SECRETS:
        return None
    known, keys = _SECRETS[kind]
    credentials = _credentials(node, keys, settings)
    return ir.Access(known, credentials) if len(credentials) == len(keys) else None


def check_inputs(
    adapter: Node,
    access: ir.Access | None,
    routes: Iterable[ir.Route],
    forwards: Iterable[ir.Forward],
) -> None:
    """Refuse what would pass the callers' credential on: inputs, and what is forwarded."""
    if access is None:
        return
    key = access.kind.startswith("apikey")
    name = access.name if key else "Authorization"
    place = "query" if access.kind == "apikey-query" else "header"
    for route in routes:
        for item in route.inputs:
            alike = (
                item.name == name
                if place == "query"
                else item.name.lower() == name.lower()
            )
            if alike and item.location == place:
                adapter.error(
                    "E287",
                    f"`{name}` is the credential of the callers, and an input of "
                    f"`{route.method} {route.path}`",
                    at="authentication",
                    hint="rename the input, or the key: a credential goes to no upstream",
                )
    for forward in forwards:
        trusted = name.lower() in (header.lower() for header in forward.trusted)
        if place == "query" or trusted:
            adapter.error(
                "E287",
                f"`{name}` is the credential of the callers, and `{forward.path}` passes it on",
                at="authentication",
                hint="take it out of `trustedHeaders`; a query is passed on whole, so that "
                "its callers need another credential",
            )


def _credentials(
    node: Node, keys: tuple[str, ...], settings: Settings
) -> tuple[ir.Credential, ...]:
    found = []
    for key in keys:
        variable = settings.binds.secret(node, key)
        if variable is not None:
            found.append(_credential(node.child(key), variable, settings))
    return tuple(found)


def _credential(node: Node, variable: str, settings: Settings) -> ir.Credential:
    ident = claim_setting(node, settings.scope, variable)
    return ir.Credential(variable, ident, required=False)


def _key(node: Node, settings: Settings) -> ir.Access | None:
    credentials = _credentials(node, ("value",), settings)
    query = node.text("placement") == "query"
    name = node.text("key")
    if not name or not (query or _TOKEN.fullmatch(name)):
        if node.has("key") or not node.flawed():
            node.error(
                "E239",
                "an API key needs a name that callers can send it under",
                at="key" if node.has("key") else None,
                hint="write `key: X-API-Key`, for example",
            )
        return None
    if not credentials:
        return None
    return ir.Access("apikey-query" if query else "apikey-header", credentials, name)


def _oauth(node: Node, namespace: str, settings: Settings) -> ir.Access | None:
    prefix = constant(namespace)
    problems = node.report.faults
    issuer = _adjustable(
        node, "authorizationServerUri", f"{prefix}_ISSUER", settings, secure=True
    )
    resource = _adjustable(node, "resource", f"{prefix}_RESOURCE", settings)
    endpoint = node.text("tokenEndpoint")
    if endpoint and not _secure(endpoint):
        _refuse(node, "tokenEndpoint")
    scopes = node.child("scopes").value or []
    names = tuple(text for text in scopes if isinstance(text, str))
    for index, name in enumerate(names):
        if not _SCOPE.fullmatch(name):
            node.report.add(
                "E286",
                "no token can have this scope",
                node.child("scopes").span(index),
                "a scope is one word of ASCII without quotes (RFC 6749, section 3.3)",
            )
    introspection = node.text("tokenValidation") == "introspection"
    asking: tuple[ir.Credential, ...] = ()
    if introspection:
        asking = tuple(
            _credential(node, f"{prefix}_{end}", settings)
            for end in ("CLIENT_ID", "CLIENT_SECRET")
        )
    if issuer is None or resource is None or node.report.faults > problems:
        return None
    oauth = ir.OAuth(
        issuer=issuer,
        resource=resource,
        audience=node.text("audience") or None,
        scopes=names,
        introspection=introspection,
        token_endpoint=endpoint,
    )
    return ir.Access("oauth2", asking, oauth=oauth)


def _adjustable(
    node: Node, key: str, variable: str, settings: Settings, *, secure: bool = False
) -> ir.Adjustable | None:
    text = node.text(key).strip()
    if not text:  # The schema check has said so.
        return None
    found = _TEMPLATE.fullmatch(text)
    if found is not None:
        named = settings.binds.secret(node, key)
        if named is None:
            return None
        ident = claim_setting(node.child(key), settings.scope, named)
        return ir.Adjustable(named, ident, "")
    if not _URI.fullmatch(text) or (secure and not _secure(text)):
        _refuse(node, key)
        return None
    # It stands in files that a shell may read.
    if not means_itself(text):
        node.error(
            "E286",
            f"`{key}` has a character that is not one of letters, digits and -_.:/@+=",
            at=key,
            hint="write `{{VARIABLE}}` with a variable of `binds`, and set that",
        )
        return None
    ident = claim_setting(node.child(key), settings.scope, variable)
    return ir.Adjustable(variable, ident, text)


def _refuse(node: Node, key: str) -> None:
    node.error(
        "E286",
        f"`{key}` must be one {'URI' if key == 'resource' else 'https URL'} or one template",
        at=key,
        hint=(
            "write what callers know this server by: https://api.example/orders, for example"
            if key == "resource"
            else "on the way from an http server, anybody could change what tokens are checked with"
        ),
    )


def _secure(text: str) -> bool:
    """Whether ``text`` is a URL of https, or of this machine, without user, query, fragment."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or "?" in text or "#" in text:
        return False
    if parts.scheme != "http":
        return parts.scheme == "https"
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
