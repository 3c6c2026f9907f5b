"""The part of the IR that is about values from outside: files of binds, and credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .ir_text import Credential, Text

AuthenticationKind = Literal[
    "apikey-header", "apikey-query", "bearer", "basic", "digest", "oauth2"
]


@dataclass(frozen=True, slots=True)
class BindFile:
    """A file, or a folder of files, that holds values of a bind.

    ``variable`` is the setting that says where it is instead of ``path``; ``keys`` are pairs of
    the setting that replaces a value and the key of the value in the file.
    """

    namespace: str
    variable: str
    path: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """A URL with ``{}`` for the value of each of the ``variables``; "" for none."""

    template: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenGrant:
    """What the client credentials of OAuth 2 are exchanged for (RFC 6749, section 4.4).

    Without ``endpoint``, the authorization server ``issuer`` tells it (RFC 8414).
    """

    issuer: Address
    endpoint: Address
    scopes: tuple[str, ...]
    resource: str
    audience: str


@dataclass(frozen=True, slots=True)
class Authentication:
    """The credentials of an upstream.

    ``name`` is the header or query field. ``texts`` are a key, a token, or user and password
    (client and secret for ``oauth2``); at most the constant parts of them stand in the capability.
    """

    kind: AuthenticationKind
    name: str
    texts: tuple[Text, ...]
    grant: TokenGrant | None = None

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """The parts that come from outside."""
        return tuple(
            part
            for text in self.texts
            for part in text.parts
            if isinstance(part, Credential)
        )
