"""Private keys in PEM form (RFC 7468), as functions that sign."""

from __future__ import annotations

import base64
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from .environment import Secret

Sign = Callable[[bytes], bytes]


def rsa_sha1(secret: Secret) -> Sign:
    """RSASSA-PKCS1-v1_5 with SHA-1, for OAuth 1.0a (RFC 5849, section 3.4.3) alone."""
    key = _rsa(secret)
    # What it names is SHA-1 by its definition; nothing else uses it.
    return lambda data: key.sign(data, PKCS1v15(), SHA1())


def rsa_sha256(secret: Secret) -> Sign:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2)."""
    key = _rsa(secret)
    return lambda data: key.sign(data, PKCS1v15(), SHA256())


def rsa_pss_sha512(secret: Secret) -> Sign:
    """RSASSA-PSS with SHA-512 and a salt of 64 bytes (RFC 9421, section 3.3.1)."""
    key = _rsa(secret)
    padding = PSS(MGF1(SHA512()), 64)
    return lambda data: key.sign(data, padding, SHA512())


def ecdsa_p256_sha256(secret: Secret) -> Sign:
    """ECDSA on P-256: r and s of 32 bytes each (RFC 7518, section 3.4)."""
    key = _load(secret)
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1):
        private = key

        def sign(data: bytes) -> bytes:
            r, s = decode_dss_signature(private.sign(data, ECDSA(SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")

        return sign
    raise ValueError("the secret is not a private key of the curve P-256")


def ed25519(secret: Secret) -> Sign:
    """Ed25519 (RFC 8032)."""
    key = _load(secret)
    if isinstance(key, Ed25519PrivateKey):
        return key.sign
    raise ValueError("the secret is not an Ed25519 private key")


class NamedKey(NamedTuple):
    """A key, with the name of its algorithm in tokens (RFC 7518, section 3.1)."""

    algorithm: str
    sign: Sign


def named_key(secret: Secret) -> NamedKey:
    """The algorithm that a key is for: RS256, ES256 or EdDSA."""
    key = _load(secret)
    if isinstance(key, RSAPrivateKey):
        return NamedKey("RS256", rsa_sha256(secret))
    if isinstance(key, Ed25519PrivateKey):
        return NamedKey("EdDSA", key.sign)
    return NamedKey("ES256", ecdsa_p256_sha256(secret))


def fingerprint(secret: Secret) -> str:
    """SHA-256 of the public key in DER form, as Snowflake writes it."""
    key = load_pem_private_key(secret.reveal().encode(), password=None)
    public = key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    return "SHA256:" + base64.b64encode(sha256(public).digest()).decode("ascii")


def _rsa(secret: Secret) -> RSAPrivateKey:
    key = _load(secret)
    if isinstance(key, RSAPrivateKey):
        return key
    raise ValueError("the secret is not an RSA private key")


def _load(secret: Secret) -> object:
    # Environment variables often hold the line ends of a PEM file as \n.
    text = secret.reveal().replace("\\n", "\n")
    try:
        return load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError):
        raise ValueError(
            "the secret is not an unencrypted private key in PEM"
        ) from None
