"""Run Guarded harbour: `python -m caller_credentials_capability --help`."""

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
    Adapter("office", "rest", "127.0.0.1", 8111),
    Adapter("vault", "rest", "127.0.0.1", 8112),
    Adapter("partners", "rest", "127.0.0.1", 8113),
    Adapter("boards", "rest", "127.0.0.1", 8114),
    Adapter("open", "rest", "127.0.0.1", 8115),
    Adapter("agents", "mcp", "127.0.0.1", 9111),
    Adapter("keyed-agents", "mcp", "127.0.0.1", 9112),
    Adapter("manuals", "skill", "127.0.0.1", 8116),
    Adapter("control", "control", "127.0.0.1", 9190),
)
OPERATIONS = ("list-ships",)


def _several_processes(settings: Settings, workers: int) -> str | None:
    return None


PACKAGE: Package[Settings, Context] = Package(
    program="caller-credentials-capability",
    adapters=ADAPTERS,
    load_settings=parts.load_settings,
    connect=parts.connect,
    close=parts.close,
    rest_app=parts.rest_app,
    mcp_server=parts.mcp_server,
    commands={name: parts.command(name) for name in OPERATIONS},
    sandbox=parts.sandbox,
    several_processes=_several_processes,
    prefix="CALLER_CREDENTIALS_CAPABILITY",
    version=__version__,
    watch=watch,
    peers_variable="NAFTIKO_PEERS",
    guard=parts.guard,
)


def main() -> int:
    """Run a command; the exit status."""
    return run(PACKAGE)


if __name__ == "__main__":
    sys.exit(main())
