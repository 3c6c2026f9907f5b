"""The checks accept exactly what JSON Schema accepts."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from static import check, wire
from static.check import Faults
from static.errors import CallError
from static.reply import JsonObject, JsonValue
from static.strict_json import MAX_DEPTH, parse_json, unsendable

SMALL = st.integers(-3, 3)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    SMALL,
    st.integers(),
    st.sampled_from([0.0, -0.0, 1.0, 2.5, -1.5, 1e300]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "a", "b", "ab", "longer text", "1", "true", "é"]),
    st.text(max_size=6),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "c", "x/y"]), inner, max_size=3),
    ),
    max_leaves=5,
)
Field = tuple[JsonObject, Callable[[Faults, JsonObject, str, str, bool], None]]


def typed(name: str, nullable: bool) -> JsonValue:
    return [name, "null"] if nullable else name


@st.composite
def strings(draw: st.DrawFn) -> Field:
    nullable = draw(st.booleans())
    enum = draw(st.sampled_from([(), ("a",), ("a", "ab")]))
    length = draw(st.sampled_from([None, 0, 1, 4]))
    pattern = draw(st.sampled_from([None, "^a", "b$", "[0-9]"]))
    schema: JsonObject = {"type": typed("string", nullable)}
    if enum:
        schema["enum"] = [*enum, None]
    if length is not None:
        schema["maxLength"] = length
    if pattern is not None:
        schema["pattern"] = pattern

    def run(f: Faults, body: JsonObject, name: str, at: str, required: bool) -> None:
        check.string(
            f,
            body,
            name,
            at,
            required=required,
            nullable=nullable,
            enum=enum,
            max_length=length,
            pattern=pattern,
        )

    return schema, run


@st.composite
def numbers(draw: st.DrawFn) -> Field:
    kind = draw(st.sampled_from(["integer", "number"]))
    nullable = draw(st.booleans())
    minimum = draw(st.none() | SMALL)
    maximum = draw(st.none() | SMALL)
    enum = draw(st.sampled_from([(), (0, 1), (2,)]))
    schema: JsonObject = {"type": typed(kind, nullable)}
    if enum:
        schema["enum"] = [*enum, None]
    if minimum is not None:
        schema["minimum"] = minimum
    if maximum is not None:
        schema["maximum"] = maximum
    function: Any = check.integer if kind == "integer" else check.number

    def run(f: Faults, body: JsonObject, name: str, at: str, required: bool) -> None:
        function(
            f,
            body,
            name,
            at,
            required=required,
            nullable=nullable,
            minimum=minimum,
            maximum=maximum,
            enum=enum,
        )

    return schema, run


@st.composite
def others(draw: st.DrawFn) -> Field:
    kind = draw(st.sampled_from(["boolean", "array", "any", "either", "pairs"]))
    nullable = draw(st.booleans())
    items = draw(
        st.sampled_from(
            [None, "string", "integer", "number", "boolean", "object", "array", "null"]
        )
    )
    objects: JsonObject = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
            "additionalProperties": False,
        },
    }
    forms: dict[str, list[JsonValue]] = {
        "boolean": [{"type": "boolean"}],
        "array": [{"type": "array", "items": {} if items is None else {"type": items}}],
        "any": [{}],
        "either": [{"type": "integer"}, {"type": "string"}],
        "pairs": [{"type": "string"}, objects],
    }
    null: list[JsonValue] = [{"type": "null"}] if nullable else []
    schema: JsonObject = {"anyOf": forms[kind] + null}
    if kind == "any" and not nullable:
        schema = {"not": {"type": "null"}}

    def run(f: Faults, body: JsonObject, name: str, at: str, required: bool) -> None:
        common: dict[str, Any] = {"required": required, "nullable": nullable}
        if kind == "boolean":
            check.boolean(f, body, name, at, **common)
        elif kind == "array":
            check.array(f, body, name, at, items=items, **common)
        elif kind == "any":
            check.anything(f, body, name, at, **common)
        elif kind == "either":
            check.integer_or_string(f, body, name, at, **common)
        else:
            check.string_or_objects(f, body, name, at, known=("a", "b"), **common)

    return schema, run


@settings(max_examples=600, deadline=None)
@given(field=strings() | numbers() | others(), value=VALUES, required=st.booleans())
def test_a_field_is_accepted_as_json_schema_accepts_it(
    field: Field, value: JsonValue, required: bool
) -> None:
    schema, run = field
    whole: JsonObject = {"type": "object", "properties": {"f": schema}}
    if required:
        whole["required"] = ["f"]
    body: JsonObject
    for body in ({"f": value}, {}):
        faults = Faults()
        run(faults, body, "f", "", required)
        assert accepted(faults) == Draft202012Validator(whole).is_valid(body)


@settings(max_examples=200, deadline=None)
@given(value=VALUES, required=st.booleans())
def test_an_object_is_accepted_as_json_schema_accepts_it(
    value: JsonValue, required: bool
) -> None:
    schema: JsonObject = {
        "type": "object" if required else ["object", "null"],
        "properties": {"a": {}, "b": {}},
        "additionalProperties": False,
    }
    faults = Faults()
    check.body_object(faults, value, "", required=required, known=("a", "b"))
    assert accepted(faults) == Draft202012Validator(schema).is_valid(value)


def accepted(faults: Faults) -> bool:
    try:
        faults.raise_any()
    except CallError as error:
        assert error.status == 400
        assert error.code == "invalid_input"
        return False
    return True


def test_all_faults_are_told_with_their_pointers() -> None:
    faults = Faults()
    body = check.body_object(
        faults, {"a/b": 1, "new~": 2}, "/body", required=True, known=("a/b", "c")
    )
    assert body is not None
    check.string(faults, body, "a/b", "/body")
    check.boolean(faults, body, "c", "/body", required=True)
    with pytest.raises(CallError) as caught:
        faults.raise_any()
    told = {fault.pointer: fault.message for fault in caught.value.faults}
    assert told == {
        "/body/new~0": "is not known; known here: a/b, c",
        "/body/a~1b": "must be a string",
        "/body/c": "is required",
    }
    assert caught.value.message.startswith("/body/new~0 ")
    assert caught.value.message.endswith("(and 2 more)")


def test_unknown_members_pass_where_they_are_allowed() -> None:
    faults = Faults(allow_unknown=True)
    value: JsonObject = {"x": [1]}
    body = check.body_object(faults, value, "", required=True, known=())
    assert body is value
    faults.raise_any()


def test_a_flood_of_mistakes_is_cut() -> None:
    faults = Faults()
    value: JsonObject = {str(number): number for number in range(5000)}
    check.body_object(faults, value, "", required=True, known=())
    with pytest.raises(CallError) as caught:
        faults.raise_any()
    assert len(caught.value.faults) == 50


@pytest.mark.parametrize("value", [math.nan, math.inf, "\ud800", ["\udfff"]])
def test_what_json_cannot_say_is_refused(value: JsonValue) -> None:
    for function in (check.number, check.string, check.anything, check.array):
        faults = Faults()
        function(faults, {"f": value}, "f", "")
        assert not accepted(faults)


def test_bottomless_values_are_refused() -> None:
    value: JsonValue = 1
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert unsendable(value) is None
    assert unsendable([value]) is not None


@settings(max_examples=300)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_numbers_on_the_wire_have_no_exponent_and_lose_nothing(value: float) -> None:
    text = wire.text(value)
    assert not set(text) - set("-0123456789.")
    assert Decimal(text) == Decimal(repr(value))
    assert type(value)(text) == value


def test_other_values_on_the_wire() -> None:
    assert wire.text(True) == "true"
    assert wire.text(False) == "false"
    assert wire.text("a b") == "a b"
    assert wire.text(1.0) == "1"
    assert wire.text(-0.0) == "0"
    assert wire.text(1e-7) == "0.0000001"


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("-7", -7), ("07", 7), (" 7", None), ("7.0", None), ("1_0", None)],
)
def test_integers_in_texts(text: str, value: int | None) -> None:
    faults = Faults()
    assert check.text_integer(faults, text, "/query/n") == value
    assert accepted(faults) == (value is not None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("0.5", 0.5), ("1e3", 1000.0), ("nan", None), ("١", None), ("", None)],
)
def test_numbers_in_texts(text: str, value: float | None) -> None:
    faults = Faults()
    assert check.text_number(faults, text, "/query/n") == value
    assert accepted(faults) == (value is not None)


def test_numbers_in_texts_have_bounds() -> None:
    for text in ("1e999", "9" * 400):
        faults = Faults()
        check.text_number(faults, text, "/query/n")
        assert not accepted(faults)
    for text in ("0", "4"):
        faults = Faults()
        check.text_integer(faults, text, "/query/n", minimum=1, maximum=3)
        assert not accepted(faults)


def test_other_texts() -> None:
    faults = Faults()
    assert check.text_boolean(faults, "true", "/query/b") is True
    assert check.text_boolean(faults, "false", "/query/b") is False
    assert check.text_string(faults, "", "/query/s") == ""
    assert check.text_string(faults, None, "/query/s") is None
    faults.raise_any()
    check.text_boolean(faults, "True", "/query/b")
    check.text_string(faults, None, "/query/s", required=True)
    check.text_string(faults, "x", "/query/t", enum=("y",))
    with pytest.raises(CallError) as caught:
        faults.raise_any()
    assert [fault.pointer for fault in caught.value.faults] == [
        "/query/b",
        "/query/s",
        "/query/t",
    ]


@given(VALUES)
def test_json_is_read_as_it_was_written(value: JsonValue) -> None:
    assert parse_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"{\n  oops}", "line 2 column 3"),
        (b'{"a": 1, "a": 2}', '"a"'),
        (b'[{"b": {"c": 1, "c": 1}}]', '"c"'),
        (b"NaN", "NaN"),
        (b"[-Infinity]", "Infinity"),
        (b"1e999", "too large"),
        (b"9" * 5000, "too large"),
        (b'"\xff"', "byte 2"),
        (b"[" * 100_000, "nested"),
        (b"[" * 101 + b"]" * 101, "nested"),
        (b"", "line 1"),
    ],
)
def test_json_that_readers_could_disagree_about_is_refused(
    raw: bytes, told: str
) -> None:
    with pytest.raises(CallError) as caught:
        parse_json(raw)
    assert (caught.value.status, caught.value.code) == (400, "invalid_json")
    assert told in caught.value.message


def test_json_may_nest_up_to_the_limit_and_be_wide() -> None:
    assert parse_json(b"[" * 100 + b"]" * 100)
    assert len(str(parse_json(b"[" + b"[],{}," * 500 + b"1]"))) > 1000
