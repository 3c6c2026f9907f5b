"""``failures.py``: what the in-band errors of each upstream mean."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Value,
    annotation,
    assign,
    code,
    docstring,
    ident,
    joined,
    literal,
)

if TYPE_CHECKING:
    from naftiko_gen.contexts.calls import Failures, InBand


def view(capability: ir.Capability) -> Failures:
    """The context of the template."""
    return {
        "doc": docstring(
            f"Failures that the upstreams of {capability.label} report in answers of status 200.",
            0,
        ),
        "upstreams": [
            _upstream(u, u.errors) for u in capability.upstreams if u.errors is not None
        ],
    }


def _upstream(upstream: ir.Upstream, errors: ir.ErrorRules) -> InBand:
    rules = f"{upstream.ident.upper()}_RULES"
    otherwise = f"{upstream.ident.upper()}_OTHERWISE"
    # An answer that starts so, or has no such member, is passed on without being parsed.
    member = json.dumps(errors.member)
    if errors.envelope == "none":
        clean = joined(literal(member.encode()), code(" not in body"))
    else:
        start = literal(f"{{{member}:[],".encode())
        clean = joined(code("body.startswith("), start, code(")"))
    return {
        "rules": assign(
            rules,
            tuple(_rule(rule) for rule in errors.rules),
            annotation=annotation("tuple[ErrorRule, ...]"),
        ),
        "otherwise": assign(otherwise, _rule(errors.otherwise)),
        "rules_name": ident(rules),
        "otherwise_name": ident(otherwise),
        "function": ident(f"find_failure_of_{upstream.ident}"),
        "doc": docstring(
            f"The failure that an answer of {upstream.namespace} reports, if any."
        ),
        "clean": clean,
        "member": literal(errors.member),
        "ignore": literal(errors.ignore),
    }


def _rule(rule: ir.ErrorRule) -> Call:
    keywords: tuple[tuple[str, Value], ...] = (
        (("after", rule.after),) if rule.after else ()
    )
    return Call(code("ErrorRule"), (rule.prefix, rule.status, rule.kind), keywords)
