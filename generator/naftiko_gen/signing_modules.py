"""Signing schemes that are static modules: what each takes, and what is emitted for it."""

from __future__ import annotations

from collections.abc import Mapping

from .ir_text import JsonObject
from .signing_clouds import CLOUDS
from .signing_module import CANONICAL
from .signing_module import SigningModule as SigningModule

#: Between the name of a scheme and that of its variant with a private key or a secret.
VARIANT = "+"
_OAUTH = ("signing_oauth", "signing_request", "signing_secrets")
_OAUTH_OPTIONS = (
    ("signatureMethod", "signature_method"),
    ("bodyHash", "body_hash"),
    ("realm", "realm"),
)
_KEYS = ("sandbox_credentials", "sandbox_keys", "signing_keys")
_MESSAGES = (
    *("sandbox_credentials", "sandbox_message", "signing_message"),
    *("signing_request", "signing_secrets", "signing_times"),
)
_MESSAGE_OPTIONS = tuple((n, n) for n in ("algorithm", "label", "tag", "digest"))
_MESSAGE_FILLS = (
    *("signature", "signature-input", "content-digest", "content-length", "date"),
)

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
        # InvalidSignatureException has several causes; its message says which.
        refusals=(
            ("RequestTimeTooSkewed", "clock"),
            ("Signature expired", "clock"),
            ("Signature not yet current", "clock"),
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
        options=_OAUTH_OPTIONS,
        helpers=("signing_oauth_base", *_OAUTH),
        nonces="random-hex",
        fills=("authorization",),
    ),
    "oauth1+rsa": SigningModule(
        roles={"consumer_key": "none", "private_key": "pem", "token": "none"},
        module="signing_oauth1_rsa",
        verifier_module="sandbox_oauth1_rsa",
        verifier="Oauth1RsaVerifier",
        title="OAuth 1.0a",
        variables={
            "consumer_key": "OAUTH_CONSUMER_KEY",
            "private_key": "OAUTH_PRIVATE_KEY",
            "password": "OAUTH_PRIVATE_KEY_PASSWORD",
            "token": "OAUTH_TOKEN",
        },
        optional=("token", "password"),
        keys={"private_key": ("rsa",)},
        password="password",
        options=_OAUTH_OPTIONS,
        helpers=("sandbox_oauth1", "signing_oauth_base", *_KEYS, *_OAUTH),
        nonces="random-hex",
        fills=("authorization",),
    ),
    "rfc9421": SigningModule(
        roles={"keyid": "none", "private_key": "pem"},
        module="signing_rfc9421",
        verifier_module="sandbox_rfc9421",
        verifier="Rfc9421Verifier",
        title="HTTP Message Signatures",
        variables={
            "keyid": "HTTP_SIGNATURE_KEY_ID",
            "private_key": "HTTP_SIGNATURE_PRIVATE_KEY",
            "password": "HTTP_SIGNATURE_PRIVATE_KEY_PASSWORD",
        },
        optional=("password",),
        keys={"private_key": ("rsa", "p256", "ed25519")},
        algorithms={
            "ecdsa-p256-sha256": ("p256",),
            "ed25519": ("ed25519",),
            "rsa-pss-sha512": ("rsa",),
            "rsa-v1_5-sha256": ("rsa",),
        },
        password="password",
        options=_MESSAGE_OPTIONS,
        helpers=(*_KEYS, *_MESSAGES),
        nonces="random-hex",
        fills=_MESSAGE_FILLS,
        messages=True,
    ),
    "rfc9421+hmac": SigningModule(
        roles={"keyid": "none", "secret": "base64"},
        module="signing_rfc9421_hmac",
        verifier_module="sandbox_rfc9421_hmac",
        verifier="Rfc9421HmacVerifier",
        title="HTTP Message Signatures",
        variables={
            "keyid": "HTTP_SIGNATURE_KEY_ID",
            "secret": "HTTP_SIGNATURE_SECRET",
        },
        options=_MESSAGE_OPTIONS,
        helpers=_MESSAGES,
        nonces="random-hex",
        fills=_MESSAGE_FILLS,
        messages=True,
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
        fills=("api-key", "api-sign"),
    ),
}


def variant(scheme: str, method: str) -> str:
    """The module of a scheme that is told how to sign: with a private key or a secret."""
    if scheme == "oauth1" and method.startswith("RSA-"):
        return f"{scheme}{VARIANT}rsa"
    if scheme == "rfc9421" and method.startswith("hmac-"):
        return f"{scheme}{VARIANT}hmac"
    return scheme


def signing_of(name: str) -> JsonObject:
    """The ``signing`` block of the scheme ``name`` with its usual variables."""
    module = MODULES[name]
    block: JsonObject = {"scheme": name, "credentials": dict(module.variables)}
    if module.optional:
        block["optional"] = list(module.optional)
    return block
