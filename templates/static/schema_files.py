"""The schemas of the capability, which stand in a folder beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SCHEMAS: Final = Path(__file__).with_name("schemas")


def read_schema(name: str) -> bytes:
    """The content of a schema; OSError when it is not there."""
    return (SCHEMAS / name).read_bytes()
