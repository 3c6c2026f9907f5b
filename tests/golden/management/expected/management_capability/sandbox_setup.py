"""A stand-in for the upstreams of Depot."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    depot_token = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + depot_token},
        environment={"DEPOT_TOKEN": depot_token},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("DEPOT_BASE_URI",),
        variables={
            "MANAGEMENT_CAPABILITY_DOCS": "true",
            "OTEL_TRACES_EXPORTER": "none",
            "COLLECTOR_HOST": "localhost",
        },
    )
