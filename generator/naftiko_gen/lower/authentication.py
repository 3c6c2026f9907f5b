"""``authentication`` of a consumes block, and the errors inside of its answers."""

from __future__ import annotations

import re
from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen.ir_signing import Envelope
from naftiko_gen.signing_modules import MODULES

from .binds import written_credential
from .grants import lower_grant
from .levels import environment, is_credential
from .node import Node
from .templates import Settings, pieces

#: The name of a header field (RFC 9110, section 5.6.2).
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def lower_authentication(block: Node, settings: Settings) -> ir.Authentication | None:
    """The credentials of ``block``; None when it has none or they were refused."""
    node = block.child("authentication")
    if not isinstance(node.value, dict) or block.has("signing"):
        return None
    kind = node.text("type")
    variables = {
        name: replace(setting, required=True)
        for name, setting in environment(
            block.items("inputParameters"), settings
        ).items()
    }
    own = Settings(settings.binds, settings.scope, variables)
    if kind == "oauth2":
        return lower_grant(node, block.text("namespace"), own)
    if kind == "apikey":
        place = node.text("placement", "header")
        return _api_key(
            node, own, "apikey-query" if place == "query" else "apikey-header"
        )
    if kind == "bearer":
        token = _secret(node, "token", own)
        if token is None:
            return None
        return ir.Authentication("bearer", "Authorization", (token,))
    if kind == "basic":
        return _user(node, own, "basic")
    if kind == "digest":
        return _user(node, own, "digest")
    return None  # The schema check has said so.


def _api_key(
    node: Node, settings: Settings, kind: ir.AuthenticationKind
) -> ir.Authentication | None:
    value, name = _secret(node, "value", settings), node.text("key")
    if not name and not node.flawed():
        node.error("E239", "the API key has no name", hint="add `key: X-Api-Key`")
    if kind == "apikey-header" and name and not _TOKEN.fullmatch(name):
        node.error(
            "E218",
            "no header can have this name",
            at="key",
            hint="header names are letters, digits and !#$%&'*+-.^_`|~",
        )
    return None if value is None else ir.Authentication(kind, name, (value,))


def _user(
    node: Node, settings: Settings, kind: ir.AuthenticationKind
) -> ir.Authentication | None:
    """A user may stand in the capability; one of user and password is a secret."""
    user = _text(node, "username", settings)
    if user is None:
        return None
    if user.secret and not node.text("password"):
        password: ir.Text | None = ir.Text(())
    else:
        password = _secret(node, "password", settings)
    constant_colon = any(isinstance(p, str) and ":" in p for p in user.parts)
    if kind == "basic" and constant_colon:
        node.error("E218", "a user cannot have a colon (RFC 7617)", at="username")
    if password is None:
        return None
    return ir.Authentication(kind, "Authorization", (user, password))


def _secret(node: Node, key: str, settings: Settings) -> ir.Text | None:
    """The text at ``key``, a part of which must come from outside."""
    if not node.has(key) and node.flawed():
        return None
    problems = node.report.faults
    found = _text(node, key, settings)
    if found is None or found.secret:
        return found
    if node.report.faults == problems:
        written_credential(node, key)
    return None


def _text(node: Node, key: str, settings: Settings) -> ir.Text | None:
    where = node.child(key)
    parts: list[str | ir.Variable | ir.Credential] = []
    for piece in pieces(where, node.text(key).strip()):
        if isinstance(piece, str):
            if not (piece.isascii() and piece.isprintable()):
                node.error("E218", "a credential is printable ASCII", at=key)
            parts.append(piece)
            continue
        setting = settings.bound(where, piece.name)
        if setting is None:
            if settings.binds.complete:
                settings.binds.undeclared(where, piece.name)
            return None
        parts.append(setting)
    return ir.Text(tuple(parts))


def check_credential(holder: Node, block: Node) -> None:
    """Note parameters of ``holder`` in whose place ``authentication`` sends the credential."""
    for item in holder.items("inputParameters"):
        span = item.span("name")
        told = item.report.told(span)
        if is_credential(item, block) and not told:
            item.report.add(
                "W112",
                f"`{item.text('name')}` is the credential, which `authentication` sends",
                span,
                "remove the parameter: no caller's value is ever sent in its place",
            )


def lower_errors(block: Node, signing: ir.Signing | None) -> ir.ErrorRules | None:
    """The in-band error rules of ``block``; None when answers carry no errors of their own."""
    node = block.child("errors")
    if not isinstance(node.value, dict):
        return None
    ignore = node.child("ignore").value or []
    module = None if signing is None else MODULES.get(signing.scheme)
    envelope: Envelope = "build"
    if node.flag("whole"):
        envelope = "none"
    elif module is not None and module.envelopes:
        envelope = "sandbox"
    return ir.ErrorRules(
        member=node.text("path"),
        rules=tuple(_rule(rule) for rule in node.items("rules")),
        otherwise=_rule(node.child("otherwise")),
        ignore=tuple(text for text in ignore if isinstance(text, str)),
        envelope=envelope,
    )


def _rule(node: Node) -> ir.ErrorRule:
    status = node.child("status").value
    return ir.ErrorRule(
        prefix=node.text("prefix"),
        status=status if isinstance(status, int) else 502,
        kind=node.text("kind", "request"),
        after=node.text("after"),
    )
