"""A stand-in for the upstreams of Fleet."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples
from .sandbox_tokens import TokenGate


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    fleet_app = throwaway_token()
    mounted_fleet_client_secret = throwaway_token()
    crew_client_id = throwaway_token()
    crew_client_secret = throwaway_token()
    fleet_token_ = throwaway_token()
    crew_token_ = throwaway_token()
    fleet_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + fleet_token_},
        environment={
            "FLEET_APP": fleet_app,
            "MOUNTED_FLEET_CLIENT_SECRET": mounted_fleet_client_secret,
        },
    )
    crew_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + crew_token_},
        environment={
            "CREW_CLIENT_ID": crew_client_id,
            "CREW_CLIENT_SECRET": crew_client_secret,
        },
    )
    return Sandboxes(
        {
            "fleet": Sandbox(
                read_samples("fleet"),
                fleet_verifier_,
                options,
                base_uri_variables=("FLEET_BASE_URI",),
                gates=(
                    TokenGate(
                        "FLEET_TOKEN_ENDPOINT",
                        fleet_app,
                        mounted_fleet_client_secret,
                        fleet_token_,
                        {
                            "scope": "ships:read ships:write",
                            "resource": "https://fleet.example",
                            "audience": "fleet",
                        },
                    ),
                ),
            ),
            "crew": Sandbox(
                read_samples("crew"),
                crew_verifier_,
                options,
                base_uri_variables=("CREW_BASE_URI",),
                gates=(
                    TokenGate(
                        "CREW_TOKEN_ENDPOINT",
                        crew_client_id,
                        crew_client_secret,
                        crew_token_,
                        {"resource": "https://crew.example"},
                    ),
                ),
            ),
        },
        variables={"CLIENT_CREDENTIALS_CAPABILITY_DOCS": "true"},
    )
