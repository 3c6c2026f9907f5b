"""The sandbox: what it answers (data), and the credentials that it checks (source text)."""

from __future__ import annotations

import json
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

from . import guards
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
    issuers = _issuers(capability)
    if issuers:
        imports.append(code("from .sandbox_issuer import Issued, IssuingSandbox"))
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
            code("return IssuingSandbox") if issuers else code("return Sandbox"),
            (Call(code("read_samples")), code("verifier"), code("options")),
            {
                "base_uri_variables": tuple(
                    f"{u.variable}_BASE_URI" for u in capability.upstreams
                ),
                **issuers,
            },
            indent=4,
        ),
    }


def _issuers(capability: ir.Capability) -> dict[str, Value]:
    """The issuers of access tokens: adapters that share a variable share one."""
    found: dict[str, list[ir.Access]] = {}
    resources: dict[str, str] = {}
    for adapter, access in guards.guarded(capability):
        if access.oauth is not None:
            found.setdefault(access.oauth.issuer.variable, []).append(access)
            resources.setdefault(access.oauth.resource.variable, _here(adapter))
    if not found:
        return {}
    issuers = [_issuer(name, found[name], resources) for name in found]
    return {"issuers": tuple(issuers)}


def _issuer(
    variable: str, sharing: list[ir.Access], resources: Mapping[str, str]
) -> Call:
    oauths = [access.oauth for access in sharing if access.oauth is not None]
    audiences = dict.fromkeys(
        o.audience or resources[o.resource.variable] for o in oauths
    )
    scopes = dict.fromkeys(scope for o in oauths for scope in o.scopes)
    clients = dict.fromkeys(a.credentials for a in sharing if a.credentials)
    arguments: list[Value] = [variable, tuple(audiences), tuple(scopes)]
    if clients:
        arguments.append(tuple(tuple(ident(c.ident) for c in one) for one in clients))
    return Call(code("Issued"), tuple(arguments))


def samples(capability: ir.Capability) -> bytes:
    """``sandbox_samples.json``: the answer to each method and path."""
    entries: list[ir.JsonValue] = [
        {"method": o.method, "path": o.path, "answer": o.sample}
        for o in capability.operations
    ]
    return (json.dumps(entries, indent=2, ensure_ascii=False) + "\n").encode()


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
    found: dict[str, Value] = {
        c.variable: ident(c.ident) for c in _static_credentials(capability)
    }
    for adapter, access in guards.guarded(capability):
        if access.oauth is not None:
            found.setdefault(access.oauth.resource.variable, _here(adapter))
    return found


def _here(adapter: ir.Adapter) -> str:
    """What an adapter that runs on this machine is called, to those who ask for its tokens."""
    path = "" if isinstance(adapter, ir.RestAdapter) else "/mcp"
    return f"http://127.0.0.1:{adapter.port or 8080}{path}"


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
