"""Two capabilities, compared part by part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from .. import contracts as rest_contracts
from .. import ir
from ..contracts_access import scheme, security
from ..pipeline import Checked
from ..views import contracts as mcp_contracts
from ..views.settings_table import Setting, table
from . import contracts, upstreams
from .model import KINDS, Change, Finding, additive, breaking, internal
from .places import Key, Places


@dataclass(frozen=True, slots=True)
class _Found:
    key: Key
    finding: Finding


_T = TypeVar("_T")
_Units = Mapping[str, Mapping[str, Any]]
_Compare = Callable[[Mapping[str, Any], Mapping[str, Any]], Iterator[Finding]]


def compare(old: Checked, new: Checked) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new``: the gravest first, then in the order of the file."""
    before, after = Places(old.source), Places(new.source)
    changes = {
        Change(
            found.finding.kind,
            " ".join((f"{found.key[0]} {': '.join(found.key[1:])}").split()),
            found.finding.message,
            after.span(found.key),
            before.span(found.key) if before.has(found.key) else None,
        ): None
        for found in _all(old.capability, new.capability)
    }
    return tuple(
        sorted(changes, key=lambda c: (KINDS.index(c.kind), c.span.file, c.span.start))
    )


def _all(old: ir.Capability, new: ir.Capability) -> Iterator[_Found]:
    if (old.label, old.description) != (new.label, new.description):
        yield _Found(("capability",), internal("label or description changed"))
    yield from _rest(old, new)
    yield from _mcp(old, new)
    yield from _others(old, new)
    yield from _consumed(old, new)
    yield from _settings(old, new)


def _rest(old: ir.Capability, new: ir.Capability) -> Iterator[_Found]:
    for key, one, other in _pairs(
        "rest", {a.namespace: a for a in old.rest}, {a.namespace: a for a in new.rest}
    ):
        if one is None or other is None:
            yield _Found(key, _came_or_went(one))
            continue
        yield from _server(key, one, other)
        yield from _units(
            key,
            contracts.routes(rest_contracts.openapi(old, one)),
            contracts.routes(rest_contracts.openapi(new, other)),
            contracts.route,
        )


def _mcp(old: ir.Capability, new: ir.Capability) -> Iterator[_Found]:
    for key, one, other in _pairs(
        "mcp", {a.namespace: a for a in old.mcp}, {a.namespace: a for a in new.mcp}
    ):
        if one is None or other is None:
            yield _Found(key, _came_or_went(one))
            continue
        yield from _server(key, one, other)
        for units, comparison in (
            (_tools, contracts.tool),
            (_resources, contracts.resource),
            (_prompts, contracts.prompt),
        ):
            yield from _units(key, units(one), units(other), comparison)


def _tools(adapter: ir.McpAdapter) -> _Units:
    return _named(mcp_contracts.tools(adapter), "tools", "tool", "name")


def _resources(adapter: ir.McpAdapter) -> _Units:
    document = mcp_contracts.resources(adapter)
    templates = _named(document, "resourceTemplates", "resource", "uriTemplate")
    return {**_named(document, "resources", "resource", "uri"), **templates}


def _prompts(adapter: ir.McpAdapter) -> _Units:
    return _named(mcp_contracts.prompts(adapter), "prompts", "prompt", "name")


def _named(document: Mapping[str, Any], key: str, noun: str, name: str) -> _Units:
    return {f"{noun} {item[name]}": item for item in document[key]}


def _others(old: ir.Capability, new: ir.Capability) -> Iterator[_Found]:
    """Skill and control adapters."""
    skills = [{a.namespace: a for a in side.skill} for side in (old, new)]
    for key, one, other in _pairs("skill", *skills):
        if one is None or other is None:
            yield _Found(key, _came_or_went(one))
            continue
        yield from _server(key, one, other)
        sides = [
            {f"skill {skill.name}": {"skill": skill} for skill in side.skills}
            for side in (one, other)
        ]
        yield from _units(key, sides[0], sides[1], _changed)
    controls = [
        {c.namespace: c for c in (side.control,) if c is not None}
        for side in (old, new)
    ]
    for key, before, after in _pairs("control", *controls):
        if before is None or after is None:
            yield _Found(key, _came_or_went(before))
        elif before != after:
            yield _Found(key, internal("the adapter is set up otherwise"))


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    if old != new:
        yield internal("its text or files changed")


def _consumed(old: ir.Capability, new: ir.Capability) -> Iterator[_Found]:
    sides = [{u.namespace: u for u in side.upstreams} for side in (old, new)]
    for key, one, other in _pairs("consumes", *sides):
        if one is None or other is None:
            said = "added" if one is None else "removed"
            yield _Found(key, internal(said))
            continue
        for finding in upstreams.upstream(one, other):
            yield _Found(key, finding)
        names = [{o.name: o for o in side.operations} for side in (one, other)]
        for name in [*names[0], *(name for name in names[1] if name not in names[0])]:
            before, after = names[0].get(name), names[1].get(name)
            if before is None or after is None:
                said = "used now" if before is None else "no longer used"
                yield _Found((*key, name), internal(said))
            else:
                for finding in upstreams.operation(before, after):
                    yield _Found((*key, name), finding)


def _settings(old: ir.Capability, new: ir.Capability) -> Iterator[_Found]:
    """Environment variables: what an operator has to change."""
    before = {setting.variable: setting for setting in table(old)}
    after = {setting.variable: setting for setting in table(new)}
    for name in [*before, *(name for name in after if name not in before)]:
        key = ("setting", name)
        if name not in after:
            yield _Found(key, internal("it is no longer read"))
        elif name not in before:
            needed = _needed(after[name])
            said = "it must be set" if needed else "it may be set"
            yield _Found(key, breaking(said) if needed else additive(said))
        elif _needed(after[name]) and not _needed(before[name]):
            yield _Found(key, breaking("it must be set now"))
        elif _needed(before[name]) and not _needed(after[name]):
            yield _Found(key, additive("it need not be set any more"))
        elif before[name].default != after[name].default:
            was, now = before[name].default, after[name].default
            yield _Found(key, internal(f"its default was {was!r}, now {now!r}"))


def _needed(setting: Setting) -> bool:
    return setting.required or setting.serving


def _server(
    key: Key,
    old: ir.RestAdapter | ir.McpAdapter | ir.SkillAdapter,
    new: ir.RestAdapter | ir.McpAdapter | ir.SkillAdapter,
) -> Iterator[_Found]:
    """Where an adapter listens, and who may call it."""
    was, now = f"{old.address}:{old.port}", f"{new.address}:{new.port}"
    if was != now:
        yield _Found(key, breaking(f"it listened on {was}, now on {now}"))
    if old.description != new.description:
        yield _Found(key, internal("the description changed"))
    if old.access == new.access:
        return
    if new.access is None:
        yield _Found(key, additive("callers need no credentials any more"))
    elif old.access is None:
        yield _Found(key, breaking(f"callers need credentials ({new.access.kind})"))
    elif _asked(old.access) != _asked(new.access):
        yield _Found(key, breaking("callers need other credentials"))
    else:
        yield _Found(key, internal("how callers are checked changed"))


def _asked(access: ir.Access) -> str:
    return json.dumps([scheme(access), security(access)], sort_keys=True)


def _units(key: Key, old: _Units, new: _Units, compared: _Compare) -> Iterator[_Found]:
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield _Found((*key, name), breaking("removed"))
        elif name not in old:
            yield _Found((*key, name), additive("added"))
        else:
            for finding in compared(old[name], new[name]):
                yield _Found((*key, name), finding)


def _pairs(
    kind: str, old: Mapping[str, _T], new: Mapping[str, _T]
) -> Iterator[tuple[Key, _T | None, _T | None]]:
    for name in [*old, *(name for name in new if name not in old)]:
        yield (kind, name), old.get(name), new.get(name)


def _came_or_went(old: object) -> Finding:
    if old is None:
        return additive("added")
    return breaking("removed")
