"""How a run can end: exit statuses, and the errors that end it early."""

from __future__ import annotations

# Exit statuses. sysexits.h has the last two; 1 and 2 are those of diff-like tools.
ERROR = 1  # a spec or the output folder is at fault
DRIFT = 2  # ``check`` found that a package is not what its spec gives
USAGE = 64  # the command line is wrong
INTERNAL = 70  # the generator is at fault
INTERRUPTED = 130


class OutputError(Exception):
    """The output folder is not in a state in which it can be written; says what to do."""


class InternalError(Exception):
    """The generator contradicts itself: a template, a table or a module of ours is wrong."""
