"""Runs one JavaScript script in a process of its own; `scripts` starts it as a program.

It reads and writes what `script_python` does. The engine has no host: no files, no network, no
processes, no modules. Statements are not counted; time and memory are limited.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import quickjs  # type: ignore[import-untyped]

_STACK = 1024 * 1024
_RESULT = "typeof result === 'undefined' ? undefined : JSON.stringify(result)"
_UNASSIGNED = "typeof result === 'undefined'"


def run(job: dict[str, Any]) -> dict[str, Any]:
    """The answer to one job."""
    engine = quickjs.Context()
    engine.set_memory_limit(job["memory"])
    engine.set_max_stack_size(_STACK)
    engine.set_time_limit(job["seconds"])
    engine.set("context", engine.parse_json(json.dumps(job["context"])))
    name = ""
    try:
        for path, own in job["files"]:
            name = own
            with open(path, encoding="utf-8") as stream:
                engine.eval(stream.read())
        if engine.eval(_UNASSIGNED):
            return {}
        written = engine.eval(_RESULT)
        return {"result": json.loads(written) if isinstance(written, str) else None}
    except quickjs.JSException as error:
        text = str(error)
        if text.startswith("InternalError: interrupted"):
            return {"late": True}
        if text == "null" or text.startswith("InternalError: out of memory"):
            return {"limit": "exceeded the memory limit"}
        message, _, place = text.partition("\n")
        line = place.partition("<input>:")[2].partition(":")[0]
        return {"error": f"{message} ({name}{f', line {line}' if line else ''})"}


def main() -> None:
    """Do the one job on standard input."""
    json.dump(run(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
