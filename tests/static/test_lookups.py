"""Lookups, held against the obvious nested loop."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from static.lookups import index_of, look_up
from static.reply import JsonObject, JsonValue

KEYS: st.SearchStrategy[JsonValue] = st.one_of(
    st.integers(-2, 2),
    st.sampled_from(["1", "2", "-1", "true", "", "x", "None", "null"]),
    st.booleans(),
    st.none(),
    st.just(1.0),
    st.just(0.5),
    st.lists(st.integers(0, 1), max_size=1),
)
ROWS = st.one_of(
    st.builds(lambda key, name: {"id": key, "name": name}, KEYS, st.integers(0, 9)),
    st.just({"name": 1}),
    st.integers(),
)


def text(value: JsonValue) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, int | float) else value


def nested_loop(rows: list[JsonValue], value: JsonValue) -> JsonObject | None:
    for row in rows:
        if not isinstance(row, dict) or text(value) is None:
            continue
        if text(row.get("id")) == text(value):
            return {"name": row.get("name"), "rank": row.get("rank")}
    return None


@given(st.lists(ROWS, max_size=6), KEYS, st.lists(KEYS, max_size=4))
def test_the_first_row_with_the_text_is_found(
    rows: list[JsonValue], value: JsonValue, values: list[JsonValue]
) -> None:
    index = index_of(rows, "id")
    if not isinstance(value, list):
        assert look_up(index, value, "name", "rank") == nested_loop(rows, value)
    several = [row for row in (nested_loop(rows, v) for v in values) if row is not None]
    assert look_up(index, values, "name", "rank") == (several or None)


def test_an_object_is_a_table_of_one_row() -> None:
    index = index_of({"id": 7, "name": "Ann"}, "id")
    assert look_up(index, "7", "name") == {"name": "Ann"}
    assert look_up(index, 8, "name") is None
    assert look_up(index_of(None, "id"), 7, "name") is None
