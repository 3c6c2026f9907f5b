"""The structural check: a document against the JSON Schema of its generation.

Each schema file under `schemas/` is a complete JSON Schema (draft 2020-12) for editors
and other validators. Here the same file is read with two changes: unions are decided by
`schema_choices`, and each subschema is made into a validator once for the process.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from naftiko_gen.diagnostics import Report
from naftiko_gen.schema_choices import CHOICES, Choice, Misfit, choose
from naftiko_gen.schema_defects import (
    Defect,
    Failure,
    defect_of,
    title_of,
    without_cascades,
)
from naftiko_gen.schema_later import LATER_CHOICES
from naftiko_gen.source import Source
from naftiko_gen.unseen import unseen

# It would make grammars of IRIs, for more than a second, although no format is checked here.
with unseen("rfc3987_syntax"):
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

# Versions that name a schema of their own; `versions` says which documents it is for.
ALPHA2 = "1.0.0-alpha2"
BETA5 = "1.0.0-beta5"

_FILES: Mapping[str, tuple[str, Mapping[str, Choice]]] = {
    ALPHA2: ("schemas/naftiko-1.0.0-alpha2.json", CHOICES),
    BETA5: ("schemas/ikanos-1.0.0-beta5.json", LATER_CHOICES),
}
_CHOICE = "x-choice"  # our keyword: the name of an entry of the table of choices

_KINDS = {dict: "object", list: "array", str: "string", bool: "boolean"}
_library_type = Draft202012Validator.VALIDATORS["type"]

# Keyword functions get and give JSON of any shape, as jsonschema's own do.
_Errors = Iterator[ValidationError]


def schema_text(version: str = ALPHA2) -> str:
    """Return the published JSON Schema of a generation, extension keys included."""
    file, _ = _FILES[version]
    return resources.files("naftiko_gen").joinpath(file).read_text(encoding="utf-8")


def prepare() -> None:
    """Make the validators of all generations, which the first check would do otherwise."""
    for version in _FILES:
        _root(version)


def check(source: Source, report: Report, version: str = ALPHA2) -> None:
    """Report everything in `source` that the schema of its generation does not allow."""
    errors = _root(version).iter_errors(source.data)
    found = (_defect(error) for error in errors)
    for item in without_cascades(defect for defect in found if defect is not None):
        span = source.span(item.path, key=item.at_key)
        report.add(item.code, item.message, span, item.hint)


def _defect(error: ValidationError) -> Defect | None:
    path = tuple(error.absolute_path)
    wanted = error.validator_value
    if isinstance(wanted, Misfit):
        return Defect(
            wanted.code,
            wanted.message,
            path if wanted.key is None else (*path, wanted.key),
            at_key=wanted.key is not None and not wanted.at_value,
            hint=wanted.hint,
            owner=path,
            lacking=wanted.lacking,
        )
    return defect_of(
        Failure(
            keyword=str(error.validator),
            wanted=wanted,
            schema=error.schema if isinstance(error.schema, dict) else {},
            path=path,
            value=error.instance,
            subject=error.message,
            in_name="propertyNames" in error.absolute_schema_path,
        )
    )


def _properties(validator: Any, known: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, dict):
        for key, value in instance.items():
            if key in known:
                yield from _inside(validator, key, known[key], value)


def _other_properties(
    validator: Any, allowed: Any, instance: Any, schema: Any
) -> _Errors:
    if isinstance(instance, dict):
        known = schema.get("properties", ())
        for key, value in instance.items():
            if key in known:
                continue
            if allowed is False:
                yield ValidationError(key)
            else:
                yield from _inside(validator, key, allowed, value)


def _property_names(validator: Any, names: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, dict):
        for key in instance:
            yield from _inside(validator, key, names, key)


def _required(validator: Any, keys: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, dict):
        for key in keys:
            if key not in instance:
                yield ValidationError(key)


def _items(validator: Any, item: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, list):
        for index, value in enumerate(instance):
            yield from _inside(validator, index, item, value)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, str) and not _expression(pattern).search(instance):
        yield ValidationError(pattern)


def _type(validator: Any, types: Any, instance: Any, schema: Any) -> _Errors:
    """As the library has it; most values fit, which is found out here at less cost."""
    kind = _KINDS.get(type(instance))
    if kind == types or (isinstance(types, list) and kind in types):
        return iter(())
    return iter(_library_type(validator, types, instance, schema))


def _inside(validator: Any, key: str | int, schema: Any, value: Any) -> _Errors:
    for error in _evolved(validator, schema).iter_errors(value):
        error.path.appendleft(key)
        yield error


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    # Python's `$` also matches before a final line feed; that of JSON Schema does not.
    if pattern.endswith("$"):
        pattern = pattern[:-1] + r"\Z"
    return re.compile(pattern)


def _is_integer(checker: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(checker: Any, value: Any) -> bool:
    # YAML has infinities and NaN, JSON has not.
    if isinstance(value, float):
        return math.isfinite(value)
    return _is_integer(checker, value)


def _validators(version: str) -> Any:
    """The class of validators whose references and choices are those of `version`."""
    choices = _FILES[version][1]

    def choice(validator: Any, name: str, instance: Any, schema: Any) -> _Errors:
        branch = choose(choices[name], instance, title_of(schema))
        if isinstance(branch, Misfit):
            yield ValidationError(
                branch.message, validator=_CHOICE, validator_value=branch
            )
        elif branch is not None:
            yield from definition(branch).iter_errors(instance)

    def reference(validator: Any, name: str, instance: Any, schema: Any) -> _Errors:
        name = name.removeprefix("#/$defs/")
        yield from definition(name).iter_errors(instance)

    @cache
    def definition(name: str) -> Any:
        root = _root(version)
        return _evolved(root, root.schema["$defs"][name])

    # The stubs leave the arguments of `extend` without types.
    return extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        {
            _CHOICE: choice,
            "$ref": reference,
            "properties": _properties,
            "additionalProperties": _other_properties,
            "propertyNames": _property_names,
            "required": _required,
            "items": _items,
            "pattern": _pattern,
            "type": _type,
        },
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
            {"integer": _is_integer, "number": _is_number}
        ),
    )


@cache
def _root(version: str) -> Any:
    schema = json.loads(schema_text(version))
    del schema["$schema"]  # with it jsonschema would take its own class again
    for name, part in (("", schema), *schema["$defs"].items()):
        if name in _FILES[version][1]:
            part.pop("oneOf", None)
            part.pop("anyOf", None)
            part[_CHOICE] = name
    return _validators(version)(schema)


_made: dict[int, Any] = {}  # by identity: the schemas live as long as the process


def _evolved(validator: Any, schema: Any) -> Any:
    made = _made.get(id(schema))
    if made is None:
        made = _made[id(schema)] = validator.evolve(schema=schema)
    return made
