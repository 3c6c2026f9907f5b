"""The part of the IR that is about callers: what an adapter asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .ir_text import Credential

AccessKind = Literal[
    "apikey-header", "apikey-query", "basic", "bearer", "digest", "oauth2"
]


@dataclass(frozen=True, slots=True)
class Adjustable:
    """A text that an operator can replace; without a default, one that must be set."""

    variable: str
    ident: str
    default: str


@dataclass(frozen=True, slots=True)
class OAuth:
    """Which access tokens are accepted.

    ``audience`` is None when tokens name the resource itself. ``introspection`` is whether the
    issuer is asked about each token; ``token_endpoint`` is only told to readers.
    """

    issuer: Adjustable
    resource: Adjustable
    audience: str | None
    scopes: tuple[str, ...]
    introspection: bool
    token_endpoint: str


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call an adapter.

    ``name`` is the header or the query field of an API key. The credentials are what callers
    present, or, for tokens that the issuer is asked about, who asks.
    """

    kind: AccessKind
    credentials: tuple[Credential, ...]
    name: str = ""
    oauth: OAuth | None = None

    @property
    def adjustables(self) -> tuple[Adjustable, ...]:
        """The texts that an operator can replace."""
        return (self.oauth.issuer, self.oauth.resource) if self.oauth else ()
