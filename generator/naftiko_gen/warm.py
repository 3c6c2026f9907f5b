"""What every build needs, made ready before processes are forked that share it."""

from __future__ import annotations

import gc
from importlib import import_module

_STAGES = (
    *("source", "overlay", "versions", "dialect", "schema", "imports"),
    *("lower", "plan", "render", "verify", "tree"),
)


def up() -> None:
    """Import all stages, make the validators of the schemas and load the templates."""
    for stage in _STAGES:
        import_module(f"naftiko_gen.{stage}")
    from . import render, schema

    schema.prepare()
    render.prepare()
    # What is there by now lives as long as the processes: collectors need not look at it again,
    # and its memory stays shared.
    gc.collect()
    gc.freeze()
