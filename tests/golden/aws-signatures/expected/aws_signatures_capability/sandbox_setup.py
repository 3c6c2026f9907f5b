"""A stand-in for the upstreams of Tables and files."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_aws_sigv4 import AwsSigv4Verifier
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    tables_verifier_ = AwsSigv4Verifier(
        access_key_id_variable="AWS_ACCESS_KEY_ID",
        secret_access_key_variable="AWS_SECRET_ACCESS_KEY",
        session_token_variable="AWS_SESSION_TOKEN",
        service="dynamodb",
        region="eu-west-1",
    )
    files_verifier_ = AwsSigv4Verifier(
        access_key_id_variable="BACKUP_KEY_ID",
        secret_access_key_variable="BACKUP_SECRET",
        session_token_variable="FILES_SESSION_TOKEN",
        region_variable="REGION",
        service="s3",
    )
    return Sandboxes(
        {
            "tables": Sandbox(
                read_samples("tables"),
                tables_verifier_,
                options,
                base_uri_variables=("TABLES_BASE_URI",),
            ),
            "files": Sandbox(
                read_samples("files"),
                files_verifier_,
                options,
                base_uri_variables=("FILES_BASE_URI",),
                deep=True,
            ),
        },
        variables={"AWS_SIGNATURES_CAPABILITY_DOCS": "true"},
    )
