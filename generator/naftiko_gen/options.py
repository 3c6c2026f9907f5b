"""What a person chooses for a package, once for the command line, the configuration and the lock.

A field of ``Options`` is an option of every command that builds, a key of the project's
configuration, and, when it is not its default, a line of the lock: ``check`` then says that the
option changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """How one option is written: ``allow-scripts``, what it takes, and what it is for."""

    field: str
    kind: type[bool] | type[str] | type[tuple[str, ...]]
    help: str
    metavar: str = ""

    @property
    def name(self) -> str:
        """As on the command line and in the configuration."""
        return self.field.replace("_", "-")


def _option(default: Any, help: str, metavar: str = "") -> Any:
    return field(default=default, metadata={"help": help, "metavar": metavar})


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one package; the defaults are what a build does unless told otherwise."""

    allow_scripts: bool = _option(
        False, "Let scripts that the spec names run on the server."
    )

    skip_invalid: bool = _option(
        False, "Leave out operations with an error, and build the others."
    )

    tools: tuple[str, ...] = _option(
        (), "Build the tools with this name alone; * and ? stand for any.", "NAME"
    )

    tags: tuple[str, ...] = _option((), "Build the tools with this tag alone.", "TAG")

    read_only: bool = _option(
        False, "Build the tools and routes alone that change nothing."
    )

    acknowledge: bool = _option(
        False, "Have agents confirm calls of destructive tools."
    )

    docs: bool = _option(
        True, "Let REST adapters show their contract as a page, /docs, when asked to."
    )

    hooks: bool = _option(
        False, "Write a hooks.py for code of your own around calls; it stays yours."
    )

    @property
    def noted(self) -> dict[str, str]:
        """What the lock notes: each option that is not its default, as a text."""
        found: dict[str, str] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                text = ", ".join(value) if isinstance(value, tuple) else str(value)
                found[one.name.replace("_", "-")] = (
                    text.lower() if isinstance(value, bool) else text
                )
        return found


def choices() -> Iterator[Choice]:
    """Every option, in the order of its field."""
    for one in fields(Options):
        default: bool | str | tuple[str, ...] = getattr(Options(), one.name)
        yield Choice(one.name, type(default), **one.metadata)


def chosen(*layers: Mapping[str, Any]) -> Options:
    """The options of some layers by field, of which a later one has precedence."""
    return Options(**{name: value for layer in layers for name, value in layer.items()})
