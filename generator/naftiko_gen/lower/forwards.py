"""``forward`` of REST resources: requests that an upstream gets as they are."""

from __future__ import annotations

import re

from naftiko_gen import ir
from naftiko_gen.diagnostics import Report, closest
from naftiko_gen.names import Scope

from . import placeholders
from .consumes import Consumed
from .node import Node
from .parameters import lower_inputs
from .paths import router_path, router_slots

#: The name of a header field (RFC 9110, section 5.6.2).
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_CONNECTION = "it is about one connection (RFC 9110, section 7.6.1)"
_FRAMING = "the HTTP client writes it"
_CODING = "bodies are decoded here and passed on as they read"
#: Headers that never go on, and why.
_OWN = {
    **dict.fromkeys(
        (
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
        ),
        _CONNECTION,
    ),
    **dict.fromkeys(("content-length", "expect", "host"), _FRAMING),
    **dict.fromkeys(("accept-encoding", "content-encoding"), _CODING),
}
#: The placeholder that takes the rest of a path, slashes included.
_REST = "path"


def lower_forward(
    resource: Node, consumed: Consumed, functions: Scope
) -> ir.Forward | None:
    """What ``resource`` passes on; None after reporting why it cannot."""
    node = resource.child("forward")
    upstream = _target(node, consumed)
    first = _first(resource)
    trusted = _trusted(node)
    if upstream is None or first == -1:
        return None
    if upstream.signing is not None:
        node.error(
            "E296",
            f"requests cannot be passed on to `{upstream.namespace}`, whose calls are signed",
            at="targetNamespace",
            hint="a signature covers a nonce in the body and needs the cost and the permission of a "
            "known call: expose operations with `call`",
        )
        return None
    block = consumed.first[upstream.namespace]
    fixed = _fixed(block, consumed)
    own = {p.name.lower() for p in fixed if p.location == "header"}
    own |= {"cookie"} if any(p.location == "cookie" for p in fixed) else set()
    own |= {_credential(upstream.authentication)}
    for index, name in trusted:
        if name.lower() in own:
            node.report.add(
                "W203",
                f"the caller's `{name}` is not passed on: `{upstream.namespace}` gets its own",
                node.child("trustedHeaders").span(index),
                "remove it here, or what the consumes block sends under this name",
            )
    path = resource.text("path")
    path = f"{path[:-1]}{{{_REST}}}" if path.endswith("/*") else path
    name = resource.text("name") or f"forward {path}"
    ident, clash = functions.claim(name)
    if clash is not None:
        ident, _ = functions.claim(f"forward {name} {path}")
    return ir.Forward(
        path=router_path(path, router_slots(_with_path(resource, path))),
        ident=ident,
        name=name,
        title=resource.text("description")
        or resource.text("label")
        or f"Requests that go on to {upstream.namespace}",
        namespace=upstream.namespace,
        upstream_ident=upstream.ident,
        first=first,
        trusted=tuple(n for _, n in trusted if n.lower() not in own),
        fixed=fixed,
        reserved=_reserved(upstream.authentication, fixed),
    )


def _with_path(resource: Node, path: str) -> Node:
    return Node(
        resource.source,
        resource.report,
        resource.path,
        {**resource.value, "path": path},
    )


def _target(node: Node, consumed: Consumed) -> ir.Upstream | None:
    namespace = node.text("targetNamespace")
    known = [upstream.namespace for upstream in consumed.upstreams]
    for upstream in consumed.upstreams:
        if upstream.namespace == namespace:
            return upstream
    if namespace and consumed.complete:
        near = closest(namespace, known)
        node.error(
            "E201",
            f"no consumes block has the namespace `{namespace}`",
            at="targetNamespace",
            hint=f"did you mean `{near}`?" if near else f"known: {', '.join(known)}",
        )
    return None


def _first(resource: Node) -> int | None:
    """The segment of the path from which on it goes on; None for none, -1 for a fault."""
    segments = resource.text("path").split("/")
    last = len(segments) - 1
    if segments[-1] == "*":
        return last
    for index, segment in enumerate(segments):
        if _REST not in placeholders.names(segment):
            continue
        if index == last and placeholders.without(segment) == "x":
            return index
        resource.error(
            "E297",
            f"the placeholder `{_REST}` takes the whole rest of a path",
            at="path",
            hint=f"let the path end in /{{{_REST}}}, or give the placeholder another name",
        )
        return -1
    slots = (i for i, segment in enumerate(segments) if placeholders.names(segment))
    return next(slots, None)


def _trusted(node: Node) -> list[tuple[int, str]]:
    """The trusted headers, each once, with their places; what cannot go on is reported."""
    written = node.child("trustedHeaders")
    found: dict[str, tuple[int, str]] = {}
    for index, name in enumerate(
        written.value if isinstance(written.value, list) else ()
    ):
        if not isinstance(name, str):
            continue
        reason = _OWN.get(name.lower())
        if _TOKEN.fullmatch(name) is None:
            reason = "header names are letters, digits and !#$%&'*+-.^_`|~"
        if reason is not None:
            node.report.add(
                "E295",
                f"the header `{name}` cannot be passed on",
                written.span(index),
                reason,
            )
            continue
        found.setdefault(name.lower(), (index, name))
    return list(found.values())


def _fixed(block: Node, consumed: Consumed) -> tuple[ir.Parameter, ...]:
    """The parameters of the whole block that need nothing from a caller."""
    if consumed.operations[block.text("namespace")]:
        # Faults of these parameters have been reported with the operations.
        block = Node(block.source, Report(), block.path, block.value)
    found = lower_inputs((block,), (), {}, consumed.settings)
    return tuple(
        p
        for p in found.parameters
        if p.location in ("query", "header", "cookie")
        and (p.constant is not None or _settled(p.template))
    )


def _settled(text: ir.Text | None) -> bool:
    return text is not None and not any(isinstance(p, ir.Variable) for p in text.parts)


def _reserved(
    authentication: ir.Authentication | None, fixed: tuple[ir.Parameter, ...]
) -> tuple[str, ...]:
    names = [p.name for p in fixed if p.location == "query"]
    if authentication is not None and authentication.kind == "apikey-query":
        names.insert(0, authentication.name)
    return tuple(dict.fromkeys(names))


def _credential(authentication: ir.Authentication | None) -> str:
    """The header that holds the credential, in lower case; "" for none."""
    if authentication is None or authentication.kind == "apikey-query":
        return ""
    if authentication.kind.startswith("apikey"):
        return authentication.name.lower()
    return "authorization"
