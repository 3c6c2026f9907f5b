"""A place in the document: its value, its children, and where it stands in the file.

Lowering runs even when the schema check has found errors, so that references are reported in the
same run. Every accessor is therefore total: what has the wrong shape reads as absent, because the
schema check has already said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from naftiko_gen.diagnostics import Remedy, Report, Span
from naftiko_gen.source import NodePath, Source


@dataclass(frozen=True, slots=True)
class Node:
    """The value at ``path`` of ``source``; problems found there go to ``report``."""

    source: Source
    report: Report
    path: NodePath
    value: Any

    def child(self, key: str | int) -> Node:
        """The member or item ``key``; its value is None when there is none."""
        value: Any = None
        if isinstance(self.value, dict) and isinstance(key, str):
            value = self.value.get(key)
        elif (
            isinstance(self.value, list)
            and isinstance(key, int)
            and key < len(self.value)
        ):
            value = self.value[key]
        return Node(self.source, self.report, (*self.path, key), value)

    def has(self, key: str) -> bool:
        """Whether the member ``key`` is written (even as null)."""
        return isinstance(self.value, dict) and key in self.value

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of the list at ``key`` that are mappings."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        if not isinstance(found, list):
            return ()
        source, report, path = self.source, self.report, (*self.path, key)
        return tuple(
            Node(source, report, (*path, index), item)
            for index, item in enumerate(found)
            if isinstance(item, dict)
        )

    def members(self, key: str) -> tuple[tuple[str, Node], ...]:
        """The members of the mapping at ``key``, in document order."""
        found = self.child(key)
        if not isinstance(found.value, dict):
            return ()
        return tuple((name, found.child(name)) for name in found.value)

    def text(self, key: str, default: str = "") -> str:
        """The text at ``key``; ``default`` when it is absent or no text."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, str) else default

    def flag(self, key: str) -> bool | None:
        """The boolean at ``key``, or None."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return value if isinstance(value, bool) else None

    def span(self, key: str | int | None = None) -> Span:
        """Where the value (or the member ``key``'s value) stands."""
        return self.source.span(self.path if key is None else (*self.path, key))

    def key_span(self, key: str) -> Span:
        """Where the key ``key`` itself stands."""
        return self.source.span((*self.path, key), key=True)

    def imported_from(self) -> str | None:
        """The file that this value is written in, when the spec imports it from there."""
        home = self.source.home(self.path)
        return None if home == self.source.file else home

    def folder(self) -> str:
        """The folder of the file that this value is written in, from that of the spec."""
        home = self.source.inputs.get(self.source.home(self.path))
        return "" if home is None else home.folder

    def laid_over(self) -> bool:
        """Whether this value stands in an overlay, and not in the file."""
        return not self.source.text_at(self.source.origin(self.path))

    def error(
        self,
        code: str,
        message: str,
        *,
        at: str | None = None,
        hint: str | None = None,
        remedy: Remedy | None = None,
    ) -> None:
        """Report ``message`` here, or at the member ``at``."""
        self.report.add(code, message, self.span(at), hint, remedy=remedy)

    def flawed(self) -> bool:
        """Whether the schema check has found a fault in this value or in its keys.

        What is then missing here is explained by that fault, and not reported again.
        """
        if self.report.ok:
            return False
        keys = self.value if isinstance(self.value, dict) else ()
        faulty = self.report.faulty
        return faulty(self.span()) or any(faulty(self.key_span(key)) for key in keys)

    def unsupported(self, key: str, what: str) -> None:
        """Report that ``key`` is written although its construct cannot be compiled yet."""
        span = self.key_span(key)
        if self.report.faulty(span) or self.report.faulty(self.span(key)):
            return
        self.report.add(
            "E301",
            f"{what} cannot be compiled yet",
            span,
            "nothing was written: a package never has a hole where a construct should be",
        )


def line_of(first: Span, here: Span) -> str:
    """How a message at ``here`` names an earlier place: its line, and its file if another."""
    line = f"line {first.start.line}"
    return line if first.file == here.file else f"{line} of {first.file}"


def clash_error(node: Node, key: str, name: str, other: str) -> None:
    """Report that two names of the document cannot be told apart in Python."""
    node.error(
        "E212",
        f"`{name}` and `{other}` become the same Python identifier",
        at=key,
        hint="rename one: names that differ only in case or punctuation cannot both be emitted",
    )
