"""The flows of Vault: answers that the package itself makes."""

from __future__ import annotations

from . import operations
from .context import Context
from .measured_steps import observed_call
from .reply import Reply
from .steps import StepFailed, step
from .wire import concat


async def tidy(context: Context) -> Reply:
    """Reads, then writes (steps: all, note)."""
    try:
        await step(
            "all",
            observed_call(
                0,
                "vault.list-boxes",
                "vault",
                operations.list_boxes(context.vault),
            ),
            1,
            2,
        )
        reply = await step(
            "note",
            observed_call(
                1,
                "vault.add-note",
                "vault",
                operations.add_note(context.vault, text="tidy"),
            ),
            2,
            2,
        )
        return reply
    except StepFailed as failed:
        return failed.reply


async def note_twice(context: Context, *, text: str) -> Reply:
    """Leaves a note, and one about it (steps: first, second)."""
    try:
        await step(
            "first",
            observed_call(
                0,
                "vault.add-note",
                "vault",
                operations.add_note(context.vault, text=text),
            ),
            1,
            2,
        )
        reply = await step(
            "second",
            observed_call(
                1,
                "vault.add-note",
                "vault",
                operations.add_note(context.vault, text=concat("again: ", text)),
            ),
            2,
            2,
        )
        return reply
    except StepFailed as failed:
        return failed.reply
