"""What gives the nonce of each signed call."""

from __future__ import annotations

from collections.abc import Sequence

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


def imports(signed: Sequence[ir.Signing], limited: bool) -> list[Code]:
    """The imports of what makes nonces, and of the limits that stand beside one of them."""
    names = {_SOURCES[_kind(signing)] for signing in signed}
    others = sorted(names - {"NonceSource"})
    lines = [from_import(code(".nonces"), others)] if others else []
    pacing = [*(["CounterLimits"] if limited else []), *(names & {"NonceSource"})]
    return [*lines, from_import(code(".pacing"), pacing)] if pacing else lines


def modules(signing: ir.Signing) -> set[str]:
    """The static modules that make the nonces."""
    return {"pacing"} if increasing(signing) else {"pacing", "nonces"}


def increasing(signing: ir.Signing) -> bool:
    """Whether each nonce has to be higher than those before it."""
    return _kind(signing) == "increasing"


def unit(signing: ir.Signing) -> int:
    """The unit of increasing nonces, in nanoseconds."""
    nonce = signing.model.nonce if signing.model else None
    return _UNITS[nonce.unit] if nonce else 1


def source(signing: ir.Signing) -> Value:
    """The function that gives a nonce."""
    nonce = signing.model.nonce if signing.model else None
    kind = _kind(signing)
    if kind == "random-hex":
        return Call(code("RandomHex"), (nonce.size if nonce else 16,))
    if kind == "uuid4":
        return code("random_uuid")
    if not kind:
        return code("no_nonce")
    if unit(signing) == 1:
        return code("NonceSource().take")
    return joined(code("NonceSource("), literal(unit(signing)), code(").take"))


def _kind(signing: ir.Signing) -> str:
    if signing.model is None:
        return MODULES[signing.scheme].nonces
    return signing.model.nonce.kind if signing.model.nonce else ""
