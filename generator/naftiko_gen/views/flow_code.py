"""The lines of one flow: each step a call, its result a variable."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    call,
    code,
    dotted,
    ident,
    joined,
    statement,
)

from . import calls, values

_INDENT = 8
_MARGIN = code("    ")
_AS: dict[ir.Scalar, str] = {
    "string": "as_text",
    "integer": "as_integer",
    "number": "as_number",
    "boolean": "as_boolean",
    "array": "as_list",
    "object": "as_object",
}
_SCALARS = ("string", "integer", "number", "boolean")


class Writer:
    """The lines of a function, and the helpers that they use."""

    def __init__(self, helpers: set[str]) -> None:
        self.lines: list[Code] = []
        self._helpers = helpers

    def helper(self, name: str) -> Code:
        """A helper, which is then imported."""
        self._helpers.add(name)
        return ident(name)

    def steps(self, work: ir.Steps) -> None:
        """All steps, and the answer."""
        self.lines.append(code("try:"))
        last = work.calls[-1]
        for step in work.steps:
            self._call(step, kept=step is last)
        self._answer(work)
        self.helper("StepFailed")
        self.lines.append(code("except StepFailed as failed:"))
        self.lines.append(code("    return failed.reply"))

    def _put(self, line: Code) -> None:
        self.lines.append(joined(_MARGIN, line))

    def _call(self, step: ir.CallStep, *, kept: bool) -> None:
        made = Call(self.helper("step"), (step.name, self._operation(step)))
        if not (kept or step.read):
            head = joined(code("await "), made.function)
            self._put(call(head, made.arguments, indent=_INDENT))
            return
        self._put(statement(code("reply = await"), made, _INDENT))
        if step.read:
            result: Value = Call(self.helper("found"), (step.name, code("reply")))
            if step.projection is not None:
                self._helpers.add("mappings")
                mapping = dotted("mappings", step.projection.ident)
                result = Call(self.helper("projected"), (result, mapping))
            head = joined(ident(step.ident), code(" ="))
            self._put(statement(head, result, _INDENT))

    def _operation(self, step: ir.CallStep) -> Call:
        operation = step.operation
        self._helpers.add("operations")
        keywords: list[tuple[str, Value]] = []
        if operation.settings:
            keywords.append(("settings", values.OF_CONTEXT))
        for parameter, argument in step.arguments:
            value = self._argument(step, parameter, argument)
            keywords.append((parameter.ident, value))
        if operation.body is not None and step.body is not None:
            required = operation.body.required
            body = self._given(step, "body", step.body, "object", required)
            keywords.append(("body", body))
        function = dotted("operations", operation.ident)
        upstream = dotted("context", operation.upstream_ident)
        return Call(function, (upstream,), tuple(keywords))

    def _argument(
        self, step: ir.CallStep, parameter: ir.Parameter, argument: ir.Argument
    ) -> Value:
        if isinstance(argument, ir.Given):
            needed = parameter.required
            return self._given(step, parameter.name, argument, parameter.type, needed)
        if isinstance(argument, str):
            return calls.typed(parameter, argument)
        return argument

    def _given(
        self,
        step: ir.CallStep,
        name: str,
        given: ir.Given,
        kind: ir.Scalar,
        required: bool,
    ) -> Value:
        value, certain = self.value(given, kind)
        if certain or not required or kind == "json":
            return value
        return Call(self.helper("needed"), (step.name, name, value))

    def value(self, given: ir.Given, kind: ir.Scalar) -> tuple[Value, bool]:
        """The value as an expression of the type ``kind``, and whether it is never None."""
        if len(given.parts) == 1:
            return self._converted(given.parts[0], kind)
        certain = all(isinstance(p, str) or _certain(p) for p in given.parts)
        helper = self.helper("concat" if certain else "concat_given")
        return Call(helper, tuple(self._part(p) for p in given.parts)), certain

    def _converted(
        self, part: str | ir.Variable | ir.Credential | ir.Found, kind: ir.Scalar
    ) -> tuple[Value, bool]:
        own = _type(part)
        value = self._part(part)
        if kind in ("json", own):
            return value, _certain(part)
        safe = kind == "string" and own in _SCALARS and _certain(part)
        if safe:
            return Call(self.helper("concat"), (value,)), True
        return Call(self.helper(_AS[kind]), (value,)), False

    def _part(self, part: str | ir.Variable | ir.Credential | ir.Found) -> Value:
        if not isinstance(part, ir.Found):
            if isinstance(part, ir.Credential) and not part.required:
                self._helpers.add("revealed")
            return values.part(part, values.OF_CONTEXT)
        return self.result(part) if not part.path else self._within(part)

    def result(self, part: ir.Found) -> Code:
        """The variable of a step's result."""
        return ident(part.ident)

    def _within(self, part: ir.Found) -> Value:
        return Call(self.helper("within"), (ident(part.ident), *part.path))

    def _answer(self, work: ir.Steps) -> None:
        if not work.targets:
            self._put(code("return reply"))
            return
        items = tuple((target.path, self._target(target)) for target in work.targets)
        made = Call(self.helper("targets"), items)
        self._put(statement(code("answer ="), made, _INDENT))
        self.helper("answered")
        self._put(code("return reply if answer is None else answered(answer)"))

    def _target(self, target: ir.Target) -> Value:
        value = target.value
        if not value.path:
            return ident(value.ident)
        return Call(self.helper("at"), (ident(value.ident), *value.path))


def _type(part: str | ir.Variable | ir.Credential | ir.Found) -> ir.Scalar:
    if isinstance(part, ir.Variable):
        return part.type
    return "json" if isinstance(part, ir.Found) else "string"


def _certain(part: str | ir.Variable | ir.Credential | ir.Found) -> bool:
    """Whether the part always has a value."""
    if isinstance(part, ir.Variable | ir.Credential):
        return part.required
    return isinstance(part, str)
