"""The flows of Greeter: answers that the package itself makes."""

from __future__ import annotations

from .context import Context
from .mocks import nothing, said_boolean, said_number
from .reply import Reply
from .steps import answered
from .wire import concat


async def say_hello(context: Context, *, who: str | None = None) -> Reply:
    """Greet somebody"""
    return answered({"message": concat("Hello ", who)})


async def get_state(context: Context) -> Reply:
    """get-state"""
    return answered({"value": "ok"})


async def make_shape(context: Context, *, size: str, count: int | None = None) -> Reply:
    """make-shape"""
    return answered(
        {
            "value": {
                "n": 5,
                "count": said_number(concat(count)),
                "big": said_boolean(concat(size)),
                "list": [{"a": concat(size, "-x")}],
                "o": {"b": True},
            },
        },
    )


async def drop(context: Context) -> Reply:
    """drop"""
    return nothing()


async def greet(context: Context, *, who: str, loud: bool | None = None) -> Reply:
    """Greet somebody"""
    return answered(
        {
            "message": concat("Hello ", who),
            "loud": said_boolean(concat(loud)),
            "year": 2026,
        },
    )
