"""Filters: `?(@.price < 10 && @.name)`, the part of RFC 9535 that finds one value on each side.

filter     = all ("||" all)*
all        = one ("&&" one)*
one        = "!" (group | query) | group | value [operator value]
group      = "(" filter ")"
value      = query | text | number | "true" | "false" | "null"
query      = ("@" | "$") ("." name | "[" (quoted | index) "]")*
"""

from __future__ import annotations

import re

from naftiko_gen.ir_mapping import (
    Compare,
    Every,
    Exists,
    Not,
    Operator,
    Query,
    Some,
    Test,
    Value,
)

from .reader import Reader

_OPERATORS: tuple[Operator, ...] = ("==", "!=", "<=", ">=", "<", ">")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"true|false|null")
_WORDS = {"true": True, "false": False, "null": None}
_FOREIGN = re.compile(
    r"=~|=|(?:in|nin|contains|size|empty|subsetof|anyof|noneof)\b", re.IGNORECASE
)
_DEEPEST = 20


def read_filter(reader: Reader, depth: int = 0) -> Test:
    """The test that starts here. Raises PathError."""
    if depth > _DEEPEST:
        reader.fail("brackets are nested too deeply")
    tests = [_all(reader, depth)]
    while reader.take("||"):
        tests.append(_all(reader, depth))
    return tests[0] if len(tests) == 1 else Some(tuple(tests))


def _all(reader: Reader, depth: int) -> Test:
    tests = [_one(reader, depth)]
    while reader.take("&&"):
        tests.append(_one(reader, depth))
    return tests[0] if len(tests) == 1 else Every(tuple(tests))


def _one(reader: Reader, depth: int) -> Test:
    reader.space()
    if reader.take("!"):
        reader.space()
        group = _group(reader, depth)
        return Not(Exists(_needed_query(reader)) if group is None else group)
    group = _group(reader, depth)
    return _comparison(reader) if group is None else group


def _group(reader: Reader, depth: int) -> Test | None:
    if not reader.take("("):
        return None
    found = read_filter(reader, depth + 1)
    reader.need(")", "at the end of a group")
    reader.space()
    return found


def _comparison(reader: Reader) -> Test:
    start = reader.at
    left = _value(reader)
    operator = next((o for o in _OPERATORS if reader.take(o)), None)
    if operator is None:
        _refuse_foreign(reader)
        if isinstance(left, Query):
            return Exists(left)
        reader.fail("a value alone tests nothing", start, reader.at)
    reader.space()
    return Compare(left, operator, _value(reader))


def _refuse_foreign(reader: Reader) -> None:
    found = _FOREIGN.match(reader.text, reader.at)
    if found is not None:
        reader.fail(
            f"the operator `{found[0]}` cannot be compiled",
            end=found.end(),
            hint=f"filters compare with {', '.join(_OPERATORS)}",
        )


def _value(reader: Reader) -> Query | Value:
    query = _query(reader)
    if query is not None:
        return query
    text = reader.quoted()
    if text is None:
        value = _literal(reader)
        reader.space()
        return value
    reader.space()
    return Value(text)


def _literal(reader: Reader) -> Value:
    start = reader.at
    number = reader.match(_NUMBER)
    if number is not None:
        whole = number.lstrip("-").isdigit()
        if len(number) > 100 or abs(float(number)) == float("inf"):
            reader.fail("the number is too large", start, reader.at)
        return Value(int(number) if whole else float(number))
    word = reader.match(_WORD)
    if word is None:
        reader.refuse_call()
        reader.fail("a value should stand here: `@.name`, 'text', a number, `true` …")
    return Value(_WORDS[word])


def _needed_query(reader: Reader) -> Query:
    query = _query(reader)
    if query is None:
        reader.refuse_call()
        reader.fail("`!` stands before a group or a path")
    return query


def _query(reader: Reader) -> Query | None:
    start = reader.at
    absolute = reader.take("$")
    if not absolute and not reader.take("@"):
        return None
    steps: list[str | int] = []
    while reader.next in (".", "["):
        steps.append(_step(reader, start))
    reader.space()
    return Query(tuple(steps), absolute)


def _step(reader: Reader, start: int) -> str | int:
    step: str | int | None
    if reader.take("."):
        step = reader.name()
    else:
        reader.need("[", "before a selector")
        reader.space()
        step = reader.quoted()
        if step is None:
            step = reader.integer()
        reader.space()
        if step is not None:
            reader.need("]", "in a path that finds one value")
    if step is None:
        reader.fail(
            "a path in a filter must find one value: names and indices only",
            start,
            reader.at + 1,
        )
    return step
