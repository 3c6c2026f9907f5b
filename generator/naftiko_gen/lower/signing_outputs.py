"""Whether a signing scheme uses what it is given, and signs every request of its operations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from naftiko_gen import ir
from naftiko_gen import ir_scheme as s
from naftiko_gen.diagnostics import closest

from .node import Node

#: The name of a header (RFC 9110, section 5.6.2), and what its value cannot hold.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def mentions(scheme: s.Scheme, signed: str) -> bool:
    """Whether one of the outputs holds ``signed``, by itself or in what is made of it."""
    return bool(_carriers(scheme, signed))


def check_sent(node: Node, signing: ir.Signing) -> None:
    """Refuse an operation whose method meets no condition under which a signature is sent."""
    scheme = signing.model
    if scheme is None:
        return
    made = "signature" if scheme.token is None else "token"
    carriers = _carriers(scheme, made)
    method = node.text("method", "GET").upper()
    conditions = [output.when.methods if output.when else () for output in carriers]
    if not carriers or any(not names or method in names for names in conditions):
        return
    known = ", ".join(dict.fromkeys(name for names in conditions for name in names))
    node.error(
        "E323",
        f"the scheme `{scheme.name}` puts no signature into a {method} request",
        at="method" if node.has("method") else None,
        hint=f"it signs {known}; write an `output` for {method}, or `signing: none` here",
    )


def check_roles(
    node: Node, name: str, known: Iterable[str], scheme: s.Scheme | None = None
) -> None:
    """Refuse a credential that is neither ``known`` nor a part of ``scheme``."""
    holder = node.child("credentials")
    names = [*known]
    used = _roles(scheme)
    for role in holder.value if isinstance(holder.value, dict) else ():
        if role in names or role in used:
            continue
        near = closest(str(role), names)
        node.report.add(
            "E215",
            f"signing scheme `{name}` has no credential `{role}`",
            holder.key_span(role),
            f"did you mean `{near}`?" if near else f"known: {', '.join(names)}",
        )


def header_problem(output: s.Output) -> str:
    """Why ``output`` cannot be a header, in words; empty when it can."""
    if output.place != "header":
        return ""
    if not _TOKEN.fullmatch(output.name):
        return f"`{output.name}` cannot be the name of a header"
    value = output.value
    texts = value.parts if isinstance(value, s.Template) else ()
    if any(isinstance(text, str) and _CONTROL.search(text) for text in texts):
        return "a header cannot hold a line feed or another control character"
    return ""


def _carriers(scheme: s.Scheme, signed: str) -> list[s.Output]:
    made = {signed}
    for name, part in scheme.post:
        if _names(part) & made:
            made.add(name)
    return [output for output in scheme.output if _names(output.value) & made]


def _names(part: object) -> set[str]:
    """The variables that ``part`` refers to."""
    if isinstance(part, s.Name):
        return {part.name}
    if isinstance(part, s.Template | s.Joined):
        return {name for item in part.parts for name in _names(item)}
    found: set[str] = set()
    for attribute in ("of", "key", "then", "otherwise"):
        found |= _names(getattr(part, attribute, None)) if part is not None else set()
    return found


def _roles(part: object) -> set[str]:
    """The credentials that anything in ``part`` refers to."""
    if isinstance(part, s.Role):
        return {part.name}
    if isinstance(part, tuple):
        return {role for item in part for role in _roles(item)}
    if not is_dataclass(part):
        return set()
    return {
        role for field in fields(part) for role in _roles(getattr(part, field.name))
    }
