"""Lookup steps: rows of a table that an earlier step found."""

from __future__ import annotations

from dataclasses import dataclass

from naftiko_gen import ir

from .node import Node
from .step_values import Draft, StepValues


@dataclass(slots=True)
class Lookup:
    """A lookup step whose inputs are not all known yet."""

    name: str
    table: ir.Found
    match: str
    value: Draft
    members: tuple[str, ...]

    def finish(self, values: StepValues) -> ir.LookupStep:
        """The step, once all inputs are known."""
        value = values.finish(self.value)
        assert isinstance(value, ir.Given)
        wanted = f"{self.table.step} by {self.match}"
        index_ident, clash = values.scope.claim(wanted)
        if clash not in (None, wanted):
            index_ident, _ = values.scope.claim(f"{wanted} for {self.name}")
        return ir.LookupStep(
            name=self.name,
            ident=values.results[self.name],
            index_ident=index_ident,
            table=self.table,
            match=self.match,
            value=value,
            members=self.members,
        )


def read_lookup(node: Node, values: StepValues) -> Lookup | None:
    """The lookup at ``node``; None after a problem was reported."""
    index, written = node.child("index"), node.child("lookupValue")
    if not isinstance(index.value, str) or not isinstance(written.value, str):
        return None
    table = values.step(index, index.value, ())
    found = values.read(written, None, constant=True)
    if not isinstance(found, Draft):
        found = Draft((str(found),))
    values.feed(found, "string", False)
    members = node.child("outputParameters").value
    if table is None or not isinstance(members, list):
        return None
    names = tuple(dict.fromkeys(name for name in members if isinstance(name, str)))
    return Lookup(node.text("name"), table, node.text("match"), found, names)
