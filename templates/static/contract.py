"""The files that stand beside the package in a checkout: contracts, and the lock."""

from __future__ import annotations

from pathlib import Path


def read_contract(name: str) -> bytes:
    """The file `name`: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / name
    return (inside if inside.exists() else here.parent / name).read_bytes()
