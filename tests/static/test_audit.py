"""The audit log and the limits of callers."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from static.audit import AuditLog, Called
from static.caller_limits import CallerLimits
from static.environment import Environment, SettingsError
from static.errors import CallError
from static.safeguards import Rate, Safeguards, read_safeguards
from static.watching_calls import CallWatch


def called(target: str = "GET /boxes") -> Called:
    return Called("rest", "route", target, "list-boxes", "agent", "id-1", ["word"])


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_line_says_what_was_called(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    log = AuditLog(str(path), "X_AUDIT_LOG")
    one = called()
    one.outcome = 200
    log.write(one, 0.0125)
    log.close()
    [line] = lines(path)
    time = str(line.pop("time"))
    assert time.endswith("Z") and datetime.fromisoformat(time).tzinfo is not None
    assert line == {
        "request_id": "id-1",
        "adapter": "rest",
        "route": "GET /boxes",
        "operation": "list-boxes",
        "arguments": ["word"],
        "status": 200,
        "duration_ms": 12.5,
        "caller": "agent",
    }
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_was_moved_away_is_opened_anew(tmp_path: Path) -> None:
    path, old = tmp_path / "audit", tmp_path / "audit.1"
    log = AuditLog(str(path), "X_AUDIT_LOG")
    log.write(called("one"), 0)
    path.rename(old)
    log.write(called("two"), 0)
    path.unlink()
    log.write(called("three"), 0)
    log.close()
    assert [line["route"] for line in lines(old)] == ["one"]
    assert [line["route"] for line in lines(path)] == ["three"]


def test_lines_of_several_processes_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    children = []
    for number in range(4):
        child = os.fork()
        if not child:
            log = AuditLog(str(path), "X_AUDIT_LOG")
            for _ in range(200):
                log.write(called(str(number) * 500), 0)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    found = [str(line["route"]) for line in lines(path)]
    assert len(found) == 800
    assert all(len(text) == 500 and len(set(text)) == 1 for text in found)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="X_AUDIT_LOG: .*No such file"):
        AuditLog(str(tmp_path / "missing" / "audit"), "X_AUDIT_LOG")


def test_nothing_is_changed_that_cannot_be_noted(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "audit"
    path.parent.mkdir()
    watch = CallWatch(Safeguards("X", audit_log=str(path)))
    path.unlink()
    path.parent.rmdir()
    with watch.call(called(), "", reads=False):
        pass
    with (
        pytest.raises(CallError, match="cannot be noted") as refused,
        watch.call(called(), "", reads=False),
    ):
        raise AssertionError("the call was made")
    assert refused.value.status == 503
    with watch.call(called(), "", reads=True):
        pass
    path.parent.mkdir()
    with watch.call(called("again"), "", reads=True):
        pass
    with watch.call(called("changed"), "", reads=False):
        pass
    watch.close()
    assert [line["route"] for line in lines(path)] == ["again", "changed"]


@given(
    calls=st.integers(1, 20),
    seconds=st.integers(1, 60),
    pauses=st.lists(st.floats(0, 30), max_size=60),
)
def test_a_caller_never_exceeds_the_rate(
    calls: int, seconds: int, pauses: list[float]
) -> None:
    now = 0.0
    limits = CallerLimits(Rate(calls, seconds), clock=lambda: now)
    made = 0
    for pause in pauses:
        now += pause
        wait = limits.take("one")
        assert wait >= 0
        made += not wait
        assert made <= calls + now * calls / seconds + 1e-6
        if wait:
            # It says when there is one again.
            now += wait * (1 + 1e-9) + 1e-9
            assert limits.take("one") == 0
            made += 1


def test_callers_are_counted_apart_and_few_are_remembered() -> None:
    limits = CallerLimits(Rate(1, 60), clock=lambda: 0.0, most=3)
    assert [limits.take(name) for name in "aabb"] == [0, 60, 0, 60]
    for name in "cdefg":
        assert limits.take(name) == 0
    assert len(limits) == 3


@pytest.mark.parametrize("text", ["60", "0/min", "x/min", "1/day", "-1/s", "1.5/s"])
def test_a_rate_that_makes_no_sense_is_named(text: str) -> None:
    environment = Environment({"X_CALLER_RATE": text})
    read_safeguards(environment, "X")
    with pytest.raises(SettingsError, match="X_CALLER_RATE must be a number of calls"):
        environment.finish()


def test_rates_are_read() -> None:
    for text, rate in (("60/min", Rate(60, 60)), ("5 / s", Rate(5, 1))):
        environment = Environment({"X_CALLER_RATE": text})
        assert read_safeguards(environment, "X").caller_rate == rate
        environment.finish()
