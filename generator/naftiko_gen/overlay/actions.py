"""Overlay actions, applied to a document in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonValue
from naftiko_gen.source import Source

from .document import Action
from .tree import Mismatch, clone, merge, shape

if TYPE_CHECKING:
    from jsonpath import JSONPathMatch


def apply_action(
    data: JsonValue, action: Action, overlay: Source, report: Report
) -> int:
    """Apply ``action`` to ``data`` in place; the number of nodes that it changed.

    A target that selects nothing is an error here (E402), although the specification lets
    it pass: an overlay that has lost its target is a setting that silently vanished.
    E403 is a change that the selected node does not allow.
    """
    matches = {
        match.parts: match
        for match in action.query.finditer(cast(dict[str, object], data))
    }
    span = overlay.span((*action.path, "target"))
    if not matches:
        hint = (
            "names are case-sensitive, earlier overlays and actions come first, and a "
            "list is entered with [*] or a filter such as [?@.name == 'x']"
        )
        report.add("E402", f"the target {action.target} selects nothing", span, hint)
        return 0
    try:
        if action.remove:
            _remove(list(matches.values()))
        else:
            for match in matches.values():
                _update(match, action.update)
    except Mismatch as problem:
        where = "".join(f"/{key}" for key in problem.keys)
        place = f"`{where}` below the target" if where else "the target"
        report.add(
            "E403",
            f"{place} is {problem.existing}, which {problem.given} cannot change",
            span,
            "to replace a node by one of another kind, remove it first",
        )
        return 0
    return len(matches)


def _update(match: JSONPathMatch, update: JsonValue) -> None:
    selected = cast(JsonValue, match.obj)
    if isinstance(selected, list):
        # Specification 1.0: the value is one entry, also when it is an array itself.
        selected.append(clone(update))
    elif shape(selected) != shape(update):
        raise Mismatch((), shape(selected), shape(update))
    elif isinstance(selected, dict) and isinstance(update, dict):
        merge(selected, update)
    else:
        _container(match)[match.parts[-1]] = update


def _remove(matches: list[JSONPathMatch]) -> None:
    if any(match.parent is None for match in matches):
        raise Mismatch((), "the whole document", "a removal")

    # Deepest first and last item first, so that no removal moves the next one's place.
    def order(match: JSONPathMatch) -> tuple[int, int]:
        last = match.parts[-1]
        return len(match.parts), last if isinstance(last, int) else 0

    for match in sorted(matches, key=order, reverse=True):
        del _container(match)[match.parts[-1]]


def _container(match: JSONPathMatch) -> dict[str | int, JsonValue]:
    # A list answers to the same two operations, by its integer keys.
    assert match.parent is not None
    return cast(dict[str | int, JsonValue], match.parent.obj)
