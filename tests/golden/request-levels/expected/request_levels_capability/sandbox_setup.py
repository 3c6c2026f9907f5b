"""A stand-in for the upstreams of Depot stock."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    stock_api_version = throwaway_token()
    stock_tenant = throwaway_token()
    stock_hint = throwaway_token()
    verifier = PlainVerifier(
        environment={
            "STOCK_API_VERSION": stock_api_version,
            "STOCK_TENANT": stock_tenant,
            "STOCK_HINT": stock_hint,
        },
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("STOCK_BASE_URI",),
        variables={"REQUEST_LEVELS_CAPABILITY_DOCS": "true"},
    )
