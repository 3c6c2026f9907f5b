"""A stand-in for the upstreams of Amazon DynamoDB."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_aws_sigv4 import AwsSigv4Verifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = AwsSigv4Verifier(
        access_key_id_variable="AWS_ACCESS_KEY_ID",
        secret_access_key_variable="AWS_SECRET_ACCESS_KEY",
        session_token_variable="AWS_SESSION_TOKEN",
        region_variable="REGION",
        service="dynamodb",
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("DYNAMODB_BASE_URI",),
        variables={"DYNAMODB_CAPABILITY_DOCS": "true"},
    )
