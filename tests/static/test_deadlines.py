"""The time limit of whole calls."""

from __future__ import annotations

import asyncio

import pytest

from static.deadlines import Deadlines


async def hang(deadlines: Deadlines, started: asyncio.Event) -> str:
    """A call that ends only by its limit."""
    call = deadlines.begin()
    started.set()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        if deadlines.exceeded(call):
            return "too long"
        raise
    finally:
        deadlines.end(call)
    return "never"


def test_a_call_beyond_its_limit_is_ended_and_goes_on() -> None:
    async def main() -> str:
        task = asyncio.create_task(hang(Deadlines(0.02), asyncio.Event()))
        result = await asyncio.wait_for(task, 5)
        assert task.cancelling() == 0
        return result

    assert asyncio.run(main()) == "too long"


def test_the_cancellation_of_somebody_else_passes() -> None:
    async def main() -> None:
        started = asyncio.Event()
        task = asyncio.create_task(hang(Deadlines(60), started))
        await started.wait()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())


def test_no_limit_means_no_timer() -> None:
    async def main() -> bool:
        deadlines = Deadlines(0)
        call = deadlines.begin()
        deadlines.end(call)
        return call is None

    assert asyncio.run(main())


def test_calls_that_end_in_time_are_left_alone() -> None:
    async def quick(deadlines: Deadlines) -> None:
        call = deadlines.begin()
        await asyncio.sleep(0)
        deadlines.end(call)

    async def main() -> list[str]:
        deadlines = Deadlines(0.02)
        for _ in range(50):
            await quick(deadlines)
        # The one timer that is left looks at the next call too.
        return [await hang(deadlines, asyncio.Event()) for _ in range(2)]

    assert asyncio.run(asyncio.wait_for(main(), 5)) == ["too long", "too long"]
