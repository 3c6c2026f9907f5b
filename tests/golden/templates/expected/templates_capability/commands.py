"""The operations of Harbour watch as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_positions(arguments: JsonObject, context: Context) -> Reply:
    """list-positions: list-positions"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("imo", "unit", "tag", "note", "kind", "from"),
    )
    imo = arguments_.integer(faults, arguments, "imo", required=True)
    unit = arguments_.string(faults, arguments, "unit")
    tag = arguments_.string(faults, arguments, "tag", required=True)
    note = arguments_.string(faults, arguments, "note")
    kind = arguments_.string(faults, arguments, "kind", required=True)
    from_ = arguments_.string(faults, arguments, "from")
    faults.raise_any()
    return await operations.list_positions(
        context.ships,
        settings=context.settings,
        imo=given(imo),
        unit=unit,
        tag=given(tag),
        note=note,
        kind=given(kind),
        from_=from_,
    )


COMMANDS: dict[str, Command[Context]] = {"list-positions": list_positions}
