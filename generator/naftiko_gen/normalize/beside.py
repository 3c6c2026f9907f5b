"""What a document says and the format has no words for, as actions of an overlay.

The document is left without it, so that every tool accepts it; with the overlay beside it,
it says the same as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from naftiko_gen.diagnostics import Report
from naftiko_gen.dialect import (
    bare_outputs,
    consumed_inputs,
    extension_keys,
    raw_formats,
)
from naftiko_gen.dialect.operations import CARRYING, Known
from naftiko_gen.dialect.places import (
    JsonObject,
    Place,
    adapters,
    consumed_operations,
    consumes_blocks,
    entries,
    exposed_units,
    functions,
    outputs,
    text_of,
)
from naftiko_gen.dialect.rule import Edit, changed, without
from naftiko_gen.ir import JsonValue
from naftiko_gen.overlay.profile import apply_profiles
from naftiko_gen.overlay.tree import clone
from naftiko_gen.source import NodePath, Source

from .targets import at, target, targets
from .wire import written

_INPUTS, _OUTPUTS = "inputParameters", "outputParameters"
_ROOT = ("$", "$.")


@dataclass(slots=True)
class Parted:
    """A document that the format can write, and the actions that give it its other words."""

    data: JsonValue
    actions: list[JsonValue] = field(default_factory=list)

    def move(self, path: NodePath, *keys: str) -> None:
        """Take ``keys`` of the mapping at ``path`` out of the document."""
        node = at(self.data, path)
        update = {key: node[key] for key in keys if key in node}
        if update:
            self._update(target(self.data, path), update)
            self.change(without(path, *keys))

    def change(self, edit: Edit) -> None:
        """Rewrite a place of the document."""
        self.data = changed(self.data, edit.path, edit.change)

    def move_inputs(self, holder: Place) -> None:
        """Take what parameters are out of the document: those that are alike with one action."""
        found: list[tuple[JsonObject, list[NodePath]]] = []
        for path, item in entries(holder, _INPUTS):
            update = {k: item[k] for k in item if k in consumed_inputs.KEYS}
            alike = next((paths for known, paths in found if known == update), None)
            if update and alike is not None:
                alike.append(path)
            elif update:
                found.append((update, [path]))
        for update, paths in found:
            self._update(targets(self.data, paths), update)
        for _, paths in found:
            for path in paths:
                self.change(without(path, *consumed_inputs.KEYS))

    def sign(self, source: Source) -> None:
        """Take credentials that are read as signatures out of the document."""
        read = _profiled(source)
        signed = [
            path
            for path, block in consumes_blocks(self.data)
            if "authentication" in block and "signing" not in block
            if "signing" in (found := at(read, path)) and "authentication" not in found
        ]
        for path in signed:
            self.change(without(path, "authentication"))
        left = _profiled(source.with_data(self.data))
        for path in signed:
            found, known = at(read, path), at(left, path)
            update = {k: found[k] for k in extension_keys.BLOCK_KEYS if k in found}
            update = {k: value for k, value in update.items() if k not in known}
            if update:
                self._update(target(self.data, path), update)

    def _update(self, selected: str, update: JsonObject) -> None:
        self.actions.append({"target": selected, "update": update})


def part(source: Source) -> Parted:
    """Split ``source``, in which no other deviation is left, into a document and actions."""
    data = source.data
    parted = Parted(data)
    for block in consumes_blocks(data):
        for holder in _holders(block):
            parted.change(Edit(holder[0], _Without(block[1])))
    parted.sign(source)
    parted.data, named = written(parted.data)
    for block in consumes_blocks(parted.data):
        for holder in _holders(block):
            parted.move_inputs((holder[0], at(parted.data, holder[0])))
        for path, node in consumed_operations(block):
            if node.get(raw_formats.KEY) == "binary":
                parted.move(path, raw_formats.KEY, *raw_formats.LATER)
            parted.move(path, *extension_keys.OPERATION_KEYS)
        parted.move(block[0], *extension_keys.BLOCK_KEYS)
    for path, _ in adapters(data, "rest"):
        parted.move(path, "description")
    for adapter in adapters(data, "mcp"):
        for path, _ in entries(adapter, "tools"):
            parted.move(path, *extension_keys.TOOL_KEYS)
    known = Known(data)
    for path, unit in _units(data):
        if any(bare_outputs.is_bare(node) for _, node in outputs((path, unit))):
            if _passes(unit, known):
                parted.change(without(path, _OUTPUTS))
            else:
                parted.move(path, _OUTPUTS)
        elif "call" in unit:
            parted.change(Edit((*path, _OUTPUTS), _unnamed))
    # The actions before them know parameters by the names that are written.
    parted.actions += named
    return parted


def signed(source: Source) -> Parted:
    """Take only the credentials that are read as signatures out of ``source``."""
    parted = Parted(source.data)
    parted.sign(source)
    return parted


def _profiled(source: Source) -> JsonValue:
    """The data of ``source`` with what is known about the hosts of its upstreams."""
    data = clone(source.data)
    list(apply_profiles(data, source, Report()))
    return data


def _holders(block: Place) -> Iterator[Place]:
    """What has input parameters: the block, its resources, their operations."""
    yield block
    for resource in entries(block, "resources"):
        yield resource
        yield from entries(resource, "operations")


class _Without:
    """What has input parameters, without those in whose place the credential is sent."""

    def __init__(self, block: JsonObject) -> None:
        self._name, self._places = "", CARRYING
        node = block.get("authentication")
        if isinstance(node, dict) and "signing" not in block:
            self._name, self._places = "authorization", CARRYING[:1]
            if node.get("type") == "apikey":
                self._name, self._places = text_of(node, "key").lower(), CARRYING

    def __call__(self, node: JsonValue) -> JsonValue:
        items = node.get(_INPUTS) if isinstance(node, dict) else None
        if not isinstance(node, dict) or not isinstance(items, list) or not self._name:
            return node
        kept = [item for item in items if not self._is_credential(item)]
        if len(kept) == len(items):
            return node
        if not kept:
            return {key: value for key, value in node.items() if key != _INPUTS}
        return {**node, _INPUTS: kept}

    def _is_credential(self, item: JsonValue) -> bool:
        if not isinstance(item, dict):
            return False
        named = text_of(item, "name").lower() == self._name
        return named and item.get("in") in self._places


def _units(data: JsonValue) -> Iterator[Place]:
    yield from functions(data)
    for adapter in adapters(data):
        yield from exposed_units(adapter)


def _passes(unit: JsonObject, known: Known) -> bool:
    """Whether the answer of the upstream is passed on, as it is without outputs."""
    operation = known.operation(unit)
    if operation is None or "steps" in unit:
        return False
    if operation[1].get(raw_formats.KEY, "json") != "json":
        return False
    items = unit.get(_OUTPUTS)
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and (
        bare_outputs.is_bare(first)
        and first.get("mapping") in _ROOT
        and _names(items) < 2
    )


def _names(items: JsonValue) -> int:
    found = items if isinstance(items, list) else []
    return sum(isinstance(item, dict) and "name" in item for item in found)


def _unnamed(items: JsonValue) -> JsonValue:
    """The outputs of a call without names: several named ones are one object."""
    number = _names(items)
    if not number or not isinstance(items, list):
        return items
    found = [item for item in items if isinstance(item, dict)]
    plain = [{k: v for k, v in item.items() if k != "name"} for item in found]
    if number == 1 or len(found) < len(items):
        return [*plain]
    members: JsonObject = {}
    for item, node in zip(found, plain, strict=True):
        if "name" in item:
            members[str(item["name"])] = node
    return [{"type": "object", "properties": members}]
