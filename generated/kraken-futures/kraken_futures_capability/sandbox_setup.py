"""A stand-in for the upstreams of Kraken Futures."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_samples import read_samples
from .sandbox_signature import Credential, SignatureVerifier, read_scheme


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = SignatureVerifier(
        read_scheme("kraken-futures"),
        (
            Credential("key", "KRAKEN_FUTURES_API_KEY"),
            Credential("secret", "KRAKEN_FUTURES_API_SECRET", "base64"),
        ),
        public=(
            ("GET", "/derivatives/api/v3/tickers/{symbol}"),
            ("GET", "/derivatives/api/v3/orderbook"),
        ),
        errors_at="error",
        words={"credentials": "authenticationError", "nonce": "nonceBelowThreshold"},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("FUTURES_BASE_URI",),
        variables={"KRAKEN_FUTURES_CAPABILITY_DOCS": "true"},
    )
