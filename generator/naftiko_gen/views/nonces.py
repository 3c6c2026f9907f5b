"""What gives the nonce of each signed call."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, Value, code, from_import, joined, literal
from naftiko_gen.signing_modules import MODULES

_UNITS = {"ms": 1_000_000, "us": 1000, "ns": 1}
_SOURCES = {
    "increasing": "NonceSource",
    "uuid4": "random_uuid",
    "random-hex": "RandomHex",
    "": "no_nonce",
}


def imports(capability: ir.Capability, limited: bool) -> list[Code]:
    """The imports of what makes nonces, and of the limits that stand beside one of them."""
    names = {_SOURCES[_kind(u.signing)] for u in capability.upstreams if u.signing}
    others = sorted(names - {"NonceSource"})
    lines = [from_import(code(".nonces"), others)] if others else []
    pacing = [*(["CounterLimits"] if limited else []), *(names & {"NonceSource"})]
    return [*lines, from_import(code(".pacing"), pacing)] if pacing else lines


def modules(signing: ir.Signing) -> set[str]:
    """The static modules that make the nonces."""
    return {"pacing"} if _kind(signing) == "increasing" else {"pacing", "nonces"}


def source(signing: ir.Signing) -> Value:
    """The function that gives a nonce."""
    nonce = signing.model.nonce if signing.model else None
    kind = _kind(signing)
    if kind == "random-hex" and nonce is not None:
        return Call(code("RandomHex"), (nonce.size,))
    if kind == "uuid4":
        return code("random_uuid")
    if not kind:
        return code("no_nonce")
    if nonce is None or nonce.unit == "ns":
        return code("NonceSource().take")
    unit = literal(_UNITS[nonce.unit])
    return joined(code("NonceSource("), unit, code(").take"))


def _kind(signing: ir.Signing) -> str:
    if signing.model is None:
        return "increasing" if MODULES[signing.scheme].nonces else ""
    return signing.model.nonce.kind if signing.model.nonce else ""
