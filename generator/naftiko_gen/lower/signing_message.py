"""What a block says about HTTP Message Signatures (RFC 9421): components and parameters."""

from __future__ import annotations

import re

from naftiko_gen.ir_signing import Option

from .node import Node
from .signing_parts import malformed

#: The components that are made of a request (RFC 9421, section 2.2).
_DERIVED = (
    "@method",
    "@target-uri",
    "@authority",
    "@scheme",
    "@request-target",
    "@path",
    "@query",
)
_PARAM = re.compile(r'@query-param;name="[A-Za-z0-9*._%-]+"')
_FIELD = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")
_USUAL = ("@method", "@authority", "@path", "@query", "content-type", "content-digest")
#: Headers that the signer adds where they are covered.
_FILLED = {"content-type", "content-length", "content-digest", "date"}
_ALGORITHMS = (
    *("hmac-sha256", "ed25519", "ecdsa-p256-sha256"),
    *("rsa-pss-sha512", "rsa-v1_5-sha256"),
)
#: A nonce that grows says nothing that `created` does not.
_NONCES = ("random-hex", "uuid4")


def message_options(block: Node, node: Node) -> dict[str, Option]:
    """The options of the signer; problems are reported at the offending key."""
    _check_key(node)
    options: dict[str, Option] = {"components": _components(node, _sent(block))}
    expires = node.child("expires").value
    if isinstance(expires, int):
        options["expires"] = expires
    if node.has("nonce"):
        options["nonces"] = True
        if node.child("nonce").text("kind") not in _NONCES:
            malformed(node.child("nonce"), "the nonce of a message is random")
    return options


def _check_key(node: Node) -> None:
    algorithm = node.text("algorithm")
    if not algorithm:
        node.error(
            "E323", "message signatures need `algorithm`", hint=", ".join(_ALGORITHMS)
        )
    elif algorithm not in _ALGORITHMS:
        message = f"no message is signed with `{algorithm}`"
        malformed(node.child("algorithm"), message, ", ".join(_ALGORITHMS))
    decode = node.child("secret").child("decode")
    if decode.value not in (None, "base64", "pem"):
        malformed(decode, "the secret of message signatures is written in base64")


def _sent(block: Node) -> set[str]:
    """The headers that operations of the block send, in lower case."""
    holders = [block]
    for resource in block.items("resources"):
        holders += [resource, *resource.items("operations")]
    return {
        parameter.text("name").lower()
        for holder in holders
        for parameter in holder.items("inputParameters")
        if parameter.text("in") == "header"
    }


def _components(node: Node, sent: set[str]) -> tuple[str, ...]:
    listed = node.child("components")
    if not isinstance(listed.value, list):
        return _USUAL
    found: list[str] = []
    for index in range(len(listed.value)):
        item = listed.child(index)
        name = str(item.value)
        if name in found:
            malformed(item, f"`{name}` is covered already")
        elif not (name in _DERIVED or _PARAM.fullmatch(name) or _FIELD.fullmatch(name)):
            hint = ", ".join((*_DERIVED, '@query-param;name="..."', "a header"))
            malformed(item, f"a request has no component `{name}`", hint)
        elif not name.startswith("@") and name not in sent | _FILLED:
            node.report.add(
                "E322",
                f"no operation sends the header `{name}`",
                item.span(),
                "`@authority` covers the host" if name == "host" else None,
            )
        else:
            found.append(name)
    return tuple(found)
