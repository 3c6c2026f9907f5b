"""Interleaved rounds, medians of paired ratios, and the table of bars.

Neighbours on the machine make absolute numbers drift by tens of per cent. Variants run
one after another within a round, the order is reversed every round, and only ratios of
samples of one round are looked at; their median is what counts.
"""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Sample = TypeVar("Sample")


def orders(names: Sequence[str], rounds: int) -> Iterator[tuple[str, ...]]:
    """The order of every round: as given, reversed, as given, ..."""
    for number in range(rounds):
        yield tuple(names if number % 2 == 0 else reversed(names))


def interleave(
    variants: Mapping[str, Callable[[], Sample]], rounds: int
) -> dict[str, list[Sample]]:
    """Run every variant once in each round; one sample for each round."""
    samples: dict[str, list[Sample]] = {name: [] for name in variants}
    for order in orders(tuple(variants), rounds):
        for name in order:
            samples[name].append(variants[name]())
    return samples


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of samples of one round."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class Bar:
    """One measured value and what it is held against; no limit means for information."""

    what: str
    value: float
    unit: str = "x"
    at_least: float | None = None
    at_most: float | None = None

    @property
    def limits(self) -> str:
        texts = []
        if self.at_least is not None:
            texts.append(f">= {self.at_least:g}")
        if self.at_most is not None:
            texts.append(f"<= {self.at_most:g}")
        return ", ".join(texts)

    @property
    def verdict(self) -> str:
        if not self.limits:
            return ""
        low = self.at_least is not None and self.value < self.at_least
        high = self.at_most is not None and self.value > self.at_most
        return "NOT MET" if low or high else "met"


def table(title: str, bars: Sequence[Bar]) -> str:
    """The bars as aligned text."""
    lines = [title, "-" * len(title)]
    width = max((len(bar.what) for bar in bars), default=0)
    for bar in bars:
        value = f"{bar.value:9.2f} {bar.unit}"
        lines.append(f"{bar.what:{width}} {value:14} {bar.limits:16} {bar.verdict}")
    return "\n".join(line.rstrip() for line in lines)
