"""``context.py``: the upstreams, connected with their credentials."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    dotted,
    from_import,
    ident,
    joined,
    literal,
)

from . import signing as signers

_UNITS = {"ms": 1_000_000, "us": 1000, "ns": 1}


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    signed = [u for u in capability.upstreams if u.signing is not None]
    limited = [u for u in signed if u.signing is not None and u.signing.tiers]
    plain = [u for u in capability.upstreams if u.signing is None]
    return {
        "doc": docstring(
            f"The upstreams of {capability.label}, shared by all adapters.", 0
        ),
        "imports": _imports(capability, bool(signed), bool(limited), bool(plain)),
        "tiers": [_tiers(upstream) for upstream in limited],
        "fields": [_field(upstream) for upstream in capability.upstreams],
        "values": [_value(upstream) for upstream in capability.upstreams],
        "upstreams": literal(
            tuple(dotted("self", u.ident) for u in capability.upstreams), 8, "return "
        ),
    }


def _imports(
    capability: ir.Capability, signed: bool, limited: bool, plain: bool
) -> list[Code]:
    lines: list[Code] = []
    if any(u.authentication for u in capability.upstreams):
        kinds = {
            u.authentication.kind for u in capability.upstreams if u.authentication
        }
        helpers = sorted(
            {"apikey" if k.startswith("apikey") else k for k in kinds} - {"apikey"}
        )
        if helpers:
            lines.append(from_import(code(".credentials"), helpers))
    if any(u.errors for u in capability.upstreams):
        names = [_finder(u) for u in capability.upstreams if u.errors]
        lines.append(from_import(code(".failures"), names))
    nonces = {name for u in capability.upstreams for name in _nonce_names(u)}
    random = sorted(nonces - {"NonceSource"})
    if random:
        lines.append(from_import(code(".nonces"), random))
    pacing = [*(["CounterLimits"] if limited else []), *(nonces & {"NonceSource"})]
    if pacing:
        lines.append(from_import(code(".pacing"), pacing))
    lines.append(code("from .settings import Settings"))
    if signed:
        lines.append(code("from .signed_upstream import SignedUpstream"))
        for module, name in sorted(signers.modules(capability).items()):
            line = joined(code("from ."), ident(module), code(" import "), ident(name))
            lines.append(line)
    lines.append(code("from .upstream import Upstream"))
    return lines


def _nonce_names(upstream: ir.Upstream) -> set[str]:
    if upstream.signing is None:
        return set()
    model = upstream.signing.model
    if model is None:
        return {"NonceSource"}
    kind = model.nonce.kind if model.nonce else ""
    names = {"increasing": "NonceSource", "uuid4": "random_uuid", "random-hex": "RandomHex"}
    return {names.get(kind, "no_nonce")}


def _nonces(signing: ir.Signing) -> Value:
    """What gives the nonce of each attempt."""
    nonce = signing.model.nonce if signing.model else None
    if signing.model is None:
        return code("NonceSource().take")
    if nonce is None:
        return code("no_nonce")
    if nonce.kind == "uuid4":
        return code("random_uuid")
    if nonce.kind == "random-hex":
        return Call(code("RandomHex"), (nonce.size,))
    unit = literal(_UNITS[nonce.unit])
    return joined(code("NonceSource("), unit, code(").take"))


def _finder(upstream: ir.Upstream) -> str:
    return f"find_failure_of_{upstream.ident}"


def _tiers(upstream: ir.Upstream) -> Code:
    assert upstream.signing is not None
    tiers: dict[str, Value] = {
        tier.name: Call(code("CounterLimits"), (tier.maximum, tier.decay))
        for tier in upstream.signing.tiers
    }
    name = f"{upstream.ident.upper()}_TIERS"
    return assign(name, tiers, annotation=annotation("dict[str, CounterLimits]"))


def _field(upstream: ir.Upstream) -> Code:
    kind = code("Upstream") if upstream.signing is None else code("SignedUpstream")
    return joined(ident(upstream.ident), code(": "), kind)


def _value(upstream: ir.Upstream) -> Code:
    call = _signed(upstream, upstream.signing) if upstream.signing else _plain(upstream)
    value = literal(call, 8, f"{upstream.ident}=", ",")
    return joined(ident(upstream.ident), code("="), value, code(","))


def _setting(name: str) -> Code:
    return dotted("settings", name)


def _signed(upstream: ir.Upstream, signing: ir.Signing) -> Call:
    secrets = tuple(_setting(credential.ident) for credential in signing.credentials)
    keywords: list[tuple[str, Value]] = [("nonces", _nonces(signing))]
    if signing.delivery == "window":
        window = _setting(f"{upstream.ident}_window")
        keywords.append(("overlap", joined(window, code(" > 0"))))
    elif signing.delivery == "free":
        keywords.append(("overlap", True))
    keywords += [
        ("queue_limit", _setting(f"{upstream.ident}_queue_limit")),
    ]
    if signing.tiers:
        tiers, tier = f"{upstream.ident.upper()}_TIERS", _setting(
            f"{upstream.ident}_tier"
        )
        named = joined(tier, code(" or "), literal(signing.slowest.name))
        limits = Call(joined(ident(tiers), code(".get")), (named,))
        keywords += [
            ("limits", limits),
            ("tier_named", joined(tier, code(" is not None"))),
        ]
    if upstream.errors is not None:
        keywords.append(("find_failure", ident(_finder(upstream))))
    address: tuple[Value, ...] = ()
    if signing.model is not None and signers.addressed(signing.model):
        address = (joined(_setting(upstream.ident), code(".base_uri")),)
    signer = Call(ident(signers.class_name(signing.scheme)), (*address, *secrets))
    arguments = (_setting(upstream.ident), signer)
    return Call(code("SignedUpstream"), arguments, tuple(keywords))


def _plain(upstream: ir.Upstream) -> Call:
    keywords: list[tuple[str, Value]] = []
    authentication = upstream.authentication
    if authentication is not None:
        secrets = [
            _setting(credential.ident) for credential in authentication.credentials
        ]
        shown = [Call(joined(secret, code(".reveal"))) for secret in secrets]
        if authentication.kind == "apikey-query":
            keywords.append(("query", ((authentication.name, shown[0]),)))
        elif authentication.kind == "apikey-header":
            keywords.append(("headers", {authentication.name: shown[0]}))
        else:
            helper = Call(ident(authentication.kind), tuple(secrets))
            keywords.append(("headers", {"Authorization": helper}))
    if upstream.errors is not None:
        keywords.append(("find_failure", ident(_finder(upstream))))
    return Call(code("Upstream"), (_setting(upstream.ident),), tuple(keywords))
