"""Signing schemes that are static modules: what each takes, and what is emitted for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .ir_scheme import Delivery, SecretForm
from .ir_text import JsonObject


@dataclass(frozen=True, slots=True)
class SigningModule:
    """One scheme.

    ``roles`` are its credentials with their form in the environment, in the order in which
    the signer takes them; ``variables`` hold them unless the block names others, and those in
    ``optional`` may be unset. ``options`` are keys of the block, and the names under which the signer takes them.
    ``addressed`` signers know the base address; ``nonces`` is their kind, empty for none, and
    ``objects`` whether the scheme writes the body. ``fills`` are header fields of its own, and
    ``envelopes`` says that the verifier puts samples into the provider's envelope.
    ``keys`` says which private keys a role takes, and ``password`` is the role of their password.
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
    envelopes: bool = False
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    password: str = ""


_OAUTH = ("signing_oauth", "signing_request", "signing_secrets")

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
        options=(("region", "region"), ("service", "service")),
        helpers=("signing_request", "signing_secrets", "signing_times"),
        fills=(
            "authorization",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-content-sha256",
        ),
    ),
    "mastercard": SigningModule(
        roles={"consumer_key": "none", "signing_key": "pem"},
        module="signing_mastercard",
        verifier_module="sandbox_mastercard",
        verifier="MastercardVerifier",
        title="Mastercard",
        variables={
            "consumer_key": "MASTERCARD_CONSUMER_KEY",
            "signing_key": "MASTERCARD_SIGNING_KEY",
            "keystore_password": "MASTERCARD_KEYSTORE_PASSWORD",
        },
        optional=("keystore_password",),
        keys={"signing_key": ("rsa",)},
        password="keystore_password",
        helpers=(
            "sandbox_credentials",
            "sandbox_keys",
            "sandbox_oauth1",
            "signing_keys",
            *_OAUTH,
        ),
        nonces="random-hex",
        fills=("authorization",),
    ),
    "oauth1": SigningModule(
        roles={
            "consumer_key": "none",
            "consumer_secret": "none",
            "token": "none",
            "token_secret": "none",
        },
        module="signing_oauth1",
        verifier_module="sandbox_oauth1",
        verifier="Oauth1Verifier",
        title="OAuth 1.0a",
        variables={
            "consumer_key": "OAUTH_CONSUMER_KEY",
            "consumer_secret": "OAUTH_CONSUMER_SECRET",
            "token": "OAUTH_TOKEN",
            "token_secret": "OAUTH_TOKEN_SECRET",
        },
        optional=("token", "token_secret"),
        options=(
            ("signatureMethod", "signature_method"),
            ("bodyHash", "body_hash"),
            ("realm", "realm"),
        ),
        helpers=_OAUTH,
        nonces="random-hex",
        fills=("authorization",),
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
        nonces="increasing",
        objects=True,
        envelopes=True,
    ),
}


def signing_of(name: str) -> JsonObject:
    """The ``signing`` block of the scheme ``name`` with its usual variables."""
    module = MODULES[name]
    block: JsonObject = {"scheme": name, "credentials": dict(module.variables)}
    if module.optional:
        block["optional"] = list(module.optional)
    return block
