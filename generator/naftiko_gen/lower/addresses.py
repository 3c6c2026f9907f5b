"""The base URI of an upstream."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from naftiko_gen.names import constant

from .node import Node
from .templates import Settings

_ABSOLUTE = re.compile(r"https?://[^/]")
# RFC 3986 without what a base URI must not have: user and password, query, fragment.
_BASE_URI = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
)


#: ``{{env.REGION}}``, ``{region}`` and ``${REGION}``.
_PLACEHOLDER = re.compile(
    r"\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}|\$?\{\s*([A-Za-z][A-Za-z0-9_-]*)\s*\}"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A base URI as it is written, and the variables for its placeholders."""

    text: str
    variables: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The base URI with ``{}`` for each variable."""
        return _PLACEHOLDER.sub("{}", self.text)


def base_uri(block: Node, settings: Settings, key: str = "baseUri") -> Address:
    """The base URI at ``key`` of a block without trailing slashes; empty when it was refused."""
    text = block.text(key)
    if not _ABSOLUTE.match(text):
        return Address("")  # The schema check has said so.
    bare = _PLACEHOLDER.sub("x", text)
    # A port is digits.
    bare = re.sub(r"(//[^/]*):x", r"\1:1", bare)
    if not _BASE_URI.fullmatch(bare) or not _readable(bare):
        block.error(
            "E217",
            "no request can be made with this base URI",
            at=key,
            hint="write a scheme, a host, perhaps a port and a path, with no user, no query "
            "and no character that a URI must escape",
        )
        return Address("")
    where = block.child(key)
    variables = tuple(
        _variable(where, found.group(1), found.group(2), settings)
        for found in _PLACEHOLDER.finditer(text)
    )
    return Address(text.rstrip("/"), variables)


def _variable(node: Node, double: str | None, single: str, settings: Settings) -> str:
    """Where the operator's value of a placeholder comes from."""
    name = double or single
    if double is None and not settings.binds.has(name):
        # Nobody binds these: by custom, {region} is the variable REGION.
        name = constant(name)
        return settings.binds.find(node, name) or name
    variable = settings.binds.find(node, name)
    if variable is None and not settings.unknown(node, name):
        node.report.add(
            "E204",
            f"no bind declares `{name}`",
            node.span(),
            "declare it under `binds`: a base URI is settled when the package starts",
        )
    return variable or ""


def _readable(text: str) -> bool:
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False
