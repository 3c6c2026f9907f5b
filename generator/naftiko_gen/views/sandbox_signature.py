"""The verifier of compiled signatures in a sandbox, and the document that it reads."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.ir_scheme import Scheme
from naftiko_gen.json_file import json_bytes
from naftiko_gen.pycode import Call, Code, Value, code


def verifier(
    upstream: ir.Upstream,
    signing: ir.Signing,
    scheme: Scheme,
    others: dict[str, Value],
) -> Call:
    """A verifier of the requests that ``upstream`` gets; ``others`` are more variables."""
    roles = zip(scheme.roles, signing.credentials, strict=True)
    credentials = tuple(
        Call(
            code("Credential"),
            (role, c.variable) if c.decode == "none" else (role, c.variable, c.decode),
        )
        for role, c in roles
    )
    options: list[tuple[str, Value]] = []
    if scheme.secret != "secret":
        options.append(("secret_role", scheme.secret))
    if scheme.form == "pem":
        [variable] = [
            c.variable
            for role, c in zip(scheme.roles, signing.credentials, strict=True)
            if role == scheme.secret
        ]
        keys = Call(code("throwaway_keys"), (scheme.algorithm, variable))
        options.append(("keys", keys))
    if signing.paths:
        options.append(("signed_paths", signing.paths))
    public = tuple((o.method, o.path) for o in upstream.operations if o.public)
    if public:
        options.append(("public", public))
    if upstream.errors is not None:
        options += _failures(upstream.errors)
    if others:
        options.append(("others", others))
    arguments = (Call(code("read_scheme"), (scheme.name,)), credentials)
    return Call(_kind(scheme), arguments, tuple(options))


def _failures(errors: ir.ErrorRules) -> list[tuple[str, Value]]:
    """How the provider says that it refuses a signature: the first word of each kind."""
    words: dict[str, Value] = {}
    for rule in errors.rules:
        if rule.kind in ("credentials", "nonce"):
            words.setdefault(rule.kind, rule.prefix)
    options: list[tuple[str, Value]] = [("errors_at", errors.member)]
    return [*options, ("words", words)] if words else options


def imports(scheme: Scheme) -> dict[str, list[str]]:
    """What `verifier` uses: modules and names."""
    names = {"sandbox_signature": ["Credential", "read_scheme"]}
    if scheme.token is None:
        names["sandbox_signature"].append("SignatureVerifier")
    else:
        names["sandbox_jwt"] = ["JwtVerifier"]
    if scheme.form == "pem":
        names["sandbox_keys"] = ["throwaway_keys"]
    return names


def _kind(scheme: Scheme) -> Code:
    if scheme.token is None:
        return code("SignatureVerifier")
    return code("JwtVerifier")


def documents(capability: ir.Capability) -> dict[str, bytes]:
    """``sandbox_schemes.json``: every compiled scheme by its name, where there is one."""
    schemes: ir.JsonObject = {
        u.signing.model.name: u.signing.model.document
        for u in capability.upstreams
        if u.signing is not None and u.signing.model is not None
    }
    if not schemes:
        return {}
    return {"sandbox_schemes.json": json_bytes(schemes)}
