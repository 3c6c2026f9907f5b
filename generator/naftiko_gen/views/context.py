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

#: The signer of each scheme.
SIGNERS = {"kraken-spot": code("KrakenSpotSigner")}


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
    if limited:
        lines.append(code("from .pacing import CounterLimits"))
    lines.append(code("from .settings import Settings"))
    if signed:
        lines.append(code("from .signed_upstream import SignedUpstream"))
        schemes = {
            str(SIGNERS[u.signing.scheme]) for u in capability.upstreams if u.signing
        }
        lines.append(from_import(code(".signing"), sorted(schemes)))
    lines.append(code("from .upstream import Upstream"))
    return lines


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
    keywords: list[tuple[str, Value]] = [
        ("window", _setting(f"{upstream.ident}_window")),
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
    arguments = (_setting(upstream.ident), Call(SIGNERS[signing.scheme], secrets))
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
