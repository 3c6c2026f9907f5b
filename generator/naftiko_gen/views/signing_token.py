"""The lines of a compiled signer that make a token (JWT) for the request."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir_scheme as s
from naftiko_gen.pycode import Call, Code, Value, call, code, joined, literal

from .signing_code import Piece, Writer
from .signing_parts import Parts

_MODULE = "signing_jwt"
#: Names of algorithms in tokens (RFC 7518, section 3.1; RFC 8037, section 3.1).
_NAMES: Mapping[str, str] = {
    "hmac-sha256": "HS256",
    "hmac-sha384": "HS384",
    "hmac-sha512": "HS512",
    "rsa-sha256": "RS256",
    "ecdsa-p256-sha256": "ES256",
    "ed25519": "EdDSA",
}


def write_token(
    scheme: s.Scheme, token: s.Token, writer: Writer, parts: Parts
) -> Piece:
    """Put the token into the variable ``token``."""
    claims = [claim for _, claim in (*token.header, *token.claims)]
    if any(isinstance(claim, s.Moment) for claim in claims):
        writer.imports.add(("time", "time_ns"))
        now = joined(parts.field("clock"), code("() // 1_000_000_000"))
        writer.assign(code("now"), now)
    key = parts.field("keyed" if scheme.algorithm.startswith("hmac-") else "private")
    auto = scheme.algorithm == "auto"
    name: Value = joined(key, code(".algorithm")) if auto else _NAMES[scheme.algorithm]
    header = {"alg": name, **_members(token.header, parts), "typ": "JWT"}
    made = writer.imported(_MODULE, "jwt_input")
    arguments = (header, _members(token.claims, parts))
    writer.assign(code("signed"), Call(made, arguments))
    if scheme.algorithm.startswith("hmac-"):
        writer.imports.add(("", "hmac"))
        writer.put(joined(code("mac = "), key, code(".copy()")))
        writer.put(call(code("mac.update"), (code("signed"),), indent=8))
        signature = code("mac.digest()")
    else:
        sign = joined(key, code(".sign")) if auto else key
        signature = joined(sign, code("(signed)"))
    written = writer.imported(_MODULE, "jwt_text")
    writer.assign(code("token"), Call(written, (code("signed"), signature)))
    return Piece(code("token"))


def _members(claims: tuple[tuple[str, s.Claim], ...], parts: Parts) -> dict[str, Value]:
    return {name: _value(name, claim, parts) for name, claim in claims}


def _value(name: str, claim: s.Claim, parts: Parts) -> Value:
    if isinstance(claim, s.Moment):
        return _moment(claim.seconds)
    if isinstance(claim, int | float):
        return literal(claim)
    if isinstance(claim, tuple):
        return [parts.value(part, name) for part in claim]
    return parts.value(claim, name)


def _moment(seconds: int) -> Code:
    if not seconds:
        return code("now")
    sign = code(" + ") if seconds > 0 else code(" - ")
    return joined(code("now"), sign, literal(abs(seconds)))
