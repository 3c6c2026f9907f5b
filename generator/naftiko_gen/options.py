"""What a person chooses for a package, once for the command line, the configuration and the lock.

A field of ``Options`` is an option of every command that builds, a key of the project's
configuration, and, when it is not its default, a line of the lock: ``check`` then says that the
option changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

#: What can be added to a project, each a file or a few (`plan_shipping` makes them).
EXTRAS = (
    "changelog",
    "clients",
    "compose",
    "constraints",
    "kubernetes",
    "publish",
    "sbom",
    "server-json",
    "systemd",
)
ALL = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """How one option is written: ``allow-scripts``, what it takes, and what it is for.

    ``written`` is its name where that is no name of a field; ``values`` are all that it takes,
    ``pattern`` (a regular expression) is what its text has to match, of which ``form`` is an
    example. A ``folder`` is relative to where it is written, and what counts is what it holds.
    """

    field: str
    kind: type[bool] | type[str] | type[tuple[str, ...]]
    help: str
    metavar: str = ""
    written: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""
    folder: bool = False

    @property
    def name(self) -> str:
        """As on the command line and in the configuration."""
        return self.written or self.field.replace("_", "-")

    def wrong(self, text: str) -> str | None:
        """What is wrong with one text that was given; None when nothing is."""
        if self.values and text not in self.values:
            return f"`{text}` is not one of {', '.join(self.values)}"
        if self.pattern and not re.fullmatch(self.pattern, text):
            return f"`{text}` is not of the form {self.form}"
        return None


def _option(default: Any, help: str, metavar: str = "", **more: Any) -> Any:
    return field(default=default, metadata={"help": help, "metavar": metavar, **more})


def _written(name: str, metadata: Mapping[str, Any]) -> str:
    return str(metadata.get("written") or name.replace("_", "-"))


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one package; the defaults are what a build does unless told otherwise."""

    allow_scripts: bool = _option(
        False, "Let scripts that the spec names run on the server."
    )
    extras: tuple[str, ...] = _option(
        (),
        f"Add what NAME stands for to the project, or all of it: {', '.join(EXTRAS)}.",
        "NAME",
        written="with",
        values=(*EXTRAS, ALL),
    )
    package_version: str = _option(
        "",
        "Version of the package, instead of the capability's own.",
        "VERSION",
        pattern=r"[0-9]+(\.[0-9]+){0,3}((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?",
        form="1.2.3, 1.2.3rc1 or 1.2.3.dev4",
    )
    server_name: str = _option(
        "",
        "Name of the MCP server in registries, such as io.github.owner/name.",
        "NAME",
        pattern=r"(?=.{3,200}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/[A-Za-z0-9._-]+",
        form="io.github.owner/name",
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
    metrics: bool = _option(
        False, "Let the server count its calls for Prometheus, when asked to."
    )
    hooks: bool = _option(
        False, "Write a hooks.py for code of your own around calls; it stays yours."
    )
    templates: str = _option(
        "",
        "Folder whose files replace templates of the same names (`naftiko-gen templates`).",
        "FOLDER",
        folder=True,
    )

    def __post_init__(self) -> None:
        chosen = tuple(n for n in EXTRAS if n in self.extras or ALL in self.extras)
        object.__setattr__(self, "extras", chosen)

    @property
    def noted(self) -> dict[str, str]:
        """What the lock notes: each option that is not its default, as a text.

        Of a folder it notes the files instead: where they lie differs from machine to machine.
        """
        found: dict[str, str] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default and "folder" not in one.metadata:
                text = ", ".join(value) if isinstance(value, tuple) else str(value)
                found[_written(one.name, one.metadata)] = (
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


def restored(noted: Mapping[str, str]) -> Options:
    """The options of which ``noted`` is what a lock has noted; of a later version, what is known."""
    found: dict[str, Any] = {}
    for choice in choices():
        text = noted.get(choice.name)
        if text is None:
            continue
        if choice.kind is bool:
            found[choice.field] = text == "true"
        else:
            found[choice.field] = (
                text if choice.kind is str else tuple(text.split(", "))
            )
    return Options(**found)
