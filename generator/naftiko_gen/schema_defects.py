"""From failed JSON Schema keywords to diagnostics in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from naftiko_gen import stamps
from naftiko_gen.diagnostics import closest

if TYPE_CHECKING:
    from naftiko_gen.source import NodePath

# One keyword's failure is looked at with its schema, which is JSON of any shape.
Schema = Mapping[str, Any]

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
}
_MANY = 100  # keys of one object, beyond which misspelt ones get no suggestion
_SHOWN = 40  # characters of a value that a message repeats


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong, and the node (or its key) that shows it."""

    code: str
    message: str
    path: NodePath
    at_key: bool = False
    hint: str | None = None
    owner: NodePath | None = None  # the object that lacks or has the keys below
    lacking: tuple[str, ...] = ()  # keys of which one should be there
    meant: str | None = None  # the known key that an unknown one resembles


@dataclass(frozen=True, slots=True)
class Failure:
    """A keyword that failed: its name and value, the schema around it, the node."""

    keyword: str
    wanted: Any
    schema: Schema
    path: NodePath
    value: Any
    subject: str  # the key that is missing or unknown, for keywords about keys
    in_name: bool  # the node is itself a key


def defect_of(failure: Failure) -> Defect | None:
    """Say what is wrong; None for keywords whose failure another one explains."""
    describe = _DESCRIPTIONS.get(failure.keyword)
    return describe(failure) if describe is not None else None


def without_cascades(defects: Iterable[Defect]) -> Iterator[Defect]:
    """Drop what follows from another defect.

    A node of the wrong type has no other defect, a scalar has one defect, and a
    missing key is not missing when an unknown key beside it is its misspelling.
    """
    found = list(defects)
    meant = {(item.owner, item.meant) for item in found if item.meant is not None}
    mistyped = {item.path for item in found if item.code == "E103"}
    scalars: set[tuple[NodePath, bool]] = set()
    for item in found:
        if any((item.owner, key) in meant for key in item.lacking):
            continue
        if item.path in mistyped and item.code != "E103":
            continue
        if item.owner is None:
            if (item.path, item.at_key) in scalars:
                continue
            scalars.add((item.path, item.at_key))
        yield item


def name_of(path: NodePath) -> str:
    """Name a node as its author would: by its key, or as an item of a list."""
    if not path:
        return "the document"
    last = path[-1]
    if isinstance(last, str):
        return f"`{last}`"
    return f"item {last + 1} of {name_of(path[:-1])}"


def title_of(schema: Schema) -> str:
    """Name an object of the format, for use after `this`."""
    return str(schema.get("title", "mapping"))


def _missing(failure: Failure) -> Defect:
    key = failure.subject
    about = failure.schema.get("properties", {}).get(key, {}).get("description")
    return Defect(
        "E101",
        f"`{key}` is missing in this {title_of(failure.schema)}",
        failure.path,
        hint=f"`{key}`: {about}" if about else None,
        owner=failure.path,
        lacking=(key,),
    )


def _unknown(failure: Failure) -> Defect:
    key = failure.subject
    known = failure.schema.get("properties", {})
    # Looking for the nearest word takes a while: not for keys by the thousand.
    many = len(failure.value) > _MANY
    meant = None if many else closest(key, known)
    return Defect(
        "E102",
        f"unknown key `{key[:_SHOWN]}` in this {title_of(failure.schema)}",
        (*failure.path, key),
        at_key=True,
        hint=f"did you mean `{meant}`?" if meant else f"known: {', '.join(known)}",
        owner=failure.path,
        meant=meant,
    )


def _wrong_type(failure: Failure) -> Defect:
    wanted = [failure.wanted] if isinstance(failure.wanted, str) else failure.wanted
    value = failure.value
    hint = None
    if isinstance(value, str) and {"integer", "number", "boolean"} & set(wanted):
        hint = "write it without quotes" if _is_plain(value, wanted) else None
    elif "string" in wanted and isinstance(value, bool | int | float):
        hint = "put it in quotes"
    return Defect(
        "E103",
        f"{name_of(failure.path)} must be {' or '.join(map(_TYPES.__getitem__, wanted))}"
        f", not {_kind_of(value)}",
        failure.path,
        hint=hint,
    )


def _is_plain(text: str, wanted: Iterable[str]) -> bool:
    if "boolean" in wanted and text in ("true", "false"):
        return True
    return "boolean" not in wanted and text.removeprefix("-").isdecimal()


def _kind_of(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, float):
        return "a number with a fraction"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def _not_listed(failure: Failure) -> Defect:
    values = [failure.wanted] if failure.keyword == "const" else failure.wanted
    known = [value for value in values if isinstance(value, str)]
    value = failure.value
    if failure.path in (("naftiko",), ("ikanos",)):
        return Defect(
            "E109",
            f"format version {_shown(value)} is not supported",
            failure.path,
            hint=stamps.hint_for(value, str(failure.path[0])),
        )
    meant = None
    if isinstance(value, str):
        lowered = {word.lower(): word for word in known}
        near = closest(value.lower(), lowered)
        meant = lowered[near] if near is not None else None
    return Defect(
        "E107" if failure.path[-1:] == ("type",) and len(values) == 1 else "E104",
        f"{name_of(failure.path)} cannot be {_shown(value)}",
        failure.path,
        hint=f"did you mean `{meant}`?" if meant else f"one of: {', '.join(known)}",
    )


def _shown(value: Any) -> str:
    if isinstance(value, str):
        text = value if value.isprintable() else ascii(value)[1:-1]
        return f"`{text[:_SHOWN]}`"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"`{value}`"
    return _kind_of(value)


def _mismatch(failure: Failure) -> Defect:
    # The value is not repeated: a URI may hold a password.
    return Defect(
        "E105",
        f"{name_of(failure.path)} is not a valid {failure.schema.get('title', 'text')}",
        failure.path,
        at_key=failure.in_name,
        hint=failure.schema.get("description"),
    )


def _out_of_range(failure: Failure) -> Defect:
    limit = _LIMITS[failure.keyword].format(failure.wanted)
    noun = {"minItems": "item", "minProperties": "entry"}.get(failure.keyword)
    if noun is not None:
        limit += f" {noun}"
    hint = None
    if noun is not None and not failure.value:
        hint = "add one, or leave the key out"
    return Defect(
        "E106", f"{name_of(failure.path)} must {limit}", failure.path, hint=hint
    )


_LIMITS = {
    "minimum": "be at least {}",
    "maximum": "be at most {}",
    "exclusiveMinimum": "be more than {}",
    "minLength": "have at least {} character",
    "maxLength": "have at most {} characters",
    "minItems": "have at least {}",
    "minProperties": "have at least {}",
}


def _forbidden(failure: Failure) -> Defect:
    return Defect(
        "E108",
        f"{name_of(failure.path)} cannot stand here",
        failure.path,
        at_key=True,
        hint=failure.schema.get("description"),
    )


_DESCRIPTIONS: dict[str, Callable[[Failure], Defect]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _not_listed,
    "const": _not_listed,
    "pattern": _mismatch,
    "not": _forbidden,
    **dict.fromkeys(_LIMITS, _out_of_range),
}
