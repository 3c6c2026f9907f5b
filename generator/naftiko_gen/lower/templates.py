"""Templates such as ``v-{{vessel}}``: which value each placeholder stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from naftiko_gen import ir
from naftiko_gen.names import Scope

from . import references
from .binds import Binds
from .node import Node, clash_error

#: ``{{x}}``, and ``{{{x}}}`` and ``{{&x}}``, which mean the same where nothing is escaped for
#: HTML; a comment, ``{{! text }}``, is nothing.
_NAME = r"\s*([A-Za-z0-9_][^{}\s]*)\s*"
_PLACEHOLDER = re.compile(
    rf"\{{\{{\{{{_NAME}\}}\}}\}}|\{{\{{&?{_NAME}\}}\}}|\{{\{{![^{{}}]*\}}\}}"
)
_BIND = re.compile(r"[A-Z][A-Z0-9_]*|[^.]*\..*", re.DOTALL)
#: Adapters are not known where a consumed operation is read, so their own names do not count.
_PREFIXES = frozenset(("rest", "tools", "mcp", "input"))

#: A text, or a placeholder that is not resolved yet.
Pieces: TypeAlias = "tuple[str | Named | ir.Credential, ...]"


@dataclass(frozen=True, slots=True)
class Named:
    """The caller's value of the name."""

    name: str


def pieces(node: Node, text: str) -> tuple[str | Named, ...]:
    """The constant texts and the placeholders of ``text``; what is no plain placeholder is refused."""
    found: list[str | Named] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        found.append(text[end : match.start()])
        if name := match.group(1) or match.group(2):
            found.append(Named(name))
        end = match.end()
    found.append(text[end:])
    kept = tuple(piece for piece in found if piece != "")
    if any(isinstance(piece, str) and "{{" in piece for piece in kept):
        node.report.add(
            "E301",
            "a template with more than plain placeholders cannot be compiled yet",
            node.span(),
            "write {{name}} for each value; sections and partials are not known",
        )
        return ()
    return kept


def caller_name(name: str) -> str | None:
    """The input that ``tools.x`` or ``rest.query.x`` refers to; None for other names."""
    found = references.split(name)
    if found is None or found[0] not in _PREFIXES:
        return None
    return references.place(found[1])[0]


def claim_setting(node: Node, scope: Scope, variable: str) -> str:
    """The identifier for the environment variable, which several places may share."""
    ident, clash = scope.claim(variable)
    if clash not in (None, variable):
        clash_error_here(node, variable, str(clash))
    return ident


def clash_error_here(node: Node, name: str, other: str) -> None:
    """Report a clash of two names at ``node`` itself."""
    parent = Node(node.source, node.report, node.path[:-1], None)
    clash_error(parent, str(node.path[-1]), name, other)


@dataclass(slots=True)
class Settings:
    """The values from outside that templates may name: binds and variables of the environment."""

    binds: Binds
    scope: Scope
    variables: dict[str, ir.Credential] = field(default_factory=dict)

    def find(self, node: Node, name: str) -> ir.Credential | None:
        """The setting ``name``; an error at ``node`` for one that several binds declare."""
        if name in self.variables:
            return self.variables[name]
        variable = self.binds.find(node, name)
        if variable is None:
            return None
        return ir.Credential(variable, claim_setting(node, self.scope, variable))

    def bound(self, node: Node, name: str) -> ir.Credential | None:
        """The setting ``name`` of a credential: here a bind counts more than a parameter."""
        if name in self.variables and not self.binds.has(name):
            return self.variables[name]
        variable = self.binds.find(node, name)
        if variable is None:
            return None
        return ir.Credential(variable, claim_setting(node, self.scope, variable))

    def unknown(self, node: Node, name: str) -> bool:
        """Whether ``name`` can only be a bind, and none declares it: that is reported."""
        if not _BIND.fullmatch(name):
            return False
        if self.binds.complete:
            self.binds.undeclared(node, name)
        return True


@dataclass(slots=True)
class Names:
    """What the templates of one operation can name, and what they were found to need.

    ``fixed`` are parameters that have a value of their own. What nothing declares becomes an
    input of the operation: ``needed`` ones must be given, ``whole`` ones may be any JSON value.
    """

    settings: Settings
    declared: set[str]
    fixed: dict[str, Pieces] = field(default_factory=dict)
    added: dict[str, None] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def resolve(self, node: Node, text: str, *, own: str = "") -> Pieces:
        """The pieces of ``text``; a parameter's own name means what the caller gave."""
        found: list[str | Named | ir.Credential] = []
        for piece in pieces(node, text):
            if isinstance(piece, str):
                found.append(piece)
            else:
                found += self._one(node, piece.name, own)
        return tuple(found)

    def _one(self, node: Node, name: str, own: str) -> Pieces:
        caller = caller_name(name)
        if caller is None and name in self.fixed and name != own:
            return self.fixed[name]
        if caller is None and name not in self.declared:
            setting = self.settings.find(node, name)
            if setting is not None:
                return (setting,)
            if self.settings.unknown(node, name):
                return ()
        wanted = caller or name
        if wanted not in self.declared:
            self.added.setdefault(wanted)
        return (Named(wanted),)

    def need(self, found: Pieces) -> None:
        """Note that every value of ``found`` must be given."""
        self.needed |= {piece.name for piece in found if isinstance(piece, Named)}


def finish(found: Pieces, inputs: Mapping[str, ir.Parameter]) -> ir.Text:
    """The text with its variables, once all inputs are known; constants are put together."""
    parts: list[str | ir.Variable | ir.Credential] = []
    for piece in found:
        if isinstance(piece, Named):
            target = inputs.get(piece.name)
            if target is None:  # It was refused, so nothing is emitted.
                continue
            parts.append(
                ir.Variable(target.name, target.ident, target.type, target.required)
            )
        elif isinstance(piece, str) and parts and isinstance(parts[-1], str):
            parts[-1] += piece
        else:
            parts.append(piece)
    return ir.Text(tuple(parts))
