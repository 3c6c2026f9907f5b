"""A ``signing`` block as a scheme: what a preset says, with what the block says instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from naftiko_gen import ir
from naftiko_gen import ir_scheme as s

from .node import Node
from .signing_outputs import header_problem, mentions
from .signing_parts import (
    Names,
    malformed,
    read_name,
    read_part,
    read_parts,
    read_template,
    read_when,
)
from .signing_token import check_token, read_token

_T = TypeVar("_T", bound=str)
ALGORITHMS: tuple[s.Algorithm, ...] = get_args(s.Algorithm)
_GRAMMAR = (
    "secret",
    "time",
    "nonce",
    "constants",
    "body",
    "inject",
    "sortQuery",
    "carrier",
    "vars",
    "key",
    "payload",
    "jwt",
    "separator",
    "algorithm",
    "encode",
    "post",
    "output",
)
#: The private keys that each algorithm signs with; the others have a secret.
KEYS: Mapping[str, tuple[str, ...]] = {
    "rsa-sha256": ("rsa",),
    "ecdsa-p256-sha256": ("p256",),
    "ed25519": ("ed25519",),
    "auto": ("rsa", "p256", "ed25519"),
}


@dataclass(frozen=True, slots=True)
class Model:
    """The keys of a block, each from where it is written: the block, else the preset."""

    own: Node
    preset: Node

    def at(self, key: str) -> Node:
        """The value of ``key``, where it stands."""
        return (self.own if self.own.has(key) else self.preset).child(key)

    def has(self, key: str) -> bool:
        """Whether either has ``key``."""
        return self.own.has(key) or self.preset.has(key)


def read_scheme(
    own: Node, preset: Node, name: str, roles: tuple[str, ...], secret: str
) -> s.Scheme:
    """The scheme ``name``; problems are reported at the offending key."""
    model = Model(own, preset)
    constants = {key: str(item.value) for key, item in _members(model.at("constants"))}
    algorithm = _one_of(model.at("algorithm"), ALGORITHMS, "hmac-sha256", "E323")
    form = _one_of(
        model.at("secret").child("decode"), get_args(s.SecretForm), "none", "E321"
    )
    if (form == "pem") != (algorithm in KEYS):
        own.report.add(
            "E324",
            f"the algorithm `{algorithm}` needs "
            + ("a key in PEM form" if form != "pem" else "a secret that is not PEM"),
            own.span(),
            "write `secret: {decode: pem}`" if form != "pem" else None,
        )
    time = None
    if model.has("time"):
        unit = model.at("time").child("unit")
        time = _one_of(unit, get_args(s.TimeUnit), "ms", "E321")
    offset = model.at("time").child("offset").value
    nonce = _nonce(model)
    names = Names(roles, constants, private=form == "pem")
    names.absent = {"time": time is None, "nonce": nonce is None}
    injections = _each(model.at("inject"), lambda n: _injection(n, names))
    carrier = _carrier(model, names)
    if carrier is not None:
        names.variables.append("envelope")
    variables: list[tuple[str, s.Part]] = []
    for key, item in _members(model.at("vars")):
        variables.append((key, read_part(item, names)))
        names.variables.append(key)
    payload = read_parts(model.at("payload"), names) if model.has("payload") else ()
    key_part = None
    if model.has("key"):
        node = model.at("key")
        key_part = read_name(node, str(node.value), names)
    token = read_token(model.at("jwt"), names) if model.has("jwt") else None
    check_token(model.at("algorithm"), model.at("payload"), token, algorithm)
    made = "signature" if token is None else "token"
    names.variables.append(made)
    post: list[tuple[str, s.Part]] = []
    for key, item in _members(model.at("post")):
        post.append((key, read_part(item, names)))
        names.variables.append(key)
    outputs = _each(model.at("output"), lambda n: _output(n, names))
    scheme = s.Scheme(
        name=name,
        title=model.at("title").value or name,
        documentation=tuple(model.at("documentation").value or ()),
        roles=roles,
        secret=secret,
        form=form,
        time=time,
        offset=offset if isinstance(offset, int) else 0,
        nonce=nonce,
        body="form" if model.at("body").text("format") == "form" else "json",
        empty_body=model.at("body").text("empty"),
        inject=tuple(injections),
        sort_query=model.at("sortQuery").value == "all",
        carrier=carrier,
        variables=tuple(variables),
        key=key_part,
        payload=payload,
        separator=model.at("separator").value or "",
        algorithm=algorithm,
        encode=_one_of(
            model.at("encode"), ("hex", "HEX", "base64", "base64url"), "hex", "E321"
        ),
        post=tuple(post),
        output=tuple(outputs),
        document=_document(model),
        token=token,
    )
    _complete(scheme, model, made)
    return scheme


def _document(model: Model) -> ir.JsonObject:
    """What the scheme itself is, without who uses it and where."""
    found: ir.JsonObject = {}
    for node in (model.preset, model.own):
        found |= node.value if isinstance(node.value, dict) else {}
    return {key: found[key] for key in _GRAMMAR if key in found}


def _members(node: Node) -> list[tuple[str, Node]]:
    if not isinstance(node.value, dict):
        return []
    return [(str(key), node.child(key)) for key in node.value]


def _each(node: Node, read: Callable[[Node], _Field | None]) -> list[_Field]:
    if node.value is None:
        return []
    if not isinstance(node.value, list):
        malformed(node, "a list is expected here")
        return []
    found = (read(node.child(index)) for index in range(len(node.value)))
    return [item for item in found if item is not None]


_Field = TypeVar("_Field")


def _one_of(node: Node, allowed: tuple[_T, ...], default: _T, code: str) -> _T:
    if node.value is None:
        return default
    for word in allowed:
        if node.value == word:
            return word
    if not node.flawed():
        node.report.add(
            code, f"`{node.value}` is not known here", node.span(), ", ".join(allowed)
        )
    return default


def _nonce(model: Model) -> s.Nonce | None:
    node = model.at("nonce")
    if not isinstance(node.value, dict):
        return None
    kinds: tuple[str, ...] = ("increasing", "uuid4", "random-hex")
    kind = _one_of(node.child("kind"), kinds, "increasing", "E321")
    size = node.child("bytes").value
    if kind == "uuid4":
        return s.Nonce("uuid4")
    if kind == "random-hex":
        return s.Nonce("random-hex", size=size if isinstance(size, int) else 16)
    unit = node.text("unit", "ns")
    if unit not in ("ms", "us", "ns"):
        malformed(node.child("unit"), "an increasing nonce counts ms, us or ns")
    return s.Nonce(
        "increasing", "ms" if unit == "ms" else "us" if unit == "us" else "ns"
    )


def _injection(node: Node, names: Names) -> s.Injection | None:
    place = node.text("in")
    if place not in ("query", "body") or not node.text("name"):
        malformed(
            node, "an injected field has `in` (query or body), `name` and `value`"
        )
        return None
    return s.Injection(
        place="query" if place == "query" else "body",
        name=node.text("name"),
        value=read_template(node.child("value"), names),
        first=node.text("at") == "start",
        integer=node.text("type") == "integer",
        when=read_when(node.child("when")) if node.has("when") else None,
    )


def _output(node: Node, names: Names) -> s.Output | None:
    place = node.text("in")
    if place not in ("header", "query", "body") or not node.text("name"):
        malformed(
            node, "an output has `in` (header, query or body), `name` and `value`"
        )
        return None
    output = s.Output(
        place=(
            "header" if place == "header" else "query" if place == "query" else "body"
        ),
        name=node.text("name"),
        value=read_template(node.child("value"), names),
        when=read_when(node.child("when")) if node.has("when") else None,
        omit_empty=bool(node.flag("omitEmpty")),
    )
    if problem := header_problem(output):
        malformed(node, problem)
    return output


def _carrier(model: Model, names: Names) -> s.Carrier | None:
    node = model.at("carrier")
    if not isinstance(node.value, dict):
        return None
    first = _members(node.child("first"))
    return s.Carrier(tuple((key, read_template(item, names)) for key, item in first))


def _complete(scheme: s.Scheme, model: Model, signed: str) -> None:
    """Report what no signature can be made without; ``signed`` is what holds it."""
    for key in ("payload" if scheme.token is None else "jwt", "algorithm", "output"):
        if not model.has(key) or model.at(key).value == []:
            model.own.error("E323", f"a signing scheme needs `{key}`")
    if model.has("output") and not mentions(scheme, signed):
        model.at("output").report.add(
            "E323",
            "the signature is never put into the request",
            model.at("output").span(),
            f"use {{{signed}}} in one of the outputs",
        )
    body = [f.name for f in scheme.inject if f.place == "body"]
    if scheme.carrier is not None and body:
        malformed(
            model.at("carrier"), "a carrier and fields in the body exclude one another"
        )
