"""Nodes and edges of a capability, in columns from callers to upstreams."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .. import ir

Kind = Literal["adapter", "entry", "flow", "operation", "upstream"]

#: The columns, in order, with what stands above each.
COLUMNS: dict[Kind, str] = {
    "adapter": "adapters",
    "entry": "routes, tools, resources",
    "flow": "flows",
    "operation": "operations",
    "upstream": "upstreams",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One box: what it is called, and what it is, each one line of any text."""

    kind: Kind
    title: str
    note: str


@dataclass(slots=True)
class Graph:
    """Nodes by number; an edge leads from a caller to what is called, in a later column."""

    label: str
    nodes: list[Node] = field(default_factory=list)
    # Each edge once, in the order in which they were added.
    edges: dict[tuple[int, int], None] = field(default_factory=dict)

    def add(self, kind: Kind, title: str, note: str) -> int:
        """A new node; texts are made one printable line."""
        self.nodes.append(Node(kind, one_line(title), one_line(note)))
        return len(self.nodes) - 1

    def link(self, source: int, target: int) -> None:
        """An edge, once."""
        self.edges[source, target] = None


def document(graph: Graph) -> dict[str, object]:
    """The graph for programs, as ``schemas/results/graph.json`` describes it."""
    return {
        "label": graph.label,
        "nodes": [
            {"id": number, "kind": node.kind, "title": node.title, "note": node.note}
            for number, node in enumerate(graph.nodes)
        ],
        "edges": [{"from": source, "to": target} for source, target in graph.edges],
    }


def one_line(text: str) -> str:
    """The text without line ends; what cannot be seen is a replacement character."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def graph_of(capability: ir.Capability) -> Graph:
    """Everything that is emitted for ``capability``, and what calls what."""
    graph = Graph(one_line(capability.label))
    upstreams = {
        one.namespace: graph.add("upstream", one.namespace, one.base_uri)
        for one in capability.upstreams
    }
    runs: dict[tuple[str, str], int] = {}
    for operation in capability.operations:
        note = f"{operation.method} {operation.path}"
        number = graph.add("operation", operation.name, note)
        runs[operation.namespace, operation.ident] = number
        graph.link(number, upstreams[operation.namespace])
    for flow in capability.flows:
        calls = len(flow.work.calls)
        note = f"{calls} call{'' if calls == 1 else 's'}" if calls else "a fixed answer"
        number = runs[flow.namespace, flow.ident] = graph.add("flow", flow.name, note)
        for operation in flow.operations:
            graph.link(number, runs[operation.namespace, operation.ident])
    entries: dict[tuple[str, str], int] = {}
    for rest in capability.rest:
        adapter = graph.add("adapter", rest.namespace, f"REST, port {rest.port}")
        for route in rest.routes:
            number = graph.add("entry", f"{route.method} {route.path}", route.name)
            entries[rest.namespace, route.name] = number
            graph.link(adapter, number)
            graph.link(number, runs[route.runs.namespace, route.runs.ident])
        for forward in rest.forwards:
            number = graph.add("entry", forward.path, "passed on")
            graph.link(adapter, number)
            graph.link(number, upstreams[forward.namespace])
    for mcp in capability.mcp:
        place = "stdio" if mcp.port is None else f"port {mcp.port}"
        adapter = graph.add("adapter", mcp.namespace, f"MCP, {place}")
        for tool in mcp.tools:
            number = graph.add("entry", tool.name, "tool")
            entries[mcp.namespace, tool.name] = number
            graph.link(adapter, number)
            graph.link(number, runs[tool.runs.namespace, tool.runs.ident])
        for item in mcp.exposed:
            what = "resource" if isinstance(item, ir.Resource) else "resources, files"
            number = graph.add("entry", item.uri, what)
            graph.link(adapter, number)
            if isinstance(item, ir.Resource):
                graph.link(number, runs[item.runs.namespace, item.runs.ident])
        for prompt in mcp.prompts:
            graph.link(adapter, graph.add("entry", prompt.name, "prompt"))
    for catalogue in capability.skill:
        for skill in catalogue.skills:
            note = f"skill of {catalogue.namespace}, port {catalogue.port}"
            number = graph.add("adapter", skill.name, note)
            for part in skill.tools:
                if (part.namespace, part.action) in entries:
                    graph.link(number, entries[part.namespace, part.action])
    if (control := capability.control) is not None:
        graph.add("adapter", control.namespace, f"management, port {control.port}")
    return graph
