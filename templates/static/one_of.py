"""Routes of one method and path: which of them a request is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from aiohttp import web

from .errors import CallError
from .reply import Reply
from .rest_support import Handler, json_body

ContextT = TypeVar("ContextT")

_IN_BODY = "body/"


@dataclass(frozen=True, slots=True)
class Alternative(Generic[ContextT]):
    """A handler, and the inputs that show that a request is for it: all of them, or `some`.

    `others` show that it is not: they are for one that takes them as well.
    An input is written with its place: `query/id`, `header/x-id`, `cookie/id`, `body/id`.
    """

    handler: Handler[ContextT]
    inputs: tuple[str, ...]
    some: bool = False
    others: tuple[str, ...] = ()

    def fits(self, sent: frozenset[str]) -> bool:
        """Whether a request with the inputs `sent` is for this one."""
        fit = (any if self.some else all)(name in sent for name in self.inputs)
        return fit and sent.isdisjoint(self.others)


def one_of(*alternatives: Alternative[ContextT]) -> Handler[ContextT]:
    """A handler that lets the first alternative answer that fits the request.

    It raises CallError 400 `invalid_input`, which names what they ask for, when none does.
    """
    names = [name for one in alternatives for name in (*one.inputs, *one.others)]
    reads_body = any(name.startswith(_IN_BODY) for name in names)

    async def handler(request: web.Request, context: ContextT) -> Reply:
        sent = await _sent(request, reads_body)
        for one in alternatives:
            if one.fits(sent):
                return await one.handler(request, context)
        raise CallError(400, "invalid_input", _unclear(alternatives))

    return handler


async def _sent(request: web.Request, reads_body: bool) -> frozenset[str]:
    names = {f"query/{name}" for name in request.query}
    names |= {f"header/{name.lower()}" for name in request.headers}
    names |= {f"cookie/{name}" for name in request.cookies}
    if reads_body:
        # The server keeps the bytes, so that the handler can read them again.
        body = await json_body(request)
        members = body.items() if isinstance(body, dict) else ()
        names |= {f"{_IN_BODY}{name}" for name, value in members if value is not None}
    return frozenset(names)


def _unclear(alternatives: tuple[Alternative[ContextT], ...]) -> str:
    wanted = [
        (" or " if one.some else " and ").join(f"/{name}" for name in one.inputs)
        for one in alternatives
    ]
    return f"several operations have this path: give {'; or '.join(wanted)}"
