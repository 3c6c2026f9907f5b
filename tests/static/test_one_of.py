"""Which of several routes of one path a request is for."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from static.one_of import Alternative, one_of
from static.reply import Reply
from static.rest_support import Handler, Route, build_app


def _named(name: str) -> Handler[None]:
    async def handler(request: web.Request, context: None) -> Reply:
        body = (await request.read()).decode()
        return Reply(200, f"{name} {body}".encode(), "text/plain")

    return handler


def _app(*alternatives: Alternative[None]) -> web.Application:
    route = Route("POST", "/orders", "POST /orders", one_of(*alternatives))
    return build_app(
        [route],
        None,
        contract=b"{}",
        body_limit=1000,
        access_log=False,
        obstacle=lambda: None,
    )


_BY_NEED = (
    Alternative(_named("both"), ("body/id", "query/state")),
    Alternative(_named("item"), ("body/id",)),
    Alternative(_named("known"), ("header/x-shop",)),
)
_BY_ALL = (
    Alternative(_named("item"), ("query/id",), others=("query/state", "body/state")),
    Alternative(_named("list"), ()),
)
_BY_SOME = (
    Alternative(_named("install"), ("body/path", "query/path"), some=True),
    Alternative(_named("launch"), ("body/app",), some=True),
)


@pytest.mark.parametrize(
    ("alternatives", "target", "body", "headers", "answer"),
    [
        (_BY_NEED, "/orders?state=x", '{"id": 1}', {}, 'both {"id": 1}'),
        (_BY_NEED, "/orders", '{"id": 1}', {"X-Shop": "s"}, 'item {"id": 1}'),
        (_BY_NEED, "/orders", "", {"X-Shop": "s"}, "known "),
        (
            (*_BY_NEED, Alternative(_named("list"), ())),
            "/orders",
            '{"id": null}',
            {},
            'list {"id": null}',
        ),
        (_BY_ALL, "/orders?id=1&page=2", "{}", {}, "item {}"),
        (_BY_ALL, "/orders?id=1&state=x", "{}", {}, "list {}"),
        (_BY_ALL, "/orders?id=1", '{"state": 1}', {}, 'list {"state": 1}'),
        (_BY_SOME, "/orders?path=x", "{}", {}, "install {}"),
        (_BY_SOME, "/orders", '{"app": 1}', {}, 'launch {"app": 1}'),
    ],
)
def test_the_first_that_fits_answers(
    alternatives: tuple[Alternative[None], ...],
    target: str,
    body: str,
    headers: dict[str, str],
    answer: str,
) -> None:
    status, text = asyncio.run(_answer(alternatives, target, body, headers))
    assert (status, text) == (200, answer)


async def _answer(
    alternatives: tuple[Alternative[None], ...],
    target: str,
    body: str,
    headers: dict[str, str],
) -> tuple[int, str]:
    sent = {**headers, "Content-Type": "application/json"}
    async with (
        TestClient(TestServer(_app(*alternatives))) as client,
        client.post(target, data=body, headers=sent) as response,
    ):
        return response.status, await response.text()


def test_what_fits_none_is_told_what_to_give() -> None:
    status, text = asyncio.run(_answer(_BY_SOME, "/orders", '{"other": 1}', {}))
    found = json.loads(text)
    assert status == 400
    assert found["error"]["code"] == "invalid_input"
    assert found["error"]["message"] == (
        "several operations have this path: give /body/path or /query/path; or /body/app"
    )
