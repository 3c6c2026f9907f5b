"""Renews ``generator/naftiko_gen/pinned.json``: ``python tools/pin_dependencies.py``.

It resolves what emitted packages can need once for all platforms (with uv, from the index that
this machine uses), and reads licences from what is installed here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from naftiko_gen.pins import FILE, name_of
from naftiko_gen.views import dependencies

#: The oldest Python of emitted packages.
_PYTHON = "3.11"
#: Licences as older metadata writes them, and their SPDX identifiers.
_WRITTEN = {
    "apache": "Apache-2.0",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "",
    "bsd-3-clause": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "mit": "MIT",
    "mit license": "MIT",
    "mpl-2.0": "MPL-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psf-2.0": "PSF-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}
_PINNED = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))?(?: \\)?"
)
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NEEDED_BY = re.compile(r"# via (.+)")


def license_of(name: str) -> str:
    """The SPDX expression of an installed library; empty where it is not known for sure."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    if "License-Expression" in found:
        return found["License-Expression"]
    classifiers = found.get_all("Classifier") or []
    written = [found["License"]] if "License" in found else []
    written += [
        c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")
    ]
    for text in written:
        if spdx := _WRITTEN.get(text.strip().lower()):
            return spdx
    return ""


def parse(text: str) -> list[dict[str, Any]]:
    """The packages in the output of ``uv pip compile --annotation-style line``."""
    found: list[dict[str, Any]] = []
    needed_by: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line[:1].strip() and (match := _PINNED.fullmatch(line.strip())):
            found.append({"name": name_of(match["name"]), "version": match["version"]})
            if match["marker"]:
                found[-1]["marker"] = match["marker"]
            found[-1]["hashes"] = []
        elif match := _DIGEST.search(line):
            found[-1]["hashes"].append(match[1])
        elif match := _NEEDED_BY.search(line):
            for parent in match[1].split(", "):
                if not parent.startswith("-"):
                    needed_by.setdefault(name_of(parent), []).append(found[-1]["name"])
    for one in found:
        if spdx := license_of(one["name"]):
            one["license"] = spdx
        if needs := needed_by.get(one["name"]):
            one["requires"] = sorted(set(needs))
    return found


def main() -> None:
    """Resolve, and write the file."""
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "uv",
                "pip",
                "compile",
                "-",
                "--universal",
                "--quiet",
            ),
            *("--python-version", _PYTHON, "--generate-hashes", "--no-header"),
            *("--annotation-style", "line"),
        ],
        input="\n".join(dependencies.every()),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    document = {"python": f">={_PYTHON}", "packages": parse(done.stdout)}
    FILE.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
