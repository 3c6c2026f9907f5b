"""Failures that the upstreams of Tickets report in answers of status 200."""

from __future__ import annotations

from .inband import ErrorRule, classify, messages_at
from .reply import Failure

# The first rule whose prefix a message starts with says what it means.
TICKETS_RULES: tuple[ErrorRule, ...] = (
    ErrorRule("busy:", 429, "rate_limit"),
    ErrorRule("denied:", 403, "permission"),
)
TICKETS_OTHERWISE = ErrorRule("", 502, "request")


def find_failure_of_tickets(body: bytes) -> Failure | None:
    """The failure that an answer of tickets reports, if any."""
    # Nearly every answer is like this; it is then passed on without being parsed.
    if body.startswith(b'{"problems":[],'):
        return None
    messages = messages_at(body, "problems")
    return classify(
        messages,
        TICKETS_RULES,
        TICKETS_OTHERWISE,
        ("note",),
    )
