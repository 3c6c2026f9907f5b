"""The operations of Printer as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_jobs(arguments: JsonObject, context: Context) -> Reply:
    """list-jobs: listJobs"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("state",))
    state = arguments_.string(faults, arguments, "state")
    faults.raise_any()
    return await operations.list_jobs(context.printer, state=state)


async def add_job(arguments: JsonObject, context: Context) -> Reply:
    """add-job: addJob"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.anything(faults, arguments, "title")
    faults.raise_any()
    return await operations.add_job(context.printer, title=title)


COMMANDS: dict[str, Command[Context]] = {"list-jobs": list_jobs, "add-job": add_job}
