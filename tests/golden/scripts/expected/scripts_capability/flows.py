"""The flows of Ranking: answers that the package itself makes."""

from __future__ import annotations

from . import operations
from .context import Context
from .json_values import at
from .lookups import index_of, look_up
from .mocks import nothing
from .reply import Reply
from .scripts import script
from .steps import StepFailed, answered, found, step, stored, targets, within
from .wire import concat_given


async def rank_ships(context: Context, *, limit: int | None = None) -> Reply:
    """rankShips (steps: ships, rank)."""
    try:
        reply = await step("ships", operations.list_ships(context.ships), 1, 1)
        ships = found("ships", reply)
        rank = await script(
            "rank",
            "python",
            ("scripts/lengths.py", "scripts/rank.py"),
            {
                "limit": limit,
                "ships": ships,
                "note": concat_given("at most ", limit),
                "factor": 2,
            },
            seconds=60.0,
            statements=100000,
        )
        answer = targets((("best",), at(rank, "rows")), (("note",), at(rank, "note")))
        return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def find_size(context: Context, *, code: str | None = None) -> Reply:
    """findSize (steps: sizes, size)."""
    try:
        sizes = await script(
            "sizes",
            "python",
            ("scripts/sizes.py",),
            {},
            seconds=60.0,
            statements=100000,
        )
        sizes_by_code = index_of(sizes, "code")
        size = look_up(sizes_by_code, code, "limit")
        answer = targets((("size",), stored(size)))
        return nothing() if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def book_longest(context: Context) -> Reply:
    """Book a berth for the longest ship (steps: ships, longest, book)."""
    try:
        reply = await step("ships", operations.list_ships(context.ships), 1, 2)
        ships = found("ships", reply)
        longest = await script(
            "longest",
            "javascript",
            ("scripts/longest.js",),
            {"ships": ships},
            seconds=60.0,
            statements=100000,
        )
        reply = await step(
            "book",
            operations.book_berth(context.ships, ship=within(longest, "name")),
            2,
            2,
        )
        return reply
    except StepFailed as failed:
        return failed.reply
