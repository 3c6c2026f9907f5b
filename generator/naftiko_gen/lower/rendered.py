"""Templates in the outputs of routes, tools and functions: what callers send, told again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.diagnostics import closest
from naftiko_gen.flow_answers import EXAMPLES
from naftiko_gen.names import Scope
from naftiko_gen.pattern_samples import sample

from . import references, scopes
from .declared import sources
from .fixed_inputs import fixed_values
from .input_types import SCALARS
from .node import Node
from .templates import Settings, pieces
from .wiring import Wiring

_KINDS = ("string", "number", "boolean")


@dataclass(slots=True)
class Templates:
    """Reads the templates of the outputs of one unit.

    ``wiring`` says what its inputs feed; inputs that feed nothing else are added to it.
    """

    namespace: str
    runs: ir.Runnable
    wiring: Wiring
    declared: Mapping[str, Node]
    settings: Settings
    _extras: dict[str, ir.Parameter] = field(default_factory=dict)
    _spent: set[str] = field(default_factory=set)

    def read(self, node: Node) -> m.Rendered | None:
        """The output at ``node``; None after a problem was reported."""
        kind = node.text("type")
        if kind not in _KINDS:
            node.error(
                "E218",
                f"a template makes a text, and the output is of type `{kind}`",
                at="value",
                hint="give its parts templates of their own",
            )
            return None
        parts: list[str | ir.Variable | ir.Credential] = []
        for piece in pieces(node.child("value"), node.text("value")):
            part = piece if isinstance(piece, str) else self._part(node, piece.name)
            if part is None:
                return None
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
        text = "".join(self._example(part) for part in parts)
        return m.Rendered(ir.Text(tuple(parts)), SCALARS[kind], _said(text, kind))

    def _part(self, node: Node, written: str) -> str | ir.Variable | None:
        split = references.split(written)
        name = written
        if split is not None and split[0] in references.prefixes(self.namespace):
            name, _ = references.place(split[1])
        fixed = fixed_values(self.declared)
        if name in fixed:
            self._spent.add(name)
            return fixed[name]
        known = dict(reversed(sources(self.runs, self.wiring)))
        found = known.get(name) or self._extras.get(name) or self._extra(name)
        if found is not None:
            return ir.Variable(name, found.ident, found.type, False)
        self._unknown(node, name, list(known))
        return None

    def _extra(self, name: str) -> ir.Parameter | None:
        """An input that feeds nothing else."""
        item = self.declared.get(name)
        if item is None or isinstance(self.runs, ir.Flow):
            return None
        idents = [p.ident for p in (*self.runs.inputs, *self.wiring.extras)]
        idents += [p.ident for p in self._extras.values()]
        ident, _ = Scope((*scopes.PARAMETERS, *idents)).claim(name)
        kind = SCALARS.get(item.text("type"), "string")
        found = ir.Parameter(name, ident, "variable", kind, False, {"type": kind})
        self._extras[name] = found
        return found

    def _unknown(self, node: Node, name: str, known: list[str]) -> None:
        if self.settings.find(node.child("value"), name) is not None:
            node.error(
                "E240",
                "a setting in an answer would be shown to every caller",
                at="value",
                hint="write what may be public as it is",
            )
            return
        names = [*known, *self.declared]
        near = closest(name, names)
        listed = ", ".join(dict.fromkeys(names)) or "none"
        node.error(
            "E203",
            f"there is no input `{name}`",
            at="value",
            hint=f"did you mean `{near}`?" if near else f"known: {listed}",
        )

    def _example(self, part: str | ir.Variable | ir.Credential) -> str:
        if not isinstance(part, ir.Variable):
            return part if isinstance(part, str) else ""
        item = self.declared.get(part.name)
        pattern = "" if item is None else item.text("pattern")
        if pattern and part.type == "string":
            return sample(pattern) or ""
        value = EXAMPLES[part.type]
        if isinstance(value, str):
            return value
        return json.dumps(value, separators=(",", ":"))

    def wired(self) -> Wiring:
        """The wiring, with the inputs that only outputs use."""
        return replace(
            self.wiring,
            extras=(*self.wiring.extras, *self._extras.values()),
            spent=self.wiring.spent | self._spent,
        )


def _said(text: str, kind: str) -> m.JsonValue:
    if kind == "string":
        return text
    try:
        value: m.JsonValue = json.loads(text)
    except ValueError:
        return None
    boolean = isinstance(value, bool)
    fits = boolean if kind == "boolean" else isinstance(value, int | float)
    return value if fits and boolean == (kind == "boolean") else None
