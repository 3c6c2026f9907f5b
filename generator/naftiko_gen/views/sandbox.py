"""The sandboxes: what they answer (data), and the credentials that they check (source text).

A single upstream is played by a `Sandbox`, several by `Sandboxes`, each by one of its own.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.json_file import json_bytes
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    call,
    code,
    docstring,
    from_import,
    joined,
    statement,
)

from . import docs
from . import sandbox_verifiers as verifiers
from .sandbox_issuers import issuers_of

if TYPE_CHECKING:
    from naftiko_gen.contexts.running import SandboxSetup


def view(capability: ir.Capability) -> SandboxSetup:
    """The context of the template."""
    group = verifiers.several(capability)
    made = "A sandbox that checks every request as the provider would."
    if group:
        made = (
            "Sandboxes that check every request as the provider of each upstream would."
        )
    return {
        "doc": docstring(f"A stand-in for the upstreams of {capability.label}.", 0),
        "imports": _imports(capability),
        "kind": kind(capability),
        "made_doc": docstring(made),
        "tokens": _tokens(capability),
        "verifiers": _verifiers(capability),
        "sandbox": _group(capability) if group else _alone(capability),
    }


def kind(capability: ir.Capability) -> Code:
    """The class of what plays the upstreams."""
    return code("Sandboxes") if verifiers.several(capability) else code("Sandbox")


def kind_imports(capability: ir.Capability) -> list[Code]:
    """The lines that import that class and its options."""
    if not verifiers.several(capability):
        return [code("from .sandbox import Sandbox, SandboxOptions")]
    return [
        code("from .sandbox import SandboxOptions"),
        code("from .sandbox_group import Sandboxes"),
    ]


def _players(capability: ir.Capability) -> tuple[ir.Upstream | None, ...]:
    return capability.upstreams or (None,)


def _verifiers(capability: ir.Capability) -> list[Code]:
    return [
        statement(
            joined(verifiers.name_of(capability, upstream), code(" =")),
            verifiers.verifier(capability, upstream),
            4,
        )
        for upstream in _players(capability)
    ]


def _alone(capability: ir.Capability) -> Code:
    upstream = _players(capability)[0]
    issuers = issuers_of(capability)
    variables = _variables(capability)
    keywords: dict[str, Value] = {
        "base_uri_variables": (
            () if upstream is None else (f"{upstream.variable}_BASE_URI",)
        ),
        **({"issuers": issuers} if issuers else {}),
        **({"variables": variables} if variables else {}),
        **_extras(capability, upstream),
    }
    return call(
        code("return IssuingSandbox") if issuers else code("return Sandbox"),
        (Call(code("read_samples")), code("verifier"), code("options")),
        keywords,
        indent=4,
    )


def _group(capability: ir.Capability) -> Code:
    issuers = issuers_of(capability)
    variables = verifiers.shared(capability) | _variables(capability)
    keywords: dict[str, Value] = {}
    if variables:
        keywords["variables"] = variables
    if issuers:
        keywords["beside"] = (Call(code("Issuers"), (issuers,)),)
    played: dict[str, Value] = {
        upstream.namespace: _player(capability, upstream)
        for upstream in capability.upstreams
    }
    return call(code("return Sandboxes"), (played,), keywords, indent=4)


def _player(capability: ir.Capability, upstream: ir.Upstream) -> Call:
    keywords: dict[str, Value] = {
        "base_uri_variables": (f"{upstream.variable}_BASE_URI",),
        **_extras(capability, upstream),
    }
    samples = Call(code("read_samples"), (upstream.namespace,))
    name = verifiers.name_of(capability, upstream)
    arguments = (samples, name, code("options"))
    return Call(code("Sandbox"), arguments, tuple(keywords.items()))


def _extras(
    capability: ir.Capability, upstream: ir.Upstream | None
) -> dict[str, Value]:
    if upstream is None:
        return {}
    found: dict[str, Value] = {}
    gates = verifiers.gates(capability, upstream)
    if gates:
        found["gates"] = gates
    if _deep(upstream.signing):
        found["deep"] = True
    if _written(capability, upstream):
        own = (upstream.namespace,) if verifiers.several(capability) else ()
        found["raw"] = Call(code("read_raw"), own)
    return found


def _imports(capability: ir.Capability) -> list[Code]:
    checked = [
        verifiers.authentication(capability, upstream)
        for upstream in capability.upstreams
    ]
    kinds = {one.kind for one in checked if one is not None}
    signed = {
        upstream.signing.scheme: upstream.signing
        for upstream in capability.upstreams
        if upstream.signing is not None
    }
    digests = sum(one is not None and one.kind == "digest" for one in checked)
    names = ["Sandbox", "SandboxOptions"]
    if len(_players(capability)) > digests + sum(
        upstream.signing is not None for upstream in capability.upstreams
    ):
        names.append("PlainVerifier")
    if _tokens(capability):
        names.append("throwaway_token")
    lines = [from_import(code(".sandbox"), sorted(names))]
    if digests:
        helpers = ["DigestGate", "DigestVerifier"]
        lines.append(from_import(code(".sandbox_digest"), helpers))
    group = verifiers.several(capability)
    if group:
        lines.append(code("from .sandbox_group import Sandboxes"))
    if issuers_of(capability):
        issuing = code("Issuers") if group else code("IssuingSandbox")
        lines.append(joined(code("from .sandbox_issuer import Issued, "), issuing))
    lines += verifiers.imports_of(list(signed.values()))
    if any(_written(capability, upstream) for upstream in capability.upstreams):
        lines.append(code("from .sandbox_raw import read_raw"))
    lines.append(code("from .sandbox_samples import read_samples"))
    if "oauth2" in kinds:
        lines.append(code("from .sandbox_tokens import TokenGate"))
    if "basic" in kinds:
        lines.append(code("from .sandbox_verifier import basic_header"))
    # By module: a blank sorts before an underscore.
    return sorted(set(lines))


def _tokens(capability: ir.Capability) -> list[Code]:
    return [
        statement(joined(name, code(" =")), Call(code("throwaway_token")), 4)
        for name in verifiers.made_up(capability)
    ]


def samples(capability: ir.Capability) -> bytes:
    """``sandbox_samples.json``: the answer to each method and path of each upstream."""
    group = verifiers.several(capability)
    entries: list[ir.JsonValue] = []
    for upstream in capability.upstreams:
        own: ir.JsonObject = {"upstream": upstream.namespace} if group else {}
        entries += [
            {
                **own,
                "method": o.method,
                "path": o.path,
                "answer": o.sample,
                **_raw(o.format),
            }
            for o in _operations(capability, upstream)
        ]
        if any(f.namespace == upstream.namespace for f in capability.forwards):
            entries += [
                {
                    **own,
                    "method": method,
                    "path": "/{+path}",
                    "answer": {"method": method, "forwarded": True},
                }
                for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
            ]
    return json_bytes(entries)


def _operations(
    capability: ir.Capability, upstream: ir.Upstream
) -> tuple[ir.Operation, ...]:
    """The operations of an upstream, those last that only passed on requests may mean."""
    called = (o for o in capability.operations if o.namespace == upstream.namespace)
    return (*called, *upstream.forwarded)


def _deep(signing: ir.Signing | None) -> bool:
    """Whether slashes are sent as they are in what fills a path: so it is for keys of S3."""
    service = "" if signing is None else str(dict(signing.options).get("service", ""))
    return service == "s3" or service.startswith("s3-")


def _written(capability: ir.Capability, upstream: ir.Upstream) -> bool:
    return any(o.format for o in _operations(capability, upstream))


def _raw(form: ir.Format | None) -> ir.JsonObject:
    """The bytes that an answer is sent as when that is not its JSON."""
    if form is None:
        return {}
    try:
        body: ir.JsonObject = {"text": form.sample.decode()}
    except UnicodeDecodeError:
        body = {"base64": b64encode(form.sample).decode()}
    return {"contentType": form.media_type, **body}


def _variables(capability: ir.Capability) -> dict[str, Value]:
    """What a sandbox sets besides: nothing leaves the machine, and people may look."""
    found = docs.variables(capability)
    observability = capability.observability
    if observability is not None:
        found["OTEL_TRACES_EXPORTER"] = "none"
        found |= dict.fromkeys(observability.endpoint_variables, "localhost")
    return found
