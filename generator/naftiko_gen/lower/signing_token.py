"""``jwt`` of a ``signing`` block: the token that each request carries."""

from __future__ import annotations

import re

from naftiko_gen import ir_scheme as s

from .node import Node
from .signing_parts import Names, malformed, read_template

_NOW = re.compile(r"\{now(?:([+-]\d+))?\}")
#: What every token has (RFC 7515, section 4.1.1; RFC 7519, section 5.1).
_OWN = ("alg", "typ")
_ALGORITHMS = (
    *("hmac-sha256", "hmac-sha384", "hmac-sha512"),
    *("rsa-sha256", "ecdsa-p256-sha256", "ed25519", "auto"),
)


def read_token(node: Node, names: Names) -> s.Token | None:
    """The token; problems are reported at the offending claim."""
    if not isinstance(node.value, dict):
        malformed(node, "a token has `header` and `claims`")
        return None
    header = _members(node.child("header"), names)
    for key in _OWN:
        if any(name == key for name, _ in header):
            malformed(node.child("header").child(key), f"`{key}` is filled in already")
    return s.Token(header, _members(node.child("claims"), names))


def check_token(
    algorithm: Node, payload: Node, token: s.Token | None, name: s.Algorithm
) -> None:
    """Report an algorithm that is none of tokens, or is one of tokens alone."""
    if token is None:
        if name == "auto":
            malformed(algorithm, "`auto` is for a `jwt`, which names its algorithm")
        return
    if name not in _ALGORITHMS:
        hint = ", ".join(_ALGORITHMS)
        malformed(algorithm, f"no token is signed with `{name}`", hint)
    if payload.value is not None:
        malformed(payload, "a scheme has a `payload` or a `jwt`, not both")


def _members(node: Node, names: Names) -> tuple[tuple[str, s.Claim], ...]:
    if not isinstance(node.value, dict):
        return ()
    return tuple((str(key), _claim(node.child(key), names)) for key in node.value)


def _claim(node: Node, names: Names) -> s.Claim:
    value = node.value
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return tuple(read_template(node.child(i), names) for i in range(len(value)))
    if isinstance(value, str) and (found := _NOW.fullmatch(value)):
        return s.Moment(int(found[1] or 0))
    return read_template(node, names)
