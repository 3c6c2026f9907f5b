"""Deviations from the format that authors make, read as what they evidently mean.

Each deviation is a rule in a module of its own: it finds the places, says what was
accepted there, and rewrites the document where the rest of the generator expects
another shape. A document with no other defect then passes the schema check.
"""

from __future__ import annotations

from naftiko_gen.diagnostics import Report
from naftiko_gen.source import Source

from . import (
    adapter_description,
    bare_outputs,
    consumed_inputs,
    extension_keys,
    named_outputs,
)
from .rule import Rule, changed

__all__ = ["RULES", "apply"]

# A rule sees what the rules before it have rewritten.
RULES: tuple[Rule, ...] = (
    consumed_inputs.RULE,
    adapter_description.RULE,
    bare_outputs.RULE,
    named_outputs.RULE,
    extension_keys.RULE,
)


def apply(source: Source, report: Report, rules: tuple[Rule, ...] = RULES) -> Source:
    """Report every accepted deviation of `source` and return it with them rewritten.

    Never raises on a document of the wrong shape: what a rule does not recognise is
    left for the schema check.
    """
    for rule in rules:
        found = list(rule.find(source))
        for finding in found:
            span = source.span(finding.path, key=finding.at_key)
            report.add(rule.code, finding.message, span, finding.hint)
        data = source.data
        # From the end, so that removed list items do not move those still to come.
        for finding in reversed(found):
            for edit in reversed(finding.edits):
                data = changed(data, edit.path, edit.change)
        if data is not source.data:
            source = source.with_data(data)
    return source
