"""``context.py``: the upstreams, connected with their credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

from . import hooks, nonces, pools
from . import signing as signers

if TYPE_CHECKING:
    from naftiko_gen.contexts.running import Context


def view(capability: ir.Capability) -> Context:
    """The context of the template."""
    signed = [u for u in capability.upstreams if u.signing is not None]
    limited = [u for u in signed if u.signing is not None and u.signing.tiers]
    plain = [u for u in capability.upstreams if u.signing is None]
    return {
        "doc": docstring(
            f"The upstreams of {capability.label}, shared by all adapters.", 0
        ),
        "imports": _imports(capability, bool(signed), bool(limited), bool(plain)),
        "hooks": capability.hooks,
        "tiers": [_tiers(upstream) for upstream in limited],
        "fields": [_field(capability, upstream) for upstream in capability.upstreams],
        "values": [_value(capability, upstream) for upstream in capability.upstreams],
        "signers": [
            pools.signer(upstream, upstream.signing)
            for upstream in pools.pools(capability)
            if upstream.signing is not None
        ],
        "upstreams": literal(
            tuple(dotted("self", u.ident) for u in capability.upstreams), 8, "return "
        ),
    }


def _imports(
    capability: ir.Capability, signed: bool, limited: bool, plain: bool
) -> list[Code]:
    lines: list[Code] = []
    known = [u.authentication for u in capability.upstreams if u.authentication]
    helpers = {name for one in known for name in credential_helpers(one)}
    if helpers:
        lines.append(from_import(code(".credentials"), sorted(helpers)))
    kinds = {one.kind for one in known}
    if "digest" in kinds:
        lines.append(code("from .digest_upstream import DigestUpstream"))
    if any(u.errors for u in capability.upstreams):
        names = [_finder(u) for u in capability.upstreams if u.errors]
        lines.append(from_import(code(".failures"), names))
    if "oauth2" in kinds:
        lines.append(code("from .oauth_upstream import OAuthUpstream"))
    pooled = pools.pools(capability)
    alone = [u.signing for u in capability.upstreams if u.signing and u not in pooled]
    if pooled:
        lines.append(code("from .key_pool import connect_keys"))
        lines.append(code("from .numbered_keys import Key"))
    lines += nonces.imports(alone, limited)
    lines.append(code("from .settings import Settings"))
    if capability.hooks:
        names = ["HookedUpstream", "RunningHooks"]
        lines.append(from_import(code(".hooked_upstream"), names))
    if alone:
        lines.append(code("from .signed_upstream import SignedUpstream"))
    if signed:
        for module, name in sorted(signers.modules(capability).items()):
            line = joined(code("from ."), ident(module), code(" import "), ident(name))
            lines.append(line)
    lines.append(code("from .upstream import Upstream"))
    # By module: a blank sorts before an underscore.
    return sorted(lines)


def credential_helpers(authentication: ir.Authentication) -> set[str]:
    """What the module ``credentials`` does for these credentials."""
    helpers = {"joined"} if any(map(_composed, authentication.texts)) else set()
    if authentication.kind in ("bearer", "basic"):
        helpers.add(authentication.kind)
    return helpers


def _composed(text: ir.Text) -> bool:
    return len(text.parts) != 1 or isinstance(text.parts[0], str)


def _secret(text: ir.Text) -> Value:
    """The text as a Secret of the running package."""
    if _composed(text):
        return Call(code("joined"), tuple(_part(part) for part in text.parts))
    return _part(text.parts[0])


def _part(part: str | ir.Variable | ir.Credential) -> Value:
    return _setting(part.ident) if isinstance(part, ir.Credential) else str(part)


def _revealed(text: ir.Text) -> Value:
    return Call(joined(literal(_secret(text)), code(".reveal")))


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


def _field(capability: ir.Capability, upstream: ir.Upstream) -> Code:
    alone = upstream.signing is not None and not pools.pooled(capability, upstream)
    signed = alone and not capability.hooks
    kind = code("SignedUpstream") if signed else code("Upstream")
    return joined(ident(upstream.ident), code(": "), kind)


def _value(capability: ir.Capability, upstream: ir.Upstream) -> Code:
    if upstream.signing is None:
        call = _plain(upstream)
    elif pools.pooled(capability, upstream):
        call = _pooled(upstream, upstream.signing)
    else:
        call = _signed(upstream, upstream.signing)
    if capability.hooks:
        call = hooks.around(capability, upstream, _setting(upstream.ident), call)
    value = literal(call, 8, f"{upstream.ident}=", ",")
    return joined(ident(upstream.ident), code("="), value, code(","))


def _setting(name: str) -> Code:
    return dotted("settings", name)


def _pooled(upstream: ir.Upstream, signing: ir.Signing) -> Call:
    arguments = (
        _setting(upstream.ident),
        _setting(f"{upstream.ident}_keys"),
        pools.signer_name(upstream),
        _setting("nonce_sharing"),
    )
    unit = nonces.unit(signing)
    keywords: list[tuple[str, Value]] = [] if unit == 1 else [("unit", unit)]
    keywords += _pace(upstream, signing)
    return Call(code("connect_keys"), arguments, tuple(keywords))


def _signed(upstream: ir.Upstream, signing: ir.Signing) -> Call:
    secrets = tuple(_setting(credential.ident) for credential in signing.credentials)
    address: tuple[Value, ...] = ()
    if signers.needs_address(signing):
        address = (joined(_setting(upstream.ident), code(".base_uri")),)
    name = ident(signers.class_name(signing.scheme))
    signer = Call(name, (*address, *secrets), signing.options)
    keywords = [("nonces", nonces.source(signing)), *_pace(upstream, signing)]
    arguments = (_setting(upstream.ident), signer)
    return Call(code("SignedUpstream"), arguments, tuple(keywords))


def _pace(upstream: ir.Upstream, signing: ir.Signing) -> list[tuple[str, Value]]:
    """When calls of a key can be made, and what their answers mean."""
    keywords: list[tuple[str, Value]] = []
    if signing.delivery == "window":
        window = _setting(f"{upstream.ident}_window")
        keywords.append(("overlap", joined(window, code(" > 0"))))
    elif signing.delivery == "free":
        keywords.append(("overlap", True))
    keywords.append(("queue_limit", _setting(f"{upstream.ident}_queue_limit")))
    if signing.tiers:
        tiers = f"{upstream.ident.upper()}_TIERS"
        tier = _setting(f"{upstream.ident}_tier")
        named = joined(tier, code(" or "), literal(signing.slowest.name))
        limits = Call(joined(ident(tiers), code(".get")), (named,))
        keywords += [
            ("limits", limits),
            ("tier_named", joined(tier, code(" is not None"))),
        ]
    if upstream.errors is not None:
        keywords.append(("find_failure", ident(_finder(upstream))))
    if signing.refusals:
        texts = tuple((text.encode(), kind) for text, kind in signing.refusals)
        keywords.append(("refusals", texts))
    return keywords


def _plain(upstream: ir.Upstream) -> Call:
    keywords: list[tuple[str, Value]] = []
    arguments: list[Value] = [_setting(upstream.ident)]
    kind = "Upstream"
    authentication = upstream.authentication
    if authentication is not None:
        texts, name = authentication.texts, authentication.name
        if authentication.kind == "apikey-query":
            keywords.append(("query", ((name, _revealed(texts[0])),)))
        elif authentication.kind == "apikey-header":
            keywords.append(("headers", {name: _revealed(texts[0])}))
        elif authentication.kind == "digest":
            kind = "DigestUpstream"
            arguments += [_secret(text) for text in texts]
        elif authentication.kind == "oauth2":
            kind = "OAuthUpstream"
            arguments.append(_setting(f"{upstream.ident}_grant"))
            arguments += [_secret(text) for text in texts]
        else:
            secrets = tuple(_secret(text) for text in texts)
            helper = Call(ident(authentication.kind), secrets)
            keywords.append(("headers", {"Authorization": helper}))
    if upstream.errors is not None:
        keywords.append(("find_failure", ident(_finder(upstream))))
    return Call(ident(kind), tuple(arguments), tuple(keywords))
