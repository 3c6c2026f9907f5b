"""Which package this is, and what it was made from."""

from __future__ import annotations

import json

from .contract import read_contract

LOCK = "naftiko-gen.lock"


def version_text(program: str, version: str) -> str:
    """One line with the version, the generator's, and the digest of the capability."""
    try:
        lock = json.loads(read_contract(LOCK))
        digest, generator = lock["outputs"]["capability.yaml"], lock["generator"]
    except (OSError, ValueError, KeyError, TypeError):
        return f"{program} {version}"
    return f"{program} {version} (naftiko-gen {generator}, capability sha256:{digest})"
