"""A stand-in for the upstreams of Depot."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_aws_sigv4 import AwsSigv4Verifier
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples
from .sandbox_signature import Credential, SignatureVerifier, read_scheme


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    depot_token = throwaway_token()
    depot_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + depot_token},
        environment={"DEPOT_TOKEN": depot_token},
    )
    depot_hmac_body_verifier_ = SignatureVerifier(
        read_scheme("hmac-body"),
        (Credential("secret", "DEPOT_ORDER_SECRET"),),
    )
    depot_aws_sigv4_verifier_ = AwsSigv4Verifier(
        access_key_id_variable="AWS_ACCESS_KEY_ID",
        secret_access_key_variable="AWS_SECRET_ACCESS_KEY",
        session_token_variable="AWS_SESSION_TOKEN",
        region="eu-west-1",
        service="depot",
    )
    return Sandboxes(
        {
            "depot": Sandbox(
                read_samples("depot"),
                depot_verifier_,
                options,
                base_uri_variables=("DEPOT_BASE_URI",),
            ),
            "depot-hmac-body": Sandbox(
                read_samples("depot-hmac-body"),
                depot_hmac_body_verifier_,
                options,
                base_uri_variables=("DEPOT_HMAC_BODY_BASE_URI",),
            ),
            "depot-aws-sigv4": Sandbox(
                read_samples("depot-aws-sigv4"),
                depot_aws_sigv4_verifier_,
                options,
                base_uri_variables=("DEPOT_AWS_SIGV4_BASE_URI",),
            ),
        },
        variables={"OPERATION_SIGNATURES_CAPABILITY_DOCS": "true"},
    )
