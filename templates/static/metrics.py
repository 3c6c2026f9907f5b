"""Counters and histograms, and the text that Prometheus reads (exposition format 0.0.4).

An instrument is found once, when a server is built; to count is then one addition, in
the one thread of the event loop. Names are printed as they are: without the suffixes
that client libraries of Prometheus add, because dashboards know these names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Labels: TypeAlias = tuple[str, ...]
#: The values of one instrument: a total; or the counts of the buckets and the sum.
Values: TypeAlias = list[float]
#: The values of all instruments, by the name of their family and by their labels.
Snapshot: TypeAlias = list[tuple[str, list[tuple[list[str], Values]]]]

# Seconds (OpenTelemetry semantic conventions, http.server.request.duration).
BOUNDS: Final = (
    *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25),
    *(0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
)


class Counter:
    """A number that grows, or a gauge that is set."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0.0

    def add(self) -> None:
        self.value += 1

    def values(self) -> Values:
        return [self.value]


class Histogram:
    """How many observations lie in each bucket of `BOUNDS`, and their sum."""

    __slots__ = ("counts", "sum")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds

    def values(self) -> Values:
        return [*self.counts, self.sum]


Instrument: TypeAlias = Counter | Histogram


@dataclass(slots=True)
class Family:
    """All instruments of one name, by the values of their labels."""

    name: str
    help: str
    kind: Literal["counter", "gauge", "histogram"]
    labels: Labels
    children: dict[Labels, Instrument] = field(default_factory=dict)

    def counter(self, *values: str) -> Counter:
        found = self.children.get(values)
        if not isinstance(found, Counter):
            found = self.children[values] = Counter()
        return found

    def histogram(self, *values: str) -> Histogram:
        found = self.children.get(values)
        if not isinstance(found, Histogram):
            found = self.children[values] = Histogram()
        return found


def snapshot(families: Iterable[Family]) -> Snapshot:
    """The values of all instruments as data, for another process."""
    return [
        (
            family.name,
            [(list(labels), one.values()) for labels, one in family.children.items()],
        )
        for family in families
    ]


def prometheus(families: Sequence[Family], others: Sequence[Snapshot] = ()) -> str:
    """The text of all families that have values, those of `others` added to ours.

    A gauge is what each process says of all of them, so the largest is taken.
    """
    lines: list[str] = []
    for family in families:
        values = {k: one.values() for k, one in family.children.items()}
        for other in others:
            _merge(family, values, other)
        if not values:
            continue
        name = _name(family.name)
        lines.append(f"# HELP {name} {_help(family.help)}")
        lines.append(f"# TYPE {name} {family.kind}")
        for labels, found in values.items():
            lines += _samples(family, name, labels, found)
    return "".join(f"{line}\n" for line in lines)


def _merge(family: Family, values: dict[Labels, Values], other: Snapshot) -> None:
    for name, children in other:
        if name != family.name:
            continue
        for labels, found in children:
            key = tuple(labels)
            ours = values.get(key)
            if ours is None:
                values[key] = found
            elif family.kind == "gauge":
                values[key] = [max(a, b) for a, b in zip(ours, found, strict=True)]
            else:
                values[key] = [a + b for a, b in zip(ours, found, strict=True)]


def _samples(family: Family, name: str, labels: Labels, values: Values) -> list[str]:
    pairs = list(zip(map(_name, family.labels), labels, strict=True))
    if family.kind != "histogram":
        return [f"{name}{_shown(pairs)} {_number(values[0])}"]
    lines = []
    total = 0.0
    bounds = [*(_number(bound) for bound in BOUNDS), "+Inf"]
    for bound, count in zip(bounds, values, strict=False):
        total += count
        shown = _shown([*pairs, ("le", bound)])
        lines.append(f"{name}_bucket{shown} {_number(total)}")
    lines.append(f"{name}_sum{_shown(pairs)} {_number(values[-1])}")
    lines.append(f"{name}_count{_shown(pairs)} {_number(total)}")
    return lines


def _shown(pairs: Sequence[tuple[str, str]]) -> str:
    shown = ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs if value)
    return f"{{{shown}}}" if shown else ""


def _name(text: str) -> str:
    return text.replace(".", "_").replace("-", "_")


def _help(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _escaped(text: str) -> str:
    return _help(text).replace('"', '\\"')


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
