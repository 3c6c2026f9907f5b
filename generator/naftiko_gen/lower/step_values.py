"""What steps take: inputs of the callers, settings, constants, and what earlier steps found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest
from naftiko_gen.names import Scope, alike

from . import references, scopes
from .constants import check_constant
from .fixed_inputs import fixed_values
from .input_types import SCALARS
from .node import Node
from .step_drafts import Draft as Draft
from .step_drafts import Piece
from .step_drafts import Wanted as _Input
from .templates import Named, Settings, pieces


@dataclass(slots=True)
class StepValues:
    """Reads the values of the steps of one flow.

    ``declared`` are its inputs and ``aliases`` the values of its own ``with``, by name;
    ``results`` are the variables of the steps that have run, ``coming`` the other steps.
    """

    namespace: str
    settings: Settings
    declared: Mapping[str, Node]
    always: frozenset[str] = frozenset()
    aliases: dict[str, Draft] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    results: dict[str, str] = field(default_factory=dict)
    coming: list[str] = field(default_factory=list)
    scope: Scope = field(default_factory=lambda: Scope(scopes.FLOW_LOCALS))
    _inputs: dict[str, _Input] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, text in fixed_values(self.declared).items():
            self.aliases[name] = Draft((text,))
            self.used.add(name)
        for name, item in self.declared.items():
            if name in self.aliases:
                continue
            known = self._input(name, SCALARS.get(item.text("type"), "string"))
            known.required = name in self.always
            known.description = item.text("description")

    def _input(self, name: str, kind: ir.Scalar | None = None) -> _Input:
        known = self._inputs.get(name)
        if known is None:
            ident, clash = self.scope.claim(name)
            if clash is not None:
                ident, _ = self.scope.claim(f"{name} input")
            known = self._inputs[name] = _Input(name, ident, kind, False, "")
        return known

    def read(
        self, value: Node, target: ir.Parameter | None, *, constant: bool = False
    ) -> ir.Argument | Draft:
        """The ``value`` that ``target`` (or the body) is given; what is faulty is reported.

        A ``constant`` may stand where there is no target.
        """
        text = value.value
        if not isinstance(text, str):
            return self._constant(value, text, target)
        found = self._dynamic(value, text)
        if found is None and constant:
            return text
        if found is None:
            return self._constant(value, text, target)
        if target is not None:
            self._check(value, found, target)
        return found

    def _dynamic(self, value: Node, text: str) -> Draft | None:
        """What ``text`` refers to; None for a text that is meant as it stands."""
        if text.startswith("$."):
            step, *path = text[2:].split(".")
            if step.partition("[")[0] in self.results and references.not_plain(text):
                value.report.add(
                    "E284", references.not_plain(text), value.span(), references.PLAIN
                )
                return Draft(())
            found = self.step(value, step, tuple(path), guess=False)
            return None if found is None else Draft((found,))
        if "{{" in text:
            parts = [self._piece(value, piece) for piece in pieces(value, text)]
            return Draft(tuple(part for group in parts for part in group))
        split = references.split(text)
        if split is None:
            return None
        prefixes = references.prefixes(self.namespace)
        prefix, name = split
        if prefix in prefixes:
            return self._caller(value, name)
        setting = self.settings.find(value, text.strip())
        if setting is not None:
            return Draft((setting,))
        near = closest(prefix, prefixes)
        if near is not None:
            value.report.add(
                "E203",
                f"`{prefix}` is not something that a value can be taken from",
                value.span(),
                f"did you mean `{near}.{name}`?",
            )
        return None

    def _piece(self, value: Node, piece: str | Named) -> tuple[Piece, ...]:
        if isinstance(piece, str):
            return (piece,)
        name = piece.name
        if name in self.aliases:
            self.used.add(name)
            return self.aliases[name].pieces
        if name in self.declared:
            return self.caller(name).pieces
        split = references.split(name)
        if split is not None and split[0] in references.prefixes(self.namespace):
            return self._caller(value, split[1]).pieces
        setting = self.settings.find(value, name)
        if setting is not None:
            return (setting,)
        step, *path = name.split(".")
        found = self.step(value, step, tuple(path), guess=bool(path))
        if found is not None:
            return (found,)
        if path or self.settings.unknown(value, name):
            return ()
        self._input(name)
        return (Named(name),)

    def caller(self, name: str) -> Draft:
        """The declared input ``name``."""
        return self.aliases.get(name) or Draft((Named(name),))

    def _caller(self, value: Node, written: str) -> Draft:
        """The input that a reference names, and the place that it is wanted from."""
        name, place = references.place(written)
        near = closest(name, self.declared)
        known = next((n for n in self.declared if n == name or alike(n, name)), None)
        if known is None and near is not None:
            value.report.add(
                "E203",
                f"there is no input `{name}`",
                value.span(),
                f"did you mean `{near}`?",
            )
        if known in self.aliases:
            return self.aliases[known]
        wanted = self._input(known or name)
        wanted.place = wanted.place or place
        return Draft((Named(wanted.name),))

    def step(
        self, value: Node, name: str, path: tuple[str, ...], *, guess: bool = True
    ) -> ir.Found | None:
        """What the step ``name`` found at ``path``; ``guess``: nothing else can be meant."""
        ident = self.results.get(name)
        if ident is not None:
            if "" in path:
                value.report.add(
                    "E284",
                    "the path has an empty name in it",
                    value.span(),
                    "write names with one dot between them: `$.step.member`",
                )
            return ir.Found(name, ident, path)
        if name in self.coming:
            value.report.add(
                "E283",
                f"the step `{name}` has not run where its result is used",
                value.span(),
                "steps run in the order in which they are written",
            )
            return None
        near = closest(name, [*self.results, *self.coming])
        if guess or near is not None:
            known = ", ".join(self.results) or "none before this one"
            value.report.add(
                "E281",
                f"there is no step `{name}`",
                value.span(),
                f"did you mean `{near}`?" if near else f"known: {known}",
            )
        return None

    def _constant(
        self, value: Node, written: object, target: ir.Parameter | None
    ) -> ir.Argument:
        if not isinstance(written, bool | int | float | str):
            return ""
        if target is None:
            value.report.add(
                "E203",
                "the request body must be a reference",
                value.span(),
                "write `rest.body`, `tools.body`, or `$.step.member`",
            )
            return ""
        if target.type == "json":
            return written
        text = str(written).lower() if isinstance(written, bool) else str(written)
        holder = Node(value.source, value.report, value.path[:-1], None)
        key = str(value.path[-1])
        check_constant(holder, key, key, target.type, target.location, text)
        return text

    def _check(self, value: Node, found: Draft, target: ir.Parameter) -> None:
        if len(found.pieces) != 1 and target.type not in ("string", "json"):
            value.report.add(
                "E218",
                f"`{target.name}` is of type `{target.type}`, and a template makes a text",
                value.span(),
                None,
            )

    def by_name(self, target: ir.Parameter) -> Draft | None:
        """What ``target`` gets when ``with`` says nothing of it: the value of its own name.

        One that it must have is an input, whether declared or not.
        """
        if target.name in self.aliases:
            self.used.add(target.name)
            return self.aliases[target.name]
        near = [name for name in self.declared if alike(name, target.name)]
        if near:
            return self.caller(target.name if target.name in near else near[0])
        if target.required:
            self._input(target.name)
            return Draft((Named(target.name),))
        return None

    def whole_body(self, required: bool) -> Draft | None:
        """The body when ``with`` says nothing of it: the input called ``body``."""
        if required or "body" in self.declared and "body" not in self.aliases:
            self._input("body", "object")
            return Draft((Named("body"),))
        return None

    def feed(
        self, argument: ir.Argument | Draft, kind: ir.Scalar, required: bool
    ) -> None:
        """Note what an input is for: its type, when it has none, and whether it is needed."""
        if not isinstance(argument, Draft):
            return
        for piece in argument.pieces:
            if isinstance(piece, Named):
                known = self._inputs[piece.name]
                if known.kind is None:
                    known.kind = kind if len(argument.pieces) == 1 else "string"
                known.required = known.required or required

    def finish(self, argument: ir.Argument | Draft) -> ir.Argument:
        """The argument with its inputs, once all are known."""
        if not isinstance(argument, Draft):
            return argument
        return ir.Given(
            tuple(
                self._variable(piece.name) if isinstance(piece, Named) else piece
                for piece in argument.pieces
            )
        )

    def _variable(self, name: str) -> ir.Variable:
        known = self._inputs[name]
        return ir.Variable(name, known.ident, known.kind or "string", known.required)

    def inputs(self) -> tuple[ir.Parameter, ...]:
        """The inputs of the flow: the declared ones, then what else the steps ask for."""
        return tuple(
            ir.Parameter(
                name=known.name,
                ident=known.ident,
                location="variable",
                type=known.kind or "string",
                required=known.required,
                schema={} if known.kind == "json" else {"type": known.kind or "string"},
            )
            for known in self._inputs.values()
        )

    def places(self) -> dict[str, str]:
        """Where inputs are wanted from, as references say."""
        return {name: known.place for name, known in self._inputs.items()}
