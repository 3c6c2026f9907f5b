"""The operations of Search as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def search(arguments: JsonObject, context: Context) -> Reply:
    """search: Search a shelf"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("shelf", "exact", "session", "weight", "words", "filter"),
    )
    shelf = arguments_.string(faults, arguments, "shelf", required=True)
    exact = arguments_.boolean(faults, arguments, "exact")
    session = arguments_.string(faults, arguments, "session")
    weight = arguments_.number(faults, arguments, "weight")
    words = arguments_.array(faults, arguments, "words")
    filter_ = arguments_.object_(faults, arguments, "filter")
    faults.raise_any()
    return await operations.search(
        context.search,
        shelf=given(shelf),
        exact=exact,
        session=session,
        weight=weight,
        words=words,
        filter_=filter_,
    )


COMMANDS: dict[str, Command[Context]] = {"search": search}
