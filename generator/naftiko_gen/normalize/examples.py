"""Examples of deviations: what is written, and what a canonical document has in its place."""

from __future__ import annotations

from naftiko_gen.diagnostics import Report
from naftiko_gen.dialect import RULES
from naftiko_gen.source import parse

from . import normalize

#: What is written, for codes that no rule of the dialect reports.
_WRITTEN = {
    "W110": "naftiko: 1.0.0-alpha1\ninfo: {label: Orders}\n",
    "W111": """\
ikanos: 1.0.0-beta5
info: {label: Orders}
capability:
  consumes:
    - namespace: shop
      resources:
        - {name: orders, path: /orders}
""",
    "W175": """\
consumes:
  - resources:
      - operations:
          - name: switch
            method: POST
            body: {type: json, data: {true: '{{tools.on}}'}}
""",
    "W112": """\
capability:
  consumes:
    - namespace: shop
      authentication: {type: apikey, key: token, value: '{{env.T}}', placement: query}
      inputParameters: [{name: token, in: query}, {name: page, in: query}]
""",
}


def example(code: str) -> tuple[str, str, str] | None:
    """What is written, the canonical document, and the overlay beside it, which may be empty.

    None for a code that is none of an accepted deviation. What a rule reads as something else is
    shown as that; what has no rule, or is kept as it stands, as ``normalize`` writes it.
    """
    rule = next((rule for rule in RULES if rule.code == code), None)
    if rule is not None and rule.after and rule.after != rule.before:
        return rule.before, rule.after, ""
    written = rule.before if rule is not None else _WRITTEN.get(code)
    if written is None:
        return None
    source = parse("example.yaml", written.encode(), Report())
    assert source is not None
    found = normalize(source, Report())
    overlay = found.overlay.decode() if found.overlay is not None else ""
    return written, found.text.decode(), overlay
