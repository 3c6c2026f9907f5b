"""Failures that the upstreams of Kraken Spot REST API — Account Data report in
answers of status 200.
"""

from __future__ import annotations

from .inband import ErrorRule, classify, messages_at
from .reply import Failure

# The first rule whose prefix a message starts with says what it means.
SPOT_REST_ACCOUNT_DATA_RULES: tuple[ErrorRule, ...] = (
    ErrorRule("EAPI:Invalid key", 502, "credentials"),
    ErrorRule("EAPI:Invalid signature", 502, "credentials"),
    ErrorRule("EAPI:Invalid nonce", 503, "nonce"),
    ErrorRule("EAPI:Rate limit exceeded", 429, "rate_limit"),
    ErrorRule("EService: Throttled:", 429, "throttle", after="unix-time"),
    ErrorRule("EService:Unavailable", 503, "outage"),
    ErrorRule("EService:Busy", 503, "outage"),
    ErrorRule("EService:Deadline elapsed", 504, "outage"),
    ErrorRule("EService:Market in cancel_only mode", 503, "request"),
    ErrorRule("EService:Market in post_only mode", 503, "request"),
    ErrorRule("EService:", 503, "outage"),
    ErrorRule("EGeneral:Permission denied", 403, "permission"),
    ErrorRule("EGeneral:Invalid arguments", 400, "request"),
    ErrorRule("EGeneral:Temporary lockout", 503, "lockout"),
    ErrorRule("EGeneral:Internal error", 502, "outage"),
    ErrorRule("EGeneral:Unknown method", 502, "request"),
    ErrorRule("EQuery:Unknown asset pair", 404, "request"),
    ErrorRule("EQuery:Unknown asset", 404, "request"),
    ErrorRule("EQuery:", 400, "request"),
    ErrorRule("EAuth:Account temporary disabled", 403, "permission"),
    ErrorRule("EAuth:Account unconfirmed", 403, "permission"),
    ErrorRule("EAuth:Rate limit exceeded", 429, "rate_limit"),
    ErrorRule("EAuth:Too many requests", 429, "rate_limit"),
    ErrorRule("EAccount:Invalid permissions", 403, "permission"),
    ErrorRule("EOrder:Unknown order", 404, "request"),
    ErrorRule("EOrder:Unknown position", 404, "request"),
    ErrorRule("EOrder:", 422, "request"),
    ErrorRule("EFunding:", 422, "request"),
    ErrorRule("ETrade:", 422, "request"),
    ErrorRule("EBM:limit exceeded:CAL", 409, "request"),
)
SPOT_REST_ACCOUNT_DATA_OTHERWISE = ErrorRule("", 502, "request")


def find_failure_of_spot_rest_account_data(body: bytes) -> Failure | None:
    """The failure that an answer of spot-rest-account-data reports, if any."""
    # Nearly every answer is like this; it is then passed on without being parsed.
    if body.startswith(b'{"error":[],'):
        return None
    messages = messages_at(body, "error")
    return classify(
        messages,
        SPOT_REST_ACCOUNT_DATA_RULES,
        SPOT_REST_ACCOUNT_DATA_OTHERWISE,
        ("W",),
    )
