"""Overlay documents: the OpenAPI Overlay Specification 1.0, read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from naftiko_gen.diagnostics import Report, closest
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath, Source, read

if TYPE_CHECKING:
    from jsonpath import JSONPath

_VERSION = re.compile(r"1\.0\.\d+")


@dataclass(frozen=True, slots=True)
class Action:
    """One change: merge ``update`` into every node that ``query`` selects, or remove it."""

    path: NodePath
    target: str
    query: JSONPath
    update: JsonValue
    remove: bool
    description: str

    def summary(self, count: int) -> str:
        """One sentence that says what was done to ``count`` nodes."""
        verb = "removed" if self.remove else "updated"
        places = "1 place" if count == 1 else f"{count} places"
        note = f": {' '.join(self.description.split())}" if self.description else ""
        return f"{verb} {places} at {self.target}{note}"


@dataclass(frozen=True, slots=True)
class OverlayDocument:
    """A valid overlay and the file it stands in."""

    source: Source
    actions: tuple[Action, ...]


def read_document(file: str, report: Report) -> OverlayDocument | None:
    """Read the overlay in ``file``; None after reporting why it is not usable.

    Every problem of the document is reported as E401 at its place, what is wrong with
    the file or its YAML by the reader's own codes.
    """
    source = read(file, report)
    return None if source is None else document_of(source, report)


def document_of(source: Source, report: Report) -> OverlayDocument | None:
    """The overlay that ``source`` is; None after reporting why it is none."""
    checker = _Checker(source, report)
    actions = checker.document()
    return None if checker.failed else OverlayDocument(source, actions)


class _Checker:
    """One pass over a document that collects its actions and reports what is wrong."""

    def __init__(self, source: Source, report: Report) -> None:
        self.source = source
        self.report = report
        self.failed = False

    def problem(
        self, path: NodePath, message: str, hint: str | None = None, key: bool = False
    ) -> None:
        self.failed = True
        self.report.add("E401", message, self.source.span(path, key=key), hint)

    def fields(self, value: JsonObject, path: NodePath, known: tuple[str, ...]) -> None:
        for name in value:
            if name not in known and not name.startswith("x-"):
                near = closest(name, known)
                hint = (
                    f"did you mean `{near}`?" if near else f"known: {', '.join(known)}"
                )
                message = f"an overlay has no field `{name}` here"
                self.problem((*path, name), message, hint, key=True)

    def text(self, value: JsonObject, path: NodePath, name: str, required: bool) -> str:
        found = value.get(name)
        if isinstance(found, str):
            return found
        if name in value:
            self.problem((*path, name), f"`{name}` must be text", "put it in quotes")
        elif required:
            self.problem(path, f"`{name}` is missing")
        return ""

    def document(self) -> tuple[Action, ...]:
        root = self.source.data
        if not isinstance(root, dict):
            self.problem((), "an overlay must be a mapping")
            return ()
        self.fields(root, (), ("overlay", "info", "extends", "actions"))
        version = self.text(root, (), "overlay", True)
        if version and not _VERSION.fullmatch(version):
            message = f"version {version} of the Overlay Specification is not known"
            self.problem(("overlay",), message, "write `overlay: 1.0.0`")
        self.text(root, (), "extends", False)
        info = root.get("info")
        if isinstance(info, dict):
            self.fields(info, ("info",), ("title", "version"))
            self.text(info, ("info",), "title", True)
            self.text(info, ("info",), "version", True)
        else:
            self.problem(
                ("info",), "`info` must be a mapping with a title and a version"
            )
        actions = root.get("actions")
        if not isinstance(actions, list) or not actions:
            self.problem(
                ("actions",), "`actions` must be a list with at least one action"
            )
            return ()
        found = (self.action(item, index) for index, item in enumerate(actions))
        return tuple(action for action in found if action is not None)

    def action(self, value: JsonValue, index: int) -> Action | None:
        path: NodePath = ("actions", index)
        if not isinstance(value, dict):
            self.problem(path, "an action must be a mapping with a target")
            return None
        self.fields(value, path, ("target", "description", "update", "remove"))
        description = self.text(value, path, "description", False)
        remove = value.get("remove", False)
        if not isinstance(remove, bool):
            self.problem((*path, "remove"), "`remove` must be true or false")
        elif not remove and "update" not in value:
            self.problem(path, "an action needs `update`, or `remove: true`")
        target = self.text(value, path, "target", True)
        query = self.query(target, (*path, "target")) if target else None
        if query is None:
            return None
        update = value.get("update")
        return Action(path, target, query, update, remove is True, description)

    def query(self, target: str, path: NodePath) -> JSONPath | None:
        # Imported here because most builds have no overlay document.
        from jsonpath import JSONPath, JSONPathError, compile

        try:
            query = compile(target, strict=True)
        except (JSONPathError, RecursionError) as error:
            reason = str(error).partition("\n")[0]
            message = f"the target is not a JSONPath of RFC 9535: {reason}"
            self.problem(path, message)
            return None
        # Strict syntax has no `|` and `&` between queries, so there is no other kind.
        assert isinstance(query, JSONPath)
        return query
