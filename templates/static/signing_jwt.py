"""JSON Web Tokens in their compact form (RFC 7519; RFC 7515, section 7.1)."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from .encoding import json_bytes
from .reply import JsonValue


def jwt_input(
    header: Mapping[str, JsonValue], claims: Mapping[str, JsonValue]
) -> bytes:
    """What is signed (RFC 7515, section 5.1): header and claims, each as base64."""
    return b".".join(_unpadded(json_bytes(dict(part))) for part in (header, claims))


def jwt_text(signed: bytes, signature: bytes) -> str:
    """The token: what was signed, and its signature."""
    return b".".join((signed, _unpadded(signature))).decode("ascii")


def _unpadded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
