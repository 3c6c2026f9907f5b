"""What an operator can set to keep a server safe, beyond what the capability asks for."""

from __future__ import annotations

from dataclasses import dataclass

from .environment import Environment


@dataclass(frozen=True, slots=True)
class Safeguards:
    """All of it is off unless it is set."""

    read_only: bool = False


def read_safeguards(environment: Environment, prefix: str) -> Safeguards:
    """The settings whose names begin with `prefix`."""
    return Safeguards(read_only=environment.flag(f"{prefix}_READ_ONLY", False))
