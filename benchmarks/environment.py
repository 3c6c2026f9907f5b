"""Where things are, and the separate environment of the peers.

`python -m benchmarks.environment` creates `.bench-venv` in the checkout (or brings it up
to date) and installs benchmarks/requirements.txt there.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEER_ENVIRONMENT = ROOT / ".bench-venv"
PEER_PYTHON = PEER_ENVIRONMENT / "bin" / "python"
GENERATED = ROOT / "generated" / "kraken"
SPEC = ROOT / "specs" / "kraken.yaml"
REST = "spot-rest-account-data-rest"
MCP = "spot-rest-account-data-mcp"

# The sample credentials of the provider's documentation; they open nothing.
CREDENTIALS = {
    "KRAKEN_API_KEY": "sample-key",
    "KRAKEN_API_SECRET": "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHC"
    "d3pd5nE9qa99HAZtuZuj6F1huXg==",
}

# Ten seconds of a nanosecond nonce.
NONCE_WINDOW = {"KRAKEN_NONCE_WINDOW": "10000000000"}


def generated_environment(upstream: str) -> dict[str, str]:
    """Settings of the generated package for a loopback upstream."""
    return {**CREDENTIALS, "SPOT_REST_ACCOUNT_DATA_BASE_URI": upstream}


def peer_environment(upstream: str, port: int) -> dict[str, str]:
    """Settings of a hand-written peer for a loopback upstream."""
    return {**CREDENTIALS, "PEER_PORT": str(port), "PEER_UPSTREAM": upstream}


def create() -> None:
    """Make the peers' environment; pip's failure is ours."""
    if not PEER_PYTHON.exists():
        venv.create(PEER_ENVIRONMENT, with_pip=True)
    requirements = Path(__file__).with_name("requirements.txt")
    pip = [str(PEER_PYTHON), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--requirement", str(requirements)], check=True)


if __name__ == "__main__":
    create()
    print(f"peers installed in {PEER_ENVIRONMENT}", file=sys.stderr)
