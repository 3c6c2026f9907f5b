"""The constructor of a compiled signer: the secrets, absorbed once."""

from __future__ import annotations

from collections.abc import Callable

from naftiko_gen import ir_scheme as s
from naftiko_gen.names import identifier
from naftiko_gen.pycode import (
    Call,
    Code,
    Parameter,
    Value,
    annotation,
    code,
    ident,
    joined,
    signature,
    statement,
)

from .signing_code import Writer
from .signing_parts import Parts

_DECODERS = {
    "none": "text_secret",
    "base64": "base64_secret",
    "base64url": "base64url_secret",
    "hex": "hex_secret",
}


def constructor(scheme: s.Scheme, parts: Parts, writer: Writer) -> list[Code]:
    """``__init__``: the secrets, absorbed once."""
    parameters: list[Parameter | Code] = [code("self")]
    addressed = [name for name in ("scheme", "host", "origin") if name in parts.fields]
    if addressed:
        parameters.append(Parameter("base_uri", annotation("str")))
    parameters += [
        Parameter(
            identifier(role),
            annotation("Secret | None" if role in scheme.optional else "Secret"),
        )
        for role in scheme.roles
    ]
    if "clock" in parts.fields:
        writer.imports.add(("signer", "Clock"))
        clock = Parameter("clock", annotation("Clock"), code("time_ns"))
        parameters += [code("*"), clock]
    writer.imports.add(("collections.abc", "Mapping"))
    lines = [signature(code("def __init__"), parameters, code("None"), indent=4)]

    def put(name: str, value: Value) -> None:
        head = joined(code("self._"), ident(name), code(" ="))
        lines.append(joined(code("        "), statement(head, value, 8)))

    if addressed:
        writer.imports.add(("signing_secrets", "Address"))
        lines.append(code("        address = Address(base_uri)"))
    for name in addressed:
        put(name, joined(code("address."), ident(name)))
    for role in scheme.roles:
        given = ident(identifier(role))
        if identifier(role) not in parts.fields:
            continue
        value: Value = Call(joined(given, code(".reveal")))
        if role in scheme.optional:
            value = joined(given, code(".reveal() if "), given, code(' else ""'))
        put(identifier(role), value)
    _secret(scheme, parts, writer, lines, put)
    if "clock" in parts.fields:
        put("clock", code("clock"))
    return lines


def _secret(
    scheme: s.Scheme,
    parts: Parts,
    writer: Writer,
    lines: list[Code],
    put: Callable[[str, Value], None],
) -> None:
    """The fields that are made of the secret, which is decoded once."""
    private, keyed = "private" in parts.fields, "keyed" in parts.fields
    if not private and not keyed:
        return
    if scheme.form == "pem":
        key = (ident(identifier(scheme.secret)),)
        kind = "named_key" if scheme.algorithm == "auto" else scheme.algorithm
        put("private", Call(writer.imported("signing_keys", identifier(kind)), key))
        if "fingerprint" in parts.fields:
            put(
                "fingerprint", Call(writer.imported("signing_keys", "fingerprint"), key)
            )
        return
    helper = writer.imported("signing_secrets", _DECODERS[scheme.form])
    secret: Value = Call(helper, (ident(identifier(scheme.secret)),))
    if private and keyed:
        head = code("private =")
        lines.append(joined(code("        "), statement(head, secret, 8)))
        secret = code("private")
    if private:
        put("private", secret)
    if keyed:
        # Absorbs the key once: a copy for each signature skips that work.
        digest = scheme.algorithm.rpartition("-")[2]
        put("keyed", Call(code("hmac.new"), (secret,), (("digestmod", digest),)))
