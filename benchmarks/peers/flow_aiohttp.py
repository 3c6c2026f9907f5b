"""The two calls and the lookup as a person would write them by hand, with the same libraries.

Both calls at once, the lookup by a dict, failures of the upstream passed on; the session and
the garbage collector are set up as in `best_aiohttp`.
"""

import asyncio
import gc
import json
import os

import aiohttp
import uvloop
from aiohttp import web
from yarl import URL


async def main() -> None:
    """Serve until the process is ended."""
    upstream = os.environ["PEER_UPSTREAM"]
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=256),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=60, sock_connect=5, sock_read=30),
    )
    crew_url = URL(f"{upstream}/crew", encoded=True)

    async def get(url: URL) -> tuple[int, bytes]:
        async with session.get(url, allow_redirects=False) as answer:
            return answer.status, await answer.read()

    async def overview(request: web.Request) -> web.Response:
        imo = request.match_info["imo"]
        ship_url = URL(f"{upstream}/ships/{imo}", encoded=True)
        answers = await asyncio.gather(get(ship_url), get(crew_url))
        for status, body in answers:
            if status >= 400:
                return web.Response(status=status, body=body)
        ship = json.loads(answers[0][1])
        index: dict[str, dict[str, object]] = {}
        for row in json.loads(answers[1][1]):
            index.setdefault(str(row["id"]), row)
        found = [index[str(key)] for key in ship["crewIds"] if str(key) in index]
        crew = [{"name": row.get("name"), "rank": row.get("rank")} for row in found]
        document = {"vessel": ship["name"], "crew": crew}
        text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
        return web.Response(body=text.encode(), content_type="application/json")

    app = web.Application()
    app.router.add_post("/ships/{imo}/overview", overview)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["PEER_PORT"])).start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
