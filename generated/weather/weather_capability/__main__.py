"""Run Weather: `python -m weather_capability --help`."""

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
    Adapter("weather-rest", "rest", "127.0.0.1", 8085),
    Adapter("weather-mcp", "mcp", "127.0.0.1", 9095),
)
OPERATIONS = (
    "get-forecast",
    "list-stations",
    "get-warnings",
    "forecast-get-forecast",
    "warned-stations",
    "describe-units",
    "get-health",
)


def _several_processes(settings: Settings, workers: int) -> str | None:
    return None


PACKAGE: Package[Settings, Context] = Package(
    program="weather-capability",
    adapters=ADAPTERS,
    load_settings=parts.load_settings,
    connect=parts.connect,
    close=parts.close,
    rest_app=parts.rest_app,
    mcp_server=parts.mcp_server,
    commands={name: parts.command(name) for name in OPERATIONS},
    sandbox=parts.sandbox,
    several_processes=_several_processes,
    prefix="WEATHER_CAPABILITY",
    version=__version__,
)


def main() -> int:
    """Run a command; the exit status."""
    return run(PACKAGE)


if __name__ == "__main__":
    sys.exit(main())
