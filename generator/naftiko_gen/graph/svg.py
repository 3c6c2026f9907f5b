"""A graph as an SVG document that needs nothing else: no font, no script, no style sheet."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as Tree

from .layout import BETWEEN, HEIGHT, MARGIN, TOP, layout, shortened
from .model import COLUMNS, Graph, Kind

#: How the boxes of each kind are filled and framed.
_COLOURS: Final[dict[Kind, tuple[str, str]]] = {
    "adapter": ("#e7f0ff", "#3b6fb6"),
    "entry": ("#ffffff", "#8b98a8"),
    "flow": ("#fff3dc", "#b9852a"),
    "operation": ("#e8f6ec", "#3f8f5b"),
    "upstream": ("#f2eafd", "#7a54ab"),
}
_INK, _FAINT, _LINE = "#1f2937", "#5b6675", "#9aa5b4"


def svg(graph: Graph) -> str:
    """The document, with the whole text of each box where a pointer rests."""
    plan = layout(graph)
    size = (_number(plan.width), _number(plan.height))
    root = Tree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": size[0],
            "height": size[1],
            "viewBox": f"0 0 {size[0]} {size[1]}",
            "role": "img",
            "font-family": "ui-monospace, 'DejaVu Sans Mono', Consolas, monospace",
            "font-size": "12",
        },
    )
    Tree.SubElement(root, "title").text = graph.label
    Tree.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    _text(root, MARGIN, 34, graph.label, _INK, {"font-size": "17"})
    for kind, x in plan.columns.items():
        _text(root, x, TOP - 16, COLUMNS[kind], _FAINT)
    lines = Tree.SubElement(root, "g", {"fill": "none", "stroke": _LINE})
    for source, target in graph.edges:
        start, end = plan.boxes[source], plan.boxes[target]
        # A column without a box of this path is crossed in one line.
        bend = BETWEEN / 2 if end.x - start.right <= BETWEEN else BETWEEN * 0.8
        points = (
            f"M{_number(start.right)} {_number(start.middle)}"
            f" C{_number(start.right + bend)} {_number(start.middle)}"
            f" {_number(end.x - bend)} {_number(end.middle)}"
            f" {_number(end.x)} {_number(end.middle)}"
        )
        Tree.SubElement(lines, "path", {"d": points})
    for number, node in enumerate(graph.nodes):
        box = plan.boxes[number]
        fill, frame = _COLOURS[node.kind]
        group = Tree.SubElement(root, "g")
        Tree.SubElement(group, "title").text = f"{node.title}\n{node.note}"
        place = {
            "x": _number(box.x),
            "y": _number(box.y),
            "width": _number(box.width),
            "height": str(HEIGHT),
            "rx": "6",
        }
        Tree.SubElement(group, "rect", {**place, "fill": fill, "stroke": frame})
        _text(group, box.x + 10, box.y + 17, node.title, _INK, {"font-weight": "600"})
        _text(group, box.x + 10, box.y + 32, node.note, _FAINT, {"font-size": "11"})
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode") + "\n"


def _text(
    parent: Tree.Element,
    x: float,
    y: float,
    text: str,
    fill: str,
    more: dict[str, str] | None = None,
) -> None:
    place = {"x": _number(x), "y": _number(y), "fill": fill, **(more or {})}
    Tree.SubElement(parent, "text", place).text = shortened(text)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
