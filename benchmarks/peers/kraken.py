"""The twelve operations that every peer serves, and the signature in its plainest form.

The signature is the one of the provider's documentation ("Spot REST authentication"):
base64(HMAC-SHA512(base64decode(secret), path + SHA256(nonce + body))).
"""

import base64
import hashlib
import hmac
import os
import urllib.parse
from typing import NamedTuple


class Operation(NamedTuple):
    """One provider operation and the names under which the peers serve it."""

    route: str
    path: str
    tool: str
    description: str


def _operation(name: str, tool: str) -> Operation:
    return Operation(
        route=f"/v1/0/private/{name.lower()}",
        path=f"/0/private/{name}",
        tool=f"kraken-{tool}",
        description=f"Kraken {tool.replace('-', ' ').title()}",
    )


OPERATIONS = (
    _operation("Balance", "get-account-balance"),
    _operation("BalanceEx", "get-extended-balance"),
    _operation("TradeBalance", "get-trade-balance"),
    _operation("OpenOrders", "get-open-orders"),
    _operation("ClosedOrders", "get-closed-orders"),
    _operation("QueryOrders", "query-orders-info"),
    _operation("TradesHistory", "get-trades-history"),
    _operation("QueryTrades", "query-trades-info"),
    _operation("OpenPositions", "get-open-positions"),
    _operation("Ledgers", "get-ledgers-info"),
    _operation("QueryLedgers", "query-ledgers"),
    _operation("TradeVolume", "get-trade-volume"),
)


class Settings(NamedTuple):
    """Where a peer listens, where its upstream is, and its credentials."""

    port: int
    upstream: str
    key: str
    secret: bytes


def settings() -> Settings:
    """Read a peer's settings from the environment; KeyError names what is missing."""
    return Settings(
        port=int(os.environ["PEER_PORT"]),
        upstream=os.environ["PEER_UPSTREAM"],
        key=os.environ["KRAKEN_API_KEY"],
        secret=base64.b64decode(os.environ["KRAKEN_API_SECRET"]),
    )


def text(value: object) -> str:
    """The form text of a JSON scalar: true and false in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def encode(fields: dict[str, object], nonce: str) -> str:
    """The form body of a signed call."""
    pairs = {"nonce": nonce, **{name: text(value) for name, value in fields.items()}}
    return urllib.parse.urlencode(pairs)


def sign(path: str, nonce: str, body: str, secret: bytes) -> str:
    """The API-Sign header of a call."""
    digest = hashlib.sha256((nonce + body).encode()).digest()
    mac = hmac.new(secret, path.encode() + digest, hashlib.sha512)
    return base64.b64encode(mac.digest()).decode()
