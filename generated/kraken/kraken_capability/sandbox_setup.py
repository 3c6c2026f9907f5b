"""A stand-in for the upstreams of Kraken Spot REST API — Account Data."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_kraken_spot import KrakenSpotVerifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = KrakenSpotVerifier(
        key_variable="KRAKEN_API_KEY",
        secret_variable="KRAKEN_API_SECRET",
        otp_variable="KRAKEN_OTP",
        nonce_window=options.nonce_window,
        signed_paths=("/0/private/",),
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("SPOT_REST_ACCOUNT_DATA_BASE_URI",),
        variables={"KRAKEN_CAPABILITY_DOCS": "true"},
    )
