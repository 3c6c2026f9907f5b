"""A template folder and a plan small enough to read, in place of the real ones."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from naftiko_gen import pipeline, render, shipped
from naftiko_gen.diagnostics import Position, Report, Span
from naftiko_gen.options import Options
from naftiko_gen.pycode import assign, docstring

TEMPLATES = {
    "module.py.jinja": "{{ doc }}\n\n{{ value }}\n",
    "readme.md.jinja": "# {{ title | md }}\n\n{{ count }} things of `{{ name }}`\n",
    "static/helper.py": '"""Copied."""\n',
}


@dataclass(frozen=True)
class Item:
    path: str
    template: str | None = None
    static: str | None = None
    data: bytes | None = None
    context: Mapping[str, object] = field(default_factory=dict)
    kept: bool = False


@dataclass(frozen=True)
class FakeCapability:
    name: str
    operations: tuple[int, ...] = (1, 2)
    routes: tuple[int, ...] = (1,)
    tools: tuple[int, ...] = ()
    mcp: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True)
class FakeInputs:
    all: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class FakeSource:
    raw: bytes
    inputs: FakeInputs = field(default_factory=FakeInputs)


def use_templates(
    monkeypatch: pytest.MonkeyPatch, folder: Path, files: Mapping[str, str]
) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(shipped, "templates_dir", lambda: folder)
    forget()


def forget() -> None:
    render.python_environment.cache_clear()
    render.text_environment.cache_clear()
    shipped.digest.cache_clear()
    shipped.static.cache_clear()


def _check(job: pipeline.Job, report: Report, stages: pipeline.Stages) -> Any:
    """A spec says what is wrong with it: ``error``, ``warning``, ``crash`` or nothing."""
    place = Span(job.spec, Position(1, 1), Position(1, 3))
    try:
        raw = Path(job.spec).read_bytes()
    except OSError:
        report.add("E001", f"cannot read {job.spec}", place)
        return None
    if b"crash" in raw:
        raise RuntimeError("a stage\nfell over")
    if b"warning" in raw:
        report.add("W101", "a parameter has a type", place)
    if b"error" in raw:
        report.add("E201", "no such namespace", place)
        return None
    return pipeline.Checked(FakeSource(raw), FakeCapability(job.name), ())  # type: ignore[arg-type]


def plan(
    capability: FakeCapability,
    source: FakeSource,
    options: Options,
    applied: Sequence[object],
) -> list[Item]:
    text = source.raw.decode()
    context = {"doc": docstring(text, 0), "value": assign("VALUE", text)}
    words = {"title": text, "count": 3, "name": capability.name}
    items = [
        Item("pkg/module.py", template="module.py.jinja", context=context),
        Item("README.md", template="readme.md.jinja", context=words),
        Item("pkg/helper.py", static="static/helper.py"),
        Item("capability.yaml", data=source.raw),
    ]
    return [item for item in items if not (b"less" in source.raw and item.static)]


def install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make the command line work on the fake: real rendering, verifying, writing."""
    use_templates(monkeypatch, folder / "templates", TEMPLATES)
    monkeypatch.setattr(pipeline, "check", _check)
    module = types.ModuleType("naftiko_gen.plan")
    module.plan = plan  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "naftiko_gen.plan", module)
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(folder / "cache"))
