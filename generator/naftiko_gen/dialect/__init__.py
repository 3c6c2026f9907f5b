"""Deviations from the format that authors make, read as what they evidently mean.

Each deviation is a rule in a module of its own: it finds the places, says what was
accepted there, and rewrites the document where the rest of the generator expects
another shape. A document with no other defect then passes the schema check.
"""

from __future__ import annotations

from collections.abc import Sequence

from naftiko_gen.diagnostics import Report
from naftiko_gen.source import NodePath, Origin, Source

from . import (
    adapter_description,
    adapter_namespaces,
    alias_namespaces,
    api_key_spelling,
    appended_paths,
    auth_key,
    bare_items,
    bare_outputs,
    bare_references,
    base_uris,
    bodies_without_data,
    body_media,
    body_shapes,
    body_types,
    call_spelling,
    consumed_inputs,
    containers,
    descriptions,
    descriptive_keys,
    empty_adapters,
    empty_binds,
    empty_keys,
    exposed_inputs,
    extension_keys,
    extra_inputs,
    fixed_queries,
    given_credentials,
    implicit_binds,
    import_lists,
    info_extras,
    info_label,
    integer_outputs,
    key_spelling,
    list_parameters,
    named_outputs,
    names,
    no_credentials,
    operation_ids,
    operation_paths,
    other_credentials,
    parameter_places,
    path_inputs,
    placeholder_styles,
    quiet_inputs,
    raw_formats,
    repeated_blocks,
    repeated_parameters,
    root_keys,
    root_parts,
    scalar_kinds,
    skill_locations,
    skill_tool_lists,
    slashless_paths,
    stamp,
    static_signatures,
    unnamed_parameters,
    unsent_parameters,
    variable_styles,
    wire_names,
    with_spelling,
    word_spelling,
)
from .rule import Edit, Rule, changed

__all__ = ["LATER", "RULES", "apply", "official", "rewritten", "rules"]

# A rule sees what the rules before it have rewritten.
RULES: tuple[Rule, ...] = (
    stamp.RULE,
    containers.RULE,
    key_spelling.RULE,
    import_lists.RULE,
    root_parts.RULE,
    word_spelling.RULE,
    scalar_kinds.RULE,
    root_keys.RULE,
    info_label.RULE,
    info_extras.RULE,
    empty_binds.RULE,
    empty_keys.RULE,
    no_credentials.RULE,
    auth_key.RULE,
    variable_styles.RULE,
    api_key_spelling.RULE,
    static_signatures.RULE,
    other_credentials.RULE,
    repeated_blocks.RULE,
    operation_ids.RULE,
    unnamed_parameters.RULE,
    placeholder_styles.RULE,
    parameter_places.RULE,
    repeated_parameters.RULE,
    operation_paths.RULE,
    fixed_queries.RULE,
    slashless_paths.RULE,
    names.RULE,
    body_shapes.RULE,
    body_types.RULE,
    bare_references.RULE,
    body_media.RULE,
    bodies_without_data.RULE,
    unsent_parameters.RULE,
    integer_outputs.RULE,
    adapter_namespaces.RULE,
    empty_adapters.RULE,
    exposed_inputs.RULE,
    bare_items.RULE,
    call_spelling.RULE,
    alias_namespaces.RULE,
    descriptions.RULE,
    skill_locations.RULE,
    skill_tool_lists.RULE,
    appended_paths.RULE,
    given_credentials.RULE,
    with_spelling.RULE,
    quiet_inputs.RULE,
    extra_inputs.RULE,
    path_inputs.RULE,
    implicit_binds.RULE,
    base_uris.RULE,
    wire_names.RULE,
    list_parameters.RULE,
    raw_formats.RULE,
    descriptive_keys.RULE,
    consumed_inputs.RULE,
    adapter_description.RULE,
    bare_outputs.RULE,
    named_outputs.RULE,
    extension_keys.RULE,
)

#: Those for documents of 1.0.0-alpha3 and later, whose schemas allow some of the others.
LATER = (bodies_without_data.RULE, *RULES[-5:-1], extension_keys.LATER)


def rules(later: bool) -> tuple[Rule, ...]:
    """The rules for a document; ``later``: of 1.0.0-alpha3 or a later version."""
    return LATER if later else RULES


def apply(source: Source, report: Report, rules: tuple[Rule, ...] = RULES) -> Source:
    """Report every accepted deviation of `source` and return it with them rewritten.

    Never raises on a document of the wrong shape: what a rule does not recognise is
    left for the schema check.
    """
    for rule in rules:
        found = list(rule.find(source))
        for finding in found:
            span = source.span(finding.path, key=finding.at_key)
            if finding.message:
                report.add(rule.code, finding.message, span, finding.hint)
        source = rewritten(source, [edit for item in found for edit in item.edits])
    return source


def rewritten(source: Source, edits: Sequence[Edit]) -> Source:
    """``source`` with ``edits``, which are in document order."""
    data = source.data
    moved: dict[NodePath, Origin] = {}
    # From the end, so that removed list items do not move those still to come.
    for edit in reversed(edits):
        data = changed(data, edit.path, edit.change)
        moved.update(edit.moved)
    return source if data is source.data else source.with_data(data, moved)


def official(source: Source) -> Source:
    """``source`` as the structure check sees it.

    Names on the wire and addresses that the format cannot write, and whose rules have
    left a note, are stood in for by ones that it can.
    """
    data = base_uris.official(wire_names.official(source.data))
    data = raw_formats.official(data)
    return source if data is source.data else source.with_data(data)
