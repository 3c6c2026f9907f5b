"""A stand-in for the upstreams of Archive."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions
from .sandbox_group import Sandboxes
from .sandbox_raw import read_raw
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    labels_verifier_ = PlainVerifier()
    archive_verifier_ = PlainVerifier()
    return Sandboxes(
        {
            "labels": Sandbox(
                read_samples("labels"),
                labels_verifier_,
                options,
                base_uri_variables=("LABELS_BASE_URI",),
            ),
            "archive": Sandbox(
                read_samples("archive"),
                archive_verifier_,
                options,
                base_uri_variables=("ARCHIVE_BASE_URI",),
                raw=read_raw("archive"),
            ),
        },
        variables={"LATER_KEYS_CAPABILITY_DOCS": "true"},
    )
