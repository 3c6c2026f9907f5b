"""What the sandbox of each upstream checks: its verifier and its gates (source text)."""

from __future__ import annotations

from collections.abc import Sequence

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    code,
    from_import,
    ident,
    joined,
    literal,
)
from naftiko_gen.signing_modules import MODULES

from . import guards, sandbox_signature
from .credentials import credentials
from .sandbox_issuers import here


def several(capability: ir.Capability) -> bool:
    """Whether there are upstreams to tell from one another."""
    return len(capability.upstreams) > 1


def name_of(capability: ir.Capability, upstream: ir.Upstream | None) -> Code:
    """The local variable that holds the verifier of an upstream."""
    if upstream is None or not several(capability):
        return code("verifier")
    # No identifier of a setting ends like this, so none is taken.
    return ident(f"{upstream.ident}_verifier_")


def verifier(capability: ir.Capability, upstream: ir.Upstream | None) -> Call:
    """The verifier of an upstream; None stands for the lack of any upstream."""
    if upstream is not None and upstream.signing is not None:
        return _signed(capability, upstream, upstream.signing)
    found = () if upstream is None else _environment(capability, upstream)
    environment = dict(found) if several(capability) else everything(capability)
    keywords: list[tuple[str, Value]] = []
    arguments: tuple[Value, ...] = ()
    kind = code("PlainVerifier")
    checked = None if upstream is None else authentication(capability, upstream)
    if checked is not None and upstream is not None:
        if checked.kind == "digest":
            kind = code("DigestVerifier")
            arguments = tuple(_shown(text) for text in checked.texts)
        elif checked.kind == "oauth2":
            keywords.append(_bearer(token(upstream)))
        else:
            keywords.append(_expected(checked))
    if environment:
        keywords.append(("environment", environment))
    return Call(kind, arguments, tuple(keywords))


def _signed(
    capability: ir.Capability, upstream: ir.Upstream, signing: ir.Signing
) -> Call:
    if signing.model is not None:
        others = {} if several(capability) else everything(capability)
        return sandbox_signature.verifier(upstream, signing, signing.model, others)
    options: list[tuple[str, Value]] = [
        (f"{role}_variable", credential.variable)
        for role, credential in zip(signing.roles, signing.credentials, strict=True)
    ]
    options += signing.options
    if signing.delivery == "window":
        options.append(("nonce_window", code("options.nonce_window")))
    if signing.paths:
        options.append(("signed_paths", signing.paths))
    module = MODULES[signing.scheme]
    public = tuple((o.method, o.path) for o in upstream.operations if o.public)
    if public and not module.objects:
        options.append(("public", public))
    others = {} if several(capability) else everything(capability)
    if others:
        options.append(("others", others))
    return Call(ident(module.verifier), (), tuple(options))


def imports_of(signed: Sequence[ir.Signing]) -> list[Code]:
    """The lines that import the verifiers of some schemes."""
    names: dict[str, set[str]] = {}
    for signing in signed:
        if signing.model is not None:
            needed = sandbox_signature.imports(signing.model)
        else:
            module = MODULES[signing.scheme]
            needed = {module.verifier_module: [module.verifier]}
        for source, wanted in needed.items():
            names.setdefault(source, set()).update(wanted)
    return [
        from_import(joined(code("."), ident(source)), sorted(wanted))
        for source, wanted in names.items()
    ]


def gates(capability: ir.Capability, upstream: ir.Upstream) -> tuple[Value, ...]:
    """What stands before the operations of an upstream."""
    checked = authentication(capability, upstream)
    if checked is None:
        return ()
    if checked.kind == "digest":
        return (Call(code("DigestGate"), (name_of(capability, upstream),)),)
    if checked.grant is None:
        return ()
    grant = checked.grant
    named = {
        "scope": " ".join(grant.scopes),
        "resource": grant.resource,
        "audience": grant.audience,
    }
    expected: dict[str, Value] = {name: text for name, text in named.items() if text}
    client, secret = (_shown(text) for text in checked.texts)
    name = f"{upstream.variable}_TOKEN_ENDPOINT"
    return (Call(code("TokenGate"), (name, client, secret, token(upstream), expected)),)


def token(upstream: ir.Upstream) -> Code:
    """The local variable that holds the access token of an upstream."""
    # No identifier of a setting ends like this, so none is taken.
    return ident(f"{upstream.ident}_token_")


def authentication(
    capability: ir.Capability, upstream: ir.Upstream
) -> ir.Authentication | None:
    """The credentials that the sandbox of an upstream checks."""
    found = upstream.authentication
    if found is None or upstream.signing is not None:
        return None
    # A signature's verifier makes its credentials up itself, and tells them to nobody.
    known = {c.variable for c in static_credentials(capability)}
    return found if {c.variable for c in found.credentials} <= known else None


def static_credentials(capability: ir.Capability) -> list[ir.Credential]:
    """The credentials that the sandbox makes up; a signing scheme's verifier has its own."""
    signed = {
        credential.variable
        for upstream in capability.upstreams
        if upstream.signing is not None
        for credential in upstream.signing.credentials
    }
    return [c for c in credentials(capability) if c.variable not in signed]


def made_up(capability: ir.Capability) -> list[Code]:
    """The local variables of all texts that a sandbox makes up."""
    found = [ident(c.ident) for c in static_credentials(capability)]
    for upstream in capability.upstreams:
        checked = authentication(capability, upstream)
        if checked is not None and checked.grant is not None:
            found.append(token(upstream))
    return found


def everything(capability: ir.Capability) -> dict[str, Value]:
    """The variables that sandboxes set, besides those of signatures."""
    found: dict[str, Value] = {
        c.variable: ident(c.ident) for c in static_credentials(capability)
    }
    for adapter, access in guards.guarded(capability):
        if access.oauth is not None:
            found.setdefault(access.oauth.resource.variable, here(adapter))
    return found


def shared(capability: ir.Capability) -> dict[str, Value]:
    """The variables that belong to no upstream alone."""
    own = {
        variable
        for upstream in capability.upstreams
        for variable in _environment(capability, upstream)
    }
    return {k: v for k, v in everything(capability).items() if k not in own}


def _environment(capability: ir.Capability, upstream: ir.Upstream) -> dict[str, Value]:
    checked = authentication(capability, upstream)
    used = () if checked is None else checked.credentials
    return {c.variable: ident(c.ident) for c in used}


def _expected(checked: ir.Authentication) -> tuple[str, Value]:
    shown = [_shown(text) for text in checked.texts]
    if checked.kind == "apikey-query":
        return "expected_query", {checked.name: shown[0]}
    if checked.kind == "apikey-header":
        return "expected_headers", {checked.name: shown[0]}
    if checked.kind == "bearer":
        return _bearer(shown[0])
    return "expected_headers", {
        "Authorization": Call(code("basic_header"), tuple(shown))
    }


def _bearer(value: Value) -> tuple[str, Value]:
    assert isinstance(value, Code)
    return "expected_headers", {"Authorization": joined(code('"Bearer " + '), value)}


def _shown(text: ir.Text) -> Value:
    """What the package makes of the throw-away credentials."""
    parts = [
        ident(part.ident) if isinstance(part, ir.Credential) else literal(str(part))
        for part in text.parts
    ]
    return _plus(parts) if parts else ""


def _plus(parts: Sequence[Code]) -> Code:
    found = parts[0]
    for part in parts[1:]:
        found = joined(found, code(" + "), part)
    return found
