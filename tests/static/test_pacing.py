"""Nonces, pauses, the call budget and the breaker, on a clock that we move."""

import pytest

from static.errors import CallError
from static.pacing import (
    LONGEST_PAUSE,
    Breaker,
    CounterLimits,
    NonceSource,
    Pause,
    TokenBucket,
)


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_nonces_increase_when_the_clock_stands_still_or_steps_back() -> None:
    times = iter([100, 100, 50, 101, 200])
    nonces = NonceSource(clock=lambda: next(times))
    assert [nonces.take() for _ in range(5)] == ["100", "101", "102", "103", "200"]


def test_nonces_are_nanoseconds() -> None:
    assert len(NonceSource().take()) == 19


def test_a_pause_ends_and_is_never_shortened() -> None:
    clock = Clock()
    pause = Pause(clock)
    assert pause.remaining() == 0.0
    pause.hold(10)
    pause.hold(2)
    clock.now += 4
    assert pause.remaining() == 6.0
    clock.now += 6
    assert pause.remaining() == 0.0


def test_a_nonsensical_time_does_not_pause_for_days() -> None:
    pause = Pause(Clock())
    pause.hold(1e9)
    assert pause.remaining() == LONGEST_PAUSE


def test_the_bucket_says_how_long_until_a_call_fits() -> None:
    clock = Clock()
    bucket = TokenBucket(CounterLimits(maximum=3, decay=0.5), clock)
    assert [bucket.spend(1) for _ in range(4)] == [0, 0, 0, 2.0]
    assert bucket.spend(2) == 4.0
    clock.now += 4
    assert bucket.spend(2) == 0
    clock.now += 1000
    assert bucket.spend(50) == 0, "a cost above the ceiling must still be possible"
    assert bucket.spend(1) == 2.0


def test_the_breaker_opens_after_refusals_in_a_row_only() -> None:
    breaker = Breaker("api.example.com", threshold=3, clock=Clock())
    for _ in range(5):
        assert not breaker.refused("nonce")
        assert not breaker.refused("nonce")
        breaker.undecided()
        breaker.accepted()
    assert breaker.obstacle() is None


def test_an_open_breaker_says_why_and_what_to_do() -> None:
    clock = Clock()
    breaker = Breaker("api.example.com", threshold=2, cool_off=60, clock=clock)
    breaker.refused("nonce")
    assert breaker.refused("nonce")
    clock.now += 20
    with pytest.raises(CallError) as caught:
        breaker.admit()
    error = caught.value
    assert (error.status, error.code, error.retry_after) == (503, "calls_stopped", 40)
    assert "api.example.com" in error.message
    assert "a key of its own" in error.message
    assert breaker.obstacle() == error.message


def test_after_the_cool_off_one_call_decides() -> None:
    clock = Clock()
    breaker = Breaker("h", threshold=1, cool_off=60, clock=clock)
    breaker.refused("credentials")
    clock.now += 60
    assert breaker.obstacle() is None
    breaker.admit()
    with pytest.raises(CallError, match="one call finds out"):
        breaker.admit()
    breaker.undecided()
    breaker.admit()
    breaker.refused("credentials")
    with pytest.raises(CallError):
        breaker.admit()
    clock.now += 60
    breaker.admit()
    breaker.accepted()
    breaker.admit()
    breaker.admit()


def test_a_lockout_opens_at_once_and_for_longer() -> None:
    clock = Clock()
    breaker = Breaker("h", lockout=900, clock=clock)
    assert breaker.refused("lockout")
    clock.now += 899
    assert breaker.obstacle() is not None
    clock.now += 1
    assert breaker.obstacle() is None


def test_a_late_success_does_not_reopen_the_gate() -> None:
    breaker = Breaker("h", threshold=1, clock=Clock())
    breaker.refused("credentials")
    breaker.accepted()
    assert breaker.obstacle() is not None
