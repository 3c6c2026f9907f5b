"""Where the nodes of a graph stand: in columns, each near to what calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from .model import COLUMNS, Graph, Kind, Node

#: In pixels; texts are in a font of one width, so that all widths are known.
LETTER, HEIGHT, GAP, BETWEEN, MARGIN, TOP = 7.25, 40, 10, 110, 24, 84
#: Longer texts are shortened, in letters.
LONGEST = 46


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a node: its left upper corner, and how wide it is."""

    x: float
    y: float
    width: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.y + HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes by number of the node, the left side of each column, and the size."""

    boxes: Mapping[int, Box]
    columns: Mapping[Kind, float]
    width: float
    height: float


def letters(text: str) -> int:
    """How many letters wide a text is."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str) -> str:
    """The text, or as much of its beginning as there is room for."""
    if letters(text) <= LONGEST:
        return text
    text = text[:LONGEST]
    while letters(text) >= LONGEST:
        text = text[:-1]
    return f"{text}…"


def layout(graph: Graph) -> Layout:
    """Columns from left to right; the same graph is always laid out alike."""
    members: dict[Kind, list[int]] = {}
    for kind in COLUMNS:
        numbers = [n for n, node in enumerate(graph.nodes) if node.kind == kind]
        if numbers:
            members[kind] = numbers
    tops: dict[int, float] = {}
    boxes: dict[int, Box] = {}
    columns: dict[Kind, float] = {}
    x: float = MARGIN
    # The routes and tools are the most, and decide where everything else stands.
    for row, number in enumerate(members.get("entry", ())):
        tops[number] = row * (HEIGHT + GAP)
    callers: dict[int, list[int]] = {}
    called: dict[int, list[int]] = {}
    for source, target in graph.edges:
        callers.setdefault(target, []).append(source)
        called.setdefault(source, []).append(target)
    for kind, numbers in members.items():
        if kind != "entry":
            _place(numbers, called if kind == "adapter" else callers, tops)
    lowest = min(tops.values(), default=0)
    for kind, numbers in members.items():
        width = max(_width(graph.nodes[number]) for number in numbers)
        columns[kind] = x
        for number in numbers:
            boxes[number] = Box(x, tops[number] - lowest + TOP, width)
        x += width + BETWEEN
    heights = [box.y + HEIGHT for box in boxes.values()]
    title = MARGIN * 2 + letters(shortened(graph.label)) * LETTER * 1.4
    width = max(x - BETWEEN + MARGIN, title)
    return Layout(boxes, columns, width, max(heights, default=TOP) + MARGIN)


def _place(
    numbers: Sequence[int], near: Mapping[int, Sequence[int]], tops: dict[int, float]
) -> None:
    """Put each of a column as near as it can be to the middle of its neighbours."""
    lowest = max(tops.values(), default=0.0)
    wanted: dict[int, float] = {}
    for number in numbers:
        known = [tops[other] for other in near.get(number, ()) if other in tops]
        wanted[number] = sum(known) / len(known) if known else lowest
    order = sorted(numbers, key=lambda number: (wanted[number], number))
    floor = float("-inf")
    placed: list[float] = []
    for number in order:
        floor = max(wanted[number], floor)
        placed.append(floor)
        floor += HEIGHT + GAP
    # What was pushed down comes up again by the half, so that the column stays in the middle.
    shift = sum(top - wanted[n] for top, n in zip(placed, order, strict=True))
    shift /= len(order)
    for number, top in zip(order, placed, strict=True):
        tops[number] = top - shift


def _width(node: Node) -> float:
    longest = max(letters(shortened(text)) for text in (node.title, node.note))
    return round(longest * LETTER + 20, 1)
