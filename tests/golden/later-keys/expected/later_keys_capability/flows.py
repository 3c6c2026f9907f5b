"""The flows of Archive: answers that the package itself makes."""

from __future__ import annotations

from . import operations
from .context import Context
from .reply import Reply
from .steps import answered


async def count(context: Context) -> Reply:
    """How many photographs there are."""
    return answered({"count": 7})


async def labelling_list_labels(context: Context) -> Reply:
    """All labels."""
    return await operations.list_labels(context.labels)
