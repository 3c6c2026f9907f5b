"""``tests/test_contract.py``: one case for each operation, route and tool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from naftiko_gen import ir
from naftiko_gen.flow_answers import EXAMPLES, answer_of
from naftiko_gen.ir_mcp import Prompt, Slot
from naftiko_gen.jsonpath import evaluate
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    assign,
    code,
    docstring,
    from_import,
    literal,
)

from . import formats
from .contract_requests import request_of, text_of, without_others
from .contract_test_kinds import Known, callers_of, case_of, test_of
from .contracts import folders_of

if TYPE_CHECKING:
    from naftiko_gen.contexts.running import ContractTests


def view(capability: ir.Capability) -> ContractTests:
    """The context of the template."""
    known = Known(capability)
    operations = [
        _operation(known, runs) for runs in capability.runnables if not _scripted(runs)
    ]
    made = [
        _route(known, adapter, route)
        for adapter in capability.rest
        for route in adapter.routes
        if not _scripted(route.runs)
    ]
    routes = [case for case in made if case is not None]
    tools = [
        _tool(known, adapter, tool)
        for adapter in capability.mcp
        for tool in adapter.tools
        if not _scripted(tool.runs)
    ]
    forwards = [
        _forward(known, adapter, forward)
        for adapter in capability.rest
        for forward in adapter.forwards
    ]
    runners = ["run_forward"] if forwards else []
    runners += ["run_operation"] if operations else []
    resources = [
        _resource(known, adapter, resource)
        for adapter in capability.mcp
        for resource in adapter.resources
        if not _scripted(resource.runs)
    ]
    prompts = [
        _prompt(adapter, prompt)
        for adapter in capability.mcp
        for prompt in adapter.prompts
    ]
    folders = any(folders_of(adapter) for adapter in capability.mcp)
    guarded_routes = bool(routes) and any(adapter.access for adapter in capability.rest)
    runners += ["run_route"] if routes else []
    runners += ["run_tool"] if tools else []
    runners += ["run_resource"] if resources else []
    runners += ["run_files"] if folders else []
    runners += ["PromptCase", "run_prompt"] if prompts else []
    callers = callers_of(capability)
    # In the order of `contract_test_kinds`.
    tables = [
        _cases("OPERATIONS", operations),
        _cases("FORWARDS", forwards),
        _cases("ROUTES", routes),
        _cases("TOOLS", tools),
        _cases("RESOURCES", resources),
        _cases("PROMPTS", prompts),
    ]
    return {
        "doc": docstring(
            f"Each operation, route and tool of {capability.label} makes one good request.",
            0,
        ),
        "support_import": from_import(code("support"), ["Case", "case_name", *runners]),
        "package": literal(capability.package),
        "callers": bool(callers),
        "tables": [table for table in (*callers, *tables) if table is not None],
        "tests": [
            test_of(number, guarded=guarded_routes)
            for number, table in enumerate(tables)
            if table is not None
        ],
        "folders": folders,
    }


def _scripted(runs: ir.Runnable) -> bool:
    """Whether a script makes the answer, so that nobody knows it before the script has run."""
    return isinstance(runs, ir.Flow) and any(
        isinstance(step, ir.ScriptStep) for step in runs.work.steps
    )


def _cases(name: str, cases: list[Call]) -> Code | None:
    return assign(name, tuple(cases)) if cases else None


def _operation(known: Known, runs: ir.Runnable) -> Call:
    arguments = {p.name: EXAMPLES[p.type] for p in runs.inputs}
    more = _inputs(arguments, runs)
    if formats.is_binary(runs):
        more["raw"] = True
    elif isinstance(runs, ir.Flow):
        more["answer"] = _answer_of(known, runs)
    return case_of(known, runs.command, runs, **more)


def _route(known: Known, adapter: ir.RestAdapter, route: ir.Route) -> Call | None:
    meant = without_others(adapter.choice_of(route), route)
    sent = request_of(meant, example(route.runs.body))
    if sent is None:
        return None
    more: dict[str, Value] = {
        "adapter": adapter.namespace,
        "method": route.method,
        **sent,
    }
    return case_of(
        known,
        f"{route.method} {route.path}",
        route.runs,
        **more,
        **_inputs({}, route.runs),
        **_answer(known, route),
    )


def _forward(known: Known, adapter: ir.RestAdapter, forward: ir.Forward) -> Call:
    path = re.sub(r"\{[^{}]*\}", "x", forward.path)
    rest = "" if forward.first is None else "/".join(path.split("/")[forward.first :])
    arguments = (forward.name, "GET", f"/{rest}")
    more = {"adapter": adapter.namespace, "method": "GET", "path": path}
    if known.several:
        more = {"upstream": forward.namespace, **more}
    return Call(code("Case"), arguments, tuple(more.items()))


def _tool(known: Known, adapter: ir.McpAdapter, tool: ir.Tool) -> Call:
    more: dict[str, Value] = {"adapter": adapter.namespace}
    if tool.body_argument not in (None, "body"):
        more["body_argument"] = tool.body_argument
    arguments = {i.name: EXAMPLES[i.target.type] for i in tool.inputs}
    if tool.acknowledgement:
        arguments[tool.acknowledgement] = True
    return case_of(
        known,
        tool.name,
        tool.runs,
        **more,
        **_inputs(arguments, tool.runs),
        **_answer(known, tool),
    )


def _resource(known: Known, adapter: ir.McpAdapter, resource: ir.Resource) -> Call:
    values = {i.name: text_of(EXAMPLES[i.target.type]) for i in resource.inputs}
    uri = resource.uri
    for name, text in values.items():
        uri = uri.replace(f"{{{name}}}", quote(text, safe=""))
    return case_of(
        known,
        resource.name,
        resource.runs,
        adapter=adapter.namespace,
        path=uri,
        **_answer(known, resource),
    )


def _prompt(adapter: ir.McpAdapter, prompt: Prompt) -> Call:
    given = {a.name: f"a {a.name}" for a in prompt.arguments}
    messages: list[Value] = [
        (
            message.role,
            "".join(
                (
                    given.get(part.name, f"{{{{{part.name}}}}}")
                    if isinstance(part, Slot)
                    else part
                )
                for part in message.parts
            ),
        )
        for message in prompt.messages
    ]
    return Call(code("PromptCase"), (adapter.namespace, prompt.name, given, messages))


def _inputs(arguments: ir.JsonObject, runs: ir.Runnable) -> dict[str, Value]:
    body = example(runs.body)
    found: dict[str, Value] = {"arguments": arguments} if arguments else {}
    needed = runs.body is not None and runs.body.required
    return {**found, "body": body} if body or needed else found


def _answer(
    known: Known, exposed: ir.Route | ir.Tool | ir.Resource
) -> dict[str, Value]:
    """The answer that is made of the sandbox's; nothing when that comes back unchanged."""
    binary = formats.is_binary(exposed.runs)
    if exposed.output is None and (isinstance(exposed.runs, ir.Operation) or binary):
        raw = formats.is_raw(exposed.runs, None) or binary
        return {"raw": True} if raw else {}
    document = _answer_of(known, exposed.runs)
    answer = document if exposed.output is None else evaluate(exposed.output, document)
    return {} if answer is None else {"answer": answer}


def _answer_of(known: Known, runs: ir.Runnable) -> ir.JsonValue:
    def document(called: ir.Operation) -> ir.JsonValue:
        operation = known.operations[called.namespace, called.name]
        errors = known.errors[called.namespace]
        if errors is not None and errors.envelope == "sandbox":
            return {errors.member: [], "result": operation.sample}
        return operation.sample

    return answer_of(runs, document) if isinstance(runs, ir.Flow) else document(runs)


def example(body: ir.Body | None) -> ir.JsonObject:
    """A body that its schema accepts: the required members, else the first one that is simple."""
    if body is None:
        return {}
    properties = body.schema.get("properties")
    members = properties if isinstance(properties, dict) else {}
    required = body.schema.get("required")
    names = required if isinstance(required, list) and required else list(members)[:1]
    found: ir.JsonObject = {}
    for name in names:
        member = members.get(str(name))
        if isinstance(member, dict):
            found[str(name)] = _member(member)
    return found


def _member(schema: ir.JsonObject) -> ir.JsonValue:
    for keyword in ("examples", "enum"):
        values = schema.get(keyword)
        if isinstance(values, list) and values:
            return values[0]
    if "default" in schema:
        return schema["default"]
    kinds = schema.get("type")
    kind = (
        kinds
        if isinstance(kinds, str)
        else next(iter(kinds), "") if isinstance(kinds, list) else ""
    )
    if kind == "integer":
        minimum = schema.get("minimum")
        return minimum if isinstance(minimum, int) else 1
    return EXAMPLES.get(str(kind), "x")
