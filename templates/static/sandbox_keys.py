"""Throw-away key pairs, and the check of what was signed with them."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .sandbox_credentials import KeyPair

_Public = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


@cache
def throwaway_keys(algorithm: str, variable: str) -> KeyPair:
    """The throw-away key pair of a variable, which several upstreams may share."""
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    if algorithm == "ed25519":
        key = ed25519.Ed25519PrivateKey.generate()
    elif algorithm in ("ecdsa-p256-sha256", "auto"):
        key = ec.generate_private_key(ec.SECP256R1())
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key()
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest = hashes.Hash(hashes.SHA256())
    digest.update(der)
    mark = "SHA256:" + base64.b64encode(digest.finalize()).decode()

    def verify(signature: bytes, data: bytes) -> bool:
        return verified(public, algorithm, signature, data)

    return KeyPair(pem.decode(), verify, mark)


def verified(public: _Public, algorithm: str, signature: bytes, data: bytes) -> bool:
    """Whether the owner of the key signed `data`."""
    try:
        if isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, data)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            if len(signature) != 64:
                return False
            halves = signature[:32], signature[32:]
            der = encode_dss_signature(*(int.from_bytes(half) for half in halves))
            public.verify(der, data, ec.ECDSA(hashes.SHA256()))
        elif algorithm == "rsa-pss-sha512":
            salted = padding.PSS(padding.MGF1(hashes.SHA512()), padding.PSS.AUTO)
            public.verify(signature, data, salted, hashes.SHA512())
        else:
            weak = algorithm == "rsa-sha1"
            used = hashes.SHA1() if weak else hashes.SHA256()
            public.verify(signature, data, padding.PKCS1v15(), used)
    except InvalidSignature:
        return False
    return True
