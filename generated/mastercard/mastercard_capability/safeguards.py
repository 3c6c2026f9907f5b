"""What an operator can set to keep a server safe, beyond what the capability asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .environment import Environment, Secret

_RATE: Final = re.compile(r"([1-9][0-9]{0,8}) */ *(s|sec|min|h|hour)")
_SECONDS: Final = {"s": 1, "sec": 1, "min": 60, "h": 3600, "hour": 3600}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Safeguards:
    """All of it is off unless it is set; `prefix` begins the names of the settings."""

    prefix: str = ""
    read_only: bool = False
    audit_log: str = ""
    require_bearer: bool = False
    require_basic: bool = False
    caller_token: Secret | None = None
    caller_user: Secret | None = None
    caller_password: Secret | None = None
    caller_rate: Rate | None = None

    @property
    def asks(self) -> bool:
        """Whether callers have to prove who they are where the capability asks nobody."""
        given = (self.caller_token, self.caller_user, self.caller_password)
        return self.require_bearer or self.require_basic or any(given)

    @property
    def watches(self) -> bool:
        """Whether calls are noted or counted."""
        return bool(self.audit_log) or self.caller_rate is not None


def read_safeguards(environment: Environment, prefix: str) -> Safeguards:
    """The settings whose names begin with `prefix`."""
    return Safeguards(
        prefix=prefix,
        read_only=environment.flag(f"{prefix}_READ_ONLY", False),
        audit_log=environment.text(f"{prefix}_AUDIT_LOG", ""),
        require_bearer=environment.flag(f"{prefix}_REQUIRE_BEARER", False),
        require_basic=environment.flag(f"{prefix}_REQUIRE_BASIC", False),
        caller_token=environment.optional_secret(f"{prefix}_CALLER_TOKEN"),
        caller_user=environment.optional_secret(f"{prefix}_CALLER_USER"),
        caller_password=environment.optional_secret(f"{prefix}_CALLER_PASSWORD"),
        caller_rate=_rate(environment, f"{prefix}_CALLER_RATE"),
    )


def _rate(environment: Environment, name: str) -> Rate | None:
    text = environment.text(name, "")
    if not text:
        return None
    found = _RATE.fullmatch(text)
    if found is None:
        environment.note(f"{name} must be a number of calls in s, min or h, as 60/min")
        return None
    return Rate(int(found[1]), _SECONDS[found[2]])
