"""Signing presets: what the documentation of well-known providers says, as data."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonObject
from naftiko_gen.source import Source, read

FOLDER = Path(__file__).resolve().parent


@cache
def names() -> tuple[str, ...]:
    """The presets that there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def source(name: str) -> Source:
    """The file of the preset ``name``, one of ``names()``."""
    found = read(str(FOLDER / f"{name}.yaml"), Report())
    if found is None:
        raise RuntimeError(f"the preset {name} cannot be read")
    return found


def load(name: str) -> JsonObject:
    """The preset ``name``, one of ``names()``."""
    data = source(name).data
    return data if isinstance(data, dict) else {}


def usual(name: str) -> JsonObject:
    """The part of a ``signing`` block that says where the usual secrets of a preset are."""
    preset = load(name)
    return {key: preset[key] for key in ("credentials", "optional") if key in preset}


@cache
def vectors(scheme: str) -> tuple[JsonObject, ...]:
    """Requests that others signed with a preset or module; none where no one's can be had."""
    path = FOLDER / "vectors" / f"{scheme}.json"
    return tuple(json.loads(path.read_text("utf-8"))) if path.is_file() else ()


@cache
def for_host(host: str) -> str | None:
    """The preset of a host in lower case; None when no preset names it."""
    for name in names():
        hosts = load(name).get("hosts")
        for pattern in hosts if isinstance(hosts, list) else ():
            if fnmatchcase(host, str(pattern)):
                return name
    return None
