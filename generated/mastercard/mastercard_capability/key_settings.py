"""Private keys as operators have them: PEM text, a file of it, or a PKCS #12 key store."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from .environment import Environment, Secret

MAX_SIZE = 1_048_576
Key = RSAPrivateKey | EllipticCurvePrivateKey | Ed25519PrivateKey
_NAMES = {"rsa": "an RSA key", "p256": "a key of the curve P-256"}
_NAMES |= {"ed25519": "an Ed25519 key"}
_LABEL = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")
#: What people paste by mistake, by the label of its PEM (RFC 7468).
_OTHERS = {
    "CERTIFICATE": "holds a certificate",
    "CERTIFICATE REQUEST": "holds a request for a certificate",
    "PUBLIC KEY": "holds a public key",
    "RSA PUBLIC KEY": "holds a public key",
    "OPENSSH PRIVATE KEY": "holds a key of OpenSSH",
}


class KeyProblem(Exception):
    """A key that cannot be used; the message says why, and quotes nothing of it."""


def read_key(
    environment: Environment,
    name: str,
    kinds: Sequence[str],
    *,
    password: str = "",
) -> Secret:
    """The key in the variable `name`, or in the file that it names, as unencrypted PEM.

    `kinds` are those that will do: "rsa", "p256", "ed25519"; the last may also be the
    base64 of its 32 or 64 bytes. `password` is the variable for that of an encrypted
    key or of a key store. Problems go to `environment`, by the names of variables.
    """
    secret = environment.secret(name, "pem")
    phrase = environment.optional_secret(password) if password else None
    if not secret.reveal():
        return secret
    try:
        return Secret(_pem(_wanted(_key(secret, phrase, password, kinds), kinds)))
    except KeyProblem as problem:
        environment.note(f"{name} {problem}")
        return Secret("")


def _wanted(key: object, kinds: Sequence[str]) -> Key:
    found = "a key of another kind"
    if isinstance(key, RSAPrivateKey):
        found = _NAMES["rsa"]
    elif isinstance(key, Ed25519PrivateKey):
        found = _NAMES["ed25519"]
    elif isinstance(key, EllipticCurvePrivateKey):
        same = isinstance(key.curve, SECP256R1)
        found = _NAMES["p256"] if same else "a key of another curve"
    needed = [_NAMES[kind] for kind in kinds]
    if found in needed and isinstance(key, Key):
        return key
    raise KeyProblem(f"is {found}; needed is {' or '.join(needed)}")


def _key(
    secret: Secret, phrase: Secret | None, password: str, kinds: Sequence[str]
) -> object:
    text = secret.reveal()
    if _LABEL.match(text):
        return _from_pem(text.encode("ascii", "replace"), phrase, password)
    if "ed25519" in kinds and (key := _raw(text)) is not None:
        return key
    content = _content(text)
    if b"-----BEGIN " in content:
        return _from_pem(content, phrase, password)
    return _from_store(content, phrase, password)


def _raw(text: str) -> Ed25519PrivateKey | None:
    """The key of 32 bytes, or of those and the 32 bytes of its public key."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    if len(data) not in (32, 64):
        return None
    return Ed25519PrivateKey.from_private_bytes(data[:32])


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_SIZE + 1)
    except (OSError, ValueError):
        content = b""
    if content and len(content) <= MAX_SIZE:
        return content
    raise KeyProblem(
        "is neither a private key in PEM form nor the path of a file that can be read"
    )


def _from_pem(content: bytes, phrase: Secret | None, password: str) -> object:
    labels = _LABEL.findall(content.decode("latin-1"))
    other = next((_OTHERS[label] for label in labels if label in _OTHERS), "")
    if not any(label.endswith("PRIVATE KEY") for label in labels) or (
        "OPENSSH PRIVATE KEY" in labels
    ):
        raise KeyProblem(
            f"{other or 'holds something else'}, no private key in PKCS #8"
        )
    try:
        return load_pem_private_key(content, password=None)
    except TypeError:
        pass
    except (ValueError, UnsupportedAlgorithm):
        raise KeyProblem("holds a private key that cannot be decoded") from None
    if phrase is None:
        raise KeyProblem(_locked("is an encrypted key", password))
    try:
        return load_pem_private_key(content, password=phrase.reveal().encode())
    except (ValueError, UnsupportedAlgorithm):
        raise KeyProblem(f"is an encrypted key that {password} does not open") from None


def _from_store(content: bytes, phrase: Secret | None, password: str) -> object:
    given = None if phrase is None else phrase.reveal().encode()
    try:
        store = load_pkcs12(content, given)
    except (ValueError, UnsupportedAlgorithm):
        if content[:1] != b"\x30":
            raise KeyProblem(
                "names a file that is neither PEM nor a PKCS #12 key store"
            ) from None
        if given is None:
            raise KeyProblem(_locked("names a key store", password)) from None
        raise KeyProblem(f"names a key store that {password} does not open") from None
    if store.key is None:
        raise KeyProblem("names a key store without a private key")
    return store.key


def _locked(what: str, password: str) -> str:
    if password:
        return f"{what}, and {password} is not set"
    return f"{what}: decrypt it first, no password is known for it"


def _pem(key: Key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
