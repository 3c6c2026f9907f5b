"""A stand-in for the upstreams of Orders."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    stock_verifier_ = PlainVerifier()
    shop_verifier_ = PlainVerifier()
    return Sandboxes(
        {
            "stock": Sandbox(
                read_samples("stock"),
                stock_verifier_,
                options,
                base_uri_variables=("STOCK_BASE_URI",),
            ),
            "shop": Sandbox(
                read_samples("shop"),
                shop_verifier_,
                options,
                base_uri_variables=("SHOP_BASE_URI",),
            ),
        },
        variables={"ORCHESTRATED_CAPABILITY_DOCS": "true"},
    )
