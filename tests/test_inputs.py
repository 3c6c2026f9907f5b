"""Inputs of routes and tools as callers meet them: patterns, fixed values, places, JSON texts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from naftiko_gen import ir
from naftiko_gen.jsonpath import evaluate
from naftiko_gen.pattern_samples import sample
from requests_seen import Emitted, Outcome, imported
from test_declared import (
    CONSUMED,
    RESOURCE,
    ROUTE,
    TOOL,
    argument,
    changed,
    checked,
    one,
)
from test_lower import document, good, lowered


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("declared-inputs", tmp_path_factory.mktemp("orders")) as package:
        yield package


def route(orders: Emitted, method: str, path: str, **options: Any) -> Outcome:
    return orders.route("orders-rest", method, path, {}, **options)


def faults(outcome: Outcome) -> list[tuple[str, str]]:
    """What was wrong, after making sure that the upstream saw nothing of it."""
    assert outcome.status == 400 and outcome.seen == ()
    found = json.loads(outcome.text)["error"]["faults"]
    return [(fault["pointer"], fault["message"]) for fault in found]


def sent(outcome: Outcome) -> Any:
    """The document that the upstream got."""
    assert outcome.status == 200, outcome.text
    return json.loads(outcome.seen[0].body)


def test_fixed_values_and_cookies_reach_the_upstream(orders: Emitted) -> None:
    headers = {"Cookie": "other=1; session=two-words"}
    path = "/customers/C123/orders?channel=phone&page=2"
    outcome = route(orders, "GET", path, headers=headers)
    assert outcome.status == 200
    [request] = outcome.seen
    assert json.loads(outcome.text) == {
        "title": "of C123 by webtwo-words",
        "seen": None,
        "good": True,
        "fixed": [1, 2],
    }
    outcome = route(orders, "GET", "/customers/C123/orders?seen=7")
    assert json.loads(outcome.text)["title"] == "of C123 by web"
    assert json.loads(outcome.text)["seen"] == 7
    # What callers send in place of a fixed value counts for nothing.
    assert request.target == "/orders?customer=C123&channel=web"
    assert request.headers["note"] == "by web"
    assert request.headers["Cookie"] == "session=two-words"


@pytest.mark.parametrize(
    ("path", "cookie", "wanted"),
    [
        ("/customers/123/orders", "", ["/path/customer"]),
        ("/customers/C123456789/orders", "", ["/path/customer"]),
        ("/customers/C123%0A/orders", "", ["/path/customer"]),
        ("/customers/C123/orders", "session=A", ["/cookie/session"]),
        ("/customers/C123/orders?page=x", "", ["/query/page"]),
        ("/customers/1/orders?page=x", "", ["/path/customer", "/query/page"]),
    ],
)
def test_an_input_of_the_wrong_form_is_told_before_any_call(
    orders: Emitted, path: str, cookie: str, wanted: list[str]
) -> None:
    headers = {"Cookie": cookie} if cookie else {}
    found = faults(route(orders, "GET", path, headers=headers))
    assert [pointer for pointer, _ in found] == wanted
    if path == "/customers/123/orders":
        assert found[0][1] == "must match the pattern ^C[0-9]{3,8}$"


def test_no_text_makes_a_match_take_long(orders: Emitted) -> None:
    text = "a-" * 15_000 + "!"
    begun = time.process_time()
    assert (
        route(orders, "POST", "/searches", json={"query": {"words": [text]}}).status
        == 400
    )
    # An engine that tries again and again would need longer than the sun lasts.
    assert time.process_time() - begun < 20


def test_a_member_of_the_body_feeds_the_query_beside_the_whole_body(
    orders: Emitted,
) -> None:
    outcome = route(orders, "POST", "/orders", json={"item": 1, "try": True})
    assert outcome.seen[0].target == "/orders?dry-run=true"
    assert sent(outcome) == {"item": 1, "try": True}
    assert faults(route(orders, "POST", "/orders", json={"try": "yes"})) == [
        ("/try", "must be true or false")
    ]


def test_a_member_of_the_body_is_the_upstreams_body(orders: Emitted) -> None:
    outcome = route(orders, "PATCH", "/orders", json={"order": {"item": 1}})
    assert (outcome.seen[0].target, sent(outcome)) == (
        "/orders?dry-run=false",
        {"item": 1},
    )
    found = route(orders, "PATCH", "/orders", json={"order": 1, "more": 2})
    assert [pointer for pointer, _ in faults(found)] == ["/more", "/order"]


def test_a_body_may_be_a_list(orders: Emitted) -> None:
    outcome = route(orders, "PUT", "/orders", json=[{"item": 1}])
    assert sent(outcome) == [{"item": 1}]
    assert outcome.seen[0].headers["Content-Type"] == "application/json"
    assert faults(route(orders, "PUT", "/orders", json={})) == [
        ("/body", "must be a list")
    ]
    answer = orders.tool("orders-mcp", "add-lines", {"lines": [1, "two"]}, {})
    assert (answer.status, sent(answer)) == (200, [1, "two"])


def test_lists_and_objects_outside_of_a_body_are_json_texts(orders: Emitted) -> None:
    outcome = route(
        orders,
        "GET",
        "/orders",
        params={"filter": '{"open": true}'},
        headers={"tags": '["a", 2]'},
    )
    assert sent(outcome) == {"filter": {"open": True}, "tags": ["a", 2]}


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "NaN", '{"a":1,"a":2}'])
def test_a_json_text_that_is_none_is_told(orders: Emitted, text: str) -> None:
    found = faults(route(orders, "GET", "/orders", params={"filter": text}))
    assert [pointer for pointer, _ in found] == ["/query/filter"]


def test_inputs_are_found_inside_of_the_body(orders: Emitted) -> None:
    body = {"query": {"filter": {"a": 1}, "words": ["one", "two"]}, "source": "me"}
    assert sent(route(orders, "POST", "/searches", json=body)) == {
        "filter": {"a": 1},
        "first": "one",
        "source": "me",
    }
    outcome = route(orders, "POST", "/searches", json={"query": {}, "x": 1})
    assert (outcome.status, outcome.seen[0].body) == (200, b"")
    wrong = {"query": {"filter": [], "words": ["a b"]}, "source": 1}
    found = faults(route(orders, "POST", "/searches", json=wrong))
    assert [pointer for pointer, _ in found] == ["/filter", "/first", "/source"]


def test_an_idle_argument_is_checked(orders: Emitted) -> None:
    arguments = {"customer": "C1", "reason": "audit", "trace": "t"}
    outcome = orders.tool("orders-mcp", "list-orders", arguments, {})
    assert (outcome.status, outcome.text) == (200, '"C1 is audit"')
    assert outcome.seen[0].target == "/orders?customer=C1"
    outcome = orders.tool("orders-mcp", "list-orders", {**arguments, "trace": 1}, {})
    assert outcome.status == 400 and outcome.seen == ()
    assert "/trace" in outcome.text
    outcome = orders.tool("orders-mcp", "list-orders", {"customer": "C1"}, {})
    assert outcome.status == 400 and "/reason" in outcome.text


def test_the_contract_describes_what_is_checked(orders: Emitted) -> None:
    outcome = route(orders, "GET", "/openapi.json")
    paths = json.loads(outcome.text)["paths"]
    listed = paths["/customers/{customer}/orders"]["get"]["parameters"]
    assert [(p["in"], p["name"]) for p in listed] == [
        ("path", "customer"),
        ("cookie", "session"),
        ("query", "seen"),
        ("query", "page"),
    ]
    assert listed[0]["schema"] == {"type": "string", "pattern": "^C[0-9]{3,8}$"}
    search = paths["/orders"]["get"]["parameters"]
    assert search[0]["content"]["application/json"]["schema"] == {"type": "object"}
    body = paths["/searches"]["post"]["requestBody"]["content"]["application/json"]
    query = body["schema"]["properties"]["query"]["properties"]
    assert query["filter"]["type"] == "object"
    assert body["schema"]["properties"]["source"] == {
        "type": "string",
        "description": "Who asks.",
    }
    wrapped = paths["/orders"]["patch"]["requestBody"]["content"]["application/json"]
    assert list(wrapped["schema"]["properties"]) == ["order"]


def test_a_fixed_value_feeds_templates_steps_and_fixed_answers(tmp_path: Path) -> None:
    inputs = [
        {
            "name": "kind",
            "in": "query",
            "type": "string",
            "description": "",
            "value": "a",
        }
    ]
    content = document(
        [{"name": "q", "in": "query"}, {"name": "r", "in": "query"}],
        method="GET",
        route={
            "inputParameters": inputs,
            "with": {"q": "is {{kind}}!", "r": "rest.kind"},
        },
    )
    fixed = good(tmp_path, content).routes[0].fixed
    assert [value for _, value in fixed] == [ir.Text(("is a!",)), "a"]
    step = {"type": "call", "name": "one", "call": "up.doIt"}
    content = document(
        [{"name": "q", "in": "query"}],
        method="GET",
        route={
            "inputParameters": inputs,
            "steps": [{**step, "with": {"q": "rest.kind"}}],
        },
    )
    unit = content["capability"]["exposes"][0]["resources"][0]["operations"][0]
    del unit["call"]
    flow = good(tmp_path, content).flows[0]
    assert flow.inputs == ()
    assert flow.work.calls[0].arguments[0][1] == ir.Given(("a",))


WARNED: dict[str, tuple[dict[str, Any], str]] = {
    "idle": ({f"{ROUTE}.inputParameters": one(name="other")}, "W211"),
    "idle in a resource": ({f"{RESOURCE}.inputParameters": one(name="other")}, "W211"),
    "idle in a tool": ({f"{TOOL}.inputParameters": argument(name="other")}, "W211"),
    "another type": (
        {
            f"{CONSUMED}.resources.0.operations.0.inputParameters.1.type": "integer",
            f"{ROUTE}.inputParameters": one(),
        },
        "W212",
    ),
    "no text": (
        {f"{ROUTE}.inputParameters": one(type="integer", pattern="^1")},
        "W213",
    ),
}


@pytest.mark.parametrize("case", WARNED)
def test_what_has_no_effect_is_a_warning(case: str, tmp_path: Path) -> None:
    edits, code = WARNED[case]
    capability, problems = checked(tmp_path, changed(edits), warnings=True)
    assert capability is not None
    ours = [found for found, _ in problems if found.startswith("W21")]
    assert ours == [code]


@pytest.mark.parametrize(
    ("pattern", "accepted"),
    [
        ("^C[0-9]{3,8}$", True),
        (r"^\d{4}-\d{2}-\d{2}$", True),
        ("^(open|closed)$", True),
        ("[^x]y", True),
        (r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", True),
        ("a$b", False),
    ],
)
def test_a_sample_matches_its_pattern(pattern: str, accepted: bool) -> None:
    assert (sample(pattern) is not None) is accepted


def test_templates_of_answers_name_inputs_only(tmp_path: Path) -> None:
    def made(value: str, **more: object) -> list[str]:
        content = document(
            [{"name": "q", "in": "query"}],
            method="GET",
            route={"outputParameters": [{"type": "string", "value": value}], **more},
        )
        content["binds"] = [{"namespace": "env", "keys": {"TOKEN": "TOKEN"}}]
        [block] = content["capability"]["consumes"]
        block["authentication"] = {"type": "bearer", "token": "{{TOKEN}}"}
        return [problem.code for problem in lowered(tmp_path, content)[1]]

    assert made("of {{q}} and {{rest.q}}") == []
    assert made("of {{env.TOKEN}}") == ["E240"]
    assert made("of {{p}}") == ["E203"]
    assert made("of {{# q }}") == ["E301"]


def test_a_function_tells_its_inputs_again(tmp_path: Path) -> None:
    content = document([{"name": "q", "in": "query"}], method="GET")
    capability = content["capability"]
    function = {
        "name": "find",
        "description": "Find it",
        "inputParameters": [{"name": "q", "type": "string", "description": "What."}],
        "call": "up.doIt",
        "with": {"q": "shared.q"},
        "outputParameters": [{"type": "string", "value": "found {{q}}"}],
    }
    capability["aggregates"] = [
        {"label": "Shared", "namespace": "shared", "functions": [function]}
    ]
    tool = capability["exposes"][1]["tools"][0]
    del tool["call"]
    tool["ref"] = "shared.find"
    [flow] = good(tmp_path, content).flows
    assert isinstance(flow.work, ir.Single) and flow.work.output is not None
    assert [v.name for v in flow.work.output.variables] == ["q"]
    assert evaluate(flow.work.output, {}) == "found x"
