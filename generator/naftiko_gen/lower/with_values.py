"""Templates in ``with``: texts that are put together from what the caller sends."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen.names import Scope

from . import references, scopes
from .node import Node
from .templates import Named, Settings, pieces

_TYPES: dict[str, ir.Scalar] = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "array",
    "object": "object",
}


class Mixer:
    """Reads the templates of one ``with``; the inputs that they use are its ``extras``."""

    def __init__(
        self,
        operation: ir.Runnable,
        declared: Mapping[str, Node],
        settings: Settings,
        prefixes: Set[str],
        fixed: Mapping[str, str],
    ) -> None:
        self._declared = declared
        self._settings = settings
        self._prefixes = prefixes
        self._fixed = fixed
        #: The inputs with a fixed value that templates use.
        self.spent: set[str] = set()
        idents = [p.ident for p in operation.inputs]
        self._scope = Scope((*scopes.PARAMETERS, *idents))
        self._extras: dict[str, ir.Parameter] = {}

    def mix(self, value: Node, target: ir.Parameter | None) -> ir.Text | str | None:
        """What the template ``value`` makes: a text, the one input that it is, or None if it is none."""
        text = value.value
        if not isinstance(text, str) or target is None:
            return self._only(value, text)
        setting = self._setting(value, text)
        if setting is not None:
            self._check_type(value, target)
            return ir.Text((setting,))
        if "{{" not in text:
            return None
        found = pieces(value, text)
        if len(found) == 1 and isinstance(found[0], Named):
            name = found[0].name
            if self._settings.find(value, name) is None or name in self._declared:
                return self._input(name)
        self._check_type(value, target)
        parts: list[str | ir.Variable | ir.Credential] = []
        for piece in found:
            part = (
                piece
                if isinstance(piece, str)
                else self._part(value, piece.name, target)
            )
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part is not None:
                parts.append(part)
        return ir.Text(tuple(parts))

    def _only(self, value: Node, text: object) -> str | None:
        """The body may be one input, and nothing else."""
        found = pieces(value, text) if isinstance(text, str) and "{{" in text else ()
        if len(found) == 1 and isinstance(found[0], Named):
            return self._input(found[0].name)
        return None

    def _setting(self, value: Node, text: str) -> ir.Credential | None:
        """The setting that ``env.NAME`` is, unless an adapter has this name."""
        found = references.split(text)
        if found is None or found[0] in self._prefixes or "{{" in text:
            return None
        return self._settings.find(value, text.strip())

    def _input(self, name: str) -> str:
        found = references.split(name)
        return found[1] if found is not None and found[0] in self._prefixes else name

    def _part(
        self, value: Node, name: str, target: ir.Parameter
    ) -> str | ir.Variable | ir.Credential | None:
        wanted, _ = references.place(self._input(name))
        if wanted in self._fixed:
            self.spent.add(wanted)
            return self._fixed[wanted]
        if wanted == name and name not in self._declared:
            setting = self._settings.find(value, name)
            if setting is not None:
                return setting
            if self._settings.unknown(value, name):
                return None
        known = self._extras.get(wanted)
        if known is None:
            item = self._declared.get(wanted)
            kind = _TYPES.get(item.text("type"), "string") if item else "string"
            ident, _ = self._scope.claim(wanted)
            known = ir.Parameter(wanted, ident, "variable", kind, False, {"type": kind})
        known = replace(known, required=known.required or target.required)
        self._extras[wanted] = known
        return ir.Variable(wanted, known.ident, known.type, target.required)

    def _check_type(self, value: Node, target: ir.Parameter) -> None:
        if target.type not in ("string", "json"):
            value.report.add(
                "E218",
                f"`{target.name}` is of type `{target.type}`, and a template makes a text",
                value.span(),
                None,
            )

    def extras(self) -> tuple[ir.Parameter, ...]:
        """The inputs that texts use, each once."""
        return tuple(self._extras.values())
