"""W172: an import stands in a list of its own, or is called something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from naftiko_gen.names import kebab
from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import JsonObject, capability, text_of
from .rule import Edit, Finding, Rule

_LISTS = ("import", "imports")
_FILES = ("location", "url", "path", "file", "from", "ref", "$ref", "href")
_NAMES = ("import", "namespace", "name")
_ENDINGS = (".yaml", ".yml", ".json")


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    if not isinstance(data, dict) or "naftiko" not in data:
        return
    for holder, node in (((), data), *capability(data)):
        for key in _LISTS:
            if key in node and (read := _items(node[key], (*holder, key))):
                inside = holder or "capability" not in data
                target: NodePath = holder if inside else ("capability",)
                yield _moved(holder, key, target, read, data)
                return
        blocks = node.get("consumes")
        for index, item in enumerate(blocks if isinstance(blocks, list) else ()):
            path = (*holder, "consumes", index)
            if isinstance(item, dict) and text_of(item, "location"):
                continue
            if (entry := _entry(item, "")) is not None:
                edit = Edit(path, _Value(entry).get, _origins(path, item, path))
                yield Finding(path, _said(entry), edits=(edit,))


def _items(value: JsonValue, path: NodePath) -> list[tuple[JsonObject, NodePath]]:
    """The imports in a list, in a mapping of names, or alone, and where they stand."""
    if isinstance(value, dict) and not _entry(value, ""):
        pairs = [(_entry(item, name), (*path, name)) for name, item in value.items()]
    elif isinstance(value, list):
        pairs = [(_entry(item, ""), (*path, i)) for i, item in enumerate(value)]
    else:
        pairs = [(_entry(value, ""), path)]
    found = [(entry, where) for entry, where in pairs if entry is not None]
    return found if len(found) == len(pairs) else []


def _entry(item: JsonValue, name: str) -> JsonObject | None:
    """The import that ``item`` means; None when it names no file."""
    location = item if isinstance(item, str) else ""
    if isinstance(item, dict):
        location = next((text_of(item, k) for k in _FILES if text_of(item, k)), "")
        name = next((text_of(item, k) for k in _NAMES if text_of(item, k)), name)
        name = text_of(item, "as") or name
    if not location.partition("#")[0].endswith(_ENDINGS):
        return None
    location = location.partition("#")[0]
    stem = PurePosixPath(location).stem
    if "://" not in location:
        location = f"./{location.removeprefix('./')}"
    return {"location": location, "import": name or kebab(stem)}


def _moved(
    holder: NodePath,
    key: str,
    target: NodePath,
    read: list[tuple[JsonObject, NodePath]],
    data: JsonObject,
) -> Finding:
    node = data
    for step in target:
        inner = node.get(str(step))
        node = inner if isinstance(inner, dict) else {}
    blocks = node.get("consumes")
    number = len(blocks) if isinstance(blocks, list) else 0
    entries = [entry for entry, _ in read]
    moved: dict[NodePath, Origin] = {}
    for offset, (_, where) in enumerate(read):
        now = (*target, "consumes", number + offset)
        moved[now] = Origin(where)
        moved[*now, "location"] = moved[*now, "import"] = Origin(where)
    edit = Edit((), _Moving(holder, key, target, entries).change, moved)
    return Finding((*holder, key), _said(entries[0]), edits=(edit,))


def _origins(now: NodePath, item: JsonValue, was: NodePath) -> dict[NodePath, Origin]:
    keys = _FILES if isinstance(item, dict) else ()
    key = next((k for k in keys if isinstance(item, dict) and k in item), None)
    place = Origin(was if key is None else (*was, key))
    return {(*now, "location"): place, (*now, "import"): place}


def _said(entry: JsonObject) -> str:
    return f"an import in other words: `{entry['import']}` of `{entry['location']}`"


class _Value:
    def __init__(self, value: JsonValue) -> None:
        self._value = value

    def get(self, _: JsonValue) -> JsonValue:
        return self._value


class _Moving:
    def __init__(
        self, holder: NodePath, key: str, target: NodePath, entries: list[JsonObject]
    ) -> None:
        self._holder, self._key = holder, key
        self._target, self._entries = target, entries

    def change(self, data: JsonValue) -> JsonValue:
        if not isinstance(data, dict):
            return data
        found: JsonObject = {**data}
        block = found.get("capability")
        if isinstance(block, dict):
            found["capability"] = block = {**block}
        holders: dict[NodePath, JsonObject] = {(): found}
        holders["capability",] = block if isinstance(block, dict) else {}
        holders[self._holder].pop(self._key)
        target = holders[self._target]
        blocks = target.get("consumes")
        before = blocks if isinstance(blocks, list) else []
        target["consumes"] = [*before, *self._entries]
        return found


RULE = Rule(
    "W172",
    _find,
    """\
naftiko: 1.0.0-alpha2
imports: [shared/shop.yaml]
capability: {exposes: []}
""",
    """\
naftiko: 1.0.0-alpha2
capability: {exposes: [], consumes: [{location: ./shared/shop.yaml, import: shop}]}
""",
)
