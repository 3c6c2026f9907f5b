"""What an agent is told of a tool: the author's words, and facts where they say too little."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.wordings import says_no_more


def told(written: str, name: str, runs: ir.Runnable) -> str:
    """The description of the tool ``name``.

    It begins with what is ``written``; what the provider says of the operation follows. Where the
    author says no more than a name does, the request that is made follows too. What parameters
    mean stands in the schema of the tool's input.
    """
    parts = [written, runs.summary] if runs.summary else [written]
    if isinstance(runs, ir.Operation) and _is_bare(written, name, runs):
        parts.append(f"Sends {runs.method} {runs.path}")
    if len(parts) == 1:
        return written
    return " ".join(f"{part.rstrip('.')}." for part in parts)


def _is_bare(written: str, name: str, operation: ir.Operation) -> bool:
    return says_no_more(written, name, f"{operation.namespace} {operation.name}")
