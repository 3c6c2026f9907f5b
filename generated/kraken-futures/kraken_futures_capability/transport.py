"""How to reach an upstream: its address, time limits and pool, from the environment."""

from __future__ import annotations

from dataclasses import dataclass

from .environment import Environment


@dataclass(frozen=True, slots=True)
class Transport:
    """Where an upstream is and what a call to it may take.

    Times are in seconds, 0 for no limit; `total_timeout` covers connecting, sending and
    reading the whole answer, and bounds in the same way a wait in line before that. `pool_limit` is the number of connections (0 for any
    number): calls in flight beyond it wait. `max_response` bounds the size of an
    answer's body, in bytes.
    """

    base_uri: str
    connect_timeout: float
    read_timeout: float
    total_timeout: float
    pool_limit: int
    max_response: int
    user_agent: str


def read_transport(
    environment: Environment,
    prefix: str,
    base_uri: str,
    user_agent: str,
    max_response: int = 33_554_432,
) -> Transport:
    """The transport of the upstream whose variables start with `prefix`.

    `max_response` holds unless the environment has another one.
    """
    return Transport(
        base_uri=environment.url(f"{prefix}_BASE_URI", base_uri),
        connect_timeout=environment.number(f"{prefix}_CONNECT_TIMEOUT", 10, minimum=0),
        read_timeout=environment.number(f"{prefix}_READ_TIMEOUT", 30, minimum=0),
        total_timeout=environment.number(f"{prefix}_TOTAL_TIMEOUT", 60, minimum=0),
        pool_limit=environment.integer(f"{prefix}_POOL_LIMIT", 100, minimum=0),
        max_response=environment.integer(
            f"{prefix}_MAX_RESPONSE", max_response, minimum=1
        ),
        user_agent=user_agent,
    )
