"""Which tools an MCP server offers: what the operator allows, of what the package has."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TypeVar

from .environment import SettingsError
from .mcp_support import Tool

ContextT = TypeVar("ContextT")


def allowed(
    tools: Sequence[Tool[ContextT]], names: Sequence[str], *, read_only: bool
) -> list[Tool[ContextT]]:
    """The tools whose name fits one of `names` (`*` and `?` stand for any characters).

    Without names all are meant; with `read_only` only those that change nothing. Raises
    SettingsError when tools are named and none is left, which no operator can want.
    """
    found = [
        tool
        for tool in tools
        if (tool.read_only or not read_only)
        and (not names or any(fnmatchcase(tool.name, name) for name in names))
    ]
    if names and tools and not found:
        raise SettingsError((f"no tool is called {' or '.join(names)}",))
    return found
