"""Run Two shops: `python -m same_paths_capability --help`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import __version__, parts
from .command import Adapter, Package
from .command import main as run

if TYPE_CHECKING:
    from .context import Context
    from .settings import Settings

ADAPTERS: tuple[Adapter, ...] = (
    Adapter("shops", "rest", "127.0.0.1", 8171),
    Adapter("shop-tools", "mcp", "127.0.0.1", 9171),
)
OPERATIONS = (
    "north-list-items",
    "add-item",
    "south-list-items",
    "east-list-items",
    "compare",
)


def _several_processes(settings: Settings, workers: int) -> str | None:
    return None


PACKAGE: Package[Settings, Context] = Package(
    program="same-paths-capability",
    adapters=ADAPTERS,
    load_settings=parts.load_settings,
    connect=parts.connect,
    close=parts.close,
    rest_app=parts.rest_app,
    mcp_server=parts.mcp_server,
    commands={name: parts.command(name) for name in OPERATIONS},
    sandbox=parts.sandbox,
    several_processes=_several_processes,
    prefix="SAME_PATHS_CAPABILITY",
    version=__version__,
    guard=parts.guard,
)


def main() -> int:
    """Run a command; the exit status."""
    return run(PACKAGE)


if __name__ == "__main__":
    sys.exit(main())
