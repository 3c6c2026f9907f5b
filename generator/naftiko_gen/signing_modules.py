"""Signing schemes that are static modules: what each takes, and what is emitted for it."""

from __future__ import annotations

from collections.abc import Mapping

from .ir_text import JsonObject
from .signing_clouds import CLOUDS
from .signing_module import CANONICAL
from .signing_module import SigningModule as SigningModule

_OAUTH = ("signing_oauth", "signing_request", "signing_secrets")

MODULES: Mapping[str, SigningModule] = {
    **CLOUDS,
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
        helpers=CANONICAL,
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
