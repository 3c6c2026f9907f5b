"""Counters and histograms: what Prometheus reads of them, and adding up processes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from static.metrics import BOUNDS, Family, prometheus, snapshot


def counters() -> Family:
    return Family(
        "naftiko.request.total", "Errors\nof \\ requests", "counter", ("a-b", "c")
    )


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample, as an independent reader finds it."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_names_are_printed_as_they_are() -> None:
    family = counters()
    family.counter("x", "").add()
    assert prometheus([family]) == (
        "# HELP naftiko_request_total Errors\\nof \\\\ requests\n"
        "# TYPE naftiko_request_total counter\n"
        'naftiko_request_total{a_b="x"} 1\n'
    )


def test_families_without_values_are_left_out() -> None:
    assert prometheus([counters()]) == ""


@given(st.text(), st.text())
def test_any_text_is_a_label(first: str, second: str) -> None:
    family = counters()
    family.counter(first, second).add()
    text = prometheus([family])
    if "\r" in text or any(c in text for c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        return  # The reader takes more characters for the end of a line than the format.
    shown = {"a_b": first, "c": second}
    labels = tuple(sorted((k, v) for k, v in shown.items() if v))
    assert samples(text) == {("naftiko_request_total", labels): 1.0}


@given(st.lists(st.floats(0, 20, allow_nan=False), min_size=1, max_size=50))
def test_buckets_are_cumulative(seconds: list[float]) -> None:
    family = Family("d", "", "histogram", ())
    for value in seconds:
        family.histogram().observe(value)
    found = samples(prometheus([family]))
    for bound in BOUNDS:
        shown = (("le", str(int(bound)) if bound == int(bound) else repr(bound)),)
        assert found["d_bucket", shown] == sum(value <= bound for value in seconds)
    assert found["d_bucket", (("le", "+Inf"),)] == len(seconds) == found["d_count", ()]
    assert found["d_sum", ()] == pytest.approx(sum(seconds))


def test_processes_add_up() -> None:
    ours, theirs = counters(), counters()
    gauge, other = (Family("active", "", "gauge", ()) for _ in range(2))
    durations, others = (Family("d", "", "histogram", ()) for _ in range(2))
    ours.counter("x", "y").add()
    theirs.counter("x", "y").add()
    theirs.counter("z", "y").add()
    for one in (gauge, other):
        one.counter().value = 1
    durations.histogram().observe(0.001)
    others.histogram().observe(100)
    # As it comes from another process.
    told = json.loads(json.dumps(snapshot([theirs, other, others])))
    found = samples(prometheus([ours, gauge, durations], [told]))
    assert found["naftiko_request_total", (("a_b", "x"), ("c", "y"))] == 2
    assert found["naftiko_request_total", (("a_b", "z"), ("c", "y"))] == 1
    assert found["active", ()] == 1
    assert found["d_count", ()] == 2
    assert found["d_bucket", (("le", "10"),)] == 1
    assert ours.counter("x", "y").value == 1, "nothing of ours is changed by asking"
