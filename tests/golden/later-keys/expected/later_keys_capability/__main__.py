"""Run Archive: `python -m later_keys_capability --help`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import __version__, parts
from .command import Adapter, Package
from .command import main as run
from .watching import watch

if TYPE_CHECKING:
    from .context import Context
    from .settings import Settings

ADAPTERS: tuple[Adapter, ...] = (
    Adapter("archive-api", "rest", "127.0.0.1", 8134),
    Adapter("archive-tools", "mcp", "127.0.0.1", 9134),
    Adapter("archive-private", "mcp", "127.0.0.1", 9135),
    Adapter("control", "control", "127.0.0.1", 9136),
)
OPERATIONS = ("list-labels", "get-photo", "count", "labelling-list-labels")


def _several_processes(settings: Settings, workers: int) -> str | None:
    return None


PACKAGE: Package[Settings, Context] = Package(
    program="later-keys-capability",
    adapters=ADAPTERS,
    load_settings=parts.load_settings,
    connect=parts.connect,
    close=parts.close,
    rest_app=parts.rest_app,
    mcp_server=parts.mcp_server,
    commands={name: parts.command(name) for name in OPERATIONS},
    sandbox=parts.sandbox,
    several_processes=_several_processes,
    prefix="LATER_KEYS_CAPABILITY",
    version=__version__,
    watch=watch,
)


def main() -> int:
    """Run a command; the exit status."""
    return run(PACKAGE)


if __name__ == "__main__":
    sys.exit(main())
