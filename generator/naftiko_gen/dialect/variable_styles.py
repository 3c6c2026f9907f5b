"""W169: a setting is named in the style of another tool."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import Source

from .places import (
    Place,
    adapters,
    consumed_inputs,
    consumes_blocks,
    entries,
    member,
)
from .rule import Finding, Rule, replaced

_NAME = r"([A-Z][A-Z0-9_]*)"
_STYLES = re.compile(
    rf"\$\{{(?:env[.:])?{_NAME}\}}|\$\{{\{{\s*(?:secrets|vars|env)\.{_NAME}\s*\}}\}}"
    rf"|\{{\{{\s*\$?(?:env|secrets|secret|vars|variables|binds|config)\.{_NAME}\s*\}}\}}"
    rf"|(?<![{{\w$]){{{_NAME}\}}(?!\}})"
    # What is within other words is a part of them: `caf%C3%A9`, `$Filter`, `<ORDER>1</ORDER>`.
    rf"|(?<![\w>])<{_NAME}>(?![\w<])|(?<![\w%])%{_NAME}%(?!\w)|(?<!\w)\${_NAME}\b"
)
_TEMPLATE = re.compile(r"\{\{.*?\}\}")
_WHOLE = re.compile(rf"(?:env\.)?{_NAME}")


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    names: set[str] = set()
    spaces: set[str] = set()
    if isinstance(data, dict):
        for _, bind in entries(((), data), "binds"):
            spaces.add(str(bind.get("namespace")))
            for _, keys in member(((), bind), "keys"):
                names.update(keys)
    for block in consumes_blocks(data):
        for holder in (*consumed_inputs(block), *member(block, "authentication")):
            yield from _read(holder, names, spaces)
    for adapter in adapters(data):
        for holder in member(adapter, "authentication"):
            yield from _read(holder, names, spaces)


def _read(
    holder: Place,
    names: set[str],
    spaces: set[str],
) -> Iterator[Finding]:
    path, node = holder
    for key in ("token", "value", "username", "password"):
        value = node.get(key)
        if not isinstance(value, str):
            continue
        whole = _WHOLE.fullmatch(value)
        if whole and (value.startswith("env.") or value in names):
            meant = f"{{{{{whole[1]}}}}}"
        else:
            meant = _STYLES.sub(lambda found: _template(found, spaces), value)
        if meant != value:
            yield Finding(
                (*path, key),
                f"`{key}` names a setting in another style: read as {_named(meant)}",
                edits=(replaced((*path, key), meant),),
            )


def _named(meant: str) -> str:
    # Alone: what stands around them may be a part of a secret.
    return ", ".join(f"`{name}`" for name in _TEMPLATE.findall(meant))


def _template(found: re.Match[str], spaces: set[str]) -> str:
    space = re.match(r"\{\{\s*(\w+)\.", found[0])
    if space and (space[1] in spaces or space[1] == "env"):
        return found[0]
    return f"{{{{{next(name for name in found.groups() if name)}}}}}"


RULE = Rule(
    "W169",
    _find,
    """\
consumes:
  - authentication: {type: bearer, token: '${SHOP_TOKEN}'}
""",
    """\
consumes:
  - authentication: {type: bearer, token: '{{SHOP_TOKEN}}'}
""",
)
