"""OpenAPI documents (2.0, 3.0, 3.1) as capabilities."""

from __future__ import annotations

import re

from naftiko_gen.diagnostics import Report, closest
from naftiko_gen.lower.node import Node
from naftiko_gen.names import kebab
from naftiko_gen.source import read

from . import operations, references, security, servers, structure
from .fields import VERSION_2, VERSION_3
from .model import Api

__all__ = ["Api", "import_api"]

_NEW = re.compile(r"3\.[01](\.[0-9]+)?(-.+)?")


def import_api(file: str, report: Report, namespace: str = "") -> Api | None:
    """The API that ``file`` describes; None after an error was reported.

    ``namespace`` is what its title gives when it is empty. All faults of the document are
    reported in one run: E501 to E514, and as W501 to W507 what is not imported.
    """
    source = read(file, report, number_keys=True)
    if source is None:
        return None
    root = Node(source, report, (), source.data)
    old = _is_old(root)
    if old is None:
        return None
    structure.check(root, VERSION_2 if old else VERSION_3)
    references.check(root)
    info = root.child("info")
    name = namespace or kebab(info.text("title"), fallback="api")
    base = servers.base_uri(root, old=old)
    found = operations.places(root)
    credential = security.credential(
        root, [place.node for place in found], name, base, old=old
    )
    called = operations.read(found, credential, old=old)
    if not called and report.ok:
        _nothing_left(root, found)
    if not report.ok:
        return None
    title = " ".join(info.text("title").split())
    return Api(
        namespace=name,
        title=title,
        description=info.text("description").strip() or info.text("summary") or title,
        base_uri=base,
        credential=credential,
        operations=called,
        skipped=len(found) - len(called),
    )


def _nothing_left(root: Node, found: list[operations.Place]) -> None:
    if not root.has("paths") and root.text("openapi").startswith("3.0"):
        root.error("E503", "`paths` is missing")
        return
    span = root.key_span("paths") if root.has("paths") else root.span()
    hint = "the warnings say why each operation was left out" if found else None
    root.report.add("E513", "no operation is left to import", span, hint)


def _is_old(root: Node) -> bool | None:
    """Whether the document is one of OpenAPI 2.0; None after reporting that it is none at all."""
    if root.has("swagger"):
        # A number without quotes is common, and certain.
        if str(root.child("swagger").value) == "2.0":
            return True
        _unknown_version(root, "swagger")
        return None
    if root.has("openapi"):
        if _NEW.fullmatch(str(root.child("openapi").value)):
            return False
        _unknown_version(root, "openapi")
        return None
    near = next(
        (k for k in root.value if closest(k.lower(), ("openapi", "swagger"))), None
    )
    span = root.key_span(near) if near else root.span()
    hint = "an OpenAPI document starts with `openapi: 3.x` or `swagger: '2.0'`"
    root.report.add("E501", "this is not an OpenAPI document", span, hint)
    return None


def _unknown_version(root: Node, key: str) -> None:
    root.error(
        "E502",
        f"version `{root.child(key).value}` of OpenAPI cannot be read",
        at=key,
        hint="known are 2.0 (`swagger: '2.0'`), 3.0 and 3.1 (`openapi: 3.1.0`)",
    )
