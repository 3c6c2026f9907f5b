"""What a sandbox checks in a request, and how a provider words its answers."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Protocol
from urllib.parse import parse_qsl

from .reply import JsonValue


class Verifier(Protocol):
    """What a provider checks in a request, and how it words its answers."""

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables that hold the throw-away credentials which `verify` accepts."""

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """None when the request is good, else the provider's error string.

        Called once for each request in order of arrival. `target` is the path and
        query and `body` the bytes, both exactly as received.
        """

    def answer(self, sample: JsonValue) -> JsonValue:
        """The document of a good answer that carries `sample`."""

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """The HTTP status and the document that report an error string."""

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """The HTTP status and the document for an operation that does not exist."""


class PlainVerifier:
    """Checks static credentials (API key, bearer, basic): present and equal.

    `expected_query` is for a key that is sent as a query field. `environment` names
    the variables from which the package makes these values. Without any expectation
    every request is accepted.
    """

    MISSING = "credentials are missing"
    WRONG = "credentials are wrong"

    def __init__(
        self,
        expected_headers: Mapping[str, str] | None = None,
        expected_query: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._headers = {
            name.lower(): value for name, value in (expected_headers or {}).items()
        }
        self._query = dict(expected_query or {})
        self.environment: Mapping[str, str] = dict(environment or {})

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """See `Verifier.verify`; the error string never quotes what was sent."""
        query = parse_qsl(target.partition("?")[2], keep_blank_values=True)
        sent = [(name.lower(), value) for name, value in headers.items()]
        for expected, pairs in ((self._headers, sent), (self._query, query)):
            for name, value in expected.items():
                values = [text for key, text in pairs if key == name]
                if not values:
                    return self.MISSING
                if values != [value]:
                    return self.WRONG
        return None

    def answer(self, sample: JsonValue) -> JsonValue:
        """The sample itself."""
        return sample

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """401 for refused credentials, 500 for any other (injected) error."""
        status = 401 if error in (self.MISSING, self.WRONG) else 500
        return status, {"error": error}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404; the path is not repeated, because it may hold a caller's data."""
        return 404, {"error": "not found"}


def throwaway_token() -> str:
    """A random credential that is worth nothing outside this process."""
    return secrets.token_urlsafe(24)


@cache
def throwaway_secret(variable: str) -> str:
    """The throw-away secret of a variable: one for all upstreams that read it.

    It can be decoded as hexadecimal digits, as base64 and as base64url.
    """
    return secrets.token_hex(32)


def basic_header(username: str, password: str) -> str:
    """The Authorization header that a client with these credentials sends (RFC 7617)."""
    encoded = b64encode(b":".join((username.encode(), password.encode())))
    return "Basic " + encoded.decode()
