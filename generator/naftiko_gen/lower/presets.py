"""Signing presets: what the documentation of well-known providers says, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from naftiko_gen.diagnostics import Report
from naftiko_gen.source import Source, read

from .node import Node

FOLDER = Path(__file__).resolve().parent.parent / "presets"


@cache
def names() -> tuple[str, ...]:
    """The presets that there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def _source(name: str) -> Source:
    report = Report()
    source = read(str(FOLDER / f"{name}.yaml"), report)
    if source is None:
        raise RuntimeError(f"the preset {name} cannot be read")
    return source


def preset(name: str, report: Report) -> Node:
    """The preset ``name``, one of ``names()``; problems in it go to ``report``."""
    source = _source(name)
    return Node(source, report, (), source.data)
