"""The structural check: a document against the JSON Schema of the format.

The schema file under `schemas/` is a complete JSON Schema (draft 2020-12) for editors
and other validators. Here the same file is read with two changes: unions are decided by
`schema_choices`, and each subschema is made into a validator once for the process.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from naftiko_gen.diagnostics import Report
from naftiko_gen.schema_choices import CHOICES, Misfit, choose
from naftiko_gen.schema_defects import (
    Defect,
    Failure,
    defect_of,
    title_of,
    without_cascades,
)
from naftiko_gen.source import Source

_FILE = "schemas/naftiko-1.0.0-alpha2.json"
_CHOICE = "x-choice"  # our keyword: the name of an entry of CHOICES

# Keyword functions get and give JSON of any shape, as jsonschema's own do.
_Errors = Iterator[ValidationError]


def schema_text() -> str:
    """Return the published JSON Schema of the format, extension keys included."""
    return resources.files("naftiko_gen").joinpath(_FILE).read_text(encoding="utf-8")


def check(source: Source, report: Report) -> None:
    """Report everything in `source` that the schema of the format does not allow."""
    found = (_defect(error) for error in _root().iter_errors(source.data))
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


def _choice(validator: Any, name: str, instance: Any, schema: Any) -> _Errors:
    branch = choose(CHOICES[name], instance, title_of(schema))
    if isinstance(branch, Misfit):
        yield ValidationError(branch.message, validator=_CHOICE, validator_value=branch)
    elif branch is not None:
        yield from _definition(branch).iter_errors(instance)


def _reference(validator: Any, reference: str, instance: Any, schema: Any) -> _Errors:
    name = reference.removeprefix("#/$defs/")
    yield from _definition(name).iter_errors(instance)


def _properties(validator: Any, known: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, dict):
        for key, value in instance.items():
            if key in known:
                yield from _inside(key, known[key], value)


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
                yield from _inside(key, allowed, value)


def _property_names(validator: Any, names: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, dict):
        for key in instance:
            yield from _inside(key, names, key)


def _required(validator: Any, keys: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, dict):
        for key in keys:
            if key not in instance:
                yield ValidationError(key)


def _items(validator: Any, item: Any, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, list):
        for index, value in enumerate(instance):
            yield from _inside(index, item, value)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> _Errors:
    if isinstance(instance, str) and not _expression(pattern).search(instance):
        yield ValidationError(pattern)


def _inside(key: str | int, schema: Any, value: Any) -> _Errors:
    for error in _validator(schema).iter_errors(value):
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


# The stubs leave the arguments of `extend` without types.
_Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        _CHOICE: _choice,
        "$ref": _reference,
        "properties": _properties,
        "additionalProperties": _other_properties,
        "propertyNames": _property_names,
        "required": _required,
        "items": _items,
        "pattern": _pattern,
    },
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "number": _is_number}
    ),
)


@cache
def _root() -> Any:
    schema = json.loads(schema_text())
    del schema["$schema"]  # with it jsonschema would take its own class again
    for name, part in (("", schema), *schema["$defs"].items()):
        if name in CHOICES:
            part.pop("oneOf", None)
            part.pop("anyOf", None)
            part[_CHOICE] = name
    return _Validator(schema)


@cache
def _definition(name: str) -> Any:
    return _validator(_root().schema["$defs"][name])


_made: dict[int, Any] = {}  # by identity: the schema lives as long as the process


def _validator(schema: Any) -> Any:
    made = _made.get(id(schema))
    if made is None:
        made = _made[id(schema)] = _root().evolve(schema=schema)
    return made
