"""The sandbox: what it answers (data), and the credentials that it checks (source text)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    call,
    code,
    docstring,
    from_import,
    ident,
    joined,
    literal,
    statement,
)

from . import guards, sandbox_signature
from .sandbox_issuers import here, issuers_of
from .settings import credentials

#: The module and the class of each scheme's verifier, and its keyword for each credential.
_VERIFIERS = {
    "kraken-spot": (
        code("from .sandbox_kraken_spot import KrakenSpotVerifier"),
        code("KrakenSpotVerifier"),
        ("key_variable", "secret_variable", "otp_variable"),
    ),
}


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    signing = _signing(capability)
    names = ["Sandbox", "SandboxOptions"]
    if not signing and not challenges(capability):
        names.append("PlainVerifier")
    tokens = _tokens(capability)
    if tokens:
        names.append("throwaway_token")
    imports = [from_import(code(".sandbox"), sorted(names))]
    if challenges(capability):
        helpers = ["DigestGate", "DigestVerifier"]
        imports.append(from_import(code(".sandbox_digest"), helpers))
    if signing and signing.model is None:
        imports.append(_VERIFIERS[signing.scheme][0])
    issuers = issuers_of(capability)
    if issuers:
        imports.append(code("from .sandbox_issuer import Issued, IssuingSandbox"))
    if _written(capability):
        imports.append(code("from .sandbox_raw import read_raw"))
    imports.append(code("from .sandbox_samples import read_samples"))
    if signing and signing.model is not None:
        helpers = ["Credential", "SignatureVerifier", "read_scheme"]
        if signing.model.form == "pem":
            imports.append(code("from .sandbox_keys import throwaway_keys"))
        imports.append(from_import(code(".sandbox_signature"), helpers))
    gates = _gates(capability)
    if _granted(capability):
        imports.append(code("from .sandbox_tokens import TokenGate"))
    authentication = _only_authentication(capability)
    if authentication is not None and authentication.kind == "basic":
        imports.append(code("from .sandbox_verifier import basic_header"))
    return {
        "doc": docstring(f"A stand-in for the upstreams of {capability.label}.", 0),
        "imports": imports,
        "verifier": (_signed(capability, signing) if signing else _plain(capability)),
        "tokens": tokens,
        "sandbox": call(
            code("return IssuingSandbox") if issuers else code("return Sandbox"),
            (Call(code("read_samples")), code("verifier"), code("options")),
            {
                "base_uri_variables": tuple(
                    f"{u.variable}_BASE_URI" for u in capability.upstreams
                ),
                **issuers,
                **_variables(capability.observability),
                **({"gates": gates} if gates else {}),
                **({"raw": Call(code("read_raw"))} if _written(capability) else {}),
            },
            indent=4,
        ),
    }


def challenges(capability: ir.Capability) -> bool:
    """Whether the sandbox asks for digests."""
    authentication = _only_authentication(capability)
    return authentication is not None and authentication.kind == "digest"


def _granted(capability: ir.Capability) -> list[tuple[ir.Upstream, ir.Authentication]]:
    return [
        (upstream, upstream.authentication)
        for upstream in capability.upstreams
        if upstream.authentication is not None
        and upstream.authentication.grant is not None
    ]


def _token(upstream: ir.Upstream) -> Code:
    # No identifier of a setting ends like this, so none is taken.
    return ident(f"{upstream.ident}_token_")


def _gates(capability: ir.Capability) -> tuple[Value, ...]:
    if challenges(capability):
        return (Call(code("DigestGate"), (code("verifier"),)),)
    return tuple(
        _token_gate(upstream, authentication)
        for upstream, authentication in _granted(capability)
    )


def _token_gate(upstream: ir.Upstream, authentication: ir.Authentication) -> Call:
    grant = authentication.grant
    assert grant is not None
    named = {
        "scope": " ".join(grant.scopes),
        "resource": grant.resource,
        "audience": grant.audience,
    }
    expected: dict[str, Value] = {name: text for name, text in named.items() if text}
    client, secret = (_shown(text) for text in authentication.texts)
    name = f"{upstream.variable}_TOKEN_ENDPOINT"
    return Call(code("TokenGate"), (name, client, secret, _token(upstream), expected))


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


def samples(capability: ir.Capability) -> bytes:
    """``sandbox_samples.json``: the answer to each method and path."""
    entries: list[ir.JsonValue] = [
        {"method": o.method, "path": o.path, "answer": o.sample, **_raw(o.format)}
        for o in (*capability.operations, *passed_on(capability))
    ]
    if capability.forwards:
        entries += [
            {
                "method": method,
                "path": "/{+path}",
                "answer": {"method": method, "forwarded": True},
            }
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        ]
    return (json.dumps(entries, indent=2, ensure_ascii=False) + "\n").encode()


def passed_on(capability: ir.Capability) -> tuple[ir.Operation, ...]:
    """The operations that are reached by requests that are passed on, and in no other way."""
    return tuple(o for upstream in capability.upstreams for o in upstream.forwarded)


def _written(capability: ir.Capability) -> bool:
    return any(
        operation.format
        for operation in (*capability.operations, *passed_on(capability))
    )


def _raw(form: ir.Format | None) -> ir.JsonObject:
    """The bytes that an answer is sent as when that is not its JSON."""
    if form is None:
        return {}
    try:
        body: ir.JsonObject = {"text": form.sample.decode()}
    except UnicodeDecodeError:
        body = {"base64": b64encode(form.sample).decode()}
    return {"contentType": form.media_type, **body}


def _signing(capability: ir.Capability) -> ir.Signing | None:
    return next((u.signing for u in capability.upstreams if u.signing), None)


def _signed(capability: ir.Capability, signing: ir.Signing) -> Code:
    if signing.model is not None:
        upstream = next(u for u in capability.upstreams if u.signing is signing)
        others = _environment(capability)
        made = sandbox_signature.verifier(upstream, signing, signing.model, others)
        return statement(code("verifier ="), made, 4)
    _, verifier, keywords = _VERIFIERS[signing.scheme]
    options: list[tuple[str, Value]] = [
        (keyword, credential.variable)
        for keyword, credential in zip(keywords, signing.credentials, strict=True)
    ]
    options.append(("nonce_window", code("options.nonce_window")))
    if signing.paths:
        options.append(("signed_paths", signing.paths))
    others = _environment(capability)
    if others:
        options.append(("others", others))
    return statement(code("verifier ="), Call(verifier, (), tuple(options)), 4)


def _tokens(capability: ir.Capability) -> list[Code]:
    made = [ident(c.ident) for c in _static_credentials(capability)]
    made += [_token(upstream) for upstream, _ in _granted(capability)]
    return [
        statement(joined(name, code(" =")), Call(code("throwaway_token")), 4)
        for name in made
    ]


def _static_credentials(capability: ir.Capability) -> list[ir.Credential]:
    """The credentials that the sandbox makes up; a signing scheme's verifier has its own."""
    signing = _signing(capability)
    signed = {c.variable for c in signing.credentials} if signing else set()
    return [c for c in credentials(capability) if c.variable not in signed]


def _environment(capability: ir.Capability) -> dict[str, Value]:
    found: dict[str, Value] = {
        c.variable: ident(c.ident) for c in _static_credentials(capability)
    }
    for adapter, access in guards.guarded(capability):
        if access.oauth is not None:
            found.setdefault(access.oauth.resource.variable, here(adapter))
    return found


def _plain(capability: ir.Capability) -> Code:
    environment = _environment(capability)
    keywords: list[tuple[str, Value]] = []
    authentication = _only_authentication(capability)
    arguments: tuple[Value, ...] = ()
    verifier = code("PlainVerifier")
    if authentication is not None and authentication.kind == "digest":
        verifier = code("DigestVerifier")
        arguments = tuple(_shown(text) for text in authentication.texts)
    elif authentication is not None and authentication.kind == "oauth2":
        keywords.append(_bearer(_token(capability.upstreams[0])))
    elif authentication is not None:
        keywords.append(_expected(authentication))
    if environment:
        keywords.append(("environment", environment))
    return statement(code("verifier ="), Call(verifier, arguments, tuple(keywords)), 4)


def _only_authentication(capability: ir.Capability) -> ir.Authentication | None:
    # Several upstreams are played by one sandbox: a request does not say which one it was for.
    if len(capability.upstreams) != 1:
        return None
    return capability.upstreams[0].authentication


def _expected(authentication: ir.Authentication) -> tuple[str, Value]:
    shown = [_shown(text) for text in authentication.texts]
    if authentication.kind == "apikey-query":
        return "expected_query", {authentication.name: shown[0]}
    if authentication.kind == "apikey-header":
        return "expected_headers", {authentication.name: shown[0]}
    if authentication.kind == "bearer":
        return _bearer(shown[0])
    return "expected_headers", {
        "Authorization": Call(code("basic_header"), tuple(shown))
    }


def _variables(observability: ir.Observability | None) -> dict[str, Value]:
    """What a sandbox sets besides: nothing leaves the machine."""
    if observability is None:
        return {}
    variables: dict[str, Value] = {"OTEL_TRACES_EXPORTER": "none"}
    variables |= dict.fromkeys(observability.endpoint_variables, "localhost")
    return {"variables": variables}


def _bearer(token: Value) -> tuple[str, Value]:
    assert isinstance(token, Code)
    return "expected_headers", {"Authorization": joined(code('"Bearer " + '), token)}
