"""Advice on a capability as its author wrote it: the rules of the format's own linter, and ours.

Rules search a document of any shape and never raise: what they do not recognise is a matter of
the structure check. A rule may weigh more than the letter of its code says.
"""

from __future__ import annotations

from naftiko_gen.diagnostics import Report
from naftiko_gen.source import Source

from . import (
    aggregates,
    authentication,
    consumes,
    control,
    exposes,
    imports,
    namespaces,
    scripts,
    texts,
    tools,
)
from .rule import Offence, Rule

__all__ = ["RULES", "Offence", "Rule", "apply"]

#: In the order of their codes.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *namespaces.RULES,
            *consumes.RULES,
            *exposes.RULES,
            *aggregates.RULES,
            *authentication.RULES,
            *texts.RULES,
            *control.RULES,
            *scripts.RULES,
            *imports.RULES,
            *tools.RULES,
        ),
        key=lambda rule: (rule.code[0] == "N", rule.code),
    )
)


def apply(source: Source, report: Report, *, everything: bool = False) -> None:
    """Report every offence in ``source``; ``everything`` runs rules of taste and notes as well."""
    for rule in RULES:
        if not (rule.recommended or everything):
            continue
        for found in rule.find(source.data):
            message = found.message
            if found.first is not None:
                line = source.span(found.first).start.line
                message += f", first in line {line}"
            span = source.span(found.path, key=found.at_key)
            report.add(rule.code, message, span, found.hint, rule.severity)
