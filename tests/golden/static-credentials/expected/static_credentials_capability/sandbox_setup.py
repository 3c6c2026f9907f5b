"""A stand-in for the upstreams of Four upstreams."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples
from .sandbox_verifier import basic_header


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    alpha_api_key = throwaway_token()
    beta_api_key = throwaway_token()
    gamma_token = throwaway_token()
    delta_user = throwaway_token()
    delta_password = throwaway_token()
    alpha_verifier_ = PlainVerifier(
        expected_headers={"X-Api-Key": alpha_api_key},
        environment={"ALPHA_API_KEY": alpha_api_key},
    )
    beta_verifier_ = PlainVerifier(
        expected_query={"api_key": beta_api_key},
        environment={"BETA_API_KEY": beta_api_key},
    )
    gamma_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + gamma_token},
        environment={"GAMMA_TOKEN": gamma_token},
    )
    delta_verifier_ = PlainVerifier(
        expected_headers={"Authorization": basic_header(delta_user, delta_password)},
        environment={"DELTA_USER": delta_user, "DELTA_PASSWORD": delta_password},
    )
    return Sandboxes(
        {
            "alpha": Sandbox(
                read_samples("alpha"),
                alpha_verifier_,
                options,
                base_uri_variables=("ALPHA_BASE_URI",),
            ),
            "beta": Sandbox(
                read_samples("beta"),
                beta_verifier_,
                options,
                base_uri_variables=("BETA_BASE_URI",),
            ),
            "gamma": Sandbox(
                read_samples("gamma"),
                gamma_verifier_,
                options,
                base_uri_variables=("GAMMA_BASE_URI",),
            ),
            "delta": Sandbox(
                read_samples("delta"),
                delta_verifier_,
                options,
                base_uri_variables=("DELTA_BASE_URI",),
            ),
        },
        variables={"STATIC_CREDENTIALS_CAPABILITY_DOCS": "true"},
    )
