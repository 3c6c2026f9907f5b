"""The part of the IR that is about signed calls, their rate limits, and failures inside of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .ir_scheme import Delivery as Delivery
from .ir_scheme import Scheme as Scheme
from .ir_text import Credential as Credential

Envelope: TypeAlias = Literal["build", "sandbox", "none"]


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """Texts of an in-band error that start with ``prefix``, and what they mean."""

    prefix: str
    status: int
    kind: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class ErrorRules:
    """Where a provider reports failures inside answers with status 200, and what they mean.

    ``envelope`` says who puts a sample beside ``member``: the build, the verifier of the
    sandbox, or nobody, because answers have that member only when they report a failure.
    """

    member: str
    rules: tuple[ErrorRule, ...]
    otherwise: ErrorRule
    ignore: tuple[str, ...]
    envelope: Envelope = "build"


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate counter: calls add their cost up to ``maximum``; it decays by ``decay`` a second."""

    name: str
    maximum: float
    decay: float


#: What a static module can take besides credentials.
Option: TypeAlias = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """The scheme that signs the calls of an upstream, and the variables that it needs.

    ``model`` is None for a scheme that is a static module. ``delivery`` says whether calls may
    overlap: never, when the operator has set a nonce window, or always. ``options`` are what a
    module takes besides the credentials, by name; ``roles`` belong to the ``credentials``.
    ``refusals`` are texts in answers with an error status, and whether they refuse the ``clock``
    or the ``nonce`` of the request.
    """

    scheme: str
    paths: tuple[str, ...]
    credentials: tuple[Credential, ...]
    delivery: Delivery
    window_variable: str
    tier_variable: str
    tiers: tuple[Tier, ...]
    slowest: Tier
    model: Scheme | None = None
    options: tuple[tuple[str, Option], ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()
