"""Secrets in the forms in which providers hand them out, and the address of a provider."""

from __future__ import annotations

import base64
import binascii
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
    """Standard base64 (RFC 4648, section 4); ValueError, without the value, for other text."""
    try:
        return base64.b64decode(secret.reveal(), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the secret is not valid base64") from None


def base64url_secret(secret: Secret) -> bytes:
    """The base64 of URLs, padded or not (RFC 4648, section 5); ValueError for other text."""
    text = secret.reveal().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the secret is not valid base64url") from None


def hex_secret(secret: Secret) -> bytes:
    """Hexadecimal digits; ValueError, without the value, for other text."""
    try:
        return bytes.fromhex(secret.reveal())
    except ValueError:
        raise ValueError("the secret is not hexadecimal") from None
