"""A stand-in for the upstreams of Two shops."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_digest import DigestGate, DigestVerifier
from .sandbox_group import Sandboxes
from .sandbox_issuer import Issued, Issuers
from .sandbox_raw import read_raw
from .sandbox_samples import read_samples
from .sandbox_tokens import TokenGate


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    north_password = throwaway_token()
    south_key = throwaway_token()
    east_client_id = throwaway_token()
    east_client_secret = throwaway_token()
    shop_tenant = throwaway_token()
    east_token_ = throwaway_token()
    north_verifier_ = DigestVerifier(
        "clerk",
        north_password,
        environment={"NORTH_PASSWORD": north_password},
    )
    south_verifier_ = PlainVerifier(
        expected_headers={"X-Key": south_key},
        environment={"SOUTH_KEY": south_key},
    )
    east_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + east_token_},
        environment={
            "EAST_CLIENT_ID": east_client_id,
            "EAST_CLIENT_SECRET": east_client_secret,
        },
    )
    return Sandboxes(
        {
            "north": Sandbox(
                read_samples("north"),
                north_verifier_,
                options,
                base_uri_variables=("NORTH_BASE_URI",),
                gates=(DigestGate(north_verifier_),),
            ),
            "south": Sandbox(
                read_samples("south"),
                south_verifier_,
                options,
                base_uri_variables=("SOUTH_BASE_URI",),
                raw=read_raw("south"),
            ),
            "east": Sandbox(
                read_samples("east"),
                east_verifier_,
                options,
                base_uri_variables=("EAST_BASE_URI",),
                gates=(
                    TokenGate(
                        "EAST_TOKEN_ENDPOINT",
                        east_client_id,
                        east_client_secret,
                        east_token_,
                        {"resource": "https://east.example"},
                    ),
                ),
            ),
        },
        variables={
            "SHOP_TENANT": shop_tenant,
            "SHOPS_RESOURCE": "http://127.0.0.1:8171",
            "SAME_PATHS_CAPABILITY_DOCS": "true",
        },
        beside=(Issuers((Issued("SHOPS_ISSUER", ("http://127.0.0.1:8171",), ()),)),),
    )
