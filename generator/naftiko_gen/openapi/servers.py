"""``servers``, or ``host``, ``basePath`` and ``schemes``: the base URI of an API."""

from __future__ import annotations

import re

from naftiko_gen.lower.node import Node

from .references import listed

#: A host that is nobody's (RFC 2606): a document need not say where its API is.
_NOBODY = "https://api.example.com"
_ABSOLUTE = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[^?#{}\s]*)?"
)
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def base_uri(root: Node, *, old: bool) -> str:
    """The base URI without trailing slashes; empty after E514 was reported."""
    where, url = _host(root) if old else _first_server(root)
    if not url or url.startswith("/"):
        where.error(
            "W505",
            f"the document does not say which host serves the API: {_NOBODY} stands in its place",
            hint="correct `baseUri`, or set the variable <NAMESPACE>_BASE_URI at run time",
        )
        url = _NOBODY + url
    if not _ABSOLUTE.fullmatch(url):
        where.error(
            "E514",
            f"no request can be made with the address `{url}`",
            hint="write http:// or https://, a host, perhaps a port and a path",
        )
        return ""
    return url.rstrip("/")


def _host(root: Node) -> tuple[Node, str]:
    path = root.text("basePath").rstrip("/")
    if path and not path.startswith("/"):
        path = f"/{path}"
    if not root.text("host"):
        return root.child("swagger"), path
    schemes = listed(root.child("schemes")) or ["https"]
    scheme = "https" if "https" in schemes else str(schemes[0])
    return root.child("host"), f"{scheme}://{root.text('host')}{path}"


def _first_server(root: Node) -> tuple[Node, str]:
    servers = root.items("servers")
    if not servers:
        return root.child("openapi"), ""
    server = servers[0]
    variables = server.child("variables")

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        default = variables.child(name).text("default")
        if not default:
            server.error(
                "E514", f"the variable `{name}` of the address has no default", at="url"
            )
            return name
        server.error(
            "W505", f"`{name}` of the address is its default, `{default}`", at="url"
        )
        return default

    return server.child("url"), _VARIABLE.sub(value, server.text("url")).rstrip("/")
