"""The flows of Orders to read: answers that the package itself makes."""

from __future__ import annotations

from . import operations
from .context import Context
from .json_values import at
from .reply import Reply
from .steps import Started, StepFailed, answered, found, step, targets


async def summary(context: Context, *, order: str) -> Reply:
    """An order beside the totals (steps: all, first)."""
    try:
        async with Started() as started:
            first_call = started.call(
                lambda: operations.get_line(context.shop, number=order, line="1"),
            )
            reply = await step("all", operations.get_totals(context.shop), 1, 2)
            all_ = found("all", reply)
            reply = await step("first", first_call, 2, 2)
            first = found("first", reply)
            answer = targets(
                (("order", "first"), at(first, "item")),
                (("total",), at(all_, "total")),
            )
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply
