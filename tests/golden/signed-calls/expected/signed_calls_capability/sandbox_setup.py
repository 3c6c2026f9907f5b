"""A stand-in for the upstreams of Spot account."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_samples import read_samples
from .sandbox_signature import Credential, SignatureVerifier, read_scheme


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = SignatureVerifier(
        read_scheme("binance"),
        (
            Credential("key", "BINANCE_API_KEY"),
            Credential("secret", "BINANCE_API_SECRET"),
        ),
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("BINANCE_BASE_URI",),
        variables={"SIGNED_CALLS_CAPABILITY_DOCS": "true"},
    )
