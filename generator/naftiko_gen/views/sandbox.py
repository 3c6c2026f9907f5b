"""The sandbox: what it answers (data), and the credentials that it checks (source text)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping

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
    statement,
)

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
    names = (
        ["Sandbox", "SandboxOptions"]
        if signing
        else ["PlainVerifier", "Sandbox", "SandboxOptions"]
    )
    tokens = _tokens(capability)
    if tokens:
        names.append("throwaway_token")
    imports = [from_import(code(".sandbox"), names)]
    if signing:
        imports.append(_VERIFIERS[signing.scheme][0])
    if _written(capability):
        imports.append(code("from .sandbox_raw import read_raw"))
    imports.append(code("from .sandbox_samples import read_samples"))
    authentication = _only_authentication(capability)
    if authentication is not None and authentication.kind == "basic":
        imports.append(code("from .sandbox_verifier import basic_header"))
    return {
        "doc": docstring(f"A stand-in for the upstreams of {capability.label}.", 0),
        "imports": imports,
        "verifier": (_signed(capability, signing) if signing else _plain(capability)),
        "tokens": tokens,
        "sandbox": call(
            code("return Sandbox"),
            (Call(code("read_samples")), code("verifier"), code("options")),
            {
                "base_uri_variables": tuple(
                    f"{u.variable}_BASE_URI" for u in capability.upstreams
                ),
                **({"raw": Call(code("read_raw"))} if _written(capability) else {}),
            },
            indent=4,
        ),
    }


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
    return [
        statement(
            joined(ident(credential.ident), code(" =")),
            Call(code("throwaway_token")),
            4,
        )
        for credential in _static_credentials(capability)
    ]


def _static_credentials(capability: ir.Capability) -> list[ir.Credential]:
    """The credentials that the sandbox makes up; a signing scheme's verifier has its own."""
    signing = _signing(capability)
    signed = {c.variable for c in signing.credentials} if signing else set()
    return [c for c in credentials(capability) if c.variable not in signed]


def _environment(capability: ir.Capability) -> dict[str, Value]:
    return {c.variable: ident(c.ident) for c in _static_credentials(capability)}


def _plain(capability: ir.Capability) -> Code:
    environment = _environment(capability)
    keywords: list[tuple[str, Value]] = []
    authentication = _only_authentication(capability)
    if authentication is not None:
        keywords.append(_expected(authentication))
    if environment:
        keywords.append(("environment", environment))
    return statement(
        code("verifier ="), Call(code("PlainVerifier"), (), tuple(keywords)), 4
    )


def _only_authentication(capability: ir.Capability) -> ir.Authentication | None:
    # Several upstreams are played by one sandbox: a request does not say which one it was for.
    if len(capability.upstreams) != 1:
        return None
    return capability.upstreams[0].authentication


def _expected(authentication: ir.Authentication) -> tuple[str, Value]:
    tokens = [ident(credential.ident) for credential in authentication.credentials]
    if authentication.kind == "apikey-query":
        return "expected_query", {authentication.name: tokens[0]}
    if authentication.kind == "apikey-header":
        return "expected_headers", {authentication.name: tokens[0]}
    if authentication.kind == "bearer":
        return "expected_headers", {
            "Authorization": joined(code('"Bearer " + '), tokens[0])
        }
    return "expected_headers", {
        "Authorization": Call(code("basic_header"), tuple(tokens))
    }
