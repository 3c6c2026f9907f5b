"""Credentials that open nothing: the same for every run, and none of the user's."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from naftiko_gen import ir
from naftiko_gen.errors import OutputError
from naftiko_gen.views.settings import credentials, variables_of_addresses

_REGION = "us-east-1"
_BYTES = b"naftiko-gen: these bytes open nothing, they are an example."
# The primes of an RSA key, and the numbers behind keys of the other kinds.
_P = int(
    "ef618370aaf50de4624fddd3647fd0c38f89f304760c7fabdc238902fe2101914e19b5c32656df801bc2"
    "1b88e017e2360e4e8a56cd7ca0682ec65b4abc853f6bafd6e0ad3234d57045ffec29712425c7d282c6bc"
    "ce85910bd3db2f5ea1e272b612b79b09cdefae6ebdb8d6c737aa19e3c2d40618ec78168fad3359b10052"
    "dd11",
    16,
)
_Q = int(
    "c6704a12425f996933d31165fd6abb9fad499caba4e577e3d8698379214b9b3a02919b2819861ba92721"
    "689eb042e0540a4b6f71bd84b6b58b41f950661348e03e9ea124e5d588bef7ea88f635712f9a56b99a19"
    "e682a549bd5a907b3ef60020e863e2c884951e9dcadf90ba6654fdfc674778d7625708d9a00f70676156"
    "5eb3",
    16,
)


def environments(capability: ir.Capability) -> Iterator[dict[str, str]]:
    """Values for everything that the package needs, one set for each kind of private key."""
    forms = {credential.decode for credential in credentials(capability)}
    for pem in _keys() if "pem" in forms else ("",):
        yield _environment(capability, pem)


def roles(signing: ir.Signing) -> tuple[str, ...]:
    """What each of the credentials of ``signing`` is to the scheme, in their order."""
    return signing.model.roles if signing.model else signing.roles


def _environment(capability: ir.Capability, pem: str) -> dict[str, str]:
    found = {
        variable: "example"
        for upstream in capability.upstreams
        for variable in variables_of_addresses(upstream)
    }
    known = {}
    for upstream in capability.upstreams:
        if signing := upstream.signing:
            for role, credential in zip(
                roles(signing), signing.credentials, strict=True
            ):
                known[credential.variable] = role
    for credential in credentials(capability):
        role = known.get(credential.variable, credential.ident)
        if role == "region":
            found[credential.variable] = _REGION
        elif credential.required:
            found[credential.variable] = _value(role, credential.decode, pem)
    return found


def _value(role: str, form: str, pem: str) -> str:
    match form:
        case "base64":
            return base64.b64encode(_BYTES).decode()
        case "base64url":
            return base64.urlsafe_b64encode(_BYTES).decode()
        case "hex":
            return _BYTES[:32].hex()
        case "pem":
            return pem
        case _:
            return f"example-{role.replace('_', '-')}"


def _keys() -> Iterator[str]:
    """Private keys in PEM form, of the kinds that schemes ask for."""
    folder = "cryptography.hazmat.primitives.asymmetric"
    try:
        rsa: Any = import_module(f"{folder}.rsa")
    except ModuleNotFoundError:
        raise OutputError(
            "the signer needs the library cryptography: pip install cryptography"
        ) from None
    exponent = 65537
    private = pow(exponent, -1, (_P - 1) * (_Q - 1))
    parts = private % (_P - 1), private % (_Q - 1), pow(_Q, -1, _P)
    public = rsa.RSAPublicNumbers(exponent, _P * _Q)
    yield _pem(rsa.RSAPrivateNumbers(_P, _Q, private, *parts, public).private_key())
    ec, number = import_module(f"{folder}.ec"), int.from_bytes(_BYTES[:31], "big")
    for curve in (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1):
        yield _pem(ec.derive_private_key(number, curve()))
    ed25519 = import_module(f"{folder}.ed25519")
    yield _pem(ed25519.Ed25519PrivateKey.from_private_bytes(_BYTES[:32]))


def _pem(key: Any) -> str:
    forms = import_module("cryptography.hazmat.primitives.serialization")
    text: bytes = key.private_bytes(
        forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption()
    )
    return text.decode()
