"""Who keeps up with the adapters of this process, loaded when they are served."""

from __future__ import annotations

from .package import Watch


def watch() -> Watch:
    """The one of this process."""
    from .running import RUNNING

    return RUNNING
