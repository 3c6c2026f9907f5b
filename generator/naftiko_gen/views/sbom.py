"""The bill of materials of an image: CycloneDX 1.6.

It has no time and no serial number: the same package has the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from naftiko_gen import ir
from naftiko_gen.pins import Pin, name_of

from . import dependencies


def document(capability: ir.Capability, pins: Sequence[Pin]) -> ir.JsonObject:
    """The document of a package with these libraries, all that they need among them."""
    own = _purl(capability.distribution, capability.release)
    required = {name_of(r) for r in dependencies.required(capability)}
    shipped = {name_of(r) for r in dependencies.shipped(capability)}
    needed = _needed(required, pins)
    refs: dict[str, list[str]] = {}
    for pin in pins:
        refs.setdefault(pin.name, []).append(_purl(pin.name, pin.version))

    def edges(ref: str, names: Sequence[str]) -> ir.JsonValue:
        return {"ref": ref, "dependsOn": [r for name in names for r in refs[name]]}

    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": capability.distribution,
                "version": capability.release,
                "purl": own,
            }
        },
        "components": [_component(pin, pin.name in needed) for pin in pins],
        "dependencies": [
            edges(own, sorted(shipped)),
            *(edges(_purl(pin.name, pin.version), pin.requires) for pin in pins),
        ],
    }


def _needed(names: set[str], pins: Sequence[Pin]) -> set[str]:
    """The names of what the package cannot run without."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [n for pin in pins if pin.name == name for n in pin.requires]
    return found


def _component(pin: Pin, required: bool) -> ir.JsonValue:
    ref = _purl(pin.name, pin.version)
    found: ir.JsonObject = {
        "type": "library",
        "bom-ref": ref,
        "name": pin.name,
        "version": pin.version,
        "scope": "required" if required else "optional",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.hashes],
    }
    if pin.license:
        found["licenses"] = [{"expression": pin.license}]
    if pin.marker:
        found["properties"] = [{"name": "python:marker", "value": pin.marker}]
    return {**found, "purl": ref}


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{quote(version)}"
