"""What the generator knows about a signing scheme that is a static module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .ir_scheme import Delivery, SecretForm

#: The static modules of schemes that sign canonical requests.
CANONICAL = (
    "signing_canonical",
    "signing_request",
    "signing_secrets",
    "signing_times",
)


@dataclass(frozen=True, slots=True)
class SigningModule:
    """One scheme.

    ``roles`` are its credentials with their form in the environment, in the order in which
    the signer takes them; ``variables`` hold them unless the block names others, and those in
    ``optional`` may be unset. ``options`` are keys of the block, and the names under which the signer takes them.
    ``addressed`` signers know the base address; ``nonces`` is their kind, empty for none, and
    ``objects`` whether the scheme writes the body. ``fills`` are header fields of its own, and
    ``envelopes`` says that the verifier puts samples into the provider's envelope.
    ``keys`` says which private keys a role takes, or ``algorithms`` where the block names one, and
    ``password`` is the role of their password. ``messages`` are signed by RFC 9421; ``refusals``
    are as in the IR.
    """

    roles: Mapping[str, SecretForm]
    module: str
    verifier_module: str
    verifier: str
    title: str
    variables: Mapping[str, str]
    optional: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    helpers: tuple[str, ...] = ()
    delivery: Delivery = "free"
    addressed: bool = True
    nonces: str = ""
    objects: bool = False
    fills: tuple[str, ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()
    envelopes: bool = False
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    algorithms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    password: str = ""
    messages: bool = False
    #: Fields that a call has to have besides: place, name, and the option that stands in.
    needs: tuple[tuple[str, str, str], ...] = ()
