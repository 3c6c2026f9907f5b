"""The upstream of the flow benchmark: a ship and a crew list, as fixed bytes."""

import argparse
import asyncio
import json

from benchmarks.upstream import Responder, answer

ROWS = 100


def ship() -> dict[str, object]:
    """A ship whose crew is every second of the list."""
    return {"name": "Titan", "crewIds": [f"C{n}" for n in range(0, ROWS, 2)], "x": 1}


def crew() -> list[dict[str, object]]:
    """The list of all sailors."""
    return [{"id": f"C{n}", "name": f"Sailor {n}", "rank": n} for n in range(ROWS)]


class Fleet(Responder):
    """Answers by the path of the request."""

    ship = answer(json.dumps(ship()).encode())
    crew = answer(json.dumps(crew()).encode())

    def respond(self, request: bytes) -> None:
        self.transport.write(self.crew if b" /crew" in request[:12] else self.ship)


async def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    server = await asyncio.get_running_loop().create_server(Fleet, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
