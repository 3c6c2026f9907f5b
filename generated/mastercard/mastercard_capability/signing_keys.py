"""Private keys in PEM form (RFC 7468), as functions that sign."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from .environment import Secret

Sign = Callable[[bytes], bytes]


def rsa_sha256(secret: Secret) -> Sign:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2)."""
    key = _load(secret)
    if isinstance(key, RSAPrivateKey):
        private = key
        return lambda data: private.sign(data, PKCS1v15(), SHA256())
    raise ValueError("the secret is not an RSA private key")


def ed25519(secret: Secret) -> Sign:
    """Ed25519 (RFC 8032)."""
    key = _load(secret)
    if isinstance(key, Ed25519PrivateKey):
        return key.sign
    raise ValueError("the secret is not an Ed25519 private key")


def _load(secret: Secret) -> object:
    # Environment variables often hold the line ends of a PEM file as \n.
    text = secret.reveal().replace("\\n", "\n")
    try:
        return load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError):
        raise ValueError(
            "the secret is not an unencrypted private key in PEM"
        ) from None
