"""A stand-in for the upstreams of Printer."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions, throwaway_token
from .sandbox_digest import DigestGate, DigestVerifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    printer_password = throwaway_token()
    verifier = DigestVerifier(
        "clerk",
        printer_password,
        environment={"PRINTER_PASSWORD": printer_password},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("PRINTER_BASE_URI",),
        variables={"DIGEST_CREDENTIALS_CAPABILITY_DOCS": "true"},
        gates=(DigestGate(verifier),),
    )
