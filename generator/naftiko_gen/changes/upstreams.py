"""What is consumed: callers do not see it, but it is what a reviewer wants to read."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir
from .model import Finding, internal


def upstream(old: ir.Upstream, new: ir.Upstream) -> Iterator[Finding]:
    """What changed for all operations of an upstream."""
    if old.base_uri != new.base_uri:
        yield internal(f"the base URI was {old.base_uri}, now {new.base_uri}")
    if old.signing != new.signing:
        was, now = _scheme(old.signing), _scheme(new.signing)
        changed = (
            f"was {was}, now {now}" if was != now else f"{now} is set up otherwise"
        )
        yield internal(f"the signing: {changed}")
    if old.authentication != new.authentication:
        was, now = _kind(old.authentication), _kind(new.authentication)
        changed = (
            f"was {was}, now {now}" if was != now else f"{now} is set up otherwise"
        )
        yield internal(f"the authentication: {changed}")
    if old.errors != new.errors:
        yield internal("what its errors mean changed")


def operation(old: ir.Operation, new: ir.Operation) -> Iterator[Finding]:
    """What changed in one operation's request and in how its answer is read."""
    if old.method != new.method:
        yield internal(f"the method was {old.method}, now {new.method}")
    if old.path != new.path:
        yield internal(f"the path was {old.path}, now {new.path}")
    if old.public != new.public:
        yield internal(
            "it is sent without credentials now"
            if new.public
            else "it is sent with credentials now"
        )
    before, after = ({p.name: p for p in o.parameters} for o in (old, new))
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            yield internal(f"the parameter `{name}` is no longer sent")
        elif name not in before:
            yield internal(f"the parameter `{name}` is sent")
        elif before[name] != after[name]:
            yield internal(f"the parameter `{name}` changed")
    if (old.body, old.payload) != (new.body, new.payload):
        yield internal("the request's body changed")
    if old.format != new.format:
        yield internal("the format of its answer changed")
    if old.answer != new.answer:
        yield internal("the schema of its answer changed")


def _scheme(signing: ir.Signing | None) -> str:
    return "none" if signing is None else signing.scheme


def _kind(authentication: ir.Authentication | None) -> str:
    return "none" if authentication is None else authentication.kind
