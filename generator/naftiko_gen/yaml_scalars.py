"""What the text of a YAML scalar means: the core schema of YAML 1.2 (1.2.2, 10.3.2).

This schema, not that of YAML 1.1, because ``on``, ``no`` and 2026-05-30 are strings in
it. Whatever JSON has no value for is refused.
"""

import math
import re

from naftiko_gen.ir import JsonValue

__all__ = ["Unusable", "resolve", "short", "unsupported"]

_MAX_NUMBER = 1_000  # characters; Python refuses to convert much longer ones

_CORE = re.compile(
    r"(?P<null>|~|null|Null|NULL)|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)"
    r"|(?P<int>[-+]?[0-9]+)|0o(?P<octal>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<special>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_BASES = {"int": 10, "octal": 8, "hex": 16}
_TAGGED = {"null": type(None), "bool": bool, "int": int, "float": float}
_PREFIX = "tag:yaml.org,2002:"
_SURROGATE = re.compile("[\ud800-\udfff]")
#: What every text begins with that is not a string.
_FIRST = frozenset("~nNtTfF+-.0123456789")


class Unusable(ValueError):
    """JSON cannot hold the value; carries the parts of a diagnostic except its place."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def resolve(text: str, tag: str | None, plain: bool) -> JsonValue:
    """The value of a scalar. Raises Unusable.

    ``tag`` is an explicit tag as a URI, ``plain`` whether there are neither tag nor
    quotes. The tag ``!`` makes a scalar a string, as quotes do.
    """
    if not text.isascii() and _SURROGATE.search(text):  # libyaml refuses it itself
        message = "an escape stands for half of a character"
        raise Unusable("E003", message, "write the character itself")
    if plain:
        return text if text and text[0] not in _FIRST else _plain(text)
    return text if tag in (None, "!") else _tagged(tag, text)


def unsupported(tag: str) -> Unusable:
    """The refusal of ``tag``, for the caller to raise or to report."""
    shown = short(tag.replace(_PREFIX, "!!"))
    return Unusable("E012", f"the tag `{shown}` is not supported", "remove the tag")


def short(text: str) -> str:
    """``text`` as a message shows it: not more than 60 characters of it."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def _plain(text: str) -> JsonValue:
    found = _CORE.fullmatch(text)
    kind = found.lastgroup if found else None
    if found is None or kind is None:
        return text
    if kind == "null":
        return None
    if kind in ("true", "false"):
        return kind == "true"
    if len(text) > _MAX_NUMBER:
        message = f"a number of {len(text)} characters is too long"
        raise Unusable("E007", message, "put it in quotes if it is text")
    if kind in _BASES:
        return int(found[kind], _BASES[kind])
    number = float(text) if kind == "float" else math.inf
    if not math.isfinite(number):
        message = f"JSON has no number for `{short(text)}`"
        raise Unusable("E012", message, "put it in quotes if it is text")
    return number


def _tagged(tag: str, text: str) -> JsonValue:
    name = tag.removeprefix(_PREFIX)
    if name == "str":
        return text
    if name not in _TAGGED:
        raise unsupported(tag)
    value = _plain(text)
    if type(value) is not _TAGGED[name]:
        message = f"`{short(text)}` is not what the tag `!!{name}` says"
        raise Unusable("E012", message, "remove the tag")
    return value
