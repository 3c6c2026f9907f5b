"""``guards.py``: what checks the callers of each adapter; and what is said of it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    assign,
    call,
    code,
    docstring,
    dotted,
    from_import,
    ident,
    joined,
    statement,
)

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Callers
    from naftiko_gen.contexts.serving import Guard, Guards

#: What callers present, for readers.
CALLERS: dict[ir.AccessKind, str] = {
    "apikey-header": "an API key in the header",
    "apikey-query": "an API key in the query field",
    "basic": "user and password (HTTP basic)",
    "bearer": "a bearer token",
    "digest": "user and password (HTTP digest)",
    "oauth2": "an access token (OAuth 2)",
}
_STATIC = {
    "apikey-header": code("KeyGuard"),
    "apikey-query": code("KeyGuard"),
    "basic": code("BasicGuard"),
    "bearer": code("BearerGuard"),
    "digest": code("DigestGuard"),
}
_SECRETS = code("*secrets")


def guarded(capability: ir.Capability) -> list[tuple[ir.Server, ir.Access]]:
    """The adapters that ask who calls."""
    return [(a, a.access) for a in capability.servers if a.access is not None]


def modules(capability: ir.Capability) -> list[str]:
    """The static modules that the guards need."""
    kinds = {access.kind for _, access in guarded(capability)}
    found = ["access"] if kinds else []
    if kinds - {"digest", "oauth2"}:
        found.append("access_static")
    if "digest" in kinds:
        found.append("access_digest")
    if "oauth2" in kinds:
        found += ["access_issuer", "access_tokens", "sandbox_issuer"]
    ways = {a.oauth.introspection for _, a in guarded(capability) if a.oauth}
    found += ["access_introspection"] if True in ways else []
    return found + (["access_jwt", "access_keys"] if False in ways else [])


def view(capability: ir.Capability) -> Guards:
    """The context of the template."""
    pairs = guarded(capability)
    return {
        "doc": docstring(f"Who may call the adapters of {capability.label}.", 0),
        "imports": _imports([access for _, access in pairs]),
        "guards": [_guard(adapter, access) for adapter, access in pairs],
        "table": assign(
            "GUARDS",
            {adapter.namespace: _function(adapter) for adapter, _ in pairs},
            annotation=code("dict[str, Callable[[Settings], Guard]]"),
        ),
    }


def _function(adapter: ir.Server) -> Code:
    return joined(code("guard_"), ident(adapter.ident))


def _imports(found: list[ir.Access]) -> list[Code]:
    names = ["Guard"]
    if any(access.credentials for access in found):
        names.append("needed")
    if any(a.oauth and not a.oauth.resource.default for a in found):
        names.append("stated")
    lines = [from_import(code(".access"), names)]
    kinds = {access.kind for access in found}
    if "digest" in kinds:
        lines.append(code("from .access_digest import DigestGuard"))
    ways = {a.oauth.introspection for a in found if a.oauth}
    if True in ways:
        line = code("from .access_introspection import IntrospectionVerifier")
        lines.append(line)
    if ways:
        lines.append(code("from .access_issuer import Issuer"))
    if False in ways:
        lines.append(code("from .access_jwt import JwtVerifier"))
        lines.append(code("from .access_keys import Keys"))
    static = {str(_STATIC[kind]) for kind in kinds if kind in _STATIC}
    static -= {"DigestGuard"}
    if static:
        lines.append(from_import(code(".access_static"), sorted(static)))
    if ways:
        lines.append(code("from .access_tokens import TokenGuard"))
    return [*lines, code("from .settings import Settings")]


def _guard(adapter: ir.Server, access: ir.Access) -> Guard:
    lines: list[Code] = []
    if access.credentials:
        secrets = tuple(
            (c.variable, dotted("settings", c.ident)) for c in access.credentials
        )
        lines.append(statement(code("secrets ="), Call(code("needed"), secrets), 4))
    if access.oauth is None:
        arguments: tuple[Value, ...] = (_SECRETS,)
        if access.kind.startswith("apikey"):
            arguments = (access.kind.removeprefix("apikey-"), access.name, _SECRETS)
        make = joined(code("return "), _STATIC[access.kind])
        lines.append(call(make, arguments, {}, indent=4))
    else:
        lines += _tokens(access.oauth)
    what = CALLERS[access.kind] + (f" {access.name}" if access.name else "")
    return {
        "name": _function(adapter),
        "doc": docstring(f"Callers of {adapter.namespace} present {what}."),
        "lines": lines,
    }


def _tokens(oauth: ir.OAuth) -> list[Code]:
    issuer: tuple[Value, ...] = (
        dotted("settings", oauth.issuer.ident),
        oauth.issuer.variable,
    )
    resource: Value = dotted("settings", oauth.resource.ident)
    if not oauth.resource.default:
        resource = Call(code("stated"), (oauth.resource.variable, resource))
    lines = [
        statement(code("issuer ="), Call(code("Issuer"), issuer), 4),
        statement(code("resource ="), resource, 4),
    ]
    verifier = Call(code("JwtVerifier"), (Call(code("Keys"), (code("issuer"),)),))
    if oauth.introspection:
        asking = (code("issuer"), _SECRETS)
        verifier = Call(code("IntrospectionVerifier"), asking)
    keywords: dict[str, Value] = {
        "issuer": code("issuer"),
        "resource": code("resource"),
        "audience": oauth.audience or code("resource"),
    }
    if oauth.scopes:
        keywords["scopes"] = oauth.scopes
    lines.append(call(code("return TokenGuard"), (verifier,), keywords, indent=4))
    return lines


def row(adapter: ir.Server, access: ir.Access) -> Callers:
    """What the README says about the callers of an adapter."""
    variables = [c.variable for c in access.credentials]
    more = ""
    if access.oauth is not None:
        scopes = " ".join(access.oauth.scopes)
        more = f" with the scopes {scopes}" if scopes else ""
        variables = [a.variable for a in access.adjustables] + variables
    what = CALLERS[access.kind] + (f" {access.name}" if access.name else "")
    return {
        "namespace": adapter.namespace,
        "what": what + more,
        "variables": variables,
    }


def headers(access: ir.Access | None) -> ir.JsonObject:
    """What an MCP client is configured to send; nothing where it finds out by itself."""
    if access is None:
        return {}
    named = "${" + access.credentials[0].variable + "}" if access.credentials else ""
    if access.kind == "bearer":
        return {"Authorization": f"Bearer {named}"}
    if access.kind == "basic":
        return {"Authorization": "Basic ${BASE64_OF_USER_AND_PASSWORD}"}
    return {access.name: named} if access.kind == "apikey-header" else {}
