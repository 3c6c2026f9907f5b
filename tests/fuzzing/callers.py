"""What the caller of a route or tool sends, as it is known from the document alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

READING = ("GET", "HEAD", "DELETE", "OPTIONS")
PLACEHOLDER = re.compile(r"\{\{?\s*([^{}]+?)\s*\}?\}")
#: No body, which is not the same as the body null.
ABSENT: Any = object()


@dataclass
class Wanted:
    """The request that an upstream is to see; names of headers are in lower case."""

    method: str
    path: list[str]
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any = ABSENT


@dataclass
class Input:
    """What an operation takes: where it goes, and what it may be."""

    name: str
    where: str
    type: str = "string"
    required: bool = False
    #: Whether the document says more of it than the format has.
    told: bool = False


@dataclass
class Unit:
    """One call of a route or tool: what a caller sends, and what has to become of it."""

    kind: str
    adapter: str
    name: str
    path: str = ""
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = ABSENT
    arguments: dict[str, Any] = field(default_factory=dict)
    #: The format that the operation says its answers have.
    answers: str = "json"
    wanted: Wanted = field(default_factory=lambda: Wanted("", [], [], {}))


def plain(name: str) -> str:
    """A name without case and punctuation."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def alike(name: str, names: Any) -> str | None:
    """The one of ``names`` that is ``name``, or nearly."""
    same = [n for n in names if plain(n) == plain(name)]
    return name if name in same else next(iter(same), None)


def as_text(value: Any) -> str:
    """A value as a path, a query or a header has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)


def segment(value: Any) -> str:
    """A value as a part of a path."""
    return quote(as_text(value), safe="")


def example(wanted: Input, number: int) -> Any:
    """A value for an input, another one for each ``number``."""
    values: dict[str, Any] = {
        "integer": 17 + number,
        "number": 1.5 + number,
        "boolean": True,
        "array": [f"é{number}", "b"],
        "object": {"k": f"é{number}"},
        "json": {"any": [number, "é&"]},
    }
    if plain(wanted.name) == "contenttype":
        return "application/json"
    if wanted.where == "header":
        return values.get(wanted.type, f"v{number} &=/+%{{x}}")
    return values.get(wanted.type, f"v{number} é&=/+%{{x}}")


def served(path: str) -> str:
    """The path that a route has when what is written cannot be asked for."""
    bare, mark, rest = path.replace("#", "?").partition("?")
    if not mark:
        return path
    word = re.sub(r"[^\w-]", "-", rest.partition("&")[0]).rpartition("Action-")
    return f"{bare.rstrip('/')}/{word[2].strip('-')}"


class Caller:
    """Gives values to the inputs of a tool; ``whole`` when it gives the upstream's body.

    ``alone`` says that not more than one of them goes into a body.
    """

    alone = False

    def __init__(self, adapter: Any, node: Any, whole: bool) -> None:
        name = node.get("name", "")
        self.unit = Unit(adapter["type"], adapter.get("namespace", ""), name)
        self.declared = {i["name"]: i for i in node.get("inputParameters") or []}
        self._known: set[str] = set()
        tools = adapter.get("tools") or []
        said = [
            i.get("required") for t in tools for i in t.get("inputParameters") or []
        ]
        #: Whether the tools mean the default of the format where they say nothing.
        self._formal = any(one is False for one in said)
        if whole:
            self.body: Any = {"whole": ["é", sum(map(ord, name))]}
            self.unit.arguments["body"] = self.body
        else:
            self.body = ABSENT

    def forget(self, names: set[str]) -> None:
        """Leave out the inputs of these names, which are in lower case."""
        kept = {k: v for k, v in self.declared.items() if k.lower() not in names}
        self.declared = kept

    def must(self, name: str, wanted: Input) -> bool:
        """Whether the tool itself asks for the input, which ``wanted`` is fed with."""
        key = alike(name, self.declared)
        if key is None:
            return False
        self._known.add(key)
        declared = self.declared[key]
        silent = self._formal or wanted.required or not wanted.told
        return declared.get("required", silent) is True

    def give(self, name: str, wanted: Input, number: int, place: str) -> Any:
        """The value of the input ``name``, which ``wanted`` is fed with."""
        key = alike(name, self.declared) or name
        return self.unit.arguments.setdefault(key, example(wanted, number))

    def finish(self) -> None:
        """Give what is asked for and feeds nothing."""
        for number, (name, item) in enumerate(self.declared.items()):
            unused = Input(name, "", item.get("type", "string"))
            known = name in self._known or name in self.unit.arguments
            if not known and self.must(name, unused):
                self.unit.arguments[name] = example(unused, number)


class RestCaller(Caller):
    """Gives values to the inputs of a route."""

    def __init__(self, adapter: Any, resource: Any, node: Any, whole: bool) -> None:
        super().__init__(adapter, node, whole)
        self._method = node.get("method", "GET")
        path = served((resource.get("path") or "/") + (node.get("path") or ""))
        self.unit.name, self.unit.path = f"{self._method} {path}", path
        self.unit.arguments.clear()
        if self._method in READING:
            self.body = ABSENT
        self.unit.body = self.body
        inherited = {i["name"]: i for i in resource.get("inputParameters") or []}
        self.declared = {**inherited, **self.declared}
        self._slots = PLACEHOLDER.findall(path)
        self._given: dict[str, Any] = {}
        self._members: dict[str, Any] = {}

    def must(self, name: str, wanted: Input) -> bool:
        """A route asks for what the upstream needs, and its path has what it has."""
        return alike(name, self._slots) is not None

    def give(self, name: str, wanted: Input, number: int, place: str) -> Any:
        """The value of the input ``name``, put where the route takes it from."""
        slot = alike(name, self._slots)
        known = alike(name, self.declared)
        key = slot or known or name
        if key not in self._given:
            said = self.declared[known].get("in", "") if known else ""
            place = self._place("path" if slot else place or said, wanted)
            value = example(wanted, number)
            # Outside of a body, whatever has no type is the text that it is.
            loose = place != "body" and wanted.type == "json"
            self._given[key] = as_text(value) if loose else value
            self._put(key, self._given[key], place)
        return self._given[key]

    def _place(self, place: str, wanted: Input) -> str:
        if not place and wanted.where in ("header", "query"):
            place = wanted.where
        if place not in ("path", "query", "header", "body"):
            whole = self.body is not ABSENT
            place = "query" if self._method in READING or whole else "body"
        return place

    def _put(self, key: str, value: Any, place: str) -> None:
        unit = self.unit
        if place == "path":
            self._fill(key, segment(value))
        elif place == "header":
            unit.headers[key] = as_text(value)
        elif place == "query":
            unit.query.append((key, as_text(value)))
        else:
            self._members[key] = value

    def _fill(self, slot: str, text: str) -> None:
        hole = r"\{\{?\s*" + re.escape(slot) + r"\s*\}?\}"
        self.unit.path = re.sub(hole, lambda _: text, self.unit.path)

    def finish(self) -> None:
        """Put the body together, and fill the places of the path that feed nothing."""
        if self.alone and list(self._members) == ["body"]:
            self.unit.body = self._members["body"]
        elif self._members:
            self.unit.body = self._members
        for slot in self._slots:
            self._fill(slot, "x")
