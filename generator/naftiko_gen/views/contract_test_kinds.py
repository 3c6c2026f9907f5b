"""The kinds of tests in ``tests/test_contract.py``, and the callers that they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, Value, assign, code

from . import guards
from .main import kind

if TYPE_CHECKING:
    from naftiko_gen.contexts.running import ContractTest

_SLOT = re.compile(r"\{[^{}]*\}")

#: The table, the name and the call of each kind of test, in this order.
_TESTS = (
    (
        code("OPERATIONS"),
        code("test_an_operation_makes_one_good_request"),
        code("run_operation(PACKAGE, case)"),
    ),
    (
        code("FORWARDS"),
        code("test_a_request_is_passed_on"),
        code("run_forward(PACKAGE, case)"),
    ),
    (
        code("ROUTES"),
        code("test_a_route_makes_one_good_request"),
        code("run_route(PACKAGE, case)"),
    ),
    (
        code("TOOLS"),
        code("test_a_tool_makes_one_good_request"),
        code("run_tool(PACKAGE, case)"),
    ),
    (
        code("RESOURCES"),
        code("test_a_resource_makes_one_good_request"),
        code("run_resource(PACKAGE, case)"),
    ),
    (
        code("PROMPTS"),
        code("test_a_prompt_gives_its_messages"),
        code("run_prompt(PACKAGE, case)"),
    ),
)
_PROMPTS = 5
#: The calls of these kinds on adapters that ask who calls.
_GUARDED = {
    1: code("run_forward(PACKAGE, case, CALLERS.get(case.adapter))"),
    2: code("run_route(PACKAGE, case, CALLERS.get(case.adapter))"),
}


def test_of(number: int, *, guarded: bool) -> ContractTest:
    """What the template prints for the kind of test with this number."""
    table, name, call = _TESTS[number]
    if guarded:
        call = _GUARDED.get(number, call)
    given = code("PromptCase") if number == _PROMPTS else code("Case")
    return {"table": table, "name": name, "call": call, "kind": given}


class Known:
    """What the cases of a capability look up in it."""

    def __init__(self, capability: ir.Capability) -> None:
        self.several = len(capability.upstreams) > 1
        self.errors = {u.namespace: u.errors for u in capability.upstreams}
        self.operations = {(o.namespace, o.name): o for o in capability.operations}
        self._paths: dict[tuple[str, str, str], str] = {}
        for operation in capability.operations:
            self._paths.setdefault(_shape(operation), operation.path)

    def path(self, operation: ir.Operation) -> str:
        """The path that a sandbox knows the operation's by, the first of those with its shape."""
        return self._paths.get(_shape(operation), operation.path)


def _shape(operation: ir.Operation) -> tuple[str, str, str]:
    return operation.namespace, operation.method, _SLOT.sub("{}", operation.path)


def case_of(known: Known, name: str, runs: ir.Runnable, **more: Value) -> Call:
    """A case: its name, the upstream requests that are made, and `more` of its fields."""
    operations = (runs,) if isinstance(runs, ir.Operation) else runs.operations
    # What calls nothing has no request either.
    requests = [(o.method, known.path(o)) for o in operations]
    requests = requests or [("", "")]
    upstreams: list[tuple[str, ...]] = [() for _ in requests]
    if known.several and operations:
        upstreams = [(o.namespace,) for o in operations]
        more = {"upstream": operations[0].namespace, **more}
    others = [
        (*request, *upstream)
        for request, upstream in zip(requests[1:], upstreams[1:], strict=True)
    ]
    if others:
        more = {"others": tuple(others), **more}
    return Call(code("Case"), (name, *requests[0]), tuple(more.items()))


def callers_of(capability: ir.Capability) -> tuple[Code, ...]:
    """Who may call the adapters that ask, and these adapters."""
    found: dict[str, Value] = {}
    adapters: list[Value] = []
    for adapter, access in guards.guarded(capability):
        fields = tuple(c.ident for c in access.credentials)
        if access.oauth is not None:
            fields = (access.oauth.issuer.ident,)
        more: tuple[Value, ...] = (access.name,) if access.name else ()
        found[adapter.namespace] = Call(code("Caller"), (access.kind, fields, *more))
        adapters.append((kind(adapter), adapter.namespace))
    if not found:
        return ()
    return assign("CALLERS", found), assign("PROTECTED", tuple(adapters))
