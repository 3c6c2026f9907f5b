"""Signing schemes that are static modules: what each takes, and what is emitted for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .ir_scheme import Delivery, SecretForm
from .ir_text import JsonObject


@dataclass(frozen=True, slots=True)
class SigningModule:
    """One scheme.

    ``roles`` are its credentials with their form in the environment, in the order in which
    the signer takes them; ``variables`` hold them unless the block names others, and those in
    ``optional`` may be unset. ``options`` are keys of the block that the signer takes by name.
    ``addressed`` signers know the base address; ``nonces`` says whether calls carry one, and
    ``objects`` whether the scheme writes the body. ``fills`` are header fields of its own.
    """

    roles: Mapping[str, SecretForm]
    module: str
    verifier_module: str
    verifier: str
    title: str
    variables: Mapping[str, str]
    optional: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    delivery: Delivery = "free"
    addressed: bool = True
    nonces: bool = False
    objects: bool = False
    fills: tuple[str, ...] = ()


MODULES: Mapping[str, SigningModule] = {
    "aws-sigv4": SigningModule(
        roles={
            "access_key_id": "none",
            "secret_access_key": "none",
            "session_token": "none",
            "region": "none",
        },
        module="signing_aws_sigv4",
        verifier_module="sandbox_aws_sigv4",
        verifier="AwsSigv4Verifier",
        title="AWS",
        variables={
            "access_key_id": "AWS_ACCESS_KEY_ID",
            "secret_access_key": "AWS_SECRET_ACCESS_KEY",
            "session_token": "AWS_SESSION_TOKEN",
        },
        optional=("session_token",),
        options=("region", "service"),
        helpers=("signing_request", "signing_secrets", "signing_times"),
        fills=(
            "authorization",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-content-sha256",
        ),
    ),
    "kraken-spot": SigningModule(
        roles={"key": "none", "secret": "base64", "otp": "none"},
        module="signing_kraken_spot",
        verifier_module="sandbox_kraken_spot",
        verifier="KrakenSpotVerifier",
        title="Kraken Spot",
        variables={},
        delivery="window",
        addressed=False,
        nonces=True,
        objects=True,
    ),
}


def signing_of(name: str) -> JsonObject:
    """The ``signing`` block of the scheme ``name`` with its usual variables."""
    module = MODULES[name]
    block: JsonObject = {"scheme": name, "credentials": dict(module.variables)}
    if module.optional:
        block["optional"] = list(module.optional)
    return block
