"""A stand-in for the upstreams of Four upstreams."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    alpha_api_key = throwaway_token()
    beta_api_key = throwaway_token()
    gamma_token = throwaway_token()
    delta_user = throwaway_token()
    delta_password = throwaway_token()
    verifier = PlainVerifier(
        environment={
            "ALPHA_API_KEY": alpha_api_key,
            "BETA_API_KEY": beta_api_key,
            "GAMMA_TOKEN": gamma_token,
            "DELTA_USER": delta_user,
            "DELTA_PASSWORD": delta_password,
        },
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=(
            "ALPHA_BASE_URI",
            "BETA_BASE_URI",
            "GAMMA_BASE_URI",
            "DELTA_BASE_URI",
        ),
    )
