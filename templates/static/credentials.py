"""Values of the Authorization header."""

from __future__ import annotations

import base64

from .environment import Secret


def bearer(token: Secret) -> str:
    """A bearer token (RFC 6750, section 2.1)."""
    return f"Bearer {token.reveal()}"


def basic(username: Secret, password: Secret) -> str:
    """User and password (RFC 7617): UTF-8, in base64."""
    pair = f"{username.reveal()}:{password.reveal()}"
    return f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"


def joined(*parts: str | Secret) -> Secret:
    """One secret of constant texts and secrets."""
    return Secret(
        "".join(part if isinstance(part, str) else part.reveal() for part in parts)
    )
