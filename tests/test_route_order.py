"""The order of routes: a router takes the first path that fits."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from naftiko_gen.views.rest_routes import ordered, spanning


@pytest.mark.parametrize(
    ("paths", "asked", "wanted"),
    [
        (("/a/{id}", "/a/all"), "/a/all", "/a/all"),
        (("/a/{id}", "/a/all"), "/a/1", "/a/{id}"),
        (("/a/{id}/b", "/a/{id}.json/b"), "/a/1.json/b", "/a/{id}.json/b"),
        (("/{a}/b", "/a/{b}"), "/a/b", "/a/{b}"),
        # The placeholder called path may hold slashes.
        (("/a/{path}", "/a/{path}/log"), "/a/b/c/log", "/a/{path}/log"),
        (("/a/{path}", "/a/{path}/log", "/a/{path}/log/{id}"), "/a/b/c", "/a/{path}"),
        (
            ("/a/{path}", "/a/{path}/log", "/a/{path}/log/{id}"),
            "/a/b/c/log/1",
            "/a/{path}/log/{id}",
        ),
        (("/a/{path}", "/a/{id}", "/a/b"), "/a/b", "/a/b"),
        (("/a/{path}", "/a/{id}", "/a/b"), "/a/c", "/a/{id}"),
        (("/a/{path}", "/a/b/c/{id}"), "/a/b/c/d", "/a/b/c/{id}"),
        (("/a/{path}", "/a/b/c/{id}"), "/a/b/c/d/e", "/a/{path}"),
    ],
)
def test_the_path_with_more_text_answers(
    paths: tuple[str, ...], asked: str, wanted: str
) -> None:
    for order in itertools.permutations(paths):
        routes = ordered(order, lambda path: path)
        assert asyncio.run(_answer(routes, asked)) == wanted


async def _answer(paths: list[str], asked: str) -> str:
    app = web.Application()
    for path in paths:

        async def handler(request: web.Request, path: str = path) -> web.Response:
            return web.Response(text=path)

        app.router.add_get(spanning(path), handler)
    async with TestClient(TestServer(app)) as client, client.get(asked) as answer:
        return await answer.text()


def test_paths_that_do_not_meet_stay_as_they_are_written() -> None:
    paths = ["/b/{id}", "/a/all", "/a/{path}/log", "/c/{path}"]
    assert ordered(paths, lambda path: path) == paths
