"""What the commands do, once the command line is parsed."""

from .run import Run

__all__ = ["Run"]
