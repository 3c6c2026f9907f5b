"""Secrets in the forms in which providers hand them out, and the address of a provider."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from .environment import Secret


class Address:
    """The parts of a base address that signatures cover."""

    def __init__(self, base_uri: str) -> None:
        parts = urlsplit(base_uri)
        self.scheme = parts.scheme
        #: The host as the Host header names it: with a port unless it is the usual one.
        self.host = parts.netloc
        self.origin = f"{parts.scheme}://{parts.netloc}"


def text_secret(secret: Secret) -> bytes:
    """A secret that is used as it is written."""
    return secret.reveal().encode()


def base64_secret(secret: Secret) -> bytes:
    """Standard base64, which the settings have checked (RFC 4648, section 4)."""
    return base64.b64decode(secret.reveal(), validate=True)


def base64url_secret(secret: Secret) -> bytes:
    """The base64 of URLs, padded or not (RFC 4648, section 5)."""
    text = secret.reveal().rstrip("=")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hex_secret(secret: Secret) -> bytes:
    """Hexadecimal digits."""
    return bytes.fromhex(secret.reveal())
