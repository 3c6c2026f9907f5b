"""``naftiko-gen`` and ``python -m naftiko_gen``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    if sys.argv[1:] == ["--version"]:
        # Scripts ask for nothing else this often; it needs no parser.
        from naftiko_gen import __version__

        print(f"naftiko-gen {__version__}")
        return
    from naftiko_gen.cli import run

    status = run()
    # The process is over: to take apart what it has built, one object after the other,
    # would be lost time.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
