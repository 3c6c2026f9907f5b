"""Credentials that open nothing: the same for every run, and none of the user's."""

from __future__ import annotations

import base64
from importlib import import_module
from typing import Any

from naftiko_gen import ir
from naftiko_gen.errors import OutputError
from naftiko_gen.views.credentials import credentials
from naftiko_gen.views.settings import variables_of_addresses

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


def roles(signing: ir.Signing) -> tuple[str, ...]:
    """What each of the credentials of ``signing`` is to the scheme, in their order."""
    return signing.model.roles if signing.model else signing.roles


def environment(capability: ir.Capability) -> dict[str, str]:
    """Values for everything that the package needs; what is optional is not set."""
    found = {
        variable: "example"
        for upstream in capability.upstreams
        for variable in variables_of_addresses(upstream)
    }
    known = {}
    for upstream in capability.upstreams:
        if signing := upstream.signing:
            pairs = zip(roles(signing), signing.credentials, strict=True)
            known.update({credential.variable: role for role, credential in pairs})
    for credential in credentials(capability):
        role = known.get(credential.variable, credential.ident)
        if role == "region":
            found[credential.variable] = _REGION
        elif credential.required:
            found[credential.variable] = _value(role, credential)
    return found


def _value(role: str, credential: ir.Credential) -> str:
    match credential.decode:
        case "base64":
            return base64.b64encode(_BYTES).decode()
        case "base64url":
            return base64.urlsafe_b64encode(_BYTES).decode()
        case "hex":
            return _BYTES[:32].hex()
        case "pem":
            return _key((*credential.keys, "rsa")[0])
        case _:
            return f"example-{role.replace('_', '-')}"


def _key(kind: str) -> str:
    """A private key of the kind rsa, p256 or ed25519, in PEM form."""
    folder = "cryptography.hazmat.primitives.asymmetric"
    if kind == "ed25519":
        ed25519 = _library(f"{folder}.ed25519")
        return _pem(ed25519.Ed25519PrivateKey.from_private_bytes(_BYTES[:32]))
    if kind == "p256":
        ec, number = _library(f"{folder}.ec"), int.from_bytes(_BYTES[:31], "big")
        return _pem(ec.derive_private_key(number, ec.SECP256R1()))
    rsa, exponent = _library(f"{folder}.rsa"), 65537
    private = pow(exponent, -1, (_P - 1) * (_Q - 1))
    parts = private % (_P - 1), private % (_Q - 1), pow(_Q, -1, _P)
    public = rsa.RSAPublicNumbers(exponent, _P * _Q)
    return _pem(rsa.RSAPrivateNumbers(_P, _Q, private, *parts, public).private_key())


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise OutputError(
            "the signer needs the library cryptography: pip install cryptography"
        ) from None


def _pem(key: Any) -> str:
    forms = _library("cryptography.hazmat.primitives.serialization")
    text: bytes = key.private_bytes(
        forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption()
    )
    return text.decode()
