"""Tools that may destroy something: an agent has to say that it means the call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from .errors import CallError
from .reply import JsonObject, Reply

ContextT = TypeVar("ContextT")
Run: TypeAlias = Callable[[JsonObject, ContextT], Awaitable[Reply]]


def acknowledged(run: Run[ContextT], argument: str = "acknowledged") -> Run[ContextT]:
    """The handler, called only with `argument`: true, which it does not get to see.

    Else nothing is sent: CallError 400 `not_acknowledged`.
    """

    async def confirmed(arguments: JsonObject, context: ContextT) -> Reply:
        if arguments.get(argument) is not True:
            message = (
                "nothing was sent, since this may destroy or change something for good:"
                f" make sure that it is wanted, then call again with {argument}: true"
            )
            raise CallError(400, "not_acknowledged", message)
        others = {name: value for name, value in arguments.items() if name != argument}
        return await run(others, context)

    return confirmed
