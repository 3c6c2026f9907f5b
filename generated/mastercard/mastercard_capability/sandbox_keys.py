"""Throw-away key pairs, and the check of what was signed with them."""

from __future__ import annotations

from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from .sandbox_credentials import KeyPair


@cache
def throwaway_keys(algorithm: str, variable: str) -> KeyPair:
    """The throw-away key pair of a variable, which several upstreams may share."""
    key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
    if algorithm == "ed25519":
        key = ed25519.Ed25519PrivateKey.generate()
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

    def verify(signature: bytes, data: bytes) -> bool:
        try:
            if isinstance(key, ed25519.Ed25519PrivateKey):
                key.public_key().verify(signature, data)
            else:
                public = key.public_key()
                public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True

    return KeyPair(pem.decode(), verify)
