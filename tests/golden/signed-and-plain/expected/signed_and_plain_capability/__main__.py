"""Run Prices and orders: `python -m signed_and_plain_capability --help`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import __version__, parts
from .command import Adapter, Package
from .command import main as run

if TYPE_CHECKING:
    from .context import Context
    from .settings import Settings

ADAPTERS: tuple[Adapter, ...] = (Adapter("desk", "rest", "127.0.0.1", 8160),)
OPERATIONS = ("get-open-orders", "get-headlines", "get-time")


def _several_processes(settings: Settings, workers: int) -> str | None:
    if not settings.nonce_sharing.covers(settings.kraken_keys, workers):
        if not settings.kraken_window:
            return "several processes would use KRAKEN_API_KEY, each with nonces of its own, and kraken refuses a nonce that arrives after a higher one: run one worker for each key (KRAKEN_API_KEY_1, KRAKEN_API_KEY_2, ...), or set SIGNING_LEASE_URL, or set KRAKEN_NONCE_WINDOW to the nonce window that the key is configured with"
        if settings.kraken_tier is not None:
            return "KRAKEN_TIER keeps the calls of one process below the account's limit, and several processes would count apart: run one worker for each key, or leave the tier unset"
    return None


PACKAGE: Package[Settings, Context] = Package(
    program="signed-and-plain-capability",
    adapters=ADAPTERS,
    load_settings=parts.load_settings,
    connect=parts.connect,
    close=parts.close,
    rest_app=parts.rest_app,
    mcp_server=parts.mcp_server,
    commands={name: parts.command(name) for name in OPERATIONS},
    sandbox=parts.sandbox,
    several_processes=_several_processes,
    prefix="SIGNED_AND_PLAIN_CAPABILITY",
    version=__version__,
    nonce_window_variable="KRAKEN_NONCE_WINDOW",
)


def main() -> int:
    """Run a command; the exit status."""
    return run(PACKAGE)


if __name__ == "__main__":
    sys.exit(main())
