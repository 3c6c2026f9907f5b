"""A stand-in for the upstreams of Mastercard services."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_mastercard import MastercardVerifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = MastercardVerifier(
        consumer_key_variable="MASTERCARD_CONSUMER_KEY",
        signing_key_variable="MASTERCARD_SIGNING_KEY",
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("MASTERCARD_BASE_URI",),
        variables={"MASTERCARD_CAPABILITY_DOCS": "true"},
    )
