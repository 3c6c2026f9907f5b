"""Code of the user's around the calls: the modules for it, and what it does not get to see."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.lower.signing import filled
from naftiko_gen.pycode import Call, Value, code

#: The modules that are the user's.
KEPT = ("hooks",)
_MODULES = (*KEPT, "hooked_upstream", "hooks_check", "hooks_protocol")


def modules(capability: ir.Capability) -> tuple[str, ...]:
    """The static modules of hooks."""
    return _MODULES if capability.hooks else ()


def around(
    capability: ir.Capability, upstream: ir.Upstream, transport: Value, inner: Call
) -> Call:
    """The upstream that ``inner`` makes, with the hooks around its calls."""
    keywords: list[tuple[str, Value]] = []
    for place, argument in (("header", "headers"), ("query", "query")):
        if names := _filled(capability, upstream, place):
            keywords.append((argument, names))
    arguments = (transport, inner, upstream.namespace, code("hooks"))
    return Call(code("HookedUpstream"), arguments, tuple(keywords))


def _filled(
    capability: ir.Capability, upstream: ir.Upstream, place: str
) -> tuple[str, ...]:
    """The names in ``place`` that a credential, the signature or a nonce is put in."""
    names = {name for where, name in filled(upstream.signing) if where == place}
    authentication = upstream.authentication
    if authentication is not None:
        query = authentication.kind == "apikey-query"
        if query == (place == "query") and authentication.name:
            names.add(authentication.name.lower())
    names |= {
        parameter.name.lower()
        for operation in capability.operations
        if operation.namespace == upstream.namespace
        for parameter in operation.parameters
        if parameter.location == place and _secret(parameter.template)
    }
    return tuple(sorted(names))


def _secret(text: ir.Text | None) -> bool:
    return text is not None and any(isinstance(p, ir.Credential) for p in text.parts)
