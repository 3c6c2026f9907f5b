"""Parts of other files: complete, of one name each, and only where they are read.

1.0.0-alpha2 imports consumes entries by ``location``; later versions import by ``from``, and
adapters, aggregates and binds as well. ``location`` of a bind is something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath

from .places import JsonObject, Place, capability, entries, root, text
from .rule import Offence, Rule, quoted

_SECTIONS = ("consumes", "exposes", "aggregates", "binds")


def _entries(place: Place) -> Iterator[tuple[str, Place]]:
    for section in _SECTIONS:
        for entry in entries(place, section):
            yield section, entry


def _origin(section: str, node: JsonObject) -> str | None:
    """The key that says from which file an entry comes."""
    keys = ("location", "from") if section == "consumes" else ("from",)
    return next((key for key in keys if key in node), None)


def _name(data: JsonValue) -> Iterator[Offence]:
    for block in capability(data):
        for section, place in _entries(block):
            key = _origin(section, place[1])
            if key and not text(place, "import"):
                yield Offence(
                    (*place[0], key),
                    "this import does not say what it takes from the file",
                    "name the namespace there with `import`",
                    at_key=True,
                )


def _file(data: JsonValue) -> Iterator[Offence]:
    for block in capability(data):
        for section, place in _entries(block):
            node = place[1]
            if "import" in node and "type" not in node and not _origin(section, node):
                key = "location" if section == "consumes" else "from"
                yield Offence(
                    (*place[0], "import"),
                    "this import does not say from which file",
                    f"name the file with `{key}`",
                    at_key=True,
                )


def _alias(data: JsonValue) -> Iterator[Offence]:
    for block in capability(data):
        seen: dict[tuple[str, str], NodePath] = {}
        for section, place in _entries(block):
            if not _origin(section, place[1]):
                continue
            key = "as" if text(place, "as") else "import"
            namespace = text(place, key)
            if namespace is None:
                continue
            here = (*place[0], key)
            first = seen.setdefault((section, namespace), here)
            if first is not here:
                yield Offence(
                    here,
                    f"two imports are called {quoted(namespace)} here",
                    "give one of them another name with `as`",
                    first=first,
                )


def _itself(data: JsonValue) -> Iterator[Offence]:
    for block in capability(data):
        for section, (path, node) in _entries(block):
            key = _origin(section, node)
            if key and node[key] == ".":
                yield Offence(
                    (*path, key), "an import from `.` is not one from another file"
                )


def _shared(data: JsonValue) -> Iterator[Offence]:
    for document in root(data):
        if "capability" in document[1]:
            continue
        for section, (path, node) in _entries(document):
            if key := _origin(section, node):
                yield Offence(
                    (*path, key),
                    "a shared file imports, which the engine of the format does not follow",
                    "import it in the capability itself",
                    at_key=True,
                )


RULES = (
    Rule("import-from-required", "W324", _name, Severity.ERROR),
    Rule("import-import-required", "W325", _file, Severity.ERROR),
    Rule("import-unique-alias", "W326", _alias, Severity.ERROR),
    Rule("import-from-not-self", "W327", _itself),
    Rule("standalone-no-imports", "W328", _shared, Severity.ERROR),
)
