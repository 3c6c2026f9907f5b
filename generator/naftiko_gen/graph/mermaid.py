"""A graph as a flowchart of Mermaid, which GitHub and GitLab draw in Markdown."""

from __future__ import annotations

import re
from typing import Final

from .model import Graph, Kind

_SHAPES: Final[dict[Kind, tuple[str, str]]] = {
    "adapter": ("([", "])"),
    "entry": ("[", "]"),
    "flow": ("{{", "}}"),
    "operation": ("(", ")"),
    "upstream": ("[(", ")]"),
}
#: What has no meaning inside a quoted label; a colon alone may begin the name of an icon.
_PLAIN = re.compile(r"[\w /.,=?(){}-]|:(?=/)")


def mermaid(graph: Graph) -> str:
    """The flowchart, from left to right."""
    lines = ["flowchart LR"]
    for number, node in enumerate(graph.nodes):
        start, end = _SHAPES[node.kind]
        label = f"{_label(node.title)}<br/>{_label(node.note)}"
        lines.append(f'    n{number}{start}"{label}"{end}')
    lines += [f"    n{source} --> n{target}" for source, target in graph.edges]
    return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    # Entities of Mermaid: the number of the character between # and ;.
    return "".join(
        c if _PLAIN.match(text, place) else f"#{ord(c)};"
        for place, c in enumerate(text)
    )
