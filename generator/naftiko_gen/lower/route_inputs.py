"""Where the inputs of a route come from: path, query, header, cookie, or the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from naftiko_gen import ir
from naftiko_gen.names import alike

from .declared import idle_input
from .fixed_inputs import pattern_of, pick
from .node import Node
from .outputs import Outputs
from .wiring import Wiring

_WITHOUT_BODY = ("GET", "HEAD", "DELETE")


@dataclass(frozen=True, slots=True)
class RouteInputs:
    """Reads the inputs of the route at ``node``; what is faulty is reported."""

    node: Node
    runs: ir.Runnable
    wiring: Wiring
    declared: Mapping[str, Node]
    slots: Mapping[str, str]
    method: str
    outputs: Outputs
    name: str

    def read(self, parameter: ir.Parameter) -> ir.Input:
        """The input that feeds ``parameter``."""
        wanted = self.wiring.references.get(parameter.name, parameter.name)
        item = self.declared.get(wanted)
        found = self._placed(parameter, wanted, item)
        if item is None:
            return found
        pattern = pattern_of(item, parameter.type)
        names = (
            f"{wanted} of {self.name}",
            f"{self.runs.namespace} {wanted} of {self.name}",
        )
        place = pick(item, self.outputs, names)
        return replace(found, pattern=pattern, pick=place)

    def idle(self, item: Node) -> ir.Input:
        """An input that feeds nothing."""
        found = idle_input(item, item.text("in"))
        pattern = pattern_of(item, found.target.type)
        wanted = found.name
        slot = self._slot(wanted)
        if found.location == "path" and slot is None:
            _no_slot(item.child("name"), wanted)
        return replace(found, name=slot or wanted, pattern=pattern)

    def body_member(self) -> str | None:
        """The member of the request's body that is the upstream's; None for all of it."""
        place = self.wiring.places.get("body", "")
        if self.wiring.body is None or place in ("", "body"):
            return self.wiring.body if place else None
        self.node.child("with").child("body").error(
            "E336",
            f"a {place} carries a text, and the body of a request is a document",
            hint="write `rest.body`, or `rest.body.` and the name of a member",
        )
        return None

    def _placed(
        self, parameter: ir.Parameter, wanted: str, item: Node | None
    ) -> ir.Input:
        node, wiring = self.node, self.wiring
        description = item.text("description") if item is not None else ""
        referred = wiring.places.get(parameter.name)
        place = referred or (item.text("in") if item else "")
        slot = self._slot(wanted)
        if slot is not None and place in ("", "path"):
            return ir.Input(slot, "path", parameter, description)
        if place == "path":
            where = node.child("with").child(parameter.name)
            if item is not None and not referred:
                where = item.child("name")
            _no_slot(where, wanted)
            return ir.Input(wanted, "path", parameter, description)
        place = place or self._usual_place(parameter)
        if place == "body":
            whole = self._is_whole(parameter, wanted)
            if whole:
                return ir.Input("body", "document", parameter, description)
            return ir.Input(wanted, "body", parameter, description)
        if place == "header":
            return ir.Input(wanted, "header", parameter, description)
        if place == "cookie" and (item is not None or referred):
            return ir.Input(wanted, "cookie", parameter, description)
        if place == "path" and self.method not in _WITHOUT_BODY:
            node.error(
                "E213",
                f"nothing supplies `{parameter.name}`, which the path of the upstream needs",
                hint=f"write {{{wanted}}} in the path of the resource",
            )
        return ir.Input(wanted, "query", parameter, description)

    def _slot(self, wanted: str) -> str | None:
        """The placeholder that is meant: of this name, or nearly if no input has its name."""
        if wanted in self.slots:
            return self.slots[wanted]
        named = {self.wiring.references.get(p.name, p.name) for p in self.runs.inputs}
        near = [s for s in self.slots if alike(s, wanted) and s not in named]
        return self.slots[near[0]] if len(near) == 1 else None

    def _usual_place(self, parameter: ir.Parameter) -> str:
        """Where an input is taken from when nothing says so."""
        if parameter.location in ("field", "variable"):
            return "query" if self.method in _WITHOUT_BODY else "body"
        return parameter.location

    def _is_whole(self, parameter: ir.Parameter, wanted: str) -> bool:
        """Whether the input is the whole body of the request."""
        if self.runs.body is not None or parameter.location == "field":
            return False
        if self.wiring.places.get(parameter.name):
            return False
        item = self.declared.get(wanted)
        if item is not None and item.has("value"):
            return False
        feeds_all = isinstance(self.runs, ir.Operation) and parameter.name == "body"
        if wanted != "body" and not feeds_all:
            return False
        others = (item for name, item in self.declared.items() if name != wanted)
        if any(item.text("in") == "body" for item in others):
            return False
        rest = (p for p in self.runs.inputs if p.name != parameter.name)
        return not any(self._is_member(p) for p in rest)

    def _is_member(self, parameter: ir.Parameter) -> bool:
        """Whether the input that feeds ``parameter`` is a member of the request's body."""
        if parameter.name in self.wiring.constants:
            return False
        wanted = self.wiring.references.get(parameter.name, parameter.name)
        item = self.declared.get(wanted)
        place = self.wiring.places.get(parameter.name) or (
            item.text("in") if item else ""
        )
        if not place and self._slot(wanted) is None:
            place = self._usual_place(parameter)
        return place == "body"


def with_idle(route: ir.Route, item: ir.Input) -> ir.Route:
    """``route`` with an input that it only checks."""
    if item.location == "path" and f"{{{item.name}}}" not in route.path:
        return route
    return replace(route, inputs=(*route.inputs, item))


def _no_slot(where: Node, wanted: str) -> None:
    where.error(
        "E210",
        f"the path has no placeholder for the input `{wanted}`",
        hint=f"write {{{wanted}}} where it belongs in the path of the resource",
    )
