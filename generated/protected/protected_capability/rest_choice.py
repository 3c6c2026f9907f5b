"""Which routes a REST adapter serves: all, or those that change nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from .rest_support import Route

ContextT = TypeVar("ContextT")

SAFE: Final = ("GET", "HEAD")
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# What a placeholder of aiohttp says beside its name.
_PATTERN: Final = re.compile(r":[^{}/]+}")


def reading(
    routes: Sequence[Route[ContextT]], contract: bytes
) -> tuple[tuple[Route[ContextT], ...], bytes]:
    """The routes that change nothing, and what the contract (OpenAPI) says of them.

    Of what is passed on, whatever its method, GET and HEAD are left.
    """
    served = tuple(
        replace(route, method="GET") if route.method == "*" else route
        for route in routes
        if reads(route)
    )
    kept = {(written_path(route.path), route.method.lower()) for route in served}
    document = json.loads(contract)
    document["paths"] = {
        path: left
        for path, item in document["paths"].items()
        if (
            left := {
                key: value
                for key, value in item.items()
                if key not in _METHODS or (path, key) in kept
            }
        )
    }
    return served, json.dumps(document, ensure_ascii=False, indent=2).encode()


def written_path(path: str) -> str:
    """A path of aiohttp as it stands in the contract."""
    return _PATTERN.sub("}", path)


def reads(route: Route[ContextT]) -> bool:
    """Whether a route changes nothing; of what is passed on, GET and HEAD do not."""
    if route.reads is None:
        return route.method in (*SAFE, "*")
    return route.reads
