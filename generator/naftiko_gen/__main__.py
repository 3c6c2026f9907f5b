"""``naftiko-gen`` and ``python -m naftiko_gen``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    if sys.argv[1:] == ["--version"]:
        # Scripts ask for nothing else this often; it needs no parser.
        from naftiko_gen import __version__

        print(f"naftiko-gen {__version__}")
        return
    from naftiko_gen.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
