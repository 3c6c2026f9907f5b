"""Run Vault: `python -m safeguards_capability --help`."""

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
    Adapter("vault-rest", "rest", "127.0.0.1", 8180),
    Adapter("vault-tools", "mcp", "127.0.0.1", 9180),
)
OPERATIONS = (
    "list-boxes",
    "find-boxes",
    "get-box",
    "empty-box",
    "add-note",
    "tidy",
    "note-twice",
)


def _several_processes(settings: Settings, workers: int) -> str | None:
    return None


PACKAGE: Package[Settings, Context] = Package(
    program="safeguards-capability",
    adapters=ADAPTERS,
    load_settings=parts.load_settings,
    connect=parts.connect,
    close=parts.close,
    rest_app=parts.rest_app,
    mcp_server=parts.mcp_server,
    commands={name: parts.command(name) for name in OPERATIONS},
    sandbox=parts.sandbox,
    several_processes=_several_processes,
    prefix="SAFEGUARDS_CAPABILITY",
    version=__version__,
    metered=parts.metered,
)


def main() -> int:
    """Run a command; the exit status."""
    return run(PACKAGE)


if __name__ == "__main__":
    sys.exit(main())
