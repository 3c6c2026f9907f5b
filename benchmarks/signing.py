"""Signatures: the emitted signers against the providers' own clients and ccxt.

`python -m benchmarks.signing`. One package is generated with every scheme that a peer
signs as well; both run in one process of the peers' interpreter, in turns.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from benchmarks.environment import PEER_PYTHON, ROOT
from benchmarks.pairs import Bar, ratio, table
from naftiko_gen.cli import run

#: The schemes of `peers/signers.py`, with what their blocks say besides.
SCHEMES: dict[str, dict[str, Any]] = {
    "aws-sigv4": {
        "service": "dynamodb",
        "credentials": {
            "access_key_id": "AWS_KEY",
            "secret_access_key": "AWS_SECRET",
            "region": "AWS_PLACE",
        },
    },
    "kraken-spot": {
        "credentials": {"key": "SPOT_KEY", "secret": "SPOT_SECRET", "otp": "SPOT_OTP"},
        "optional": ["otp"],
    },
}
_PRESETS = (
    *("binance", "bitfinex-v2", "bitget-v2", "bitstamp-v2", "bybit-v5"),
    *("coinbase-cdp-jwt", "coinbase-exchange", "deribit", "duo-v2", "gate-v4"),
    *("gemini", "htx-v2", "kraken-futures", "kucoin-v2", "mastercard"),
    *("mexc-v3", "oauth1", "okx-v5", "standard-webhooks"),
)
SCHEMES.update((name, {}) for name in _PRESETS)


def capability() -> dict[str, Any]:
    """A capability with an API for each scheme, and a route to each."""
    consumed: list[dict[str, Any]] = []
    routes: list[dict[str, Any]] = []
    for scheme, block in SCHEMES.items():
        operation = {"name": "call", "method": "POST"}
        consumed.append(
            {
                "type": "http",
                "namespace": scheme,
                "baseUri": f"https://{scheme}.example",
                "signing": {"scheme": scheme, **block},
                "resources": [
                    {"name": "things", "path": "/v1", "operations": [operation]}
                ],
            }
        )
        called = {"method": "POST", "name": "call", "call": f"{scheme}.call"}
        routes.append({"path": f"/{scheme}", "operations": [called]})
    rest = {"type": "rest", "namespace": "all", "port": 8080, "resources": routes}
    return {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": "Signers", "description": "An API for each scheme."},
        "capability": {"consumes": consumed, "exposes": [rest]},
    }


def measured(work: Path, rounds: int, calls: int) -> list[dict[str, Any]]:
    """Scheme, peer and samples of both."""
    spec = work / "signers.yaml"
    spec.write_text(yaml.safe_dump(capability(), sort_keys=False))
    if run(["build", "-q", str(spec), "-o", str(work / "out")]):
        raise RuntimeError("the capability of the benchmark cannot be built")
    search = os.pathsep.join((str(work / "out" / "signers"), str(ROOT)))
    command = [str(PEER_PYTHON), "-m", "benchmarks.peers.signers"]
    done = subprocess.run(
        [*command, "--rounds", str(rounds), "--calls", str(calls)],
        env={**os.environ, "PYTHONPATH": search},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--calls", type=int, default=300)
    options = parser.parse_args()
    if not PEER_PYTHON.exists():
        print("python -m benchmarks.environment installs the peers", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        cases = measured(Path(folder), options.rounds, options.calls)
    bars = []
    for case in cases:
        least = 5 if case["peer"] == "botocore" else 1
        ours, theirs = case["ours"], case["theirs"]
        middle = sorted(ours)[len(ours) // 2] * 1e6
        what = f"{case['peer']} / {case['scheme']} ({middle:.1f} us)"
        bars.append(Bar(what, ratio(theirs, ours), at_least=least))
    print(table("A signature: the peer's time, in ours", bars))
    return 0


if __name__ == "__main__":
    sys.exit(main())
