"""Which parts of a capability are built: tools by name and tag, and what only reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import islice

from naftiko_gen import ir

from .node import Node
from .reading import changing, only_reading
from .skill_text import generated


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person chose; without a choice, all tools.

    ``tools`` are names with ``*`` and ``?``; a tool is taken when one of them fits, when it has
    one of the ``tags`` where there are some, and, with ``read_only``, when it changes nothing.
    Then routes and resources that change something are left out, too.
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
        rest: Sequence[ir.RestAdapter],
        mcp: Sequence[ir.McpAdapter],
        skill: Sequence[ir.SkillAdapter],
        capability: Node,
    ) -> tuple[list[ir.RestAdapter], list[ir.McpAdapter], list[ir.SkillAdapter]]:
        """The adapters with the tools that were chosen; E705 when the choice fits none."""
        if self == Selection():
            return [*rest], [*mcp], [*skill]
        every = [tool for adapter in mcp for tool in adapter.tools]
        routes = [*map(only_reading, rest)] if self.read_only else [*rest]
        choices: list[tuple[str, Callable[[ir.Tool], bool]]] = [
            (f"`{p}`", lambda tool, p=p: fnmatchcase(tool.name, p)) for p in self.tools  # type: ignore[misc]
        ]
        choices += [
            (f"the tag `{tag}`", lambda tool, tag=tag: tag in tool.tags)  # type: ignore[misc]
            for tag in self.tags
        ]
        # Of a capability that only reads, routes may be all that is left.
        if self.tools or self.tags or not any(a.routes or a.forwards for a in routes):
            choices.append(("the selection", self.takes))
        for said, fits in choices:
            if every and not any(map(fits, every)):
                capability.report.add(
                    "E705",
                    f"no tool fits {said}",
                    capability.key_span("exposes"),
                    self._hint(every),
                )
                break
        dropped = {
            (adapter.namespace, tool.name)
            for adapter in mcp
            for tool in adapter.tools
            if not self.takes(tool)
        }
        if self.read_only:
            dropped |= changing(rest, mcp)
        return (
            routes,
            [self._of_mcp(adapter) for adapter in mcp],
            [_without(adapter, dropped) for adapter in skill],
        )

    def _hint(self, every: Sequence[ir.Tool]) -> str:
        """What could have been chosen, for a choice that fits no tool."""
        names = f"the tools are {_listed(tool.name for tool in every)}"
        if not self.tags:
            return names
        tags = {tag: None for tool in every for tag in tool.tags}
        known = f"their tags {_listed(tags)}" if tags else "none of them has `tags`"
        return f"{names}; {known}"

    def _of_mcp(self, adapter: ir.McpAdapter) -> ir.McpAdapter:
        return replace(
            adapter,
            tools=tuple(t for t in adapter.tools if self.takes(t)),
            exposed=tuple(
                item
                for item in adapter.exposed
                if not self.read_only or not isinstance(item, ir.Resource) or item.reads
            ),
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in islice(names, 12))


def _without(
    adapter: ir.SkillAdapter, dropped: set[tuple[str, str]]
) -> ir.SkillAdapter:
    """A skill adapter whose skills name nothing that is not built."""
    skills = (
        replace(
            skill,
            tools=tuple(
                t for t in skill.tools if (t.namespace, t.action) not in dropped
            ),
        )
        for skill in adapter.skills
    )
    return replace(adapter, skills=tuple(map(generated, skills)))


def told(adapter: ir.SkillAdapter, writing: set[tuple[str, str]]) -> ir.SkillAdapter:
    """A skill adapter that knows which of its tools change something."""
    skills = (
        replace(
            skill,
            tools=tuple(
                replace(t, writes=(t.namespace, t.action) in writing)
                for t in skill.tools
            ),
        )
        for skill in adapter.skills
    )
    return replace(adapter, skills=tuple(skills))
