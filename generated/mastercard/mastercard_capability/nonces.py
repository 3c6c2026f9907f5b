"""Nonces that need no order: texts that nobody can guess and that never come twice."""

from __future__ import annotations

import secrets
import uuid


def no_nonce() -> str:
    """For schemes without one."""
    return ""


def random_uuid() -> str:
    """A random UUID (RFC 9562, section 5.4)."""
    return str(uuid.uuid4())


class RandomHex:
    """Random bytes as hexadecimal digits."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __call__(self) -> str:
        return secrets.token_hex(self._size)
