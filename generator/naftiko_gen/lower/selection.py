"""Which tools of a capability are built: by name, by tag, or those that only read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from naftiko_gen import ir

from .node import Node


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person chose; without a choice, all tools.

    ``tools`` are names with ``*`` and ``?``; a tool is taken when one of them fits, when it has
    one of the ``tags`` where there are some, and, with ``read_only``, when it changes nothing.
    """

    tools: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    read_only: bool = False

    def takes(self, tool: ir.Tool) -> bool:
        """Whether ``tool`` is built."""
        named = not self.tools or any(fnmatchcase(tool.name, p) for p in self.tools)
        tagged = not self.tags or bool(set(self.tags) & set(tool.tags))
        return named and tagged and (tool.read_only or not self.read_only)

    def of(
        self,
        mcp: Sequence[ir.McpAdapter],
        skill: Sequence[ir.SkillAdapter],
        capability: Node,
    ) -> tuple[list[ir.McpAdapter], list[ir.SkillAdapter]]:
        """The adapters with the tools that were chosen; E705 when the choice fits none."""
        if self == Selection():
            return [*mcp], [*skill]
        every = [tool for adapter in mcp for tool in adapter.tools]
        choices: list[tuple[str, Callable[[ir.Tool], bool]]] = [
            (f"`{p}`", lambda tool, p=p: fnmatchcase(tool.name, p)) for p in self.tools  # type: ignore[misc]
        ]
        choices += [
            (f"the tag `{tag}`", lambda tool, tag=tag: tag in tool.tags)  # type: ignore[misc]
            for tag in self.tags
        ]
        choices.append(("the selection", self.takes))
        for said, fits in choices:
            if every and not any(map(fits, every)):
                capability.report.add(
                    "E705",
                    f"no tool fits {said}",
                    capability.key_span("exposes"),
                    f"the tools are {', '.join(f'`{t.name}`' for t in every[:12])}",
                )
                break
        kept = {
            (adapter.namespace, tool.name)
            for adapter in mcp
            for tool in adapter.tools
            if self.takes(tool)
        }
        return (
            [replace(a, tools=tuple(t for t in a.tools if self.takes(t))) for a in mcp],
            [_without(adapter, kept) for adapter in skill],
        )


def _without(adapter: ir.SkillAdapter, kept: set[tuple[str, str]]) -> ir.SkillAdapter:
    """A skill adapter whose skills name no tool that is not built."""
    skills = tuple(
        replace(
            skill,
            tools=tuple(
                t
                for t in skill.tools
                if t.mode != "mcp" or (t.namespace, t.action) in kept
            ),
        )
        for skill in adapter.skills
    )
    return replace(adapter, skills=skills)
