"""The lines of one flow: each step a call, its result a variable."""

from __future__ import annotations

from collections.abc import Mapping

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
    literal,
    statement,
)

from . import calls, values

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
    """The lines of a function, and the helpers that they use.

    ``observed`` are the numbers of the steps, from 0, when they are observed.
    """

    observed: Mapping[str, int] | None = None

    def __init__(self, helpers: set[str]) -> None:
        self.lines: list[Code] = []
        self._helpers = helpers
        self._depth = 1
        self._indexes: set[str] = set()
        self._found_or_not: set[str] = set()
        self._read: set[str] = set()

    def helper(self, name: str) -> Code:
        """A helper, which is then imported."""
        self._helpers.add(name)
        return ident(name)

    def use(self, module: str) -> None:
        """A module, which is then imported."""
        self._helpers.add(module)

    def steps(self, work: ir.Steps) -> None:
        """All steps, and the answer."""
        self._read = {target.value.step for target in work.targets}
        self._read |= {name for step in work.steps for name in step.needs}
        self.lines.append(code("try:"))
        starts = work.starts
        if starts:
            self.helper("Started")
            self._put(code("async with Started() as started:"))
            self._depth += 1
        calls = work.calls
        for turn, step in enumerate(work.steps):
            for other in calls:
                if starts.get(other.name) == turn:
                    self._start(other)
            if isinstance(step, ir.LookupStep):
                self._lookup(step)
            elif isinstance(step, ir.ScriptStep):
                self._script(step)
            else:
                place = (calls.index(step) + 1, len(calls))
                self._call(step, place, early=step.name in starts)
        self._answer(work)
        self.helper("StepFailed")
        self.lines.append(code("except StepFailed as failed:"))
        self.lines.append(code("    return failed.reply"))

    @property
    def _indent(self) -> int:
        return 4 + 4 * self._depth

    def _put(self, line: Code) -> None:
        self.lines.append(joined(*[_MARGIN] * self._depth, line))

    def _assign(self, name: str, value: Value) -> None:
        self._put(statement(joined(ident(name), code(" =")), value, self._indent))

    def _start(self, step: ir.CallStep) -> None:
        made = self.operation(step)
        make = Call(
            joined(code("lambda: "), made.function), made.arguments, made.keywords
        )
        self._assign(step.call_ident, Call(code("started.call"), (make,)))

    def _call(self, step: ir.CallStep, place: tuple[int, int], *, early: bool) -> None:
        call_of = ident(step.call_ident) if early else self.operation(step)
        made = Call(self.helper("step"), (step.name, call_of, *place))
        if not (place[0] == place[1] or step.read):
            head = joined(code("await "), made.function)
            self._put(call(head, made.arguments, indent=self._indent))
            return
        self._put(statement(code("reply = await"), made, self._indent))
        if step.read:
            result: Value = Call(self.helper("found"), (step.name, code("reply")))
            if step.projection is not None:
                self._helpers.add("mappings")
                mapping = dotted("mappings", step.projection.ident)
                result = Call(self.helper("projected"), (result, mapping))
            self._assign(step.ident, result)

    def _lookup(self, step: ir.LookupStep) -> None:
        if self.observed is None:
            self._look_up(step)
            return
        numbered = (self.observed[step.name], step.match)
        span = Call(self.helper("observed_lookup"), numbered)
        shown = literal(span, self._indent, "with ", ":")
        self._put(joined(code("with "), shown, code(":")))
        self._depth += 1
        self._look_up(step)
        self._depth -= 1

    def _look_up(self, step: ir.LookupStep) -> None:
        if step.index_ident not in self._indexes:
            self._indexes.add(step.index_ident)
            rows = (self.result(step.table), step.match)
            self._assign(step.index_ident, Call(self.helper("index_of"), rows))
        value, _ = self.value(step.name, step.value, "json")
        arguments = (ident(step.index_ident), value, *step.members)
        if step.name in self._read:
            self._assign(step.ident, Call(self.helper("look_up"), arguments))
        else:
            self._put(call(self.helper("look_up"), arguments, indent=self._indent))
        self._found_or_not.add(step.name)

    def _script(self, step: ir.ScriptStep) -> None:
        context = {
            name: (
                self.value(step.name, given, "json")[0]
                if isinstance(given, ir.Given)
                else given
            )
            for name, given in step.context
        }
        files = tuple(path for path, _ in step.files)
        made = Call(
            self.helper("script"),
            (step.name, step.language, files, context),
            (("seconds", step.seconds), ("statements", step.statements)),
        )
        if self.observed is not None:
            numbered = (self.observed[step.name], files[-1], step.language, made)
            made = Call(self.helper("observed_script"), numbered)
        name = joined(ident(step.ident), code(" = "))
        read = step.name in self._read
        head = joined(name if read else code(""), code("await"))
        self._put(statement(head, made, self._indent))
        self._found_or_not.add(step.name)

    def operation(self, step: ir.CallStep) -> Call:
        """The call of a step."""
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
        made = Call(function, (upstream,), tuple(keywords))
        if self.observed is None:
            return made
        number, called = self.observed[step.name], operation.name
        namespace = operation.namespace
        arguments = (number, f"{namespace}.{called}", namespace, made)
        return Call(self.helper("observed_call"), arguments)

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
        value, certain = self.value(step.name, given, kind)
        if certain or not required or kind == "json":
            return value
        return Call(self.helper("needed"), (step.name, name, value))

    def value(self, step: str, given: ir.Given, kind: ir.Scalar) -> tuple[Value, bool]:
        """The value for a step as an expression of the type ``kind``, and whether it is never None."""
        if len(given.parts) == 1:
            return self._converted(step, given.parts[0], kind)
        certain = all(isinstance(p, str) or _certain(p) for p in given.parts)
        helper = self.helper("concat" if certain else "concat_given")
        return Call(helper, tuple(self._part(p) for p in given.parts)), certain

    def _converted(
        self,
        step: str,
        part: str | ir.Variable | ir.Credential | ir.Found,
        kind: ir.Scalar,
    ) -> tuple[Value, bool]:
        own = _type(part)
        value = self._part(part)
        if kind in ("json", own):
            return value, _certain(part)
        safe = kind == "string" and own in _SCALARS and _certain(part)
        if safe:
            return Call(self.helper("concat"), (value,)), True
        # What a caller gave is the caller's fault, what a step found the upstream's.
        status = (400,) if isinstance(part, ir.Variable) else ()
        return Call(self.helper(_AS[kind]), (step, value, *status)), False

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
        self._assign("answer", made)
        self.helper("answered")
        other = code("reply")
        if not work.calls:
            other = joined(self.helper("nothing"), code("()"))
        self._put(
            joined(
                code("return "), other, code(" if answer is None else answered(answer)")
            )
        )

    def _target(self, target: ir.Target) -> Value:
        value = target.value
        if not value.path and value.step in self._found_or_not:
            return Call(self.helper("stored"), (ident(value.ident),))
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
