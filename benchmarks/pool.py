"""A pool of four keys against one key, at a fixed RTT. `python -m benchmarks.pool`.

With one key one call is under way at a time, so that the RTT bounds what can be called.
"""

import argparse
import contextlib
import statistics
import sys
from functools import partial
from pathlib import Path

from benchmarks import load
from benchmarks.calls import REST_POST, check_rest
from benchmarks.environment import CREDENTIALS, GENERATED
from benchmarks.pairs import Bar, interleave, ratio, table
from benchmarks.processes import Server, upstream
from benchmarks.rest import DELAY, generated

KEYS = 4
POOL = {
    **dict.fromkeys(CREDENTIALS, ""),
    **{
        f"{name}_{number}": value if "SECRET" in name else f"{value}-{number}"
        for name, value in CREDENTIALS.items()
        for number in range(1, KEYS + 1)
    },
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=1, help="of each slice")
    parser.add_argument("--connections", type=int, nargs="+", default=[16, 64])
    parser.add_argument("--python", default=sys.executable, help="of all servers")
    parser.add_argument("--generated", type=Path, default=GENERATED)
    options = parser.parse_args()
    bars: list[Bar] = []
    with contextlib.ExitStack() as stack:
        target = stack.enter_context(upstream(options.python, DELAY))
        servers: dict[str, Server] = {}
        for name, keys in (("one key", {}), (f"{KEYS} keys", POOL)):
            servers[name] = stack.enter_context(generated(options, target, keys))
            check_rest(servers[name], target)
        for connections in options.connections:
            slices = {
                name: partial(load.run, server, REST_POST, connections, options.seconds)
                for name, server in servers.items()
            }
            found = interleave(slices, options.rounds)
            rates = {name: [x.rate for x in loads] for name, loads in found.items()}
            one, several = rates.values()
            what = f"throughput, {KEYS} keys / one key, {connections} connections"
            bars.append(Bar(what, ratio(several, one), at_least=3))
            bars += [
                Bar(f"{name}, {connections} connections", statistics.median(x), "/s")
                for name, x in rates.items()
            ]
    print(table(f"Pool of keys, RTT {DELAY * 1e3:g} ms", bars))


if __name__ == "__main__":
    main()
