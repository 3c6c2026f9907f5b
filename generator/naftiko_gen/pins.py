"""One exact version of each library that emitted packages can need, with the digests of its files.

``pinned.json`` comes with the generator: no build asks a package index, and all packages of one
release are tested with one set of versions. ``tools/pin_dependencies.py`` renews it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .errors import InternalError

FILE = Path(__file__).resolve().parent / "pinned.json"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Pin:
    """One library: its normalized name (PEP 503), and for which machines it is (PEP 508).

    ``hashes`` are SHA-256 (hex) of its files, ``license`` is an SPDX expression or empty,
    ``requires`` are the names of what it needs itself.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    license: str
    requires: tuple[str, ...]


def name_of(requirement: str) -> str:
    """The normalized name at the beginning of a requirement."""
    found = _NAME.match(requirement)
    if found is None:
        raise InternalError(f"no name in the requirement {requirement!r}")
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@cache
def _all() -> tuple[Pin, ...]:
    found = json.loads(FILE.read_text("utf-8"))
    return tuple(
        Pin(
            one["name"],
            one["version"],
            one.get("marker", ""),
            tuple(one["hashes"]),
            one.get("license", ""),
            tuple(one.get("requires", ())),
        )
        for one in found["packages"]
    )


def closure(requirements: Iterable[str]) -> tuple[Pin, ...]:
    """The pins of ``requirements`` and of all that these need, by name.

    Raises InternalError for a requirement without one.
    """
    by_name: dict[str, list[Pin]] = {}
    for pin in _all():
        by_name.setdefault(pin.name, []).append(pin)
    seen: set[str] = set()
    waiting = [name_of(one) for one in requirements]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        if name not in by_name:
            raise InternalError(f"no version of {name} is pinned")
        seen.add(name)
        waiting += [need for pin in by_name[name] for need in pin.requires]
    return tuple(pin for name in sorted(seen) for pin in by_name[name])


def constraints(pins: Iterable[Pin]) -> str:
    """A file for ``pip install --require-hashes -r`` and ``pip install -c``."""
    return "".join(f"{line}\n" for pin in pins for line in _lines(pin))


def _lines(pin: Pin) -> Iterator[str]:
    marker = f" ; {pin.marker}" if pin.marker else ""
    yield f"{pin.name}=={pin.version}{marker} \\"
    last = len(pin.hashes) - 1
    for number, digest in enumerate(pin.hashes):
        more = " \\" if number < last else ""
        yield f"    --hash=sha256:{digest}{more}"
