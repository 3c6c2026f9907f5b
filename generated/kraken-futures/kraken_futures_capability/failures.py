"""Failures that the upstreams of Kraken Futures report in answers of status 200."""

from __future__ import annotations

from .inband import ErrorRule, classify, messages_at
from .reply import Failure

# The first rule whose prefix a message starts with says what it means.
FUTURES_RULES: tuple[ErrorRule, ...] = (
    ErrorRule("authenticationError", 502, "credentials"),
    ErrorRule("nonceBelowThreshold", 503, "nonce"),
    ErrorRule("nonceDuplicate", 503, "nonce"),
    ErrorRule("apiLimitExceeded", 429, "rate_limit"),
    ErrorRule("accountInactive", 403, "permission"),
    ErrorRule("insufficientFunds", 422, "request"),
    ErrorRule("notFound", 404, "request"),
    ErrorRule("marketUnavailable", 503, "request"),
    ErrorRule("Unavailable", 503, "outage"),
    ErrorRule("Server Error", 502, "outage"),
    ErrorRule("unknownError", 502, "outage"),
)
FUTURES_OTHERWISE = ErrorRule("", 400, "request")


def find_failure_of_futures(body: bytes) -> Failure | None:
    """The failure that an answer of futures reports, if any."""
    # Nearly every answer is like this; it is then passed on without being parsed.
    if b'"error"' not in body:
        return None
    messages = messages_at(body, "error")
    return classify(
        messages,
        FUTURES_RULES,
        FUTURES_OTHERWISE,
        (),
    )
