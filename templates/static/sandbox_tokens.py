"""The token endpoint of a sandbox (RFC 6749, section 4.4)."""

from __future__ import annotations

import secrets
from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote_plus

from .reply import JsonObject
from .sandbox_gate import Held

_FORM = "application/x-www-form-urlencoded"


class TokenGate:
    """Issues `token` to the one client that it knows, by header or by form.

    `name` is the setting for the token endpoint, and `expected` are the fields that a
    request must have besides its grant type.
    """

    def __init__(
        self,
        name: str,
        client: str,
        secret: str,
        token: str,
        expected: Mapping[str, str],
        lifetime: int = 3600,
    ) -> None:
        self._path = f"/_sandbox/{name.lower()}"
        self._client = (client, secret)
        self._token = token
        self._expected = {"grant_type": "client_credentials", **expected}
        self._lifetime = lifetime
        self.paths: Mapping[str, str] = {name: self._path}
        self.issued = 0

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Held | None:
        """A token, or the error of RFC 6749, section 5.2."""
        if target != self._path:
            return None
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        media_type = headers.get("Content-Type", "")
        if method != "POST" or media_type != _FORM:
            return _error(400, "invalid_request")
        if not self._known(headers.get("Authorization", ""), fields):
            return _error(401, "invalid_client")
        for name, value in self._expected.items():
            if fields.get(name) != [value]:
                wrong = name == "scope"
                return _error(400, "invalid_scope" if wrong else "invalid_request")
        self.issued += 1
        document: JsonObject = {
            "access_token": self._token,
            "token_type": "Bearer",
            "expires_in": self._lifetime,
        }
        return Held(200, document, {"Cache-Control": "no-store"})

    def _known(self, header: str, fields: Mapping[str, list[str]]) -> bool:
        if header.startswith("Basic "):
            try:
                pair = b64decode(header[6:], validate=True).decode()
            except ValueError:
                return False
            first, _, second = pair.partition(":")
            sent = (unquote_plus(first), unquote_plus(second))
        else:
            first = fields.get("client_id", [""])[0]
            second = fields.get("client_secret", [""])[0]
            sent = (first, second)
        return secrets.compare_digest("\0".join(sent), "\0".join(self._client))


def _error(status: int, word: str) -> Held:
    headers = {"WWW-Authenticate": "Basic"} if status == 401 else {}
    return Held(status, {"error": word}, headers)
