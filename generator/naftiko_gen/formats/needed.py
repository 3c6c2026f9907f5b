"""Libraries that only some formats need, and what goes wrong with their schemas."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Broken(Exception):
    """A schema that cannot be used; the text says why."""


class Absent(Exception):
    """A library that is not installed; the text is its name."""


def library(name: str) -> Any:
    """The module ``name``; Absent when there is none."""
    try:
        return import_module(name)
    except ImportError:
        raise Absent(name.partition(".")[0].replace("_", "-")) from None
