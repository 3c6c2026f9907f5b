"""Print data as YAML, with the raw parts that stand in them, in one of several styles."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from .values import Raw

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9]+)*")
_OTHER = re.compile(r"[^ -~]")
_NOT_TEXT = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])


@dataclass(frozen=True)
class Style:
    """How a document is printed; ``flow`` is the depth from which brackets are used."""

    step: int = 2
    flow: int = 99
    ascii: bool = True
    quote: str = '"'


def printed(data: Any, style: Style) -> str:
    """The YAML text of ``data``."""
    lines: list[str] = []
    _block(data, 0, 0, style, lines, "")
    return "\n".join(lines) + "\n"


def _block(
    value: Any, indent: int, depth: int, style: Style, lines: list[str], lead: str
) -> None:
    space = " " * indent
    if not isinstance(value, dict | list) or not value or depth >= style.flow:
        lines.append(f"{lead or space}{_flow(value, style)}")
        return
    pairs = value.items() if isinstance(value, dict) else ((None, v) for v in value)
    for key, member in pairs:
        start = f"{lead or space}{'-' if key is None else _scalar(key, style) + ':'}"
        lead = ""
        nested = isinstance(member, dict | list) and member and depth + 1 < style.flow
        if nested and key is None:
            pad = " " * (style.step - 1)
            _block(member, indent + style.step, depth + 1, style, lines, start + pad)
        elif nested:
            lines.append(start)
            _block(member, indent + style.step, depth + 1, style, lines, "")
        else:
            lines.append(f"{start} {_flow(member, style)}")


def _flow(value: Any, style: Style) -> str:
    if isinstance(value, dict):
        members = (f"{_scalar(k, style)}: {_flow(v, style)}" for k, v in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, style) for item in value) + "]"
    return _scalar(value, style)


def _scalar(value: Any, style: Style) -> str:
    if isinstance(value, Raw):
        return value.text
    if not isinstance(value, str):
        return json.dumps(value, default=str)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    if style.quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    text = json.dumps(value, ensure_ascii=False)
    return _OTHER.sub(_escaped, text) if style.ascii else text


def _escaped(found: re.Match[str]) -> str:
    # Pairs of surrogates, as JSON has them, are no characters of YAML.
    return f"\\U{ord(found[0]):08X}"
