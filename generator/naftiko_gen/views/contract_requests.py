"""A good request to a route, for its contract test."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote, urlencode

from naftiko_gen import ir
from naftiko_gen.contracts_picks import put
from naftiko_gen.flow_answers import EXAMPLES
from naftiko_gen.pattern_samples import sample
from naftiko_gen.pycode import Value


def request_of(route: ir.Route, body: ir.JsonObject) -> dict[str, Value] | None:
    """Path, headers and members of the body; ``body`` is what the upstream gets as its own.

    None when no text is known that the pattern of an input lets through.
    """
    path, query, headers = route.path, {}, {}
    cookies: list[str] = []
    members: ir.JsonObject = {}
    picked: ir.JsonValue = None
    whole: dict[str, Value] = {}
    for item in route.inputs:
        value = EXAMPLES[item.target.type]
        if item.pattern:
            found = sample(item.pattern)
            if found is None:
                return None
            value = found
        text = text_of(value)
        if item.location == "path":
            path = path.replace(f"{{{item.name}}}", quote(text, safe=""))
        elif item.location == "query":
            query[item.name] = text
        elif item.location == "cookie":
            cookies.append(f"{item.name}={text}")
        elif item.pick is not None:
            picked = put(picked, item, value)
        elif item.location == "body":
            members[item.name] = value
        elif item.location == "document":
            whole = {"members": value}
        else:
            headers[item.name] = text
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    if route.body_member is not None:
        members[route.body_member] = body
    elif route.takes_body and (members or picked is not None):
        members = {**body, **members}
    sent: dict[str, Value] = {"path": f"{path}?{urlencode(query)}" if query else path}
    if headers:
        sent["headers"] = headers
    if isinstance(picked, list):
        sent["members"] = picked
    elif members or picked is not None:
        sent["members"] = _joined(members, picked)
    return {**sent, **whole}


def without_others(choice: ir.Choice | None, route: ir.Route) -> ir.Route:
    """``route`` without optional inputs that would show that a request is for another route."""
    if choice is None:
        return route
    own = {
        n for one in choice.alternatives if one.ident == route.ident for n in one.inputs
    }
    others = {n for one in choice.alternatives for n in one.inputs} - own
    kept = [
        item
        for item in route.inputs
        if f"{item.location}/{item.name}" not in others
        or item.needed
        or item.target.required
    ]
    return replace(route, inputs=tuple(kept))


def _joined(members: ir.JsonObject, picked: ir.JsonValue) -> ir.JsonObject:
    return {**(picked if isinstance(picked, dict) else {}), **members}


def text_of(value: ir.JsonValue) -> str:
    """The text of an example, as callers write it in a path or a query."""
    return value if isinstance(value, str) else json.dumps(value)
